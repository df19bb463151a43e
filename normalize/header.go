package normalize

import (
	_ "embed" // the tables of headers and areas
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
// brackets at the end ("NIK (3)") do not matter.
func RecogniseHeader(text string) (Field, bool) {
	if len(text) > 80 {
		return FieldNone, false
	}
	text = strings.TrimSpace(text)
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") && isDigits(text[open+1:len(text)-1]) {
		text = text[:open]
	}
	field, ok := headerFields()[fold(text)]
	return field, ok
}

// PrefersHeader reports whether a header names a corrected or verified column,
// to be taken where a table has two columns for one field ("NIK BENAR", "NAMA
// SESUAI KTP").
func PrefersHeader(text string) bool {
	key := fold(text)
	return strings.Contains(key, "BENAR") || strings.Contains(key, "SESUAI")
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
