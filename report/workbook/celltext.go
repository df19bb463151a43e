package workbook

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// outerSpace reports whether a text begins or ends with white space, which readers
// of XML may drop.
func outerSpace(text string) bool {
	return text != "" && (isSpace(text[0]) || isSpace(text[len(text)-1]))
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// plainByte tells the ASCII characters that stand for themselves in a cell.
var plainByte = func() (plain [256]bool) {
	for c := byte(' '); c < utf8.RuneSelf; c++ {
		plain[c] = c != '&' && c != '<' && c != '>' && c != '_'
	}
	plain['\n'] = true
	return plain
}()

// appendCellText appends a text as it stands in a cell. A character that XML does
// not allow becomes U+FFFD, and what is beyond the length of a cell is cut off. An
// underscore that would begin the code of a character (ECMA-376 part 1, 22.9.2.19,
// "_x0041_") is written as a code itself.
func appendCellText(to []byte, text string) []byte {
	if len(text) <= excelize.TotalCellChars && isPlain(text) {
		return append(to, text...)
	}
	return appendAnyText(to, text)
}

// isPlain reports whether all characters of a text stand for themselves in a cell. A
// text of several lines may be taken for one that is not plain.
func isPlain(text string) bool {
	last := len(text) - wordBytes
	if last < 0 {
		for i := range len(text) {
			if !plainByte[text[i]] {
				return false
			}
		}
		return true
	}
	special := specialIn(text[last:])
	for i := 0; i < last; i += wordBytes {
		special |= specialIn(text[i:])
	}
	return special == 0
}

// The bytes of a word, of a text that is looked at by words.
const (
	wordBytes = 8
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// specialIn returns 0 if all bytes of the first word of a text are plain ones.
func specialIn(text string) uint64 {
	word := binary.LittleEndian.Uint64([]byte(text[:wordBytes]))
	angle := (word | everyByte*2) ^ everyByte*'>' // '<' and '>' differ in one bit
	return (word | less(word, ' ') | less(angle, 1) | less(word^everyByte*'&', 1) | less(word^everyByte*'_', 1)) & highBits
}

// less has high bits if, and only if, a byte of a word is less than a limit of at most
// 128, and maybe other bits.
func less(word, limit uint64) uint64 { return (word - everyByte*limit) &^ word }

// appendAnyText is appendCellText for any text, character by character.
func appendAnyText(to []byte, text string) []byte {
	units := 0 // of UTF-16, in which a cell is measured
	for i := 0; i < len(text); {
		c := text[i]
		if plainByte[c] {
			if units++; units > excelize.TotalCellChars {
				return to
			}
			to = append(to, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if units += max(1, utf16.RuneLen(r)); units > excelize.TotalCellChars {
			return to
		}
		to = appendCellRune(to, r, text[i:])
		i += size
	}
	return to
}

// appendCellRune appends the first character of a text.
func appendCellRune(to []byte, r rune, text string) []byte {
	switch {
	case r == '&':
		return append(to, "&amp;"...)
	case r == '<':
		return append(to, "&lt;"...)
	case r == '>':
		return append(to, "&gt;"...)
	case r == '\t':
		return append(to, "&#x9;"...)
	case r == '\r':
		return append(to, "&#xD;"...)
	case r == '_' && isCharacterCode(text):
		return append(to, "_x005F_"...)
	case r < ' ', r == 0xfffe, r == 0xffff:
		r = utf8.RuneError
	}
	return utf8.AppendRune(to, r)
}

// isCharacterCode reports whether a text begins with the code of a character.
func isCharacterCode(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range []byte(text[2:6]) {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}
