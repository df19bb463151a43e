package table

import (
	"strings"

	"padan/internal/sheet"
)

// complete adds to a person's row what its household, its group and its combined
// cells say, and tells whether it added anything.
func (l *Lines) complete(row sheet.Row) (sheet.Row, bool) {
	before := row.Cells
	if l.filler != nil {
		row = l.filler.fill(row)
	}
	row = l.fillMerged(row)
	l.household.persons = true
	if len(l.table.carried) > 0 || len(l.table.splits) > 0 {
		row = l.table.widen(row)
		for i := range l.table.splits {
			l.table.splits[i].apply(row.Cells)
		}
		for _, c := range l.carried {
			if value := l.household.value(c.field); value != "" && (!c.own || strings.TrimSpace(row.Cells[c.column]) == "") {
				row.Cells[c.column] = value
			}
		}
	}
	return row, len(before) != len(row.Cells) || len(before) > 0 && &before[0] != &row.Cells[0]
}

// widen gives a row all columns of the table, and cells of its own; what the
// sheet has beyond its titles comes behind.
func (t *Table) widen(row sheet.Row) sheet.Row {
	own := t.own
	beyond := max(0, len(row.Cells)-own)
	cells := make([]string, len(t.Header)+beyond)
	copy(cells, row.Cells[:min(own, len(row.Cells))])
	if beyond > 0 {
		copy(cells[len(t.Header):], row.Cells[own:])
	}
	if len(row.Numeric) > own {
		row.Numeric = row.Numeric[:own]
	}
	row.Cells = cells
	return row
}

// mergedText is the text of a merged cell that the rows below it share.
type mergedText struct {
	row     int
	text    string
	numeric bool
}

// keepMerged remembers the texts of merged cells that begin in a row.
func (l *Lines) keepMerged(row *sheet.Row) {
	for column := range l.table.merged {
		if text := cellAt(row.Cells, column); text != "" {
			l.merged[column] = mergedText{row.Number, text, column < len(row.Numeric) && row.Numeric[column]}
		}
	}
}

// fillMerged completes a row with the merged cells that reach over it.
func (l *Lines) fillMerged(row sheet.Row) sheet.Row {
	wide := false
	for column := range l.table.merged {
		first, ok := l.table.merged.firstRow(column, row.Number)
		above := l.merged[column]
		if !ok || above.row != first || cellAt(row.Cells, column) != "" {
			continue
		}
		if !wide {
			row, wide = l.table.widen(row), true
		}
		row.Cells[column] = above.text
		row.Numeric = setFlag(row.Numeric, len(row.Cells), column, above.numeric)
	}
	return row
}
