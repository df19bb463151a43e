package report

import "strings"

// Widths of letters of fontFamily at a size of 9 points, in tenths of a pixel, and
// of the unit in which columns are measured, a digit of the font of a workbook.
const (
	thinLetter  = 34
	plainLetter = 66
	upperLetter = 80
	wideLetter  = 100
	wideSign    = 160 // one of three or four bytes
	columnUnit  = 70
)

// textLines is the number of lines that a text of a size in points takes in a
// width of so many digits, broken between words. Programs that open a workbook do
// not always fit the heights of its rows.
func textLines(text string, width, size float64) int {
	room := int(width * columnUnit * 9 / size)
	lines, used, word := 1, 0, 0 // used: up to the last word; word: so far
	for i := range len(text) {
		c := text[i]
		if c == '\n' {
			lines, used, word = lines+1, 0, 0
			continue
		}
		word += letterWidths[c]
		if c == ' ' {
			used, word = used+word, 0
			continue
		}
		if used+word > room {
			if used > 0 {
				lines, used = lines+1, 0
			}
			if word > room { // longer than a line
				lines, word = lines+1, letterWidths[c]
			}
		}
	}
	return lines
}

// letterWidths are the widths of the letters that a byte begins, 0 if it begins none.
var letterWidths = func() (widths [256]int) {
	for c := range widths {
		switch {
		case c >= 0xE0:
			widths[c] = wideSign
		case c >= 0x80 && c < 0xC0:
		case strings.ContainsRune("mwMW", rune(c)):
			widths[c] = wideLetter
		case strings.ContainsRune(" .,;:/ijltfI", rune(c)):
			widths[c] = thinLetter
		case c >= 'A' && c <= 'Z':
			widths[c] = upperLetter
		default:
			widths[c] = plainLetter
		}
	}
	return widths
}()
