package intake

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// areaLabels are the words that announce an area in the rows above a table.
// FieldNone ends a name: "KELURAHAN TEBET TIMUR TAHUN 2024".
var areaLabels = map[string]normalize.Field{
	"KELURAHAN": normalize.FieldKelurahan, "KEL": normalize.FieldKelurahan,
	"DESA": normalize.FieldKelurahan, "DESA/KELURAHAN": normalize.FieldKelurahan,
	"KECAMATAN": normalize.FieldKecamatan, "KEC": normalize.FieldKecamatan,
	"KOTA": normalize.FieldKota, "KABUPATEN": normalize.FieldKota, "KAB": normalize.FieldKota,
	"KABUPATEN/KOTA": normalize.FieldKota,
	"PROVINSI":       normalize.FieldProvince, "PROPINSI": normalize.FieldProvince,
	"TAHUN": normalize.FieldNone, "BULAN": normalize.FieldNone, "PERIODE": normalize.FieldNone,
}

// titleArea returns the area that the rows above a table name, as in "KELURAHAN
// : TEBET TIMUR" in one cell or in neighbouring ones; the zero Area if none.
func titleArea(rows []sheet.Row) normalize.Area {
	var found normalize.Values
	for i := range rows {
		readTitle(strings.Join(rows[i].Cells, " "), &found)
	}
	area := normalize.FindArea(found[normalize.FieldKelurahan], found[normalize.FieldKecamatan],
		found[normalize.FieldKota], found[normalize.FieldProvince], "")
	if area.Code == 0 {
		return normalize.Area{}
	}
	return area
}

// readTitle takes the first name of each kind of area out of a title.
func readTitle(title string, found *normalize.Values) {
	var field normalize.Field
	var name []string
	end := func() {
		if field != normalize.FieldNone && found[field] == "" {
			found[field] = strings.Join(name, " ")
		}
		name = name[:0]
	}
	for word := range strings.FieldsSeq(strings.ToUpper(strings.ReplaceAll(title, ":", " : "))) {
		label, ok := areaLabels[strings.TrimRight(word, ".")]
		switch {
		case ok:
			end()
			field = label
		case field != normalize.FieldNone && word != ":" && word != "-":
			name = append(name, strings.Trim(word, ",;"))
		}
	}
	end()
}
