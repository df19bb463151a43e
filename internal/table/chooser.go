package table

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// chooser gives each field one column of a header.
type chooser struct {
	*finder
	table  *Table
	header *sheet.Header
	rows   []sheet.Row // below the header
}

// choose sets the columns of the table, titles first, values where they leave
// something open.
func (c *chooser) choose() error {
	t := c.table
	t.Columns = make([]Column, len(t.Header))
	for i, title := range t.Header {
		t.Columns[i].Title = title
	}
	c.lettered()
	for field := normalize.FieldNIK; field < normalize.FieldCount; field++ {
		if err := c.chooseField(field); err != nil {
			return err
		}
	}
	c.splitColumns()
	if !c.only {
		c.nearTitles()
		c.byValues()
		c.uncross()
	}
	return c.check()
}

// lettered adds the columns that are named by their letters.
func (c *chooser) lettered() {
	for field, letters := range c.letters {
		delete(c.header.Columns, field.String())
		for i := range c.header.Cells {
			if "#"+sheet.ColumnName(i) == letters {
				c.header.Columns[field.String()] = []int{i}
			}
		}
	}
}

// chooseField takes the column whose title names the field.
func (c *chooser) chooseField(field normalize.Field) error {
	t := c.table
	candidates := c.header.Columns[field.String()]
	wanted, given := c.wanted(field)
	switch {
	case given && len(candidates) == 0:
		return c.fail(field, []string{wanted}, ErrNoSuchTitle)
	case len(candidates) == 0, c.only && !given:
		return nil
	}
	chosen, sure := c.preferred(candidates)
	if !sure && field == normalize.FieldNIK {
		return c.fail(field, c.names(candidates), ErrAmbiguous)
	}
	if !sure {
		t.warn(WarnTwoColumns, field.String()+": "+strings.Join(c.names(candidates), ", "))
	}
	for _, other := range candidates {
		if other != chosen {
			t.spares = append(t.spares, spare{from: other, to: chosen})
		}
	}
	reason := ByTitle
	if given {
		reason = c.given
	}
	t.Columns[chosen].Field, t.Columns[chosen].Reason = field, reason
	return nil
}

// preferred chooses among the columns of one field: the only one, or the only
// one whose title says that it is the corrected one. sure is false where it had
// to take the first and the columns differ.
func (c *chooser) preferred(candidates []int) (chosen int, sure bool) {
	if len(candidates) == 1 {
		return candidates[0], true
	}
	chosen = -1
	for _, i := range candidates {
		if !normalize.PrefersHeader(c.header.Cells[i]) {
			continue
		}
		if chosen >= 0 {
			return candidates[0], false
		}
		chosen = i
	}
	if chosen < 0 {
		return candidates[0], c.same(candidates)
	}
	return chosen, true
}

// same reports whether columns hold the same text in every row.
func (c *chooser) same(columns []int) bool {
	for i := range c.rows {
		cells := c.rows[i].Cells
		for _, other := range columns[1:] {
			if cellAt(cells, other) != cellAt(cells, columns[0]) {
				return false
			}
		}
	}
	return len(c.rows) > 0
}

// nearTitles takes misspelled titles for fields that have no column yet.
func (c *chooser) nearTitles() {
	t := c.table
	taken := t.cells()
	for i := range t.Columns {
		column := &t.Columns[i]
		if column.Field != normalize.FieldNone || t.splits.holds(i) {
			continue
		}
		if _, known := normalize.RecogniseHeader(column.Title); known {
			continue // the second column of a field
		}
		field, ok := normalize.NearHeader(column.Title)
		if _, has := taken[field]; !ok || has {
			continue
		}
		column.Field, column.Reason = field, ByNear
		taken[field] = i
		t.warn(WarnNearTitle, field.String()+": "+columnLabel(i, column.Title))
	}
}

// check demands columns for NIK and name. A list of persons may go without the
// NIK if it tells them apart by birth date or family card, and no column that
// padan does not know could be it.
func (c *chooser) check() error {
	cells := c.table.cells()
	_, hasNIK := cells[normalize.FieldNIK]
	_, hasName := cells[normalize.FieldName]
	apart := c.withoutNIK
	for _, field := range []normalize.Field{normalize.FieldKK, normalize.FieldBirthDate, normalize.FieldBirthPlaceDate, normalize.FieldBirthYear} {
		apart = apart || has(cells, field) && !c.mayHoldNIK()
	}
	switch {
	case !hasNIK && (!hasName || !apart):
		failure := c.fail(normalize.FieldNIK, nil, ErrNoNIK)
		failure.nameless = !hasName
		return failure
	case !hasName:
		return c.fail(normalize.FieldName, nil, ErrNoName)
	case !hasNIK:
		c.table.warn(WarnNoNIK, c.table.Sheet.Name())
	}
	return nil
}

// nikLike is the number of digits from which on a cell could be a damaged NIK.
const nikLike = 14

// mayHoldNIK reports whether a column without a field has numbers as long as a NIK.
func (c *chooser) mayHoldNIK() bool {
	for i := range c.table.Columns {
		if c.table.Columns[i].Field != normalize.FieldNone || c.table.splits.holds(i) {
			continue
		}
		for j := range c.rows {
			if countDigits(cellAt(c.rows[j].Cells, i)) >= nikLike {
				return true
			}
		}
	}
	return false
}

func (c *chooser) fail(field normalize.Field, titles []string, err error) *HeaderError {
	var seen []string
	for _, cell := range c.header.Cells {
		if title := foldTitle(cell); title != "" {
			seen = append(seen, title)
		}
	}
	return &HeaderError{
		Path: c.path, Sheet: c.table.Sheet.Name(), Row: c.header.Row, Field: field, Titles: titles, Seen: seen, Err: err,
	}
}

func (c *chooser) names(columns []int) []string {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = columnLabel(column, c.header.Cells[column])
	}
	return names
}

// columnLabel names a column by its letters and its title: C "NO KTP".
func columnLabel(column int, title string) string {
	label := sheet.ColumnName(column)
	if title = foldTitle(title); title != "" {
		label += ` "` + title + `"`
	}
	return label
}

func cellAt(cells []string, i int) string {
	if i < 0 || i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}
