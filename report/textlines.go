package report

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
		word += letterWidth(c)
		if c == ' ' {
			used, word = used+word, 0
			continue
		}
		if used+word > room {
			if used > 0 {
				lines, used = lines+1, 0
			}
			if word > room { // longer than a line
				lines, word = lines+1, letterWidth(c)
			}
		}
	}
	return lines
}

// letterWidth is the width of the letter that a byte begins, 0 if it begins none.
func letterWidth(c byte) int {
	switch {
	case c >= 0xE0:
		return wideSign
	case c >= 0x80 && c < 0xC0:
		return 0
	case c == 'm' || c == 'w' || c == 'M' || c == 'W':
		return wideLetter
	case c == ' ' || c == '.' || c == ',' || c == ';' || c == ':' || c == '/' || c == 'i' || c == 'j' || c == 'l' || c == 't' || c == 'f' || c == 'I':
		return thinLetter
	case c >= 'A' && c <= 'Z':
		return upperLetter
	}
	return plainLetter
}
