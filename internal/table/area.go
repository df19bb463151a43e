package table

import (
	"path/filepath"
	"slices"
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
	"RW": normalize.FieldNone, "RT": normalize.FieldNone,
}

// Where the area of rows that name none comes from.
const (
	AreaOfTitle  = "title_rows"
	AreaOfSheet  = "sheet_name"
	AreaOfFile   = "file_name"
	AreaOfOption = "option"
)

// readArea finds the area of rows that name none: from the rows above the table,
// else from the sheet's name, else from the file's, else from the options. The
// number of an RW in a name of the sheet or the file holds for its rows too.
func (s *surveyor) readArea(t *Table, rows []sheet.Row) {
	above := 0
	for above < len(rows) && t.firstRow > 0 && rows[above].Number < t.firstRow {
		above++
	}
	found := []struct {
		from string
		area normalize.Area
	}{
		{AreaOfTitle, titleArea(rows[:above])},
		{AreaOfSheet, sheetArea(t.Sheet.Name())},
		{AreaOfFile, nameArea(baseName(s.path))},
		{AreaOfOption, s.options.Defaults},
	}
	for _, f := range found {
		switch current := t.Options.Defaults; {
		case f.area.Code == 0, f.area.Code == current.Code:
		case current.Code == 0, within(f.area.Code, current.Code):
			t.Options.Defaults, t.Area = f.area, f.from
		case f.from != AreaOfOption && !within(current.Code, f.area.Code):
			t.warn(WarnAreaDiffers, t.Area+", "+f.from)
		}
	}
	for _, name := range []string{baseName(s.path), t.Sheet.Name()} {
		if rt, rw, ok := nameUnits(name); ok {
			t.start[normalize.FieldRT], t.start[normalize.FieldRW] = rt, rw
		}
	}
}

// within reports whether an area lies in a larger one, or is the same.
func within(code, larger uint64) bool {
	for _, level := range [...]uint64{1, 10_000, 1_000_000, 100_000_000} {
		if larger%level == 0 && code/level == larger/level && (level == 100_000_000 || larger%(level*100) != 0 || larger == code) {
			return true
		}
	}
	return false
}

// baseName is the name of a file without folder and ending.
func baseName(path string) string { return withoutEnding(filepath.Base(path)) }

// titleArea returns the area that the rows above a table name, as in "KELURAHAN
// : TEBET TIMUR" in one cell or in neighbouring ones; the zero Area if none.
func titleArea(rows []sheet.Row) normalize.Area {
	var found normalize.Values
	for i := range rows {
		readTitle(strings.Join(rows[i].Cells, " "), &found)
	}
	return areaNamed(&found)
}

func areaNamed(found *normalize.Values) normalize.Area {
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
		case ok && word == "KOTA" && field == normalize.FieldKelurahan && len(name) == 0:
			name = append(name, word) // Kelurahan Kota Bambu Utara
		case ok:
			end()
			field = label
		case field != normalize.FieldNone && word != ":" && word != "-":
			name = append(name, strings.Trim(word, ",;"))
		}
	}
	end()
}

// sheetArea returns the area that the name of a sheet tells; that of a sheet in an
// archive has the name of its file before it.
func sheetArea(name string) normalize.Area {
	file, sheetName, archived := strings.Cut(name, "/")
	if archived {
		if area := nameArea(sheetName); area.Code != 0 {
			return area
		}
	}
	return nameArea(withoutEnding(file))
}

// endings are those of files that hold lists.
var endings = []string{".csv", ".tsv", ".psv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".fods", ".htm", ".html", ".xml", ".zip"}

// withoutEnding is the name of a file without its ending.
func withoutEnding(name string) string {
	if ending := filepath.Ext(name); slices.Contains(endings, strings.ToLower(ending)) {
		return strings.TrimSuffix(name, ending)
	}
	return name
}

// nameArea returns the area that the name of a sheet or a file speaks of: by a
// word for its kind ("Kel. Bukit Duri"), or as the longest run of words that are
// the name of a kecamatan, else of a kelurahan, of DKI Jakarta. A kelurahan of one
// word must stand alone; short words say nothing.
func nameArea(name string) normalize.Area {
	words := nameWords(name)
	if len(words) == 0 {
		return normalize.Area{}
	}
	var found normalize.Values
	readTitle(strings.Join(words, " "), &found)
	if area := areaNamed(&found); area.Code != 0 {
		return area
	}
	for size := min(3, len(words)); size > 0; size-- {
		for i := range len(words) - size + 1 {
			run := strings.Join(words[i:i+size], " ")
			if len(run) < shortestAreaName {
				continue
			}
			if area := normalize.FindArea("", run, "", "", ""); area.Code != 0 && area.Code/100_000_000 == 31 {
				return area
			}
			if size == 1 && !onlyName(words, i) {
				continue // Tengah, Bangka and others are words of other names too
			}
			if area := normalize.FindArea(run, "", "", "", ""); area.Code%10_000 != 0 {
				return area
			}
		}
	}
	return normalize.Area{}
}

// onlyName reports whether a word stands alone beside numbers.
func onlyName(words []string, at int) bool {
	for i, word := range words {
		if i != at && !isDigits(word) {
			return false
		}
	}
	return true
}

// shortestAreaName is the length from which a word without a label is taken for
// the name of an area.
const shortestAreaName = 5

// nameWords parts the name of a sheet or a file at everything that is no letter
// or digit.
func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ToUpper(name), func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r < 0x80
	})
}

// nameUnits reads "RW 05" and "RT 003 RW 05" in a name.
func nameUnits(name string) (rt, rw string, ok bool) {
	words := nameWords(name)
	for i, word := range words {
		field, number := groupWord(word)
		if number == "" && i+1 < len(words) && isShortNumber(words[i+1]) {
			number = words[i+1]
		}
		switch {
		case number == "":
		case field == normalize.FieldRT:
			rt, ok = number, true
		case field == normalize.FieldRW:
			rw, ok = number, true
		}
	}
	return rt, rw, ok
}
