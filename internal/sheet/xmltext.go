package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// appendUnescaped appends the text of an XML element: entities are decoded, and
// so is the form _x000D_ by which a workbook writes characters that XML cannot
// hold (ECMA-376 part 1, 22.9.2.19). Line breaks become \n, as XML demands. Zero
// bytes are left out. The result is UTF-8 if text is.
func appendUnescaped(dst, text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '_') < 0 && bytes.IndexByte(text, '\r') < 0 && bytes.IndexByte(text, 0) < 0 {
		return append(dst, text...)
	}
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case '&':
			r, size := entity(text[i:])
			dst = appendCharacter(dst, r)
			i += size
		case '_':
			r, size := escape(text[i:])
			dst = appendCharacter(dst, r)
			i += size
		case '\r':
			if i+1 >= len(text) || text[i+1] != '\n' {
				dst = append(dst, '\n')
			}
			i++
		case 0:
			i++
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}

func appendCharacter(dst []byte, r rune) []byte {
	if r == 0 {
		return dst
	}
	return utf8.AppendRune(dst, r)
}

// escape decodes _xHHHH_ at the start of text, two of them for a character
// beyond the basic plane, and returns its length; else the "_" stands for itself.
func escape(text []byte) (rune, int) {
	r, ok := escapeUnit(text)
	if !ok {
		return '_', 1
	}
	if utf16.IsSurrogate(r) {
		if low, ok := escapeUnit(text[7:]); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 14
			}
		}
	}
	return r, 7
}

func escapeUnit(text []byte) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// entity decodes the entity at the start of text and returns its length; what
// is none stands for itself.
func entity(text []byte) (rune, int) {
	end := bytes.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 {
		return '&', 1
	}
	switch name := string(text[1:end]); {
	case name == "amp":
		return '&', end + 1
	case name == "lt":
		return '<', end + 1
	case name == "gt":
		return '>', end + 1
	case name == "quot":
		return '"', end + 1
	case name == "apos":
		return '\'', end + 1
	case name[0] == '#':
		base, digits := 10, name[1:]
		if digits != "" && digits[0]|0x20 == 'x' {
			base, digits = 16, digits[1:]
		}
		if n, err := strconv.ParseUint(digits, base, 32); err == nil && n <= utf8.MaxRune {
			return rune(n), end + 1
		}
	}
	return '&', 1
}

// unescaped returns the text of an attribute, as valid UTF-8.
func unescaped(value []byte) string {
	text := appendUnescaped(nil, value)
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte(string(utf8.RuneError)))
	}
	return string(text)
}
