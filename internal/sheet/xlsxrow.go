package sheet

import (
	"context"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
)

// rowReader turns the XML of a sheet into rows.
type rowReader struct {
	workbook *workbook
	xml      *xmlScanner
	number   int // of the row being read
	hidden   bool
	cells    []string
	numeric  []bool
	anyNum   bool
	scratch  []byte
	value    []byte
}

func readRows(ctx context.Context, r *rowReader, size int, yield func([]Row, error) bool) {
	batch := newBatcher(size)
	for {
		row, err := r.next()
		if err == nil {
			batch.add(row)
			if !batch.full() {
				continue
			}
			err = ctx.Err()
		}
		if len(batch.rows) > 0 && !yield(batch.take(), nil) {
			return
		}
		if errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return
		}
		if err != nil {
			yield(nil, err)
			return
		}
	}
}

// next returns the next row of the sheet, io.EOF after the last.
func (r *rowReader) next() (Row, error) {
	for {
		if err := r.xml.next(); err != nil {
			return Row{}, unexpectedEnd(err)
		}
		switch {
		case r.xml.is("row"):
			return r.row()
		case r.xml.ends("sheetData"), r.xml.is("sheetData") && r.xml.selfClosed:
			return Row{}, io.EOF
		}
	}
}

func (r *rowReader) row() (Row, error) {
	r.number++
	if at := r.xml.attribute("r"); at != nil {
		if n, err := strconv.Atoi(string(at)); err == nil && n > 0 {
			r.number = n
		}
	}
	hidden := string(r.xml.attribute("hidden"))
	r.hidden = hidden == "1" || hidden == "true"
	r.cells, r.numeric, r.anyNum = r.cells[:0], r.numeric[:0], false
	for !r.xml.selfClosed {
		if err := r.xml.next(); err != nil {
			return Row{}, unexpectedEnd(err)
		}
		if r.xml.ends("row") {
			break
		}
		if r.xml.is("c") {
			if err := r.cell(); err != nil {
				return Row{}, err
			}
			r.xml.selfClosed = false
		}
	}
	for n := len(r.cells); n > 0 && r.cells[n-1] == ""; n-- {
		r.cells, r.numeric = r.cells[:n-1], r.numeric[:n-1]
	}
	row := Row{Number: r.number, Cells: r.cells, Hidden: r.hidden}
	if r.anyNum {
		row.Numeric = append([]bool(nil), r.numeric...)
	}
	return row, nil
}

// cell reads one <c> element with what it holds.
func (r *rowReader) cell() error {
	column := len(r.cells)
	if at := r.xml.attribute("r"); at != nil {
		if c, ok := columnOf(at); ok {
			column = c
		}
	}
	kind := cellKind(r.xml.attribute("t"))
	style := 0
	if s := r.xml.attribute("s"); s != nil {
		style, _ = strconv.Atoi(string(s)) // a bad style is the first
	}
	if column >= maxColumns {
		return errMarkup
	}
	if !r.xml.selfClosed {
		if err := r.content(); err != nil {
			return err
		}
	} else {
		r.value = r.value[:0]
	}
	text, numeric := r.text(kind, style)
	for len(r.cells) <= column {
		r.cells, r.numeric = append(r.cells, ""), append(r.numeric, false)
	}
	r.cells[column], r.numeric[column] = text, numeric
	r.anyNum = r.anyNum || numeric
	return nil
}

// content collects the raw text of <v>, or of the <t> of an inline string, up to
// the end of the cell. Phonetic hints and formulas are passed over.
func (r *rowReader) content() error {
	r.value = r.value[:0]
	take, phonetic := false, false
	for {
		r.xml.keepText = take
		if err := r.xml.next(); err != nil {
			return unexpectedEnd(err)
		}
		if take {
			r.value = append(r.value, r.xml.text...)
			take = false
		}
		switch {
		case r.xml.ends("c"):
			r.xml.keepText = false
			return nil
		case r.xml.is("rPh"):
			phonetic = !r.xml.selfClosed
		case r.xml.ends("rPh"):
			phonetic = false
		case (r.xml.is("v") || r.xml.is("t")) && !phonetic:
			take = !r.xml.selfClosed
		}
	}
}

// cellType is the meaning of a cell's value.
type cellType uint8

const (
	cellNumber cellType = iota
	cellShared
	cellText
	cellBool
	cellDate
)

func cellKind(t []byte) cellType {
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

// text gives the cell's value as text, and whether it was a number.
func (r *rowReader) text(kind cellType, style int) (string, bool) {
	if len(r.value) == 0 {
		return "", false
	}
	if kind != cellText && !isASCII(r.value) {
		kind = cellText // no number, date or truth value is written so
	}
	switch kind {
	case cellShared:
		i, err := strconv.Atoi(string(r.value))
		if err != nil {
			return "", false
		}
		return r.workbook.strings.at(i), false
	case cellBool:
		if string(r.value) == "1" {
			return "TRUE", false
		}
		return "FALSE", false
	case cellDate:
		return strings.TrimSuffix(string(r.value), "T00:00:00"), false
	case cellText:
		r.scratch = unescape(r.scratch, r.value)
		return string(r.scratch), false
	case cellNumber:
	}
	if style < len(r.workbook.dates) && style >= 0 && r.workbook.dates[style] {
		if date, ok := serialDate(string(r.value), r.workbook.base); ok {
			return date, false
		}
	}
	return numberText(r.value), true
}

// numberText returns a stored number as it is; one in exponent form that is an
// exact whole number is written out.
func numberText(value []byte) string {
	text := string(value)
	if !strings.ContainsAny(text, "eE") {
		return text
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) >= 1<<63 {
		return text
	}
	return strconv.FormatInt(int64(f), 10)
}

// columnOf reads the letters of a cell's place: "AB12" is column 27.
func columnOf(place []byte) (int, bool) {
	column, n := 0, 0
	for ; n < len(place) && n < 4; n++ {
		c := place[n] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	return column - 1, n > 0 && n < 4
}
