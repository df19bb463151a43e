package sheet

import (
	"encoding/binary"
	"slices"
)

// Tokens of a formula ([MS-XLS] 2.5.198). They stand in reverse Polish order, so
// the last one gives the result.
const (
	tokenText     = 0x17 // a text: length, width of its characters, characters
	tokenJoin     = 0x08 // &
	tokenFunction = 0x21 // with a fixed number of arguments; classes 0x41 and 0x61 too
	tokenFuncVar  = 0x22 // with any number of them

	formulaHeader = 8 + 2 + 4 // result, options and cache before the tokens' length
)

// textFunctions are the functions whose result is a text (Ftab): MID, REPT, TEXT,
// UPPER, LOWER, PROPER, LEFT, RIGHT, TRIM, REPLACE, SUBSTITUTE, T, CLEAN,
// CONCATENATE.
var textFunctions = []uint16{31, 30, 48, 113, 112, 114, 115, 116, 118, 119, 120, 130, 162, 336}

// readTokens looks at the tokens of a formula whose stored result is the number 0,
// as LibreOffice leaves it for texts: a formula that is one text has that text, and
// one whose result must be a text has none stored. It reports whether it was one
// of these.
func (r *xlsReader) readTokens(column int, data []byte) bool {
	if len(data) < formulaHeader+2 {
		return false
	}
	size := int(binary.LittleEndian.Uint16(data[formulaHeader:]))
	tokens := data[formulaHeader+2:]
	if size == 0 || size > len(tokens) {
		return false
	}
	tokens = tokens[:size]
	if tokens[0] == tokenText && isOneText(tokens) {
		r.putText(column, append([]byte{tokens[1], 0}, tokens[2:]...))
		return true
	}
	if endsInText(tokens) {
		r.row.Uncached++
		return true
	}
	return false
}

// isOneText reports whether the tokens are a text and nothing else.
func isOneText(tokens []byte) bool {
	if len(tokens) < 3 {
		return false
	}
	width := 1 + int(tokens[2]&1)
	return len(tokens) == 3+int(tokens[1])*width
}

// endsInText reports whether the last token makes a text of those before it.
func endsInText(tokens []byte) bool {
	n := len(tokens)
	switch {
	case tokens[n-1] == tokenJoin:
		return true
	case n >= 3 && tokens[n-3]&0x1F|0x20 == tokenFunction:
		return slices.Contains(textFunctions, binary.LittleEndian.Uint16(tokens[n-2:]))
	case n >= 4 && tokens[n-4]&0x1F|0x20 == tokenFuncVar:
		return slices.Contains(textFunctions, binary.LittleEndian.Uint16(tokens[n-2:]))
	}
	return false
}
