package report

import (
	"padan/match"
	"padan/normalize"
)

// shownFields are the raw values of a record that every report shows.
var shownFields = [...]struct {
	field normalize.Field
	key   string
	width int
	// instead is shown where the source has no column of its own for the field.
	instead normalize.Field
}{
	{normalize.FieldNIK, "col.nik", 18, 0},
	{normalize.FieldKK, "col.kk", 18, 0},
	{normalize.FieldName, "col.name", 28, 0},
	{normalize.FieldBirthPlace, "col.birth_place", 14, 0},
	{normalize.FieldBirthDate, "col.birth_date", 12, normalize.FieldBirthPlaceDate},
	{normalize.FieldSex, "col.sex", 5, 0},
	{normalize.FieldRelation, "col.relation", 14, 0},
	{normalize.FieldMother, "col.mother", 20, 0},
	{normalize.FieldAddress, "col.address", 32, 0},
	{normalize.FieldRT, "col.rt", 6, normalize.FieldRTRW},
	{normalize.FieldRW, "col.rw", 6, 0},
	{normalize.FieldKelurahan, "col.raw_kelurahan", 18, 0},
	{normalize.FieldKecamatan, "col.raw_kecamatan", 18, 0},
	{normalize.FieldCentralID, "col.central_id", 14, 0},
	{normalize.FieldStatus, "col.status", 16, 0},
}

// writer collects the cells of one row.
type writer struct {
	options Options
	cells   []Cell
}

func (w *writer) reset() { w.cells = w.cells[:0] }

func (w *writer) add(cells ...Cell) { w.cells = append(w.cells, cells...) }

func (w *writer) phrase(key string) Cell { return Text(w.options.Language.phrase(key)) }

// areaColumns head what addArea writes.
func areaColumns(l Language) []Column {
	return []Column{
		{l.phrase("col.kota"), 24}, {l.phrase("col.kecamatan"), 20}, {l.phrase("col.kelurahan"), 20}, {l.phrase("col.area_code"), 12},
	}
}

func (w *writer) addArea(a normalize.Area) {
	name, _ := normalize.AreaOf(a.Code)
	if name.Kelurahan == "" {
		name.Kelurahan = a.Place
	}
	w.add(Text(name.Kota), Text(name.Kecamatan), Text(name.Kelurahan), Code(areaCode(a.Code)))
}

// areaCode writes a code as Kemendagri does: 31.74.01.1005; parts that are
// unknown are left out.
func areaCode(code uint64) string {
	if code == 0 {
		return ""
	}
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

// recordColumns head what addRecord writes; prefix tells the sides apart.
func recordColumns(l Language, prefix string) []Column {
	title := func(key string) string {
		if prefix == "" {
			return l.phrase(key)
		}
		return prefix + " " + l.phrase(key)
	}
	columns := []Column{{title("col.file"), 24}, {title("col.sheet"), 12}, {title("col.row"), 8}}
	for _, f := range shownFields {
		columns = append(columns, Column{title(f.key), f.width})
	}
	return columns
}

// addRecord writes where a record stands and its raw values.
func (w *writer) addRecord(r *match.Record) {
	w.add(Text(r.Source), Text(r.Sheet), Integer(int64(r.Row)))
	for _, f := range shownFields {
		text := r.Raw[f.field]
		if text == "" && f.instead != normalize.FieldNone {
			text = r.Raw[f.instead]
		}
		switch f.field {
		case normalize.FieldNIK:
			w.add(w.number(text, r.NIK))
		case normalize.FieldKK:
			w.add(w.number(text, r.KK))
		default:
			w.add(Text(text))
		}
	}
}

// number shows a NIK or a KK as it stood in the source, or masked.
func (w *writer) number(text string, n normalize.Number) Cell {
	if !w.options.Mask {
		if isDigits(text) {
			return Code(text)
		}
		return Text(text)
	}
	if n.Value == 0 || text == "" {
		return hidden(text)
	}
	return Code(n.Masked())
}

// hidden tells that a value stood there without showing it.
func hidden(text string) Cell {
	if text == "" {
		return Cell{Type: EmptyCell}
	}
	return Text("***")
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
