package sheet

import (
	"bytes"
	"context"
	"io"
	"strings"
)

// KindXML is a workbook as one XML file, which Excel 2003 writes ("XML
// Spreadsheet 2003") and other programs under the name of .xls.
const KindXML Kind = "xml"

// xmlWorkbook is such a workbook.
type xmlWorkbook struct {
	limits *Limits
	stream *stream
}

// xmlTable is one of its sheets: a <Worksheet> element.
type xmlTable struct {
	workbook *xmlWorkbook
	start    int64 // place behind its first tag
	damage   error // found behind the sheet
}

// openXMLWorkbook lists the sheets of a workbook as one XML stream.
func (b *Book) openXMLWorkbook(s *stream) error {
	b.kind = KindXML
	b.extra = append(b.extra, s)
	r, release, err := s.from(0)
	if err != nil {
		return err
	}
	defer release()
	w := &xmlWorkbook{limits: &b.limits, stream: s}
	err = b.listWorksheets(w, newXMLScanner(r))
	if len(b.sheets) == 0 {
		if err == nil {
			err = errNoSheet
		}
		return partError(err)
	}
	if t, ok := b.sheets[len(b.sheets)-1].table.(*xmlTable); ok {
		t.damage = damageBehind(err, true)
	}
	s.many = len(b.sheets) > 1
	return nil
}

// listWorksheets passes over the stream and adds its sheets to the book.
func (b *Book) listWorksheets(w *xmlWorkbook, x *xmlScanner) error {
	for {
		err := x.next()
		switch {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return nil
		case err != nil:
			return err
		case x.opens("Worksheet") && len(b.sheets) < maxSheets:
			s := &Sheet{book: b, name: attributeText(x.attribute("Name")), table: blank{}}
			if !x.empty {
				s.table = &xmlTable{workbook: w, start: x.place()}
			}
			b.sheets = append(b.sheets, s)
		case x.opens("Table"):
			if err := x.skipLarge(); err != nil {
				return err
			}
		case x.opens("Visible") && !x.empty && len(b.sheets) > 0:
			x.keep = true
			if err := x.next(); err != nil {
				return unexpectedEnd(err)
			}
			x.keep = false
			b.sheets[len(b.sheets)-1].hidden = string(bytes.TrimSpace(x.text)) != "SheetVisible"
		}
	}
}

func (t *xmlTable) rows() (rowReader, error) { return t.open() }

func (t *xmlTable) open() (*xmlReader, error) {
	source, release, err := t.workbook.stream.from(t.start)
	if err != nil {
		return nil, partError(err)
	}
	return &xmlReader{rowBuilder: rowBuilder{limits: t.workbook.limits}, xml: newXMLScanner(source), release: release, damage: t.damage}, nil
}

func (t *xmlTable) layout(ctx context.Context) (Layout, error) {
	r, err := t.open()
	if err != nil {
		return Layout{}, err
	}
	return layoutBeside(ctx, r, &r.found)
}

// xmlReader turns one sheet into rows.
type xmlReader struct {
	rowBuilder
	xml     *xmlScanner
	release func()
	damage  error
	found   Layout
	number  int // of the row at which the reader is
	spanned int // rows behind it that are described with it
	column  int // of the next cell
	columns int // described so far
}

func (r *xmlReader) at() int { return r.number }

func (r *xmlReader) close() { r.release() }

// next adds the next row that holds anything.
func (r *xmlReader) next(b *batch) error {
	x := r.xml
	for {
		if err := x.next(); err != nil {
			return partError(unexpectedEnd(err))
		}
		switch {
		case x.closing && string(x.name) == "Worksheet":
			if r.damage != nil {
				return r.damage
			}
			return io.EOF
		case x.opens("Column"):
			r.readColumn()
		case x.opens("Row"):
			if err := r.readRow(); err != nil {
				return partError(err)
			}
			if r.complete() {
				r.add(b)
				return nil
			}
		}
	}
}

