package normalize

import (
	"strings"
	"unicode"
)

// shortestIdentifier is the least letters and digits of a number that is given to
// one person; shorter ones are codes of something else.
const shortestIdentifier = 5

// ReadIdentifier reads a personal number other than NIK and KK: a social security,
// passport, tax or member number. It returns its letters and digits in upper case,
// "" for what is too short or was typed to fill the cell.
func ReadIdentifier(text string) string {
	id := fold(text)
	digits := strings.ContainsFunc(id, unicode.IsDigit)
	if len(id) < shortestIdentifier || !digits || oneLetter(id) || isCount(id) {
		return ""
	}
	return id
}

// isCount reports 1, 2, 3 ... typed one after the other.
func isCount(text string) bool {
	const count = "1234567890123456"
	return len(text) <= len(count) && count[:len(text)] == text
}

// oneLetter reports whether a text is one letter or digit over and over.
func oneLetter(text string) bool {
	return strings.Trim(text, text[:1]) == ""
}

// ReadPostcode reads a postal code: its letters and digits in upper case, without
// what a country writes after the first part (the ZIP+4 of 12345-6789); "" for
// less than three of them.
func ReadPostcode(text string) string {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".0")
	if zip, more, ok := strings.Cut(text, "-"); ok && len(zip) == 5 && isDigits(zip) && isDigits(more) {
		text = zip
	}
	code := fold(text)
	if len(code) < 3 || len(code) > 10 || strings.Trim(code, "0") == "" {
		return ""
	}
	return code
}
