package sheet

import (
	"bytes"
	"context"
	"io"
)

func (t *htmlTable) rows() (rowReader, error) { return t.open() }

func (t *htmlTable) open() (*htmlReader, error) {
	source, release, err := t.page.stream.from(t.start)
	if err != nil {
		return nil, err
	}
	r := &htmlReader{
		rowBuilder: rowBuilder{limits: t.page.limits}, encoding: t.page.encoding, scan: newHTMLScanner(source), release: release,
	}
	r.nest.begin()
	return r, nil
}

// layout passes over the rows without taking in their text.
func (t *htmlTable) layout(ctx context.Context) (Layout, error) {
	r, err := t.open()
	if err != nil {
		return Layout{}, err
	}
	defer r.close()
	r.shape = true
	for b := newBatch(1); ; {
		if ctx.Err() != nil {
			return Layout{}, ctx.Err() //nolint:wrapcheck // that of the caller
		}
		switch err := r.next(b); {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			for i := range r.found.Merged {
				m := &r.found.Merged[i]
				m.LastRow = max(m.FirstRow, min(m.LastRow, r.number))
			}
			return r.found, nil
		case err != nil:
			return Layout{}, err
		}
	}
}

// htmlReader turns one table of a web page into rows.
type htmlReader struct {
	rowBuilder
	encoding textEncoding
	scan     *htmlScanner
	release  func()
	nest     htmlNest
	shape    bool // only the layout is wanted
	found    Layout
	ended    bool

	number  int // of the row at which the reader is
	inRow   bool
	inCell  bool
	column  int   // of the cell
	span    int   // columns that the cell takes up
	covered []int // by column: the last row that a cell above reaches into
	columns int   // described by <col>
	content htmlContent
}

func (r *htmlReader) at() int { return r.number }

func (r *htmlReader) close() { r.release() }

// next adds the next row that holds anything; for the layout, it passes over one.
func (r *htmlReader) next(b *batch) error {
	for !r.ended {
		err := r.scan.next()
		if err != nil && err != io.EOF { //nolint:errorlint // next returns it bare
			return err
		}
		if err != nil {
			r.ended = true
		}
		if done := r.visit(b); done {
			return nil
		}
	}
	return io.EOF
}

// visit takes in a tag or a text, or the end. done tells that a row is complete.
func (r *htmlReader) visit(b *batch) (done bool) {
	h := r.scan
	if r.ended {
		return r.endRow(b)
	}
	name := string(h.name)
	switch name {
	case "":
		if r.inCell {
			r.appendText(h.text)
		}
		return false
	case "table":
		return r.visitTable(b)
	}
	if len(r.nest.cells) > 1 || r.nest.deeper > 0 {
		r.visitNested(name)
		return false
	}
	switch name {
	case "tr":
		done = r.endRow(b)
		if !h.closing {
			r.startRow()
		}
	case "td", "th":
		r.endCell()
		if !h.closing {
			r.startCell()
		}
	case "thead", "tbody", "tfoot":
		done = r.endRow(b)
		r.covered = r.covered[:0]
	case "col":
		r.readColumn()
	default:
		r.breakText(name)
	}
	return done
}

// visitTable takes in that a table begins or ends.
func (r *htmlReader) visitTable(b *batch) (done bool) {
	if r.scan.closing {
		r.nest.end()
	} else if ends, _ := r.nest.begin(); ends && len(r.nest.cells) == 1 {
		r.nest.end()
	}
	if len(r.nest.cells) == 0 {
		r.ended = true
		return r.endRow(b)
	}
	r.breakText("table")
	return false
}

// visitNested takes in a tag of a table inside a cell.
func (r *htmlReader) visitNested(name string) {
	switch name {
	case "tr", "thead", "tbody", "tfoot":
		r.nest.mark(false)
		r.breakText("tr")
	case "td", "th":
		r.nest.mark(!r.scan.closing)
		r.appendSpace()
	default:
		r.breakText(name)
	}
}

func (r *htmlReader) startRow() {
	r.number++
	r.inRow = true
	r.start(r.number, isNotShown(r.scan.attributes))
	r.column, r.span = 0, 0
}

