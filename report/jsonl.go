package report

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// jsonTable writes JSON Lines: an object a row, in UTF-8, whose keys are the
// names of the columns in their order. Counts, weights and probabilities are
// numbers, all else strings, NIK and KK among them. An empty cell is null, so
// that every row has every key and the first row tells a reader the columns.
//
// What would run as a formula stands as it is: no program runs a string of JSON.
type jsonTable struct {
	lines
	keys [][]byte // with what stands before and after them
}

// NewJSONL starts a file of JSON Lines.
func NewJSONL(f *File, columns []Column) Table {
	t := &jsonTable{lines: newLines(f)}
	for i, c := range columns {
		key := []byte{','}
		if i == 0 {
			key[0] = '{'
		}
		t.keys = append(t.keys, append(appendJSONString(key, c.Name), ':'))
	}
	return t
}

// WriteRow implements Table.
func (t *jsonTable) WriteRow(cells []Cell) error {
	line := t.buffer
	for i := range cells {
		line = append(line, t.keys[i]...)
		line = appendJSONCell(line, &cells[i])
	}
	return t.end(append(line, '}'))
}

func appendJSONCell(line []byte, c *Cell) []byte {
	switch c.Type {
	case IntegerCell:
		return strconv.AppendInt(line, int64(c.Number), 10)
	case DecimalCell:
		return appendJSONNumber(line, c.Number, 2)
	case ProbabilityCell:
		return appendJSONNumber(line, c.Number, 6)
	case EmptyCell, TextCell, CodeCell:
	}
	if c.Text == "" {
		return append(line, "null"...)
	}
	return appendJSONString(line, c.Text)
}

// appendJSONNumber writes a number of at most the given decimals.
func appendJSONNumber(line []byte, f float64, decimals int) []byte {
	return bytes.TrimSuffix(bytes.TrimRight(appendFixed(line, f, decimals, '.'), "0"), []byte("."))
}

// jsonPlain are the bytes that stand in a string as they are.
var jsonPlain = func() (plain [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		plain[c] = c != '"' && c != '\\'
	}
	return plain
}()

// appendJSONString writes a string as encoding/json does, '<', '>' and '&' as they
// are, in a fraction of its time. What is not UTF-8 becomes U+FFFD.
func appendJSONString(line []byte, text string) []byte {
	line = append(line, '"')
	from, i := 0, 0
	for {
		for i < len(text) && jsonPlain[text[i]] {
			i++
		}
		if i == len(text) {
			return append(append(line, text[from:]...), '"')
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r < utf8.RuneSelf {
			line = appendJSONEscape(append(line, text[from:i]...), text[i])
			from = i + size
		} else if instead := jsonInstead(r, size); instead != "" {
			line = append(append(line, text[from:i]...), instead...)
			from = i + size
		}
		i += size
	}
}

// jsonInstead is what is written for a rune that may not stand as it is, and for
// bytes that are none: line ends that JavaScript knows, and what is not UTF-8.
func jsonInstead(r rune, size int) string {
	switch {
	case r == utf8.RuneError && size == 1:
		return `\ufffd`
	case r == '\u2028':
		return `\u2028`
	case r == '\u2029':
		return `\u2029`
	}
	return ""
}

func appendJSONEscape(line []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(line, '\\', c)
	case '\b':
		return append(line, `\b`...)
	case '\f':
		return append(line, `\f`...)
	case '\n':
		return append(line, `\n`...)
	case '\r':
		return append(line, `\r`...)
	case '\t':
		return append(line, `\t`...)
	}
	return append(line, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