// readColumn takes in which columns are hidden.
func (r *xmlReader) readColumn() {
	r.columns = position(r.xml, r.columns)
	last := min(r.columns+attributeInt(r.xml, "Span"), r.limits.Columns-1)
	if isTrue(r.xml.attribute("Hidden")) && last >= r.columns && len(r.found.HiddenColumns) < maxRanges {
		r.found.HiddenColumns = append(r.found.HiddenColumns, Range{FirstColumn: r.columns, LastColumn: last})
	}
	r.columns = max(r.columns, last) + 1
}

// position reads ss:Index, which is 1-based and never goes back; next is the
// 0-based index of what has none.
func position(x *xmlScanner, next int) int { return max(next, attributeInt(x, "Index")-1) }

// readRow reads a row from its first tag to its last.
func (r *xmlReader) readRow() error {
	x := r.xml
	r.number = position(x, r.number+r.spanned) + 1
	r.spanned = attributeInt(x, "Span")
	r.start(r.number, isTrue(x.attribute("Hidden")))
	r.column = 0
	for empty := x.empty; !empty; {
		if err := x.next(); err != nil {
			return unexpectedEnd(err)
		}
		switch {
		case x.closing && string(x.name) == "Row":
			return nil
		case x.opens("Cell"):
			if err := r.readCell(); err != nil {
				return err
			}
		}
	}
	return nil
}

// readCell reads a cell with what it holds.
func (r *xmlReader) readCell() error {
	x := r.xml
	column := position(x, r.column)
	across, down := attributeInt(x, "MergeAcross"), attributeInt(x, "MergeDown")
	r.column = column + across + 1
	if (across > 0 || down > 0) && column < r.limits.Columns && len(r.found.Merged) < maxRanges {
		last := min(column+across, r.limits.Columns-1)
		r.found.Merged = append(r.found.Merged, Range{r.number, r.number + down, column, last})
	}
	formula, valued := x.attribute("Formula") != nil, false
	for empty := x.empty; !empty; {
		if err := x.next(); err != nil {
			return unexpectedEnd(err)
		}
		switch {
		case x.closing && string(x.name) == "Cell":
			empty = true
		case x.opens("Data"):
			valued = true
			if err := r.readData(column); err != nil {
				return err
			}
		case x.opens("Comment"), x.opens("PhoneticText"):
			if err := x.skip(); err != nil {
				return err
			}
		}
	}
	if formula && !valued {
		r.row.Uncached++
	}
	return nil
}

// readData reads the value of a cell. A text may hold tags of its format.
func (r *xmlReader) readData(column int) error {
	x := r.xml
	kind := string(x.attribute("Type"))
	from, numeric := len(r.text), false
	for empty := x.empty; !empty; {
		x.keep = true
		err := x.next()
		x.keep = false
		if err != nil {
			return unexpectedEnd(err)
		}
		if len(r.text)-from <= r.limits.Cell {
			r.text = appendEntities(r.text, x.text)
		}
		empty = x.closing && string(x.name) == "Data"
	}
	value := bytes.TrimSpace(r.text[from:])
	switch {
	case kind == "Number" && isNumber(value) && len(value) > 0:
		number := string(value)
		r.text, numeric = appendNumber(r.text[:from], []byte(number)), true
	case kind == "DateTime":
		r.text = append(r.text[:from], xmlDate(string(value))...)
	case kind == "Boolean":
		r.text = append(r.text[:from], boolText(value)...)
	}
	r.put(column, 1, from, numeric)
	return nil
}

// xmlDate writes 1980-05-17T00:00:00.000 as a date, and a time, which stands
// behind the day before the first one, as a time.
func xmlDate(text string) string {
	date := odsDate(text)
	for _, day := range [...]string{"1899-12-31 ", "1899-12-30 "} {
		if clock, ok := strings.CutPrefix(date, day); ok {
			return clock
		}
	}
	return date
}
