package store

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

const hexDigits = "0123456789abcdef"

// EncodeCells appends the cells as a JSON array of strings. Bytes that are not
// UTF-8 become U+FFFD.
func EncodeCells(dst []byte, cells []string) []byte {
	dst = append(dst, '[')
	for i, cell := range cells {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		if plain(cell) {
			dst = append(dst, cell...)
		} else {
			dst = appendEscaped(dst, cell)
		}
		dst = append(dst, '"')
	}
	return append(dst, ']')
}

// plain reports whether a text stands in JSON as it is.
func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func appendEscaped(dst []byte, text string) []byte {
	for _, r := range text {
		switch {
		case r == '"':
			dst = append(dst, `\"`...)
		case r == '\\':
			dst = append(dst, `\\`...)
		case r < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[r>>4], hexDigits[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return dst
}

// DecodeCells reads a JSON array of strings into cells, whose capacity it
// reuses. Control characters need no escape. The error is ErrCells.
func DecodeCells(data []byte, cells []string) ([]string, error) {
	return splitCells(string(data), cells)
}

// splitCells is DecodeCells without copying: cells without an escape share the
// memory of text.
func splitCells(text string, cells []string) ([]string, error) {
	cells = cells[:0]
	if !utf8.ValidString(text) {
		return cells, ErrCells
	}
	if split, ok := splitPlain(text, cells); ok {
		return split, nil
	}
	return splitJSON(text, cells)
}

// splitPlain is splitJSON for what EncodeCells writes of cells that are plain, as
// nearly all are; false if it is anything else.
func splitPlain(text string, cells []string) ([]string, bool) {
	rest, opens := strings.CutPrefix(text, `["`)
	rest, closes := strings.CutSuffix(rest, `"]`)
	if !opens || !closes || strings.IndexByte(rest, '\\') >= 0 {
		return nil, false
	}
	for {
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			return append(cells, rest), true
		}
		cell, after := rest[:end], rest[end:]
		if cells = append(cells, cell); !strings.HasPrefix(after, `","`) {
			return nil, false
		}
		rest = after[len(`","`):]
	}
}

// splitJSON appends the strings of an array of strings.
func splitJSON(text string, cells []string) ([]string, error) {
	rest, ok := strings.CutPrefix(skipSpace(text), "[")
	if !ok {
		return cells, ErrCells
	}
	rest = skipSpace(rest)
	if after, ok := strings.CutPrefix(rest, "]"); ok {
		return cells, atEnd(after)
	}
	for {
		cell, after, ok := cutString(rest)
		if !ok {
			return cells, ErrCells
		}
		cells = append(cells, cell)
		after = skipSpace(after)
		if after == "" {
			return cells, ErrCells
		}
		switch after[0] {
		case ',':
			rest = skipSpace(after[1:])
		case ']':
			return cells, atEnd(after[1:])
		default:
			return cells, ErrCells
		}
	}
}

func skipSpace(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r') {
		text = text[1:]
	}
	return text
}

func atEnd(rest string) error {
	if skipSpace(rest) != "" {
		return ErrCells
	}
	return nil
}

// cutString takes the JSON string at the start of text.
func cutString(text string) (value, rest string, ok bool) {
	if text == "" || text[0] != '"' {
		return "", "", false
	}
	end := strings.IndexByte(text[1:], '"') + 1
	if end == 0 {
		return "", "", false
	}
	if escape := strings.IndexByte(text[1:end], '\\'); escape >= 0 {
		return cutEscaped(text[1:], escape)
	}
	return text[1:end], text[end+1:], true
}

// cutEscaped takes a string that has its first escape at index i; its opening
// quote is gone.
func cutEscaped(text string, i int) (value, rest string, ok bool) {
	value = text[:i]
	buffer := []byte(value)
	for i < len(text) {
		switch c := text[i]; {
		case c == '"':
			return string(buffer), text[i+1:], true
		case c != '\\':
			buffer = append(buffer, c)
			i++
		default:
			r, size := unescape(text[i:])
			if size == 0 {
				return "", "", false
			}
			buffer = utf8.AppendRune(buffer, r)
			i += size
		}
	}
	return "", "", false
}

// unescape reads the escape at the start of text; size 0 if it is none. Half a
// surrogate pair is U+FFFD.
func unescape(text string) (r rune, size int) {
	if len(text) < 2 {
		return 0, 0
	}
	if i := strings.IndexByte(`"\/bfnrt`, text[1]); i >= 0 {
		return rune("\"\\/\b\f\n\r\t"[i]), 2
	}
	high, ok := codeUnit(text)
	if !ok {
		return 0, 0
	}
	if low, ok := codeUnit(text[6:]); ok && high>>10 == 0xD800>>10 && low>>10 == 0xDC00>>10 {
		return 0x10000 + (high&0x3FF)<<10 + low&0x3FF, 12
	}
	if high >= 0xD800 && high < 0xE000 {
		return utf8.RuneError, 6
	}
	return high, 6
}

// codeUnit reads \uXXXX at the start of text.
func codeUnit(text string) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(text[2:6], 16, 16)
	return rune(unit), err == nil
}
