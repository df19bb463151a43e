package report

// Widths of letters of fontFamily at listFontSize, in tenths of a pixel: programs
// that open a workbook do not always fit the heights of its rows.
const (
	thinLetter  = 34
	plainLetter = 66
	upperLetter = 80
	wideLetter  = 100
)

// columnPixels is what a cell of a column has for its text, in tenths of a pixel.
func columnPixels(width int) int { return (width+2)*70 - 20 }

// textLines is the number of lines that a text takes in a cell of so many tenths of
// a pixel, broken between words.
func textLines(text string, room int) int {
	lines, used, word := 1, 0, 0 // tenths of a pixel: of the line up to the last word, of this word
	for i := 0; i < len(text); i++ {
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

// letterWidth is the width of a letter; each byte of one of several bytes counts.
func letterWidth(c byte) int {
	switch {
	case c == 'm' || c == 'w' || c == 'M' || c == 'W':
		return wideLetter
	case c == ' ' || c == '.' || c == ',' || c == ';' || c == ':' || c == '/' || c == 'i' || c == 'j' || c == 'l' || c == 't' || c == 'f' || c == 'I':
		return thinLetter
	case c >= 'A' && c <= 'Z':
		return upperLetter
	}
	return plainLetter
}
