package table

import (
	"strings"

	"padan/normalize"
)

// groupWords announce the parts of a line between the rows.
var groupWords = map[string]normalize.Field{
	"KELURAHAN": normalize.FieldKelurahan, "DESA": normalize.FieldKelurahan, "KEL": normalize.FieldKelurahan,
	"KECAMATAN": normalize.FieldKecamatan, "KEC": normalize.FieldKecamatan,
	"KOTA": normalize.FieldKota, "KABUPATEN": normalize.FieldKota, "KAB": normalize.FieldKota,
	"DUSUN": normalize.FieldHamlet, "LINGKUNGAN": normalize.FieldHamlet,
	"RT": normalize.FieldRT, "RW": normalize.FieldRW,
}

// longestGroup bounds the text of a line that names an area.
const longestGroup = 120

// readGroup recognises a text that names nothing but areas: "RT 003 / RW 05",
// "KELURAHAN MENTENG", "Kel. Tebet Timur RW 05". A name alone is none.
func readGroup(text string) (values carriedValues, ok bool) {
	if len(text) > longestGroup {
		return values, false
	}
	words := strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool {
		return strings.ContainsRune(" \t\r\n.,:;/|-_()[]\u00A0", r)
	})
	if len(words) > 1 && len(words[0]) == 1 && words[0] != "" { // A. RT 003
		words = words[1:]
	}
	var open []normalize.Field // announced and without a value
	last := normalize.FieldNone
	for i, word := range words {
		announced, glued := groupWord(word)
		switch {
		case glued != "":
			values[announced], ok = glued, true
		case announced != normalize.FieldNone:
			if len(open) == 0 || open[len(open)-1] != announced {
				open = append(open, announced)
			}
			continue
		case i == 0:
			return carriedValues{}, false
		case len(open) > 0:
			last, open = open[0], open[1:]
		}
		if glued == "" && !isGroupValue(last, word, values[last]) {
			return carriedValues{}, false
		}
		if glued == "" {
			values[last], ok = strings.TrimSpace(values[last]+" "+word), true
		}
	}
	return values, ok && known(&values)
}

// groupWord returns the field that a word announces; RT003 holds its value too.
func groupWord(word string) (field normalize.Field, glued string) {
	if field, ok := groupWords[word]; ok {
		return field, ""
	}
	for _, prefix := range [...]string{"RT", "RW"} {
		if number, ok := strings.CutPrefix(word, prefix); ok && isShortNumber(number) {
			return groupWords[prefix], number
		}
	}
	return normalize.FieldNone, ""
}

// isGroupValue tells what can follow: one number behind RT and RW, words behind
// the others.
func isGroupValue(field normalize.Field, word, before string) bool {
	switch field {
	case normalize.FieldRT, normalize.FieldRW:
		return before == "" && isShortNumber(word)
	case normalize.FieldNone:
		return false
	default:
		return len(word) > 1 && !isDigits(word)
	}
}

// known reports whether a kelurahan, kecamatan or kota among the values exists,
// if there is one.
func known(v *carriedValues) bool {
	kel, kec, kota := v[normalize.FieldKelurahan], v[normalize.FieldKecamatan], v[normalize.FieldKota]
	if kel == "" && kec == "" && kota == "" {
		return true
	}
	return normalize.FindArea(kel, kec, kota, "", "").Code != 0
}

// groupOf reads a row of one to three cells as a line that names an area.
func groupOf(cells []string) (carriedValues, bool) {
	text, filled := "", 0
	for _, cell := range cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			text += " " + cell
			filled++
		}
		if filled > 3 || len(text) > longestGroup {
			return carriedValues{}, false
		}
	}
	return readGroup(strings.TrimSpace(text))
}
