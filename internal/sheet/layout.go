package sheet

import (
	"context"
	"io"
)

// Layout is what stands beside the cells of a sheet.
type Layout struct {
	Merged        []Range // cells shown as one; their text is in the first
	HiddenColumns []Range // columns that a spreadsheet program does not show; rows are 0
}

// layoutBeside reads a sheet to its end for what the reader finds beside the
// cells, and closes the reader.
func layoutBeside(ctx context.Context, r rowReader, found *Layout) (Layout, error) {
	defer r.close()
	for b := newBatch(256); ; {
		if ctx.Err() != nil {
			return Layout{}, ctx.Err() //nolint:wrapcheck // that of the caller
		}
		switch err := r.next(b); {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return *found, nil
		case err != nil:
			return Layout{}, err
		}
		if b.full() {
			b.reset()
		}
	}
}

// Range is a block of cells: rows are 1-based like Row.Number, columns are
// 0-based like the indexes of Row.Cells; both ends are included.
type Range struct {
	FirstRow, LastRow       int
	FirstColumn, LastColumn int
}

// ColumnName returns the letters by which a spreadsheet program names the column
// of an index of Row.Cells: 0 is "A", 27 is "AB".
func ColumnName(index int) string {
	var letters [8]byte
	at := len(letters)
	for n := index + 1; n > 0 && at > 0; n = (n - 1) / 26 {
		at--
		letters[at] = byte('A' + (n-1)%26)
	}
	return string(letters[at:])
}

// columnOf reads the letters at the start of a cell's place and returns how many
// they are: "AB12" is column 27, two letters. No letters give column -1.
func columnOf(place []byte) (column, letters int) {
	for letters < len(place) && letters < 4 {
		c := place[letters] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
		letters++
	}
	return column - 1, letters
}

// rangeOf reads "A1:C3" or "A1".
func rangeOf(text []byte) (Range, bool) {
	var r Range
	column, row, rest := placeOf(text)
	if row == 0 {
		return r, false
	}
	r = Range{FirstRow: row, LastRow: row, FirstColumn: column, LastColumn: column}
	if len(rest) > 0 && rest[0] == ':' {
		column, row, rest = placeOf(rest[1:])
		r.LastRow, r.LastColumn = row, column
	}
	return r, len(rest) == 0 && r.LastRow >= r.FirstRow && r.LastColumn >= r.FirstColumn
}

// placeOf reads "AB12"; row is 0 if it is none.
func placeOf(text []byte) (column, row int, rest []byte) {
	column, letters := columnOf(text)
	if letters == 0 {
		return 0, 0, text
	}
	row, digits := leadingInt(text[letters:])
	if digits == 0 {
		return 0, 0, text
	}
	return column, row, text[letters+digits:]
}

// leadingInt reads the digits at the start of text, at most nine.
func leadingInt(text []byte) (n, digits int) {
	for digits < len(text) && digits < 9 && text[digits] >= '0' && text[digits] <= '9' {
		n = n*10 + int(text[digits]-'0')
		digits++
	}
	return n, digits
}
