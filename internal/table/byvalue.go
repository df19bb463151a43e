package table

import (
	"padan/internal/sheet"
	"padan/normalize"
)

// byValues gives columns to fields that no title names, where the values of
// exactly one column have the form of the field.
func (c *chooser) byValues() {
	taken := c.table.cells()
	open := c.unnamed()
	if len(open) == 0 {
		return
	}
	_, hasNIK := taken[normalize.FieldNIK]
	_, hasKK := taken[normalize.FieldKK]
	if !hasNIK || !hasKK {
		c.numbersByValues(open, hasNIK, hasKK)
	}
	c.onlyOne(open, normalize.FieldSex, func(p *profile) bool { return p.share(p.sexes) >= mostly })
	if taken = c.table.cells(); !has(taken, normalize.FieldRT) && !has(taken, normalize.FieldRW) {
		c.onlyOne(open, normalize.FieldRTRW, func(p *profile) bool { return p.share(p.pairs) >= mostly })
	}
	c.onlyOne(open, normalize.FieldKelurahan, func(p *profile) bool { return p.share(p.places) >= mostly })
	if !has(taken, normalize.FieldBirthYear) && !has(taken, normalize.FieldBirthPlaceDate) {
		c.onlyOne(open, normalize.FieldBirthDate, func(p *profile) bool { return p.births*2 > p.dates && p.share(p.dates) >= mostly })
	}
	c.onlyOne(open, normalize.FieldName, func(p *profile) bool {
		return p.share(p.names) >= mostly && p.share(p.blanks) >= 0.3 && p.share(p.kinds) >= 0.5 && p.share(p.places) < mostly
	})
}

func has(cells map[normalize.Field]int, field normalize.Field) bool {
	_, ok := cells[field]
	return ok
}

// unnamed profiles the columns that have no field and no title that padan knows.
func (c *chooser) unnamed() map[int]*profile {
	open := map[int]*profile{}
	nik, hasNIK := c.table.cells()[normalize.FieldNIK]
	for i := range c.table.Columns {
		if c.table.splits.holds(i) || !isOpen(&c.table.Columns[i]) {
			continue
		}
		p := profileOf(c.rows, i)
		if p.filled < fewest {
			continue
		}
		if hasNIK && p.dates > 0 {
			_, p.births = births(c.rows, nik, i)
		}
		open[i] = &p
	}
	return open
}

// isOpen reports whether the values may tell what a column holds. NOMOR may be
// the running number or the NIK.
func isOpen(c *Column) bool {
	field, known := normalize.RecogniseHeader(c.Title)
	if known && field != normalize.FieldNumber {
		return false
	}
	return c.Field == normalize.FieldNone || c.Field == normalize.FieldNumber
}

// numbersByValues finds the columns of NIK and KK. Of two columns of numbers
// with women's days the NIK is the one with more; a KK number never has one.
func (c *chooser) numbersByValues(open map[int]*profile, hasNIK, hasKK bool) {
	nik, kk := -1, -1
	sure := true
	for i := range c.table.Columns {
		p := open[i]
		if p == nil || p.share(p.numbers) < mostly {
			continue
		}
		switch {
		case p.women > 0 && p.women*20 >= p.numbers || p.repeats == 0 && hasKK:
			sure = sure && nik < 0
			nik = i
		case p.repeats > 0 || hasNIK:
			sure = sure && kk < 0
			kk = i
		}
	}
	if !sure {
		return
	}
	if nik >= 0 && !hasNIK {
		c.take(open, nik, normalize.FieldNIK)
	}
	if kk >= 0 && !hasKK {
		c.take(open, kk, normalize.FieldKK)
	}
}

// onlyOne gives a field without a column the only one that fits.
func (c *chooser) onlyOne(open map[int]*profile, field normalize.Field, fits func(*profile) bool) {
	if has(c.table.cells(), field) {
		return
	}
	found := -1
	for i, p := range open {
		if !fits(p) {
			continue
		}
		if found >= 0 {
			return
		}
		found = i
	}
	if found >= 0 {
		c.take(open, found, field)
	}
}

func (c *chooser) take(open map[int]*profile, i int, field normalize.Field) {
	column := &c.table.Columns[i]
	column.Field, column.Reason = field, ByValues
	delete(open, i)
	c.table.warn(WarnByValues, field.String()+": "+columnLabel(i, column.Title))
}

// uncross exchanges the columns titled NIK and KK where the values say that each
// title stands over the other's numbers: the birth dates of the rows, and women's
// days, are in the column titled KK.
func (c *chooser) uncross() {
	cells := c.table.cells()
	nik, hasNIK := cells[normalize.FieldNIK]
	kk, hasKK := cells[normalize.FieldKK]
	if !hasNIK || !hasKK || c.table.Columns[nik].Reason != ByTitle || c.table.Columns[kk].Reason != ByTitle {
		return
	}
	titled, other := profileOf(c.rows, nik), profileOf(c.rows, kk)
	if other.numbers < fewest {
		return
	}
	crossed := other.women*5 >= other.numbers && titled.women*50 <= titled.numbers && other.numbers >= 8
	if birth, ok := cells[normalize.FieldBirthDate]; ok {
		known, matches := births(c.rows, kk, birth)
		_, straight := births(c.rows, nik, birth)
		if known >= fewest {
			crossed = matches*10 >= known*6 && straight*10 <= known
		}
	}
	if !crossed {
		return
	}
	columns := c.table.Columns
	columns[nik].Field, columns[kk].Field = normalize.FieldKK, normalize.FieldNIK
	columns[nik].Reason, columns[kk].Reason = ByValues, ByValues
	c.table.warn(WarnSwappedColumns, columnLabel(nik, columns[nik].Title)+", "+columnLabel(kk, columns[kk].Title))
}

// findHeaderless reads a sheet without a header by its values alone: one column
// of NIKs and one of names must be clear.
func (f *finder) findHeaderless(t *Table, rows []sheet.Row) error {
	failure := &HeaderError{Path: f.path, Sheet: t.Sheet.Name(), Err: ErrNoHeader, nameless: true}
	width := 0
	for i := range rows {
		width = max(width, len(rows[i].Cells))
	}
	header := sheet.Header{First: -1, Last: -1, Cells: make([]string, width), Columns: map[string][]int{}}
	t.Header, t.own, t.width, t.titles = make([]string, width), width, width, map[string]bool{}
	c := chooser{finder: f, table: t, header: &header, rows: firstOf(rows)}
	if err := c.choose(); err != nil {
		t.Header, t.Columns, t.Warnings, t.own, t.width = nil, nil, nil, 0, 0
		return failure
	}
	t.warn(WarnNoHeader, sheetLabel(t.Sheet))
	return nil
}
