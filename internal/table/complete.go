package table

import (
	"padan/internal/sheet"
	"padan/normalize"
)

// completion is a row that takes values from elsewhere. Its cells are those of
// the sheet until the first value comes.
type completion struct {
	table *Table
	row   sheet.Row
	wide  bool // the cells are its own, one for each column of the table
	count int  // values that were set
}

// set puts a value into a cell.
func (c *completion) set(column int, text string, numeric bool) {
	c.widen()
	c.count++
	c.row.Cells[column] = text
	if !numeric && column >= len(c.row.Numeric) {
		return
	}
	flags := make([]bool, len(c.row.Cells))
	copy(flags, c.row.Numeric)
	flags[column] = numeric
	c.row.Numeric = flags
}

// longestTaken bounds a text that rows take from elsewhere, in bytes: it is in all of
// them, and what households have in common is short.
const longestTaken = 1 << 10

// take is set for a value that many rows take.
func (c *completion) take(column int, text string, numeric bool) {
	if len(text) <= longestTaken {
		c.set(column, text, numeric)
	}
}

func (c *completion) blank(column int) bool { return cellAt(c.row.Cells, column) == "" }

// widen gives the row all columns of the table, and cells of its own; what the
// sheet has beyond its titles comes behind.
func (c *completion) widen() {
	if c.wide {
		return
	}
	c.wide = true
	own, all := c.table.own, len(c.table.Header)
	old := c.row.Cells
	beyond := max(0, len(old)-own)
	cells := make([]string, all+beyond)
	copy(cells, old[:min(own, len(old))])
	if beyond > 0 {
		copy(cells[all:], old[own:])
	}
	if len(c.row.Numeric) > own {
		c.row.Numeric = c.row.Numeric[:own:own]
	}
	c.row.Cells = cells
}

// complete adds to a person's row what its household, its group and its combined
// cells say.
func (l *Lines) complete(c *completion) {
	if l.filler != nil {
		l.filler.fill(c)
	}
	l.fillMerged(c)
	l.household.persons, l.household.used = true, true
	for i := range l.table.splits {
		c.widen()
		l.table.splits[i].apply(c.row.Cells)
	}
	for i := range l.carried {
		carried := &l.carried[i]
		if value := l.household.value(carried.field); value != "" && c.blank(carried.column) && allBlank(c.row.Cells, carried.same) {
			c.take(carried.column, value, false)
		}
	}
}

// otherForms are the fields that say the same as a field: RT and RW may stand in
// one cell.
var otherForms = map[normalize.Field][]normalize.Field{
	normalize.FieldRT:   {normalize.FieldRTRW},
	normalize.FieldRW:   {normalize.FieldRTRW},
	normalize.FieldRTRW: {normalize.FieldRT, normalize.FieldRW},
}

// columnsOf returns the columns of those fields that have one.
func (t *Table) columnsOf(fields []normalize.Field) []int {
	var columns []int
	for _, field := range fields {
		if column := t.Fields.Cell(field); column >= 0 {
			columns = append(columns, column)
		}
	}
	return columns
}

// takeSpares fills the blank cells of a field that has several columns from the
// other ones.
func (t *Table) takeSpares(c *completion) {
	for _, s := range t.spares {
		if c.blank(s.to) && !c.blank(s.from) {
			c.set(s.to, c.row.Cells[s.from], s.from < len(c.row.Numeric) && c.row.Numeric[s.from])
		}
	}
	c.count = 0
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
func (l *Lines) fillMerged(c *completion) {
	for column := range l.table.merged {
		first, ok := l.table.merged.firstRow(column, c.row.Number)
		if above := l.merged[column]; ok && above.row == first && c.blank(column) {
			c.take(column, above.text, above.numeric)
		}
	}
}
