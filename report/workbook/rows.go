package workbook

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Rows writes the rows of a sheet as SpreadsheetML (ECMA-376 part 1, 18.3.1.73
// and 18.3.1.4), without an allocation for each cell. Styles are those of the Book;
// 0 stands for none.
type Rows struct {
	out     io.Writer
	columns []string // their names, from "A" on
	number  []byte   // of the current row
	text    []byte   // that is not yet written
	size    int64    // of all rows, in bytes
}

func newRows(out io.Writer, columns int) *Rows {
	w := &Rows{out: out, columns: make([]string, columns)}
	for i := range w.columns {
		w.columns[i], _ = excelize.ColumnNumberToName(i + 1) // positive
	}
	return w
}

// rowsBuffer is how many bytes are compressed at a time.
const rowsBuffer = 1 << 16

// Begin begins a row, with a style for its empty cells and a height in points; 0
// stands for the usual one.
func (w *Rows) Begin(row, style int, height float64) {
	w.number = strconv.AppendInt(w.number[:0], int64(row), 10)
	w.text = append(append(append(w.text, `<row r="`...), w.number...), '"')
	if style > 0 {
		w.text = append(strconv.AppendInt(append(w.text, ` s="`...), int64(style), 10), `" customFormat="1"`...)
	}
	if height > 0 {
		w.text = append(strconv.AppendFloat(append(w.text, ` ht="`...), height, 'f', -1, 64), `" customHeight="1"`...)
	}
	w.text = append(w.text, '>')
}

// End ends a row.
func (w *Rows) End() error {
	w.text = append(w.text, "</row>"...)
	if len(w.text) < rowsBuffer {
		return nil
	}
	return w.flush()
}

func (w *Rows) flush() error {
	w.size += int64(len(w.text))
	_, err := w.out.Write(w.text)
	w.text = w.text[:0]
	return err
}

// Written is the size of all rows so far, in bytes.
func (w *Rows) Written() int64 { return w.size + int64(len(w.text)) }

// open begins a cell of the row, but for the last bracket. Columns count from 0.
func (w *Rows) open(column, style int) {
	w.text = append(append(append(w.text, `<c r="`...), w.columns[column]...), w.number...)
	if style > 0 {
		w.text = strconv.AppendInt(append(w.text, `" s="`...), int64(style), 10)
	}
	w.text = append(w.text, '"')
}

// Blank writes a cell without a value.
func (w *Rows) Blank(column, style int) {
	w.open(column, style)
	w.text = append(w.text, "/>"...)
}

// Number writes a number; one that is none is written as a text.
func (w *Rows) Number(column, style int, value float64) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		w.Text(column, style, fmt.Sprint(value))
		return
	}
	w.open(column, style)
	w.text = append(w.text, "><v>"...)
	w.text = strconv.AppendFloat(w.text, value, 'f', -1, 64)
	w.text = append(w.text, "</v></c>"...)
}

// Text writes a text, which no program runs as a formula or reads as a number.
func (w *Rows) Text(column, style int, text string) {
	w.open(column, style)
	w.text = append(w.text, ` t="inlineStr"><is><t`...)
	if outerSpace(text) {
		w.text = append(w.text, ` xml:space="preserve"`...)
	}
	w.text = append(w.text, '>')
	w.text = appendCellText(w.text, text)
	w.text = append(w.text, "</t></is></c>"...)
}
