package sheet

import "unicode/utf8"

// rowBuilder puts a row together whose cells come one by one, and adds it to a
// batch as often as it is repeated.
type rowBuilder struct {
	limits  *Limits
	row     Row
	cells   []cell
	text    []byte // of the cells whose text is not shared
	done    string // the text of the complete row
	numbers bool   // the row has a number
	spread  int    // bytes of all cells, shared and repeated texts as often as they stand there
}

// cell is a cell before its row is complete.
type cell struct {
	shared   string // text from the table of shared strings
	from, to int    // else where the text stands in rowBuilder.text
	numeric  bool
}

// start begins a row.
func (r *rowBuilder) start(number int, hidden bool) {
	r.row = Row{Number: number, Hidden: hidden}
	r.cells, r.text, r.numbers, r.spread = r.cells[:0], r.text[:0], false, 0
}

// fault marks the row; its first fault counts.
func (r *rowBuilder) fault(code string) {
	if r.row.Broken == "" {
		r.row.Broken = code
	}
}

// put makes the text behind from the content of count cells.
func (r *rowBuilder) put(column, count, from int, numeric bool) {
	r.decode(from)
	var cut bool
	if r.text, cut = validCell(r.text, from, r.limits.Cell); cut {
		r.fault(BrokenLong)
	}
	if len(r.text) == from {
		return
	}
	if r.spread > r.limits.Record {
		r.fault(BrokenLong)
		r.text = r.text[:from]
		return
	}
	if fit := 1 + (r.limits.Record-r.spread)/(len(r.text)-from); count > fit {
		r.fault(BrokenLong)
		count = fit
	}
	if room := r.limits.Columns - column; count > room {
		r.fault(BrokenWide)
		count = max(0, room)
	}
	if count == 0 {
		return
	}
	for len(r.cells) < column+count {
		r.cells = append(r.cells, cell{})
	}
	for i := range count {
		r.cells[column+i] = cell{from: from, to: len(r.text), numeric: numeric}
	}
	r.numbers = r.numbers || numeric
	r.spread += count * (len(r.text) - from)
}

// decode takes bytes that are no UTF-8 as windows-1252: some programs write it
// and call it UTF-8.
func (r *rowBuilder) decode(from int) {
	if utf8.Valid(r.text[from:]) {
		return
	}
	decoded, sound := decode8(string(r.text[from:]), encodingUTF8)
	if !sound {
		r.fault(BrokenEncoding)
	}
	r.text = append(r.text[:from], decoded...)
}

// complete ends the row and reports whether it holds anything.
func (r *rowBuilder) complete() bool {
	r.done = string(r.text)
	return len(r.cells) > 0 || r.row.Uncached > 0 || r.row.Broken != ""
}

// add adds the complete row to a batch.
func (r *rowBuilder) add(b *batch) {
	for i := range r.cells {
		c := &r.cells[i]
		if c.to > c.from {
			b.cells = append(b.cells, r.done[c.from:c.to])
		} else {
			b.cells = append(b.cells, c.shared)
		}
	}
	row := r.row
	if r.numbers {
		row.Numeric = b.flags(len(r.cells))
		for i := range row.Numeric {
			row.Numeric[i] = r.cells[i].numeric
		}
	}
	b.end(row, r.spread)
}
