package report

import (
	"padan/match"
	"padan/normalize"
)

// shownFields are the raw values of a record that every report shows.
var shownFields = [...]struct {
	field normalize.Field
	title phrase
	width int
	// instead is shown where the source has no column of its own for the field.
	instead normalize.Field
}{
	{normalize.FieldNIK, phraseNIK, 18, 0},
	{normalize.FieldKK, phraseKK, 18, 0},
	{normalize.FieldName, phraseName, 28, 0},
	{normalize.FieldBirthPlace, phraseBirthPlace, 14, 0},
	{normalize.FieldBirthDate, phraseBirthDate, 13, normalize.FieldBirthPlaceDate},
	{normalize.FieldSex, phraseSex, 11, 0},
	{normalize.FieldRelation, phraseRelation, 16, 0},
	{normalize.FieldMother, phraseMother, 24, 0},
	{normalize.FieldAddress, phraseAddress, 34, 0},
	{normalize.FieldRT, phraseRT, 9, normalize.FieldRTRW},
	{normalize.FieldRW, phraseRW, 9, 0},
	{normalize.FieldKelurahan, phraseRawKelurahan, 20, 0},
	{normalize.FieldKecamatan, phraseRawKecamatan, 20, 0},
	{normalize.FieldCentralID, phraseCentralID, 16, 0},
	{normalize.FieldStatus, phraseStatus, 18, 0},
}

// writer collects the cells of one row.
type writer struct {
	options Options
	words   *catalogue
	cells   []Cell
	areas   map[uint64][areaCells]Cell // by code
}

func newWriter(o Options) writer {
	return writer{options: o, words: o.Language.catalogue(), areas: map[uint64][areaCells]Cell{}}
}

func (w *writer) reset() { w.cells = w.cells[:0] }

func (w *writer) add(cells ...Cell) { w.cells = append(w.cells, cells...) }

// addCell adds one cell in a fraction of the time of add, which copies a slice.
func (w *writer) addCell(c Cell) { w.cells = append(w.cells, c) }

// areaCells is the number of cells that addArea writes.
const areaCells = 4

// areaColumns head what addArea writes.
func areaColumns(l Language) []Column {
	return []Column{
		l.column("area_kota", phraseKota, 26), l.column("area_kecamatan", phraseKecamatan, 20),
		l.column("area_kelurahan", phraseKelurahan, 22), l.column("area_code", phraseAreaCode, 15).of(CodeCell),
	}
}

// addArea writes where a record belongs. A place without a code stands in the
// column of the kelurahan.
func (w *writer) addArea(a normalize.Area) {
	cells, ok := w.areas[a.Code]
	if !ok {
		name, _ := normalize.AreaOf(a.Code)
		cells = [areaCells]Cell{Text(name.Kota), Text(name.Kecamatan), Text(name.Kelurahan), Code(areaCode(a.Code))}
		w.areas[a.Code] = cells
	}
	if cells[2].Text == "" {
		cells[2].Text = a.Place
	}
	w.add(cells[:]...)
}

// areaCode writes a code as Kemendagri does: 31.74.01.1005; parts that are
// unknown are left out.
func areaCode(code uint64) string {
	digits := make([]byte, 0, 13)
	for i, part := range [...]struct{ value, width uint64 }{
		{code / 100_000_000, 2}, {code / 1_000_000 % 100, 2}, {code / 10_000 % 100, 2}, {code % 10_000, 4},
	} {
		if part.value == 0 {
			break
		}
		if i > 0 {
			digits = append(digits, '.')
		}
		for power := tenTo(part.width - 1); power > 0; power /= 10 {
			digits = append(digits, byte('0'+part.value/power%10))
		}
	}
	return string(digits)
}

func tenTo(n uint64) uint64 {
	power := uint64(1)
	for ; n > 0; n-- {
		power *= 10
	}
	return power
}

// beside tells the columns of two records of a row apart; the zero value is for
// rows of one record.
type beside struct {
	name  string // begins the name of a column
	title phrase // ends its title, in brackets
}

// The records that stand side by side.
var (
	besideSides     = [2]beside{match.Central: {"central", phraseCentral}, match.Regional: {"regional", phraseRegional}}
	besideDuplicate = beside{"duplicate", phraseDuplicate}
	besideKept      = beside{"kept", phraseKept}
	besideMaster    = beside{"master", phraseMaster}
)

func (b beside) column(l Language, name string, title phrase, width int) Column {
	if b.name == "" {
		return l.column(name, title, width)
	}
	return Column{Name: b.name + "_" + name, Title: l.phrase(title) + " (" + l.phrase(b.title) + ")", Width: width}
}

// sourceColumns head what addSource writes.
func sourceColumns(l Language, b beside) []Column {
	return []Column{b.column(l, "file", phraseFile, 30), b.column(l, "sheet", phraseSheet, 14), b.column(l, "row", phraseRow, 9).of(IntegerCell)}
}

// addSource writes where a record stands.
func (w *writer) addSource(r *match.Record) {
	w.addCell(Text(r.Source))
	w.addCell(Text(r.Sheet))
	w.addCell(Integer(int64(r.Row)))
}

// recordColumns head what addRecord writes.
func recordColumns(l Language) []Column {
	columns := sourceColumns(l, beside{})
	for i := range shownFields {
		columns = append(columns, valueColumn(l, beside{}, i))
	}
	return columns
}

// valueColumn heads what addValue writes.
func valueColumn(l Language, b beside, i int) Column {
	f := &shownFields[i]
	column := b.column(l, f.field.String(), f.title, f.width)
	if f.field == normalize.FieldNIK || f.field == normalize.FieldKK {
		column.Type = CodeCell
	}
	return column
}

// addRecord writes where a record stands and its raw values.
func (w *writer) addRecord(r *match.Record) {
	w.addSource(r)
	for i := range shownFields {
		w.addValue(r, i)
	}
}

// pairColumns head what addPair writes.
func pairColumns(l Language, first, second beside) []Column {
	columns := append(sourceColumns(l, first), sourceColumns(l, second)...)
	for i := range shownFields {
		columns = append(columns, valueColumn(l, first, i), valueColumn(l, second, i))
	}
	return columns
}

// addPair writes where two records stand, and their raw values side by side.
func (w *writer) addPair(a, b *match.Record) {
	w.addSource(a)
	w.addSource(b)
	for i := range shownFields {
		w.addValue(a, i)
		w.addValue(b, i)
	}
}

// addValue writes one of shownFields as it stood in the source.
func (w *writer) addValue(r *match.Record, i int) {
	f := &shownFields[i]
	text := r.Raw[f.field]
	if text == "" && f.instead != normalize.FieldNone {
		text = r.Raw[f.instead]
	}
	switch {
	case f.field == normalize.FieldNIK:
		w.addCell(w.number(text, r.NIK))
	case f.field == normalize.FieldKK:
		w.addCell(w.number(text, r.KK))
	case w.options.Mask:
		w.addCell(Text(maskNumbers(text)))
	default:
		w.addCell(Text(text))
	}
}
