package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"padan/normalize"
)

// shownFields hold codes and areas, which identify nobody.
var shownFields = map[normalize.Field]bool{
	normalize.FieldSex: true, normalize.FieldRelation: true, normalize.FieldMarital: true, normalize.FieldRT: true, normalize.FieldRW: true,
	normalize.FieldRTRW: true, normalize.FieldKelurahan: true, normalize.FieldKecamatan: true, normalize.FieldKota: true,
	normalize.FieldProvince: true, normalize.FieldAreaCode: true, normalize.FieldNumber: true,
}

const (
	longestSample = 40 // characters of a value that are shown
	longNumber    = 13 // digits from which a number is a NIK, KK or account
	numberHead    = 6  // of a long number: the region
	numberTail    = 4  // of a long number: the serial
)

// Mask hides what identifies a person in a value and keeps its form: of a long
// number region and serial are shown, of a word its first letter, of other
// numbers only how long they are.
func Mask(field normalize.Field, text string) string {
	if shownFields[field] && len(normalize.NumbersIn(text)) == 0 {
		return shorten(text)
	}
	var masked strings.Builder
	for rest := text; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		same := unicode.IsLetter
		if unicode.IsDigit(r) {
			same = unicode.IsDigit
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return !same(r) })
		switch {
		case end < 0:
			end = len(rest)
		case end == 0:
			masked.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		masked.WriteString(maskRun(rest[:end]))
		rest = rest[end:]
	}
	return shorten(masked.String())
}

// maskRun hides a run of digits or of letters.
func maskRun(run string) string {
	r, size := utf8.DecodeRuneInString(run)
	length := utf8.RuneCountInString(run)
	switch {
	case !unicode.IsDigit(r):
		return run[:size] + strings.Repeat("*", length-1)
	case length >= longNumber && length == len(run):
		return run[:numberHead] + strings.Repeat("*", length-numberHead-numberTail) + run[length-numberTail:]
	}
	return strings.Repeat("*", length)
}

func shorten(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= longestSample {
		return text
	}
	return string([]rune(text)[:longestSample]) + "…"
}
