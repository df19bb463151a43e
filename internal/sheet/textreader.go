package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// textReader splits a delimited text into records. A quoted cell may hold line
// breaks; a quote that never closes, or closes where no cell ends, costs its own
// line only.
type textReader struct {
	source  io.Reader
	dialect dialect
	buffer  []byte
	from    int // start of the unread part of buffer
	to      int // end of the read part of buffer
	eof     bool
	line    int // line at which the next record begins, 1-based
	cells   []string
	spans   []span
}

// span is a cell inside a record: its bytes, and whether they hold doubled quotes.
type span struct {
	from, to int
	doubled  bool
}

// maxQuotedLines bounds the lines of one quoted cell; a quote that is still
// open then is a stray one.
const maxQuotedLines = 50

var errRowTooLong = errors.New("a line is longer than any table has")

func newTextReader(source io.Reader, d dialect) *textReader {
	r := &textReader{source: source, dialect: d, buffer: make([]byte, 256<<10), line: 1}
	if d.preamble > 0 {
		if err := r.fill(d.preamble); err == nil {
			r.from += min(d.preamble, r.to)
			r.line += d.lines
		}
	}
	return r
}

// fill makes at least n unread bytes available, or all there are.
func (r *textReader) fill(n int) error {
	for r.to-r.from < n && !r.eof {
		if r.from > 0 {
			copy(r.buffer, r.buffer[r.from:r.to])
			r.from, r.to = 0, r.to-r.from
		}
		if r.to == len(r.buffer) {
			if len(r.buffer) >= maxRow {
				return errRowTooLong
			}
			r.buffer = append(r.buffer, make([]byte, len(r.buffer))...)
		}
		read, err := r.source.Read(r.buffer[r.to:])
		r.to += read
		if errors.Is(err, io.EOF) {
			r.eof = true
		} else if err != nil {
			return fmt.Errorf("cannot be read on: %w", err)
		}
	}
	return nil
}

// next returns the next record, io.EOF at the end. The slice of its cells is
// reused by the next call.
func (r *textReader) next() (Row, error) {
	end, err := r.lineEnd(0)
	if err != nil {
		return Row{}, err
	}
	if end < 0 {
		return Row{}, io.EOF
	}
	row := Row{Number: r.line}
	size, lines := end, 1
	if bytes.IndexByte(r.buffer[r.from:r.from+end], '"') < 0 {
		r.splitPlain(end)
	} else if size, lines, err = r.splitQuoted(end); err != nil {
		return Row{}, err
	} else if size < 0 {
		size, lines = end, 1
		r.splitStray(end)
		if r.dialect.width > 0 && len(r.spans) != r.dialect.width {
			row.Broken = "stray_quote"
		}
	}
	row.Cells = r.cut(size)
	r.from += size
	r.skipBreak()
	r.line += lines
	return row, nil
}

// lineEnd returns the offset, from the unread part, of the line break at or
// after offset, of the end of the text if there is none, -1 if nothing is left.
func (r *textReader) lineEnd(offset int) (int, error) {
	for {
		unread := r.buffer[r.from:r.to]
		if offset < len(unread) {
			if i := indexBreak(unread[offset:]); i >= 0 && (unread[offset+i] != '\r' || offset+i+1 < len(unread) || r.eof) {
				return offset + i, nil
			}
		}
		if r.eof {
			if len(unread) == 0 {
				return -1, nil
			}
			return len(unread), nil
		}
		if err := r.fill(len(unread) + 1); err != nil {
			return 0, err
		}
	}
}

func indexBreak(b []byte) int {
	i := bytes.IndexByte(b, '\n')
	if i < 0 {
		return bytes.IndexByte(b, '\r')
	}
	if j := bytes.IndexByte(b[:i], '\r'); j >= 0 {
		return j
	}
	return i
}

// skipBreak passes over one line break.
func (r *textReader) skipBreak() {
	if r.from < r.to && r.buffer[r.from] == '\r' {
		r.from++
	}
	if r.from < r.to && r.buffer[r.from] == '\n' {
		r.from++
	}
}

