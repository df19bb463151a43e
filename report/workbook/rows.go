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
	columns []string // what begins a cell, up to the name of its column
	styles  []markup // by their numbers
	number  []byte   // of the current row
	text    []byte   // that is not yet written
	size    int64    // of all rows, in bytes
}

// markup is what stands in a cell of a style between the reference and the value.
type markup struct{ text, number, blank string }

func newRows(out io.Writer, columns int) *Rows {
	w := &Rows{out: out, columns: make([]string, columns)}
	for i := range w.columns {
		name, _ := excelize.ColumnNumberToName(i + 1) // positive
		w.columns[i] = `<c r="` + name
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

// markup of a style, which is made when it is first asked for.
func (w *Rows) markup(style int) *markup {
	for style >= len(w.styles) {
		end := `"`
		if n := len(w.styles); n > 0 {
			end = `" s="` + strconv.Itoa(n) + `"`
		}
		w.styles = append(w.styles, markup{text: end + ` t="inlineStr"><is><t`, number: end + "><v>", blank: end + "/>"})
	}
	return &w.styles[style]
}

// open begins a cell of the row, with what stands before its value. Columns count
// from 0.
func (w *Rows) open(column int, before string) {
	w.text = append(append(append(w.text, w.columns[column]...), w.number...), before...)
}

// Blank writes a cell without a value.
func (w *Rows) Blank(column, style int) { w.open(column, w.markup(style).blank) }

// Number writes a number; one that is none is written as a text.
func (w *Rows) Number(column, style int, value float64) {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		w.Text(column, style, fmt.Sprint(value))
		return
	}
	w.open(column, w.markup(style).number)
	w.text = append(appendNumber(w.text, value), "</v></c>"...)
}

// maxExact bounds the whole numbers all of which a float64 can hold.
const maxExact = 1 << 53

// appendNumber appends a number as strconv does. Most are counts, which are integers.
func appendNumber(to []byte, value float64) []byte {
	if whole := int64(value); value > 0 && value < maxExact && float64(whole) == value {
		return strconv.AppendInt(to, whole, 10)
	}
	return strconv.AppendFloat(to, value, 'f', -1, 64)
}

// Text writes a text, which no program runs as a formula or reads as a number.
func (w *Rows) Text(column, style int, text string) {
	w.open(column, w.markup(style).text)
	if outerSpace(text) {
		w.text = append(w.text, ` xml:space="preserve"`...)
	}
	w.text = append(w.text, '>')
	w.text = append(appendCellText(w.text, text), "</t></is></c>"...)
}
