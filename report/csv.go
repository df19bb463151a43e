package report

import (
	"math"
	"strconv"
)

// CSVOptions is the dialect of a CSV report.
type CSVOptions struct {
	Delimiter byte // 0 = ','; Excel with Indonesian settings expects ';'
	BOM       bool // write a byte order mark, by which Excel recognises UTF-8
}

// csvBuffer is how many bytes are collected before they are written.
const csvBuffer = 1 << 18

// csvTable writes UTF-8 with the quoting of RFC 4180; lines end in LF, and
// numbers have a '.' and no grouping. A text that would run as a formula gets a
// leading apostrophe.
//
// NIK and KK are plain digits, so that any program reads them as they are.
// Excel, however, takes them for numbers when it opens a CSV file by itself and
// loses their last digit: it must import them as text, or be given the XLSX.
type csvTable struct {
	file      *File
	delimiter byte
	quoted    [256]bool // bytes for which a text needs quotes
	buffer    []byte
}

// NewCSV starts a CSV file with its heading.
func NewCSV(f *File, columns []Column, o CSVOptions) Table {
	t := &csvTable{file: f, delimiter: o.Delimiter, buffer: make([]byte, 0, csvBuffer+1<<14)}
	if t.delimiter == 0 {
		t.delimiter = ','
	}
	for _, c := range [...]byte{t.delimiter, '"', '\n', '\r'} {
		t.quoted[c] = true
	}
	if o.BOM {
		t.buffer = append(t.buffer, "\xEF\xBB\xBF"...)
	}
	for i, c := range columns {
		if i > 0 {
			t.buffer = append(t.buffer, t.delimiter)
		}
		t.buffer = t.appendText(t.buffer, c.Title)
	}
	t.buffer = append(t.buffer, '\n')
	return t
}

// WriteRow implements Table.
func (t *csvTable) WriteRow(cells []Cell) error {
	line := t.buffer
	for i := range cells {
		if i > 0 {
			line = append(line, t.delimiter)
		}
		line = t.appendCell(line, &cells[i])
	}
	line = append(line, '\n')
	t.file.info.Rows++
	t.buffer = line
	if len(line) >= csvBuffer {
		return t.flush()
	}
	return nil
}

func (t *csvTable) flush() error {
	_, err := t.file.Write(t.buffer)
	t.buffer = t.buffer[:0]
	if err != nil {
		return failed(t.file.place, err)
	}
	return nil
}

func (t *csvTable) appendCell(line []byte, c *Cell) []byte {
	switch c.Type {
	case IntegerCell:
		return strconv.AppendInt(line, int64(c.Number), 10)
	case DecimalCell:
		return appendFixed(line, c.Number, 2)
	case ProbabilityCell:
		return appendFixed(line, c.Number, 6)
	case EmptyCell:
		return line
	case TextCell, CodeCell:
	}
	return t.appendText(line, c.Text)
}

// appendFixed writes a number with the given decimals. It is several times
// faster than strconv for numbers of this size.
func appendFixed(line []byte, f float64, decimals int) []byte {
	unit := int64(1)
	for range decimals {
		unit *= 10
	}
	parts := int64(math.Round(f * float64(unit)))
	if parts < 0 {
		line = append(line, '-')
		parts = -parts
	}
	line = strconv.AppendInt(line, parts/unit, 10)
	line = append(line, '.')
	for unit /= 10; unit > 0; unit /= 10 {
		line = append(line, byte('0'+parts/unit%10))
	}
	return line
}

func (t *csvTable) appendText(line []byte, text string) []byte {
	apostrophe := runsAsFormula(text)
	for i := range len(text) {
		if t.quoted[text[i]] {
			return t.appendQuoted(line, text, apostrophe)
		}
	}
	if apostrophe {
		line = append(line, '\'')
	}
	return append(line, text...)
}

func (t *csvTable) appendQuoted(line []byte, text string, apostrophe bool) []byte {
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

// Close implements Table.
func (t *csvTable) Close() error {
	if err := t.flush(); err != nil {
		t.Abort()
		return err
	}
	return t.file.publish()
}

// Abort implements Table.
func (t *csvTable) Abort() { t.file.discard() }
