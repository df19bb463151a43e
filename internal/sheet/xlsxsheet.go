package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
)

// sheetPart is one sheet of a workbook: a part of the packed file.
type sheetPart struct {
	workbook *workbook
	file     *zip.File
}

func (s *sheetPart) rows() (rowReader, error) {
	if err := s.workbook.strings.load(); err != nil {
		return nil, err
	}
	return s.open()
}

func (s *sheetPart) open() (*sheetReader, error) {
	part, err := s.workbook.openPart(s.file)
	if err != nil {
		return nil, err
	}
	return newSheetReader(s.workbook, part, part.close), nil
}

// layout passes over the cells without looking at them.
func (s *sheetPart) layout(ctx context.Context) (Layout, error) {
	r, err := s.open()
	if err != nil {
		return Layout{}, err
	}
	defer r.close()
	for tags := 0; ; tags++ {
		if tags%4096 == 0 && ctx.Err() != nil {
			return Layout{}, ctx.Err() //nolint:wrapcheck // that of the caller
		}
		switch err := r.xml.next(); {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return r.layout, nil
		case err != nil:
			return Layout{}, partError(err)
		case r.xml.opens("sheetData") && !r.xml.empty:
			if err := r.xml.skipTo("sheetData>", false); err != nil {
				return Layout{}, partError(err)
			}
		}
		r.beside()
	}
}

// sheetReader turns the XML of a sheet into rows.
type sheetReader struct {
	workbook *workbook
	limits   *Limits
	xml      *xmlScanner
	release  func()
	layout   Layout
	data     bool // inside the element of the rows

	row     Row
	column  int // of the cell read last, -1 at the start of a row
	cells   []cell
	text    []byte // of the cells whose text is not shared
	value   []byte // content of <v>
	inside  textCollector
	numbers bool // the row has a number
}

// cell is a cell before its row is complete.
type cell struct {
	shared   string // text from the table of shared strings
	from, to int    // else where the text stands in sheetReader.text
	numeric  bool
}

func newSheetReader(w *workbook, part io.Reader, release func()) *sheetReader {
	limits := &w.book.limits
	return &sheetReader{
		workbook: w, limits: limits, xml: newXMLScanner(part), release: release,
		inside: textCollector{limit: limits.Cell},
	}
}

func (r *sheetReader) at() int { return r.row.Number }

func (r *sheetReader) close() { r.release() }

var errNoEnd = errors.New("the sheet has no end")

// next adds the next row. Behind the last one it reads the part to its end, so
// that its checksum is compared.
func (r *sheetReader) next(b *batch) error {
	for ended := false; ; {
		err := r.xml.next()
		switch {
		case err == io.EOF && !ended: //nolint:errorlint // next returns it bare
			return fmt.Errorf("%w: %w", ErrDamaged, errNoEnd)
		case err == io.EOF: //nolint:errorlint // as above
			return err //nolint:wrapcheck // as the interface asks
		case err != nil:
			return partError(err)
		}
		if r.data && r.xml.opens("row") {
			if err := r.readRow(b); err != nil {
				return partError(err)
			}
			return nil
		}
		if string(r.xml.name) == "sheetData" {
			r.data = !r.xml.closing && !r.xml.empty
		}
		ended = r.xml.ends("worksheet")
		r.beside()
	}
}

// beside takes in what stands beside the rows.
func (r *sheetReader) beside() {
	x := r.xml
	if x.closing || len(r.layout.Merged)+len(r.layout.HiddenColumns) >= maxRanges {
		return
	}
	switch string(x.name) {
	case "mergeCell":
		if merged, ok := rangeOf(x.attribute("ref")); ok {
			r.layout.Merged = append(r.layout.Merged, merged)
		}
	case "col":
		first, last := attributeInt(x, "min"), attributeInt(x, "max")
		if isTrue(x.attribute("hidden")) && first > 0 && last >= first {
			r.layout.HiddenColumns = append(r.layout.HiddenColumns, Range{FirstColumn: first - 1, LastColumn: last - 1})
		}
	}
}

// maxRanges bounds the ranges of a Layout.
const maxRanges = 1 << 20

// readRow reads a row from its first tag to its last.
func (r *sheetReader) readRow(b *batch) error {
	r.startRow()
	for empty := r.xml.empty; !empty; {
		if err := r.xml.next(); err != nil {
			return unexpectedEnd(err)
		}
		if r.xml.ends("row") {
			break
		}
		if r.xml.opens("c") {
			if err := r.readCell(); err != nil {
				return err
			}
		}
	}
	r.endRow(b)
	return nil
}

func (r *sheetReader) startRow() {
	number, hidden := r.row.Number+1, false
	for rest := r.xml.attributes; ; {
		var key, value []byte
		if key, value, rest = nextAttribute(rest); key == nil {
			break
		}
		switch string(key) {
		case "r":
			if n, digits := leadingInt(value); digits == len(value) && n > number {
				number = n
			}
		case "hidden":
			hidden = isTrue(value)
		}
	}
	r.row = Row{Number: number, Hidden: hidden}
	r.cells, r.text, r.column, r.numbers = r.cells[:0], r.text[:0], -1, false
}

