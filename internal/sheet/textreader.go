package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// textReader splits delimited text into records. It turns the file into blocks
// of text, of which the cells are parts: a block costs one allocation, a cell
// none. A block begins with the record that did not end in the one before.
type textReader struct {
	source   io.Reader
	encoding textEncoding
	dialect  dialect
	limits   *Limits

	raw      []byte // room to build a block in
	text     string // the block
	position int    // start of the unread part of text
	complete int    // end of the last whole line of text
	eof      bool
	quotes   bool // the block holds quotes
	valid    bool // its whole lines are UTF-8

	line    int // number of the line at position
	current int // number of the line at which the last record began
}

const blockSize = 256 << 10

const byteOrderMark = "\uFEFF"

func newTextReader(source io.Reader, e textEncoding, d dialect, limits *Limits) *textReader {
	return &textReader{source: source, encoding: e, dialect: d, limits: limits, line: 1}
}

func (r *textReader) at() int { return r.current }

func (r *textReader) close() {}

// fill makes the block longer by at least one byte, or sets eof. What was read
// of the block is dropped.
func (r *textReader) fill() error {
	rest := r.text[r.position:]
	if size := len(rest) + max(blockSize, len(rest)); cap(r.raw) < size {
		r.raw = make([]byte, size)
	}
	r.raw = r.raw[:cap(r.raw)]
	n := copy(r.raw, rest)
	read, err := io.ReadAtLeast(r.source, r.raw[n:], blockSize)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.eof = true
	} else if err != nil {
		return fmt.Errorf("cannot be read on: %w", err)
	}
	fresh := r.raw[n : n+read]
	if bytes.IndexByte(fresh, 0) >= 0 {
		fresh = dropZeros(fresh)
	}
	if r.eof {
		fresh = bytes.TrimRight(fresh, "\x1A") // the end mark of old programs
	}
	r.text = string(r.raw[:n+len(fresh)])
	r.position = 0
	r.complete = r.lastBreak() + 1
	r.quotes = strings.IndexByte(r.text, '"') >= 0
	r.valid = utf8.ValidString(r.text[:r.complete]) && r.encoding != encoding1252
	return nil
}

// dropZeros takes the zero bytes out, in place.
func dropZeros(b []byte) []byte {
	kept := b[:0]
	for _, c := range b {
		if c != 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// lastBreak returns where the last whole line of the block ends. A carriage
// return at the very end may be half of a break.
func (r *textReader) lastBreak() int {
	if r.eof {
		return len(r.text) - 1
	}
	if r.dialect.oldMac {
		return strings.LastIndexAny(r.text[:max(0, len(r.text)-1)], "\r\n")
	}
	return strings.LastIndexByte(r.text, '\n')
}

// lineEnd returns the end of the line at from, which must be before complete,
// and the start of the next line.
func (r *textReader) lineEnd(from int) (end, next int) {
	if r.dialect.oldMac {
		i := strings.IndexAny(r.text[from:r.complete], "\r\n")
		if i < 0 {
			return r.complete, r.complete
		}
		end, next = from+i, from+i+1
		if r.text[end] == '\r' && next < r.complete && r.text[next] == '\n' {
			next++
		}
		return end, next
	}
	i := strings.IndexByte(r.text[from:r.complete], '\n')
	if i < 0 {
		end, next = r.complete, r.complete
	} else {
		end, next = from+i, from+i+1
	}
	if end > from && r.text[end-1] == '\r' {
		end--
	}
	return end, next
}

// next adds the next record to the batch.
func (r *textReader) next(b *batch) error {
	for r.position >= r.complete {
		if r.eof {
			return io.EOF
		}
		if len(r.text)-r.position > r.limits.Record {
			return r.cutLine(b)
		}
		if err := r.fill(); err != nil {
			return err
		}
		r.skipPreamble()
	}
	if strings.HasPrefix(r.text[r.position:], byteOrderMark) {
		r.position += len(byteOrderMark) // of a file appended to another
	}
	r.current = r.line
	end, next := r.lineEnd(r.position)
	if r.quotes && strings.IndexByte(r.text[r.position:end], '"') >= 0 {
		return r.nextQuoted(b, end, next)
	}
	broken := ""
	if end > r.position {
		broken = r.split(b, r.text[r.position:end])
	}
	r.finish(b, broken, next, 1)
	return nil
}

// skipPreamble passes over the line "sep=;" at the start of the file.
func (r *textReader) skipPreamble() {
	if r.dialect.declared && r.current == 0 && r.line == 1 && r.complete > 0 {
		_, r.position = r.lineEnd(0)
		r.line = 2
	}
}

// split adds the cells of a line without quotes.
func (r *textReader) split(b *batch, line string) (broken string) {
	delimiter, room := r.dialect.delimiter, r.limits.Columns
	for {
		i := strings.IndexByte(line, delimiter)
		if i < 0 {
			b.cells = append(b.cells, line)
			return broken
		}
		if len(b.cells)-b.start >= room-1 {
			b.cells = append(b.cells, line[:i])
			return BrokenWide
		}
		b.cells = append(b.cells, line[:i])
		line = line[i+1:]
	}
}

// finish completes the row whose cells have been added, and moves on to next.
func (r *textReader) finish(b *batch, broken string, next, lines int) {
	size := next - r.position
	if !r.valid {
		if unsound := r.decode(b.open()); unsound && broken == "" {
			broken = BrokenEncoding
		}
	}
	if size > r.limits.Cell {
		if cut := cutCells(b.open(), r.limits.Cell); cut && broken == "" {
			broken = BrokenLong
		}
	}
	b.end(Row{Number: r.current, Broken: broken}, size)
	r.position = next
	r.line += lines
}

// decode makes cells of a block that is not UTF-8 so.
func (r *textReader) decode(cells []string) (unsound bool) {
	for i, cell := range cells {
		if isASCII(cell) || r.encoding != encoding1252 && utf8.ValidString(cell) {
			continue
		}
		decoded, sound := decode8(cell, r.encoding)
		cells[i] = decoded
		unsound = unsound || !sound
	}
	return unsound
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// cutCells shortens cells longer than limit, between two characters.
func cutCells(cells []string, limit int) (cut bool) {
	for i, cell := range cells {
		if len(cell) <= limit {
			continue
		}
		for limit > 0 && !utf8.RuneStart(cell[limit]) {
			limit--
		}
		cells[i] = strings.Clone(cell[:limit])
		cut = true
	}
	return cut
}

// cutLine delivers the start of a line that is longer than any table has, and
// passes over the rest of it.
func (r *textReader) cutLine(b *batch) error {
	r.current = r.line
	line := r.text[r.position:]
	r.split(b, line[:min(len(line), r.limits.Cell)])
	cells := b.open()
	r.decode(cells)
	for i, cell := range cells {
		cells[i] = strings.Clone(cell)
	}
	b.end(Row{Number: r.current, Broken: BrokenLong}, r.limits.Cell)
	for {
		r.position = len(r.text)
		if r.eof {
			r.complete = r.position
			return nil
		}
		if err := r.fill(); err != nil {
			return err
		}
		if r.complete > 0 {
			_, r.position = r.lineEnd(0)
			r.line++
			return nil
		}
	}
}
