package report

import (
	"bufio"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// CSVOptions is the dialect of a CSV report.
type CSVOptions struct {
	Delimiter byte // 0 = ','
	BOM       bool // write a byte order mark, by which Excel recognises UTF-8
}

// csvTable writes RFC 4180 in UTF-8. NIK and KK are written as plain digits: a
// spreadsheet program must import them as text.
type csvTable struct {
	file      *file
	out       *bufio.Writer
	delimiter byte
	line      []byte
}

// NewCSV starts a CSV file with its heading.
func NewCSV(path string, columns []Column, o CSVOptions) (Table, error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	t := &csvTable{file: f, out: bufio.NewWriterSize(f, 1<<20), delimiter: o.Delimiter}
	if t.delimiter == 0 {
		t.delimiter = ','
	}
	if o.BOM {
		t.line = append(t.line, "\xEF\xBB\xBF"...)
	}
	cells := make([]Cell, len(columns))
	for i, c := range columns {
		cells[i] = Text(c.Title)
	}
	if err := t.write(cells); err != nil {
		t.Abort()
		return nil, err
	}
	return t, nil
}

// WriteRow implements Table.
func (t *csvTable) WriteRow(cells []Cell) error {
	t.line = t.line[:0]
	return t.write(cells)
}

func (t *csvTable) write(cells []Cell) error {
	for i := range cells {
		if i > 0 {
			t.line = append(t.line, t.delimiter)
		}
		t.line = t.appendCell(t.line, &cells[i])
	}
	t.line = append(t.line, '\n')
	if _, err := t.out.Write(t.line); err != nil {
		return fmt.Errorf("%s: %w", t.file.path, err)
	}
	return nil
}

func (t *csvTable) appendCell(line []byte, c *Cell) []byte {
	switch c.Type {
	case IntegerCell:
		return strconv.AppendInt(line, int64(c.Number), 10)
	case DecimalCell:
		return appendDecimal(line, c.Number)
	case CodeCell:
		return append(line, c.Text...)
	case EmptyCell:
		return line
	case TextCell:
	}
	return t.appendText(line, neutral(c.Text))
}

// appendDecimal writes a number with two decimals.
func appendDecimal(line []byte, f float64) []byte {
	hundredths := int64(math.Round(f * 100))
	if hundredths < 0 {
		line = append(line, '-')
		hundredths = -hundredths
	}
	line = strconv.AppendInt(line, hundredths/100, 10)
	return append(line, '.', byte('0'+hundredths/10%10), byte('0'+hundredths%10))
}

func (t *csvTable) appendText(line []byte, text string) []byte {
	plain := true
	for i := range len(text) {
		if c := text[i]; c == t.delimiter || c == '"' || c == '\n' || c == '\r' {
			plain = false
			break
		}
	}
	if plain {
		return append(line, text...)
	}
	line = append(line, '"')
	line = append(line, strings.ReplaceAll(text, `"`, `""`)...)
	return append(line, '"')
}

// Close implements Table.
func (t *csvTable) Close() error {
	if err := t.out.Flush(); err != nil {
		t.Abort()
		return fmt.Errorf("%s: %w", t.file.path, err)
	}
	return t.file.publish()
}

// Abort implements Table.
func (t *csvTable) Abort() { t.file.discard() }
