package sheet

import (
	"encoding/binary"
	"fmt"
	"io"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// xlsText reads texts out of a record and those that continue it.
type xlsText struct {
	records *recordReader
	rest    []byte // of the record
}

// more goes on to the next record if it continues this one.
func (t *xlsText) more() bool {
	if !t.records.nextIs(recordContinue) {
		return false
	}
	t.rest = t.records.data
	return true
}

// number reads a number of size bytes.
func (t *xlsText) number(size int) (n uint32, ok bool) {
	for i := range size {
		for len(t.rest) == 0 {
			if !t.more() {
				return 0, false
			}
		}
		n |= uint32(t.rest[0]) << (8 * i)
		t.rest = t.rest[1:]
	}
	return n, true
}

// skip passes over bytes.
func (t *xlsText) skip(n int64) bool {
	for n > int64(len(t.rest)) {
		n -= int64(len(t.rest))
		if !t.more() {
			return false
		}
	}
	t.rest = t.rest[n:]
	return true
}

// The flags before the characters of a text ([MS-XLS] 2.5.293).
const (
	flagWide     = 0x01 // two bytes for a character
	flagPhonetic = 0x04 // readings follow the text
	flagRich     = 0x08 // formatting runs follow the text
)

// append appends the text that begins here; its length has countSize bytes. Runs
// and readings behind it are passed over. ok is false if the text is cut off.
func (t *xlsText) append(dst []byte, countSize int) (text []byte, ok bool) {
	count, ok := t.number(countSize)
	flags, known := t.number(1)
	if !ok || !known {
		return dst, ok && count == 0
	}
	behind := int64(0)
	if flags&flagRich != 0 {
		runs, known := t.number(2)
		behind, ok = behind+4*int64(runs), ok && known
	}
	if flags&flagPhonetic != 0 {
		size, known := t.number(4)
		behind, ok = behind+int64(size), ok && known
	}
	if !ok {
		return dst, false
	}
	if dst, ok = t.characters(dst, int(count), flags&flagWide != 0); !ok {
		return dst, false
	}
	return dst, t.skip(behind)
}

// characters appends count characters. Each record that continues them begins
// with its own flag.
func (t *xlsText) characters(dst []byte, count int, wide bool) (text []byte, ok bool) {
	var high rune
	for {
		size := 1
		if wide {
			size = 2
		}
		n := min(count, len(t.rest)/size)
		if wide {
			dst, high = appendUTF16(dst, t.rest[:n*size], high)
		} else {
			dst, high = appendLatin1(closeSurrogate(dst, high), t.rest[:n]), 0
		}
		t.rest = t.rest[n*size:]
		if count -= n; count == 0 {
			return closeSurrogate(dst, high), true
		}
		if !t.more() || len(t.rest) == 0 {
			return closeSurrogate(dst, high), false
		}
		wide = t.rest[0]&flagWide != 0
		t.rest = t.rest[1:]
	}
}

// appendLatin1 appends bytes that are the code points of characters.
func appendLatin1(dst, text []byte) []byte {
	plain := true
	for _, c := range text {
		plain = plain && c-1 < utf8.RuneSelf-1
	}
	if plain {
		return append(dst, text...)
	}
	for _, c := range text {
		dst = appendCharacter(dst, rune(c))
	}
	return dst
}

// appendUTF16 appends UTF-16, little endian. high is the first half of a character
// whose second half is to come, before and after text.
func appendUTF16(dst, text []byte, high rune) (decoded []byte, half rune) {
	for ; len(text) >= 2; text = text[2:] {
		r := rune(binary.LittleEndian.Uint16(text))
		if high != 0 {
			if pair := utf16.DecodeRune(high, r); pair != utf8.RuneError {
				dst, high = utf8.AppendRune(dst, pair), 0
				continue
			}
			dst, high = closeSurrogate(dst, high), 0
		}
		if r >= 0xD800 && r < 0xDC00 {
			high = r
			continue
		}
		dst = appendCharacter(dst, r)
	}
	return dst, high
}

// closeSurrogate stands for half a character that has no other half.
func closeSurrogate(dst []byte, high rune) []byte {
	if high == 0 {
		return dst
	}
	return utf8.AppendRune(dst, utf8.RuneError)
}

// codePages are the 8-bit encodings of workbooks of Excel 5 and 95 by the number
// in their CODEPAGE record; windows-1252 is not among them.
var codePages = map[int]*charmap.Charmap{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
	858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
	865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258,
	10000: charmap.Macintosh, 0x8000: charmap.Macintosh,
}

// appendBytes appends a text of Excel 5 or 95. Without a code page it may be UTF-8:
// some programs write that into a stream without a container.
func appendBytes(dst, text []byte, codePage int) (decoded []byte, sound bool) {
	if page := codePages[codePage]; page != nil {
		for _, c := range text {
			dst = appendCharacter(dst, page.DecodeByte(c))
		}
		return dst, true
	}
	encoding := encoding1252
	if codePage == 0 {
		encoding = encodingUTF8
	}
	plain, sound := decode8(string(text), encoding)
	for _, r := range plain {
		dst = appendCharacter(dst, r)
	}
	return dst, sound
}

// appendOld appends a text of Excel 5 or 95: a length of two bytes, and the bytes.
func (t *xlsText) appendOld(dst []byte, codePage int) (text []byte, whole, sound bool) {
	count, whole := t.number(2)
	sound = true
	for left := int(count); whole && left > 0; {
		n := min(left, len(t.rest))
		var decoded bool
		dst, decoded = appendBytes(dst, t.rest[:n], codePage)
		sound = sound && decoded
		t.rest = t.rest[n:]
		if left -= n; left > 0 {
			whole = t.more()
		}
	}
	return dst, whole, sound
}

// xlsStrings is the table of texts that cells refer to by number. It is read when
// the first sheet is.
type xlsStrings struct {
	workbook *xlsWorkbook
	place    int64 // of its record, 0 if the workbook has none
	once     sync.Once
	err      error
	texts    []string
}

// load reads the table; the answer is the same for every call.
func (s *xlsStrings) load() error {
	s.once.Do(func() {
		if s.place == 0 {
			return
		}
		if err := s.read(); err != nil {
			s.texts, s.err = nil, fmt.Errorf("shared strings: %w", partError(err))
		}
	})
	return s.err
}

// Sizes of the table: texts lie together in pieces of memory, and each takes a
// reference to its place beside its bytes.
const (
	xlsPiece     = 64 << 10
	xlsReference = 16
)

// read reads as many texts as there are, at most the number that is said.
func (s *xlsStrings) read() error {
	r, err := s.workbook.records(s.place, s.workbook.size)
	if err != nil {
		return err
	}
	if err := r.next(); err != nil {
		return unexpectedEnd(err)
	}
	text := xlsText{records: r, rest: r.data}
	_, ok := text.number(4)
	count, known := text.number(4)
	if !ok || !known {
		return errShortRecord
	}
	limits := &s.workbook.book.limits
	left := limits.Strings
	var piece []byte
	var ends []int
	for ; count > 0 && (len(text.rest) > 0 || text.more()); count-- {
		from := len(piece)
		if piece, ok = text.append(piece, 2); !ok {
			return io.ErrUnexpectedEOF
		}
		piece, _ = validCell(piece, from, limits.Cell)
		ends = append(ends, len(piece))
		if left -= int64(len(piece)-from) + xlsReference; left < 0 {
			return ErrTooLarge
		}
		if len(piece) >= xlsPiece {
			s.keep(piece, ends)
			piece, ends = piece[:0], ends[:0]
		}
	}
	s.keep(piece, ends)
	return nil
}

// keep adds the texts of a piece, given where each of them ends.
func (s *xlsStrings) keep(piece []byte, ends []int) {
	all, from := string(piece), 0
	for _, end := range ends {
		s.texts = append(s.texts, all[from:end])
		from = end
	}
}

// at returns a text by its number.
func (s *xlsStrings) at(i uint32) (string, bool) {
	if i >= uint32(min(len(s.texts), 1<<31)) {
		return "", false
	}
	return s.texts[i], true
}