// endRow adds the row without the empty cells at its end.
func (r *sheetReader) endRow(b *batch) {
	n := len(r.cells)
	for n > 0 && r.cells[n-1].to == r.cells[n-1].from && r.cells[n-1].shared == "" {
		n--
	}
	text := string(r.text)
	for i := range r.cells[:n] {
		c := &r.cells[i]
		if c.to > c.from {
			b.cells = append(b.cells, text[c.from:c.to])
		} else {
			b.cells = append(b.cells, c.shared)
		}
	}
	if r.numbers {
		r.row.Numeric = b.flags(n)
		for i := range r.row.Numeric {
			r.row.Numeric[i] = r.cells[i].numeric
		}
	}
	b.end(r.row, len(text))
}

// cellType is the meaning of what a cell holds.
type cellType uint8

const (
	cellNumber cellType = iota
	cellShared
	cellText
	cellBool
	cellDate
)

func cellTypeOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return cellShared
	case "str", "inlineStr", "e":
		return cellText
	case "b":
		return cellBool
	case "d":
		return cellDate
	}
	return cellNumber
}

// readCell reads a <c> element with what it holds.
func (r *sheetReader) readCell() error {
	kind, style := cellNumber, 0
	r.column++
	for rest := r.xml.attributes; ; {
		var key, value []byte
		if key, value, rest = nextAttribute(rest); key == nil {
			break
		}
		switch string(key) {
		case "r":
			if column, letters := columnOf(value); letters > 0 {
				r.column = column
			}
		case "s":
			style, _ = leadingInt(value)
		case "t":
			kind = cellTypeOf(value)
		}
	}
	if r.xml.empty {
		return nil
	}
	if err := r.content(); err != nil {
		return err
	}
	if len(r.value) == 0 {
		return nil
	}
	switch {
	case r.column >= r.limits.Columns:
		r.breakRow(BrokenWide)
		return nil
	case len(r.text) > r.limits.Record:
		r.breakRow(BrokenLong)
		return nil
	}
	for len(r.cells) <= r.column {
		r.cells = append(r.cells, cell{})
	}
	r.cells[r.column] = r.cell(kind, style)
	return nil
}

// breakRow marks the row; its first fault counts.
func (r *sheetReader) breakRow(code string) {
	if r.row.Broken == "" {
		r.row.Broken = code
	}
}

// content reads what a cell holds up to its end into r.value: the raw content of
// <v>, or the text of an inline string. Formulas are passed over.
func (r *sheetReader) content() error {
	if r.plainValue() {
		return nil
	}
	r.value = r.value[:0]
	wanted := false
	for {
		if err := r.xml.next(); err != nil {
			return unexpectedEnd(err)
		}
		if wanted {
			r.value = append(r.value, r.xml.text...)
		}
		if len(r.value) > markupLimit {
			return errMarkup
		}
		r.inside.visit(r.xml)
		if wanted = r.xml.opens("v") && !r.xml.empty; wanted {
			r.xml.keep = true
		}
		if r.xml.ends("c") {
			r.value = append(r.value, r.inside.raw...)
			r.inside.raw = r.inside.raw[:0]
			return nil
		}
	}
}

var (
	valueStart = []byte("<v>")
	valueEnd   = []byte("</v></c>")
)

// plainValue reads the form that nearly all cells have, <c><v>1</v></c>, in one
// step. It does nothing if the cell has another form or is cut by the buffer.
func (r *sheetReader) plainValue() bool {
	rest := r.xml.buffer[r.xml.from:r.xml.to]
	if !bytes.HasPrefix(rest, valueStart) {
		return false
	}
	content := rest[len(valueStart):]
	end := bytes.IndexByte(content, '<')
	if end < 0 || !bytes.HasPrefix(content[end:], valueEnd) {
		return false
	}
	r.value = append(r.value[:0], content[:end]...)
	r.xml.from += len(valueStart) + end + len(valueEnd)
	return true
}

// cell turns the content of a cell into text.
func (r *sheetReader) cell(kind cellType, style int) cell {
	from := len(r.text)
	value := r.value
	if kind != cellText {
		value = bytes.TrimSpace(value)
	}
	if kind == cellNumber && !isNumber(value) {
		kind = cellText
	}
	numeric := false
	switch kind {
	case cellShared:
		i, digits := leadingInt(value)
		text, ok := r.workbook.strings.at(i)
		if !ok || digits == 0 || digits < len(value) {
			r.breakRow(BrokenReference)
		}
		return cell{shared: text}
	case cellBool:
		r.text = append(r.text, boolText(value)...)
	case cellDate:
		r.text = append(r.text, isoDate(unescaped(value))...)
	case cellText:
		r.text = appendUnescaped(r.text, value)
	case cellNumber:
		numeric = !r.appendDate(value, style)
		if numeric {
			r.text = appendNumber(r.text, value)
		}
	}
	var cut bool
	if r.text, cut = validCell(r.text, from, r.limits.Cell); cut || r.inside.cut {
		r.inside.cut = false
		r.breakRow(BrokenLong)
	}
	r.numbers = r.numbers || numeric
	return cell{from: from, to: len(r.text), numeric: numeric}
}

// appendDate appends a number whose style shows a date as one.
func (r *sheetReader) appendDate(value []byte, style int) bool {
	if style >= len(r.workbook.dates) || !r.workbook.dates[style] {
		return false
	}
	date, ok := serialDate(string(value), r.workbook.base)
	if ok {
		r.text = append(r.text, date...)
	}
	return ok
}

func boolText(value []byte) string {
	if isTrue(value) {
		return "TRUE"
	}
	return "FALSE"
}
