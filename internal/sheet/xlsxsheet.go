package sheet

import (
	"archive/zip"
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
	xml      *xmlScanner
	release  func()
	layout   Layout
	data     bool // inside the element of the rows

	rowBuilder
	shared  int64  // bytes of shared texts that cells refer to
	formula bool   // the cell read last has one
	valued  bool   // and a value, be it empty
	column  int    // of the cell read last, -1 at the start of a row
	value   []byte // content of <v>
	inside  textCollector
}

func newSheetReader(w *workbook, part io.Reader, release func()) *sheetReader {
	limits := &w.book.limits
	return &sheetReader{
		workbook: w, xml: newXMLScanner(part), release: release,
		rowBuilder: rowBuilder{limits: limits}, inside: textCollector{limit: limits.Cell},
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
	if r.shared > r.workbook.book.limits.Floor+r.xml.place()*sharedPerByte {
		return fmt.Errorf("%w: texts that many cells refer to", ErrTooLarge)
	}
	return nil
}

// sharedPerByte bounds the bytes of shared texts per byte of the sheet, above Floor:
// the cell that refers to a text takes twenty bytes and more itself.
const sharedPerByte = 16

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
	r.start(number, hidden)
	r.column = -1
}

// endRow adds the row without the empty cells at its end.
func (r *sheetReader) endRow(b *batch) {
	n := len(r.cells)
	for n > 0 && r.cells[n-1].to == r.cells[n-1].from && r.cells[n-1].shared == "" {
		n--
	}
	r.cells = r.cells[:n]
	r.complete()
	r.add(b)
}
