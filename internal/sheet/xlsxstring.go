package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sync"
	"unicode/utf8"
)

// sharedStrings is the table of texts that cells refer to by number. It is read
// when the first sheet is. Texts lie one behind the other in pieces of memory,
// stringsPerPiece in each, with four bytes more for each text.
type sharedStrings struct {
	workbook *workbook
	file     *zip.File // nil if the workbook has none
	once     sync.Once
	err      error
	pieces   []string
	ends     []uint32 // end of each text in its piece
}

const stringsPerPiece = 1 << pieceBits

const pieceBits = 10

// load reads the table; the answer is the same for every call.
func (s *sharedStrings) load() error {
	s.once.Do(func() {
		if s.file == nil {
			return
		}
		if err := s.read(); err != nil {
			s.err = fmt.Errorf("shared strings: %w", partError(err))
		}
	})
	return s.err
}

// limit returns the bytes of text that the table may take.
func (s *sharedStrings) limit() int64 {
	packed := int64(min(s.file.CompressedSize64, 1<<40))
	limits := &s.workbook.book.limits
	return min(limits.Strings, limits.Floor/4+packed*stringsPerByte)
}

func (s *sharedStrings) read() error {
	part, err := s.workbook.openPart(s.file)
	if err != nil {
		return err
	}
	defer part.close()
	x := newXMLScanner(part)
	text := textCollector{limit: s.workbook.book.limits.Cell}
	var piece []byte
	left := s.limit()
	for {
		err := x.next()
		if err == io.EOF { //nolint:errorlint // next returns it bare
			s.pieces = append(s.pieces, string(piece))
			return nil
		}
		if err != nil {
			return err
		}
		text.visit(x)
		if !x.ends("si") {
			continue
		}
		from := len(piece)
		piece = text.take(piece)
		if left -= int64(len(piece)-from) + 4; left < 0 {
			return ErrTooLarge
		}
		if len(piece) > 1<<31 {
			return fmt.Errorf("%w: texts without end", errMarkup)
		}
		s.ends = append(s.ends, uint32(len(piece)))
		if len(s.ends)%stringsPerPiece == 0 {
			s.pieces = append(s.pieces, string(piece))
			piece = piece[:0]
		}
	}
}

// at returns a text by its number.
func (s *sharedStrings) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := uint32(0)
	if i%stringsPerPiece != 0 {
		from = s.ends[i-1]
	}
	return s.pieces[i>>pieceBits][from:s.ends[i]], true
}

// textCollector puts the runs of a text together: <t> in <si> or <is>, in <r>
// or not. The readings above East Asian characters (<rPh>) are no part of it.
type textCollector struct {
	raw      []byte
	limit    int
	cut      bool // the text is longer than limit
	wanted   bool
	phonetic bool
}

// visit takes in the tag at which the scanner is, and the text before it.
func (t *textCollector) visit(x *xmlScanner) {
	if t.wanted {
		t.raw = append(t.raw, x.text...)
		if len(t.raw) > 8*t.limit {
			t.raw, t.cut = t.raw[:8*t.limit], true
		}
	}
	if string(x.name) == "rPh" {
		t.phonetic = !x.closing && !x.empty
	}
	t.wanted = !t.phonetic && !x.empty && x.opens("t")
	x.keep = t.wanted
}

// take appends the text collected so far, at most limit bytes of valid UTF-8,
// and starts a new one.
func (t *textCollector) take(dst []byte) []byte {
	from := len(dst)
	dst = appendUnescaped(dst, t.raw)
	t.raw = t.raw[:0]
	dst, cut := validCell(dst, from, t.limit)
	t.cut = t.cut || cut
	return dst
}

// validCell makes the text of dst behind from valid UTF-8 of at most limit bytes.
func validCell(dst []byte, from, limit int) (valid []byte, cut bool) {
	if !utf8.Valid(dst[from:]) {
		dst = append(dst[:from], bytes.ToValidUTF8(dst[from:], []byte(string(utf8.RuneError)))...)
	}
	if len(dst)-from <= limit {
		return dst, false
	}
	end := from + limit
	for end > from && !utf8.RuneStart(dst[end]) {
		end--
	}
	return dst[:end], true
}
