package normalize

import (
	_ "embed" // the tables of headers and areas
	"slices"
	"strings"
	"sync"
)

//go:embed data/headers.tsv
var headerTable string

// headerFields maps a folded column header to its field.
var headerFields = sync.OnceValue(func() map[string]Field {
	fields := map[string]Field{}
	for line := range strings.Lines(headerTable) {
		code, headers, _ := strings.Cut(strings.TrimSpace(line), "\t")
		field, ok := ParseField(code)
		if !ok {
			continue
		}
		for _, header := range strings.Fields(headers) {
			fields[header] = field
		}
	}
	return fields
})

// RecogniseHeader returns the field that a column header names, in any of the
// spellings known from the registries of Kemensos, BPS and Dukcapil and from
// office spreadsheets. Case, punctuation, spaces, line breaks and a number in
// brackets at the end ("NIK (3)") or one before the title ("403 NIK", as in a
// questionnaire) do not matter.
func RecogniseHeader(text string) (Field, bool) {
	if len(text) > 80 {
		return FieldNone, false
	}
	text = strings.TrimSpace(text)
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") && isDigits(text[open+1:len(text)-1]) {
		text = text[:open]
	}
	if field, ok := headerFields()[fold(text)]; ok {
		return field, true
	}
	if number, title, ok := strings.Cut(text, " "); ok && isDigits(strings.Trim(number, ".()")) {
		field, ok := headerFields()[fold(title)]
		return field, ok
	}
	return FieldNone, false
}

// shortestNear is the length from which a wrong letter of a header is looked past.
const shortestNear = 7

// NearHeader returns the field of a misspelled header: all known headers that are
// one letter away, or two neighbours swapped, name this field.
func NearHeader(text string) (Field, bool) {
	key := fold(text)
	if len(key) < shortestNear || len(text) > 80 {
		return FieldNone, false
	}
	found := FieldNone
	for header, field := range headerFields() {
		if len(header) < shortestNear || !oneLetterApart(header, key) || field == found {
			continue
		}
		if found != FieldNone {
			return FieldNone, false
		}
		found = field
	}
	return found, found != FieldNone
}

// combinable are the fields that stand together in one cell, each of which can
// be told by its form.
var combinable = map[Field]bool{FieldNIK: true, FieldKK: true, FieldName: true}

// CombinedHeader returns the fields of a header that names two or more of NIK,
// KK and name for the same cell ("NAMA / NIK"), in its order; nil if it does not.
func CombinedHeader(text string) []Field {
	if len(text) < len("NIK,KK") || len(text) > 80 {
		return nil
	}
	var fields []Field
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(plain(text), " DAN ", "/"), func(r rune) bool {
		return strings.ContainsRune("/&+,;\n\r", r)
	}) {
		field, ok := RecogniseHeader(part)
		if !ok || !combinable[field] || slices.Contains(fields, field) {
			return bareCombination(text)
		}
		fields = append(fields, field)
	}
	if len(fields) < 2 {
		return bareCombination(text)
	}
	return fields
}

// bareCombination reads a header that names NIK and name without a sign between
// them ("NAMA_NIK_KETUA"). NAMA SESUAI NIK is a name alone.
func bareCombination(text string) []Field {
	var fields []Field
	words := strings.FieldsFunc(plain(text), func(r rune) bool { return !isWordRune(r) })
	for _, word := range words {
		switch {
		case word == "NIK" && !slices.Contains(fields, FieldNIK):
			fields = append(fields, FieldNIK)
		case word == "NAMA" && !slices.Contains(fields, FieldName):
			fields = append(fields, FieldName)
		case word == "SESUAI" || word == "STATUS":
			return nil
		}
	}
	if len(fields) < 2 || len(words) > 4 {
		return nil
	}
	return fields
}

// PrefersHeader reports whether a header names a corrected or verified column,
// to be taken where a table has two columns for one field ("NIK BENAR", "NAMA
// SESUAI KTP", and DUK_NIK, which is the answer of the civil registry).
func PrefersHeader(text string) bool {
	key := fold(text)
	return strings.Contains(key, "BENAR") || strings.Contains(key, "SESUAI") || strings.HasPrefix(key, "DUK") && len(key) > len("DUKUH")
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
