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
	cells     map[normalize.Field]int
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

type carriedColumn struct {
	field  normalize.Field
	column int
	own    bool // a column of the sheet, whose cells come first
}

// Lines begins to read the rows of the sheet from its first one.
func (t *Table) Lines() *Lines {
	l := &Lines{table: t, cells: t.cells(), merged: map[int]mergedText{}, seen: map[normalize.Field]bool{}, nik: -1, number: -1}
	l.household.group = t.start
	if column, ok := l.cells[normalize.FieldNIK]; ok {
		l.nik = column
	}
	if column, ok := l.cells[normalize.FieldNumber]; ok {
		l.number = column
	}
	l.name = l.cells[normalize.FieldName]
	for _, field := range familyFields {
		column, ok := l.cells[field]
		if !ok {
			continue
		}
		_, virtual := t.carried[field]
		l.carried = append(l.carried, carriedColumn{field, column, !virtual})
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
	case cellAt(row.Cells, l.name) == "" && countDigits(cellAt(row.Cells, l.nik)) == 0 && len(t.splits) == 0:
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

// skip returns the reason for which a row below the header is no person's, ""
// if it may be one.
func (l *Lines) skip(row *sheet.Row) string {
	t, cells := l.table, row.Cells
	first := firstText(cells)
	switch {
	case first == "":
		return l.blank()
	case sheet.IsNumbering(cells), strings.EqualFold(first, "KOLOM"):
		return SkippedNumbering
	case t.isHeader(cells):
		l.footer = false
		return SkippedRepeated
	case strings.HasPrefix(first, endMark):
		l.ended = true
		return SkippedAfterEnd
	case t.isTotal(cells, first):
		l.endHousehold()
		return SkippedTotal
	}
	return l.between(row)
}

// blank ends a household whose members are only told by blank cells.
func (l *Lines) blank() string {
	if l.table.family.by == EndBlank {
		l.endHousehold()
	}
	return SkippedBlank
}

func (l *Lines) endHousehold() {
	if l.filler != nil && l.table.family.by != EndMerged {
		l.filler.end()
	}
}

// isTitle reports a title of the sheet that comes again on a new page.
func (l *Lines) isTitle(cells []string) bool {
	return len(l.table.titles) > 0 && l.table.titles[foldTitle(strings.Join(cells, " "))] && !l.hasPerson(cells, nil)
}

// between recognises the lines that stand between persons.
func (l *Lines) between(row *sheet.Row) string {
	cells := row.Cells
	if found, ok := readLabels(cells); ok && !l.hasPerson(cells, found.used) {
		l.enter(&found)
		l.footer = false
		return l.kindOf(&found)
	}
	if l.isFamilyRow(cells) {
		l.enterValues(cells)
		return SkippedFamily
	}
	if columns, ok := readMiniHeader(cells); ok {
		l.mini = miniHeader{columns, true}
		l.footer = false
		return SkippedFamily
	}
	if group, ok := groupOf(cells); ok {
		l.enterGroup(&group)
		return SkippedGroup
	}
	if l.isTitle(cells) {
		l.footer = false
		return SkippedTitle
	}
	if footerIn(cells, l.name) && !l.hasPerson(cells, nil) || l.footer && l.isSparse(cells) {
		l.footer = true
		l.endHousehold()
		return SkippedFooter
	}
	if l.continuesAbove(cells) {
		return SkippedContinuation
	}
	return ""
}

func (l *Lines) kindOf(found *labels) string {
	if found.family || l.household.open {
		return SkippedFamily
	}
	return SkippedGroup
}

// hasPerson reports whether a row has a number for the NIK, or a name with
// anything beside it, in the cells that were not used for something else.
func (l *Lines) hasPerson(cells []string, used []bool) bool {
	free := func(i int) string {
		if i >= 0 && i < len(used) && used[i] {
			return ""
		}
		return cellAt(cells, i)
	}
	if countDigits(free(l.nik)) >= 10 {
		return true
	}
	if name := free(l.name); !isName(name) || isFooterMark(name) {
		return false
	}
	if used != nil {
		return true
	}
	filled := 0
	for i := range cells {
		if free(i) != "" {
			filled++
		}
	}
	return filled >= 2
}

// enter takes in a row of labels.
func (l *Lines) enter(found *labels) {
	if found.family || l.household.open && !l.household.persons {
		l.enterFamily(&found.values)
		return
	}
	l.enterGroup(&found.values)
}

func (l *Lines) enterFamily(values *carriedValues) {
	l.household.enterFamily(values)
	l.note(values)
	l.mini.pending = false
}

func (l *Lines) enterGroup(values *carriedValues) {
	l.household.enterGroup(values)
	l.note(values)
	l.endHousehold()
}

// enterValues takes in the row of values under a mini header.
func (l *Lines) enterValues(cells []string) {
	values := l.mini.values(cells)
	l.household.persons = l.household.persons || l.household.open
	l.enterFamily(&values)
}

func (l *Lines) note(values *carriedValues) {
	for _, field := range familyFields {
		l.seen[field] = l.seen[field] || values[field] != ""
	}
}

// isFamilyRow reports a row of values under a mini header: the next row below
// it, or a later one with a KK number where no member has one and no NIK.
func (l *Lines) isFamilyRow(cells []string) bool {
	column, ok := l.mini.columns[normalize.FieldKK]
	if !ok {
		return false
	}
	if l.mini.pending {
		return true
	}
	return column != l.nik && column != l.cellOf(normalize.FieldKK) && countDigits(cellAt(cells, column)) >= 13 && countDigits(cellAt(cells, l.nik)) < 10
}

func (l *Lines) cellOf(field normalize.Field) int {
	if column, ok := l.cells[field]; ok {
		return column
	}
	return -1
}

// isSparse reports a row that says too little to be a person's.
func (l *Lines) isSparse(cells []string) bool {
	return countDigits(cellAt(cells, l.nik)) < 10 && l.filled(cells) < 3
}

// filled counts the mapped cells of a row that are not blank.
func (l *Lines) filled(cells []string) int {
	n := 0
	for i := range l.table.Columns {
		if l.table.Columns[i].Field != normalize.FieldNone && cellAt(cells, i) != "" {
			n++
		}
	}
	return n
}

// isLone reports a single text in a table of many columns.
func (l *Lines) isLone(cells []string) bool {
	if l.mapped < 4 {
		return false
	}
	filled := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			filled++
		}
	}
	return filled == 1 && countDigits(cellAt(cells, l.nik)) < 10
}
