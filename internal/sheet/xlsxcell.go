package sheet

import "bytes"

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
		if r.formula && (kind != cellText || !r.valued) {
			r.row.Uncached++
		}
		return nil
	}
	switch {
	case r.column >= r.limits.Columns:
		r.fault(BrokenWide)
		return nil
	case r.spread > r.limits.Record:
		r.fault(BrokenLong)
		return nil
	}
	for len(r.cells) <= r.column {
		r.cells = append(r.cells, cell{})
	}
	c := r.cell(kind, style)
	r.cells[r.column] = c
	r.spread += len(c.shared) + c.to - c.from
	r.shared += int64(len(c.shared))
	return nil
}

// content reads what a cell holds up to its end into r.value: the raw content of
// <v>, or the text of an inline string. Formulas are passed over.
func (r *sheetReader) content() error {
	r.formula, r.valued = false, false
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
		r.formula, r.valued = r.formula || r.xml.opens("f"), r.valued || r.xml.opens("v")
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

// plainForms are the forms that nearly all cells have, behind their first tag.
var plainForms = [...]struct{ start, end []byte }{
	{[]byte("<v>"), []byte("</v></c>")},
	{[]byte("<is><t>"), []byte("</t></is></c>")},
}

// plainValue reads a cell of a plain form in one step. It does nothing if the
// cell has another form or is cut by the buffer.
func (r *sheetReader) plainValue() bool {
	rest := r.xml.buffer[r.xml.from:r.xml.to]
	for i := range plainForms {
		form := &plainForms[i]
		if !bytes.HasPrefix(rest, form.start) {
			continue
		}
		content := rest[len(form.start):]
		end := bytes.IndexByte(content, '<')
		if end < 0 || !bytes.HasPrefix(content[end:], form.end) {
			return false
		}
		r.value = append(r.value[:0], content[:end]...)
		r.xml.from += len(form.start) + end + len(form.end)
		return true
	}
	return false
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
			r.fault(BrokenReference)
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
		r.fault(BrokenLong)
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
