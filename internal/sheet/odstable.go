package sheet

import (
	"context"
	"fmt"
	"io"
)

// maxRows is the number of rows of a sheet in today's programs. A repeated row is
// not delivered beyond it.
const maxRows = 1 << 20

// maxRepeated bounds the cells that repeated rows deliver in one sheet.
const maxRepeated = 1 << 26

// repeatedBytes are the bytes of repeated rows that count as one more cell.
const repeatedBytes = 64

// maxRepeat bounds the numbers by which empty cells and rows are repeated; some
// programs know sheets of this many rows.
const maxRepeat = 1 << 24

func (t *odsTable) rows() (rowReader, error) { return t.open() }

func (t *odsTable) open() (*odsReader, error) {
	source, release, err := t.document.stream.from(t.start)
	if err != nil {
		return nil, partError(err)
	}
	limits := t.document.limits
	return &odsReader{
		rowBuilder: rowBuilder{limits: limits}, xml: newXMLScanner(source), release: release, damage: t.damage,
	}, nil
}

// layout passes over the rows without taking in their cells.
func (t *odsTable) layout(ctx context.Context) (Layout, error) {
	r, err := t.open()
	if err != nil {
		return Layout{}, err
	}
	r.shape = true
	return layoutBeside(ctx, r, &r.found)
}

// odsReader turns the XML of one sheet into rows.
type odsReader struct {
	rowBuilder
	xml     *xmlScanner
	release func()
	damage  error
	shape   bool // only the layout is wanted
	found   Layout

	number     int // of the last row
	again      int // how often the complete row is still to be delivered
	repeated   int // cells delivered by repetition
	column     int // of the next cell
	columns    int // described so far
	groups     int // groups of rows that are open
	hiddenFrom int // the first of them that is not shown; 0 = none
	paragraph  odsParagraph
}

func (r *odsReader) at() int { return r.number }

func (r *odsReader) close() { r.release() }

// next adds the next row that holds anything.
func (r *odsReader) next(b *batch) error {
	if r.again > 0 {
		return r.addAgain(b)
	}
	x := r.xml
	for {
		if err := x.next(); err != nil {
			return partError(unexpectedEnd(err))
		}
		switch string(x.name) {
		case "table-row":
			if x.closing {
				continue
			}
			filled, err := r.readRow()
			if err != nil {
				return partError(err)
			}
			if filled {
				r.add(b)
				return nil
			}
			if r.shape {
				return nil
			}
		case "table-column":
			r.readColumn()
		case "table-row-group":
			r.readGroup()
		case "table":
			if x.closing {
				return r.end()
			}
			if err := x.skip(); err != nil { // of a drawing
				return partError(err)
			}
		}
	}
}

// end tells how the sheet ends.
func (r *odsReader) end() error {
	if r.damage != nil {
		return r.damage
	}
	return io.EOF
}

// addAgain delivers the complete row once more.
func (r *odsReader) addAgain(b *batch) error {
	r.again--
	r.number++
	if r.repeated += len(r.cells) + r.spread/repeatedBytes; r.repeated > maxRepeated {
		return fmt.Errorf("%w: rows that are repeated", ErrTooLarge)
	}
	r.row.Number = r.number
	r.add(b)
	return nil
}

// readColumn takes in which columns are hidden.
func (r *odsReader) readColumn() {
	if r.xml.closing {
		return
	}
	count := repetition(r.xml.attribute("number-columns-repeated"))
	if isHidden(r.xml.attribute("visibility")) && r.columns < r.limits.Columns && len(r.found.HiddenColumns) < maxRanges {
		last := min(r.columns+count, r.limits.Columns) - 1
		r.found.HiddenColumns = append(r.found.HiddenColumns, Range{FirstColumn: r.columns, LastColumn: last})
	}
	r.columns = min(r.columns+count, maxRepeat)
}

// readGroup takes in whether the rows of a group are shown.
func (r *odsReader) readGroup() {
	switch {
	case r.xml.empty:
	case r.xml.closing:
		if r.groups == r.hiddenFrom {
			r.hiddenFrom = 0
		}
		r.groups = max(0, r.groups-1)
	default:
		r.groups++
		if r.hiddenFrom == 0 && string(r.xml.attribute("display")) == "false" {
			r.hiddenFrom = r.groups
		}
	}
}

func isHidden(visibility []byte) bool {
	return string(visibility) == "collapse" || string(visibility) == "filter"
}

// repetition reads how often a row, column or cell stands there.
func repetition(value []byte) int {
	if len(value) > 8 {
		return maxRepeat
	}
	n, _ := leadingInt(value)
	return max(1, min(n, maxRepeat))
}

// readRow reads a row from its first tag to its last and reports whether it holds
// anything.
func (r *odsReader) readRow() (filled bool, err error) {
	x := r.xml
	count := repetition(x.attribute("number-rows-repeated"))
	r.start(r.number+1, r.hiddenFrom > 0 || isHidden(x.attribute("visibility")))
	r.column = 0
	for empty := x.empty; !empty; {
		if err := x.next(); err != nil {
			return false, unexpectedEnd(err)
		}
		if x.closing {
			if string(x.name) == "table-row" {
				break
			}
			continue
		}
		switch string(x.name) {
		case "table-cell", "covered-table-cell":
			err = r.readCell()
		default:
			err = x.skip()
		}
		if err != nil {
			return false, err
		}
	}
	if r.shape || !r.complete() {
		r.number += count
		return false, nil
	}
	r.number++
	r.again = max(0, min(count-1, maxRows-r.number))
	return true, nil
}
