package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// plain returns text in upper case, compatibility-composed (NFKC) and without
// accents; ASCII text that is upper case already is returned as it is.
func plain(text string) string {
	ascii := true
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToUpper(text)
	}
	text = strings.ToValidUTF8(text, " ")
	strip := transform.Chain(norm.NFKD, runes.Remove(runes.In(unicode.Mn)), norm.NFKC)
	if out, _, err := transform.String(strip, text); err == nil {
		text = out
	}
	return strings.ToUpper(text)
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// fold returns the letters and digits of text in upper case without spaces: the
// form in which headers, codes and names of areas are looked up.
func fold(text string) string {
	var buffer [64]byte
	folded := buffer[:0]
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z':
			folded = append(folded, c&^0x20)
		case c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			folded = append(folded, c)
		case c >= utf8.RuneSelf:
			return foldRunes(text)
		}
	}
	return string(folded)
}

func foldRunes(text string) string {
	var folded strings.Builder
	for _, r := range plain(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			folded.WriteRune(r)
		}
	}
	return folded.String()
}
