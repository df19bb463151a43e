package table

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// Hashed says what NIK and KK of a list must be. The zero value is clear numbers.
type Hashed struct {
	// Any takes lists of hashed numbers, of whichever key.
	Any bool
	// Clear takes lists of clear numbers too, which are then hashed.
	Clear bool
	// Key, if set, is the name of the only key that is taken.
	Key string
}

// findHashed sets header, columns and options of a table of hashed numbers, which
// padan has written itself: its titles are the codes of fields, and nothing is to
// be guessed.
func (t *Table) findHashed(rows []sheet.Row) bool {
	for i := range rows {
		if sheet.IsBlank(rows[i].Cells) {
			continue
		}
		fields, near, key := normalize.ReadExchangeHeader(rows[i].Cells)
		if key == "" {
			return false
		}
		t.HashKey, t.HeaderRow, t.firstRow = key, rows[i].Number, rows[i].Number
		for j, title := range rows[i].Cells {
			t.add(strings.TrimSpace(title), fields[j], ByTitle)
		}
		t.own, t.width = len(t.Header), len(t.Header)
		t.header = [][]string{foldTitles(t.Header)}
		t.Fields = normalize.NewColumns(t.cells())
		t.Options = normalize.Options{Exchange: true, Near: near}
		return true
	}
	return false
}

// hashedPart decides on one row of a table of hashed numbers.
func (t *Table) hashedPart(row *sheet.Row) (skipped, rejected string) {
	switch {
	case row.Number == t.HeaderRow:
		return SkippedHeader, ""
	case sheet.IsBlank(row.Cells):
		return SkippedBlank, ""
	}
	return "", t.reject(row)
}

// checkHashed demands that the numbers of all sheets are as they must be.
func (p *Plan) checkHashed(path string, wanted Hashed) error {
	for _, t := range p.Tables {
		if !t.Readable() {
			continue
		}
		failure := &HeaderError{Path: path, Sheet: t.Sheet.Name(), Row: t.HeaderRow}
		switch {
		case t.HashKey != "" && !wanted.Any:
			failure.Err = ErrHashed
		case t.HashKey == "" && wanted.Any && !wanted.Clear:
			failure.Err = ErrClear
		case t.HashKey != "" && wanted.Key != "" && t.HashKey != wanted.Key, p.mixed(t):
			failure.Err = ErrOtherKey
		default:
			continue
		}
		return failure
	}
	return nil
}

// mixed reports whether another sheet of the book is hashed with another key, or
// is not hashed.
func (p *Plan) mixed(t *Table) bool {
	for _, other := range p.Tables {
		if t.HashKey != "" && other.Readable() && other.HashKey != t.HashKey {
			return true
		}
	}
	return false
}
