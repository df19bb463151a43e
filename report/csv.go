package report

import (
	"cmp"
	"math"
	"strconv"
)

// CSVOptions is the dialect of a CSV report.
type CSVOptions struct {
	// Delimiter separates the columns; 0 = ','. Excel with Indonesian settings
	// expects ';', and then decimals with a comma: a number is written as it
	// reads numbers. Other delimiters go with a '.'.
	Delimiter byte
	BOM       bool // write a byte order mark, by which Excel recognises UTF-8
}

// csvTable writes UTF-8 with the quoting of RFC 4180; lines end in LF, and
// numbers have no grouping. A text that would run as a formula gets a
// leading apostrophe.
//
// NIK and KK are plain digits, so that any program reads them as they are.
// Excel, however, takes them for numbers when it opens a CSV file by itself and
// loses their last digit: it must import them as text, or be given the XLSX.
type csvTable struct {
	lines
	delimiter byte
	point     byte // before decimals
	texts     csvTexts
}

// NewCSV starts a CSV file with its heading.
func NewCSV(f *File, columns []Column, o CSVOptions) Table {
	t := &csvTable{lines: newLines(f), delimiter: cmp.Or(o.Delimiter, ','), point: '.'}
	if t.delimiter == ';' {
		t.point = ','
	}
	t.texts = newCSVTexts(t.delimiter)
	if o.BOM {
		t.buffer = append(t.buffer, "\xEF\xBB\xBF"...)
	}
	for i, c := range columns {
		if i > 0 {
			t.buffer = append(t.buffer, t.delimiter)
		}
		t.buffer = t.texts.append(t.buffer, c.Title)
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
	return t.end(line)
}

func (t *csvTable) appendCell(line []byte, c *Cell) []byte {
	switch c.Type {
	case IntegerCell:
		return strconv.AppendInt(line, int64(c.Number), 10)
	case DecimalCell:
		return appendFixed(line, c.Number, 2, t.point)
	case ProbabilityCell:
		return appendFixed(line, c.Number, 6, t.point)
	case EmptyCell:
		return line
	case TextCell, CodeCell:
	}
	return t.texts.append(line, c.Text)
}

// appendFixed writes a number with the given decimals. It is several times
// faster than strconv for numbers of this size.
func appendFixed(line []byte, f float64, decimals int, point byte) []byte {
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
	line = append(line, point)
	for unit /= 10; unit > 0; unit /= 10 {
		line = append(line, byte('0'+parts/unit%10))
	}
	return line
}
