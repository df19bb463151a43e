package report

import "encoding/binary"

// csvTexts writes texts as they stand in a CSV file.
type csvTexts struct {
	quoted    [256]bool // bytes for which a text needs quotes
	first     [256]bool // bytes with which a text begins that may need quotes or an apostrophe
	delimiter uint64    // in every byte
}

func newCSVTexts(delimiter byte) csvTexts {
	t := csvTexts{delimiter: everyByte * uint64(delimiter)}
	for _, c := range [...]byte{delimiter, '"', '\n', '\r'} {
		t.quoted[c] = true
	}
	for c := range t.first {
		t.first[c] = t.quoted[c] || c == wideFirst || runsAsFormula(string([]byte{byte(c), '1'}))
	}
	return t
}

// append appends a text. Most stand as they are: such a text is copied and looked at
// in one pass, a word at a time.
func (t *csvTexts) append(line []byte, text string) []byte {
	from, to := len(line), len(line)+len(text)
	switch {
	case text == "":
		return line
	case t.first[text[0]] || to > cap(line):
		return t.appendAny(line, text)
	}
	place, last := line[from:to], len(text)-wordBytes
	if last < 0 {
		for i := range place {
			if t.quoted[text[i]] {
				return t.appendAny(line, text)
			}
			place[i] = text[i]
		}
		return line[:to]
	}
	special := t.copyWord(place[last:], text[last:])
	for i := 0; i < last; i += wordBytes {
		special |= t.copyWord(place[i:], text[i:])
	}
	if special != 0 {
		return t.appendAny(line, text)
	}
	return line[:to]
}

// The bytes of a word.
const (
	wordBytes = 8
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// copyWord copies the first word of a text. It returns 0 if no byte of it needs quotes;
// some that need none, control characters, give another value too.
func (t *csvTexts) copyWord(to []byte, text string) uint64 {
	word := binary.LittleEndian.Uint64([]byte(text[:wordBytes]))
	binary.LittleEndian.PutUint64(to, word)
	return (less(word, ' ') | less(word^t.delimiter, 1) | less(word^everyByte*'"', 1)) & highBits
}

// less has high bits if, and only if, a byte of a word is less than a limit of at most
// 128, and maybe other bits.
func less(word, limit uint64) uint64 { return (word - everyByte*limit) &^ word }

// appendAny appends a text that may need quotes or an apostrophe.
func (t *csvTexts) appendAny(line []byte, text string) []byte {
	apostrophe := runsAsFormula(text)
	for i := range len(text) {
		if t.quoted[text[i]] {
			return appendQuoted(line, text, apostrophe)
		}
	}
	if apostrophe {
		line = append(line, '\'')
	}
	return append(line, text...)
}

func appendQuoted(line []byte, text string, apostrophe bool) []byte {
	line = append(line, '"')
	if apostrophe {
		line = append(line, '\'')
	}
	for i := range len(text) {
		if text[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, text[i])
	}
	return append(line, '"')
}
