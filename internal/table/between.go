package table

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

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
	return column != l.nik && column != l.table.Fields.Cell(normalize.FieldKK) && countDigits(cellAt(cells, column)) >= 13 && countDigits(cellAt(cells, l.nik)) < 10
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