// endRow completes the row, if one is open, and adds it if it holds anything.
func (r *htmlReader) endRow(b *batch) (done bool) {
	r.endCell()
	if !r.inRow {
		return false
	}
	r.inRow = false
	if r.shape {
		return true
	}
	if !r.complete() {
		return false
	}
	r.add(b)
	return true
}

// startCell begins a cell in the next column that no cell above reaches into.
func (r *htmlReader) startCell() {
	if !r.inRow {
		r.startRow()
		r.row.Hidden = false // the attributes are those of the cell
	}
	r.nest.mark(true)
	r.inCell = true
	r.column += r.span
	for r.column < len(r.covered) && r.covered[r.column] >= r.number {
		r.column++
	}
	r.content.start(len(r.text))
	rows := 1
	r.span = 1
	for rest := r.scan.attributes; ; {
		var key, value []byte
		if key, value, rest = nextHTMLAttribute(rest); key == nil {
			break
		}
		switch string(bytes.ToLower(key)) {
		case "colspan":
			r.span = spanOf(value, maxColspan)
		case "rowspan":
			rows = spanOf(value, maxRowspan)
		case "num", "sdval": // of Excel, of LibreOffice
			r.content.takeNumber(value)
		case "sdnum":
			r.content.takeFormat(value)
		}
	}
	if r.span > 1 || rows > 1 {
		r.merge(rows)
	}
}

// The greatest spans that browsers admit.
const (
	maxColspan = 1000
	maxRowspan = 65_534
)

// spanOf reads the number of columns or rows of a cell.
func spanOf(value []byte, most int) int {
	n, digits := leadingInt(bytes.TrimSpace(value))
	if digits == 0 {
		return 1
	}
	return max(1, min(n, most))
}

// maxCovered is the number of columns in which cells may reach into rows below.
const maxCovered = 1024

// merge takes in that the cell covers several places.
func (r *htmlReader) merge(rows int) {
	last := min(r.column+r.span, r.limits.Columns) - 1
	if last < r.column {
		return
	}
	if len(r.found.Merged) < maxRanges && r.shape {
		r.found.Merged = append(r.found.Merged, Range{r.number, r.number + rows - 1, r.column, last})
	}
	if rows == 1 || last >= maxCovered {
		return
	}
	for len(r.covered) <= last {
		r.covered = append(r.covered, 0)
	}
	for column := r.column; column <= last; column++ {
		r.covered[column] = r.number + rows - 1
	}
}

// endCell completes the cell, if one is open.
func (r *htmlReader) endCell() {
	if !r.inCell {
		return
	}
	r.inCell = false
	r.nest.mark(false)
	if r.shape {
		return
	}
	var numeric bool
	r.text, numeric = r.content.finish(r.text)
	r.put(r.column, 1, r.content.from, numeric)
}

// readColumn takes in a hidden column.
func (r *htmlReader) readColumn() {
	if r.scan.closing {
		return
	}
	count := 1
	for rest := r.scan.attributes; ; {
		var key, value []byte
		if key, value, rest = nextHTMLAttribute(rest); key == nil {
			break
		}
		if bytes.EqualFold(key, []byte("span")) {
			count = spanOf(value, maxColspan)
		}
	}
	last := min(r.columns+count, r.limits.Columns) - 1
	if isNotShown(r.scan.attributes) && last >= r.columns && len(r.found.HiddenColumns) < maxRanges {
		r.found.HiddenColumns = append(r.found.HiddenColumns, Range{FirstColumn: r.columns, LastColumn: last})
	}
	r.columns = last + 1
}

// isNotShown reports whether the style of a row or column hides it.
func isNotShown(attributes []byte) bool {
	for {
		var key, value []byte
		if key, value, attributes = nextHTMLAttribute(attributes); key == nil {
			return false
		}
		if bytes.EqualFold(key, []byte("style")) {
			style := bytes.ToLower(bytes.ReplaceAll(value, []byte(" "), nil))
			return bytes.Contains(style, []byte("display:none"))
		}
	}
}
