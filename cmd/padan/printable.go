package main

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ownColors are the sequences that paint writes.
var ownColors = []string{"\x1b[" + red + "m", "\x1b[" + bold + "m", "\x1b[0m"}

// printable replaces what would steer a terminal: a title, a sheet name or a file
// name may hold sequences that hide text, or write other text over it.
func (g *globals) printable(stream io.Writer, text string) string {
	if strings.IndexFunc(text, steers) < 0 {
		return text
	}
	colored := g.colored(stream)
	var out strings.Builder
	for text != "" {
		if own := ownColor(text); own != "" && colored {
			out.WriteString(own)
			text = text[len(own):]
			continue
		}
		r, size := utf8.DecodeRuneInString(text)
		if steers(r) {
			out.WriteRune(utf8.RuneError)
		} else {
			out.WriteString(text[:size])
		}
		text = text[size:]
	}
	return out.String()
}

func ownColor(text string) string {
	for _, color := range ownColors {
		if strings.HasPrefix(text, color) {
			return color
		}
	}
	return ""
}

// steers reports whether a terminal does something else with a character than to
// show it: control characters but line breaks and tabs, and those that turn the
// direction of writing.
func steers(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}
