package table

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// Line is a row with the part it plays. It is a person's if neither Skipped nor
// Rejected is set.
type Line struct {
	sheet.Row
	Skipped  string // reason, "" if it is not skipped
	Rejected string // reason, "" if it is not rejected
	Filled   bool   // values of its household or group were completed
}

// Lines takes the rows of a sheet one after the other. It is no goroutine's but
// its owner's.
type Lines struct {
	table     *Table
	household household
	mini      miniHeader
	filler    *filler
	nik, name int
	number    int
	mapped    int // fields with columns of the sheet
	carried   []carriedColumn
	merged    map[int]mergedText       // by column: the last text
	seen      map[normalize.Field]bool // fields that lines above the rows gave
	footer    bool
	ended     bool
	held      []Line // the last person of the rows read, to which the next row may belong
}

// carriedColumn is a column that takes values from above the rows.
type carriedColumn struct {
	field  normalize.Field
	column int
	same   []int // columns that say the same in another form: a cell of theirs comes first
}

// Lines begins to read the rows of the sheet from its first one.
func (t *Table) Lines() *Lines {
	l := &Lines{table: t, merged: map[int]mergedText{}, seen: map[normalize.Field]bool{}, number: t.Fields.Cell(normalize.FieldNumber)}
	l.household.group = t.start
	l.name, l.nik = t.personColumns()
	for _, field := range familyFields {
		if column := t.Fields.Cell(field); column >= 0 {
			l.carried = append(l.carried, carriedColumn{field, column, t.columnsOf(otherForms[field])})
		}
	}
	for i := range t.Columns {
		if c := &t.Columns[i]; c.Field != normalize.FieldNone && c.Reason != ByCarried && c.Reason != BySplit {
			l.mapped++
		}
	}
	if t.family.fill {
		l.filler = t.newFiller()
	}
	return l
}

// Read gives the rows their parts, in their order. A person's row at the end is
// held back until the next call or End, since the row below may continue it.
func (l *Lines) Read(rows []sheet.Row) []Line {
	lines := make([]Line, 0, len(rows)+len(l.held))
	lines = append(lines, l.held...)
	for i := range rows {
		c := completion{table: l.table, row: rows[i]}
		l.table.takeSpares(&c)
		l.keepMerged(&c.row)
		line := Line{}
		line.Skipped, line.Rejected = l.part(&c.row)
		switch {
		case line.Skipped == SkippedContinuation:
			if !join(lines, &c.row) {
				line.Skipped, line.Rejected = "", RejectedLone
			}
		case line.Skipped == "" && line.Rejected == "":
			l.complete(&c)
		}
		line.Row, line.Filled = c.row, c.count > 0
		lines = append(lines, line)
	}
	return l.hold(lines)
}

// hold keeps the last person back, with the rows that were joined to it.
func (l *Lines) hold(lines []Line) []Line {
	l.held = nil
	keep := len(lines)
	for keep > 0 && lines[keep-1].Skipped == SkippedContinuation {
		keep--
	}
	if keep == 0 || lines[keep-1].Skipped != "" || lines[keep-1].Rejected != "" {
		return lines
	}
	l.held = append(l.held, lines[keep-1:]...)
	return lines[:keep-1]
}

// End returns the rows that were held back.
func (l *Lines) End() []Line {
	lines := l.held
	l.held = nil
	return lines
}

// join appends the texts of a row to the cells of the person above it.
func join(lines []Line, row *sheet.Row) bool {
	at := len(lines) - 1
	for at >= 0 && lines[at].Skipped == SkippedContinuation {
		at--
	}
	if at < 0 || lines[at].Skipped != "" || lines[at].Rejected != "" {
		return false
	}
	person := &lines[at].Row
	cells := make([]string, max(len(person.Cells), len(row.Cells)))
	copy(cells, person.Cells)
	for i, text := range row.Cells {
		if text = strings.TrimSpace(text); text != "" {
			cells[i] = strings.TrimSpace(cells[i] + " " + text)
		}
	}
	person.Cells = cells
	return true
}

// part decides on one row.
func (l *Lines) part(row *sheet.Row) (skipped, rejected string) {
	t := l.table
	switch {
	case l.ended:
		return SkippedAfterEnd, ""
	case t.HashKey != "":
		return t.hashedPart(row)
	case row.Number <= t.HeaderRow:
		return l.above(row), ""
	case t.skipHidden && row.Hidden:
		return SkippedHidden, ""
	case row.Broken != "" || l.isPlainPerson(row.Cells):
		l.footer, l.mini.pending = false, false
		return "", t.reject(row)
	}
	if skipped = l.skip(row); skipped != "" {
		return skipped, ""
	}
	l.footer, l.mini.pending = false, false
	switch rejected = t.reject(row); {
	case rejected != "":
	case cellAt(row.Cells, l.name) == "" && cellAt(row.Cells, t.Fields.Cell(normalize.FieldSurname)) == "" && countDigits(cellAt(row.Cells, l.nik)) == 0:
		rejected = RejectedNobody
	case l.isLone(row.Cells):
		rejected = RejectedLone
	}
	return "", rejected
}

// isPlainPerson knows most persons at a glance: sixteen digits for the NIK, a
// name, and nothing that could make a line about a household of the row.
func (l *Lines) isPlainPerson(cells []string) bool {
	if l.mini.pending || l.nik < 0 || l.nik >= len(cells) || len(cells[l.nik]) != 16 || !isDigits(cells[l.nik]) || cellAt(cells, l.name) == "" {
		return false
	}
	first := firstText(cells)
	return strings.IndexByte(first, ':') < 0 && !strings.HasPrefix(first, endMark)
}

// above takes in what the rows above the header say of area and household.
func (l *Lines) above(row *sheet.Row) string {
	switch {
	case row.Number >= l.table.firstRow:
		return SkippedHeader
	case firstText(row.Cells) == "":
		return SkippedBlank
	}
	if found, ok := readLabels(row.Cells); ok {
		l.enter(&found)
		return SkippedTitle
	}
	if l.mini.pending {
		l.enterValues(row.Cells)
		return SkippedTitle
	}
	if columns, ok := readMiniHeader(row.Cells); ok {
		l.mini = miniHeader{columns, true}
	}
	return SkippedTitle
}
