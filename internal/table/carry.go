package table

import (
	"padan/internal/sheet"
	"padan/normalize"
)

// carriedValues are values that stand above the rows for which they hold.
type carriedValues = normalize.Values

// groupFields are the fields that a line between the rows or a name gives to all
// rows below, from the largest area to the smallest.
var groupFields = []normalize.Field{
	normalize.FieldProvince, normalize.FieldKota, normalize.FieldKecamatan, normalize.FieldKelurahan,
	normalize.FieldHamlet, normalize.FieldRW, normalize.FieldRT, normalize.FieldRTRW,
}

// familyFields are the fields that a household has in common.
var familyFields = []normalize.Field{
	normalize.FieldKK, normalize.FieldHead, normalize.FieldAddress, normalize.FieldHamlet, normalize.FieldRT, normalize.FieldRW,
	normalize.FieldRTRW, normalize.FieldKelurahan, normalize.FieldKecamatan, normalize.FieldKota, normalize.FieldProvince,
}

// carriedTitles are the titles of columns for values that stand above the rows.
var carriedTitles = map[normalize.Field]string{
	normalize.FieldKK: "No. KK", normalize.FieldHead: "Kepala Keluarga", normalize.FieldAddress: "Alamat",
	normalize.FieldHamlet: "Dusun", normalize.FieldRT: "RT", normalize.FieldRW: "RW", normalize.FieldRTRW: "RT/RW",
	normalize.FieldKelurahan: "Kelurahan", normalize.FieldKecamatan: "Kecamatan", normalize.FieldKota: "Kabupaten/Kota",
	normalize.FieldProvince: "Provinsi",
}

// carry adds a column for each field that lines above the rows give and that has
// no column of its own. It finds them by reading the first rows of the sheet.
func (t *Table) carry(rows []sheet.Row) {
	t.carried = map[normalize.Field]int{}
	lines := t.Lines()
	lines.Read(rows)
	for _, field := range familyFields {
		if !t.Fields.Has(field) && (lines.seen[field] || t.start[field] != "") {
			t.carried[field] = t.add(carriedTitles[field], field, ByCarried)
		}
	}
}

// household is what holds for the rows at hand.
type household struct {
	group   carriedValues // of the area: from names and from lines between the rows
	family  carriedValues // of the household: from the lines above its members
	persons bool          // a member of the household was read
	open    bool          // a line of the household was read
	used    bool          // a person was read since the last line that names an area
}

// enterGroup takes in a line that names an area. Behind persons it begins another
// group: what is smaller is no longer known. Lines one below the other are one.
func (h *household) enterGroup(values *carriedValues) {
	inside := false
	for _, field := range groupFields {
		switch {
		case values[field] != "":
			h.group[field], inside = values[field], true
		case inside && h.used:
			h.group[field] = ""
		}
	}
	h.family, h.open, h.persons, h.used = carriedValues{}, false, false, false
}

// enterFamily takes in a line that describes a household. The first such line
// behind persons begins another household, and so does another KK number.
func (h *household) enterFamily(values *carriedValues) {
	kk := values[normalize.FieldKK]
	if h.persons || kk != "" && h.family[normalize.FieldKK] != "" && kk != h.family[normalize.FieldKK] {
		h.family = carriedValues{}
	}
	h.persons, h.open = false, true
	for _, field := range familyFields {
		if values[field] != "" {
			h.family[field] = values[field]
		}
	}
}

// value returns what holds for a field, "" if nothing does.
func (h *household) value(field normalize.Field) string {
	if h.family[field] != "" {
		return h.family[field]
	}
	return h.group[field]
}