// splitPlain splits a line without quotes.
func (r *textReader) splitPlain(end int) {
	line := r.buffer[r.from : r.from+end]
	r.spans = r.spans[:0]
	from := 0
	for {
		i := bytes.IndexByte(line[from:], r.dialect.delimiter)
		if i < 0 || len(r.spans) >= maxColumns {
			r.spans = append(r.spans, span{from: from, to: len(line)})
			return
		}
		r.spans = append(r.spans, span{from: from, to: from + i})
		from += i + 1
	}
}

// splitQuoted splits a record with quoted cells and returns its length in bytes
// and lines; a size of -1 says that a quote is astray.
func (r *textReader) splitQuoted(end int) (size, lines int, err error) {
	r.spans = r.spans[:0]
	lines = 1
	at := 0
	for {
		if len(r.spans) >= maxColumns {
			return -1, 0, nil
		}
		if at >= end || r.buffer[r.from+at] != '"' {
			stop := bytes.IndexByte(r.buffer[r.from+at:r.from+end], r.dialect.delimiter)
			if stop < 0 {
				r.spans = append(r.spans, span{from: at, to: end})
				return r.plausible(end, lines)
			}
			r.spans = append(r.spans, span{from: at, to: at + stop})
			at += stop + 1
			continue
		}
		cell := span{from: at + 1}
		at++
		for {
			i := bytes.IndexByte(r.buffer[r.from+at:r.from+end], '"')
			if i < 0 {
				if lines++; lines > maxQuotedLines {
					return -1, 0, nil
				}
				next, err := r.lineEnd(r.afterBreak(end))
				if err != nil {
					return 0, 0, err
				}
				if next <= end {
					return -1, 0, nil
				}
				at, end = end, next
				continue
			}
			at += i + 1
			if at < end && r.buffer[r.from+at] == '"' {
				cell.doubled = true
				at++
				continue
			}
			break
		}
		cell.to = at - 1
		r.spans = append(r.spans, cell)
		for at < end && r.buffer[r.from+at] == ' ' {
			at++
		}
		if at == end {
			return r.plausible(end, lines)
		}
		if r.buffer[r.from+at] != r.dialect.delimiter {
			return -1, 0, nil
		}
		at++
	}
}

// afterBreak returns the offset behind the line break at offset end.
func (r *textReader) afterBreak(end int) int {
	if at := r.from + end; at+1 < r.to && r.buffer[at] == '\r' && r.buffer[at+1] == '\n' {
		return end + 2
	}
	return end + 1
}

// plausible refuses a record over several lines that has another width than the
// others: two quotes astray on two lines look like one quoted cell.
func (r *textReader) plausible(size, lines int) (int, int, error) {
	if lines > 1 && r.dialect.width > 0 && len(r.spans) != r.dialect.width {
		return -1, 0, nil
	}
	return size, lines, nil
}

// splitStray splits a line whose quotes cannot be trusted: delimiters count
// everywhere, quotes around a whole cell are dropped.
func (r *textReader) splitStray(end int) {
	r.splitPlain(end)
	for i := range r.spans {
		s := &r.spans[i]
		cell := r.buffer[r.from+s.from : r.from+s.to]
		if len(cell) > 1 && cell[0] == '"' && cell[len(cell)-1] == '"' {
			s.from++
			s.to--
		}
	}
}

// cut turns the spans into strings, which share one string per record.
func (r *textReader) cut(size int) []string {
	raw := r.buffer[r.from : r.from+size]
	r.cells = r.cells[:0]
	text := ""
	if isASCII(raw) {
		text = string(raw)
	}
	for _, s := range r.spans {
		s.to = min(s.to, s.from+maxCell)
		var cell string
		if text != "" {
			cell = text[s.from:s.to]
		} else {
			cell = validText(raw[s.from:s.to])
		}
		if s.doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		if strings.IndexByte(cell, 0) >= 0 {
			cell = strings.ReplaceAll(cell, "\x00", "")
		}
		r.cells = append(r.cells, cell)
	}
	return r.cells
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
