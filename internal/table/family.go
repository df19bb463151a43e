package table

import (
	"padan/internal/sheet"
	"padan/normalize"
)

// familyShape tells whether household values stand only in the first row of each
// household, and by what a household ends (DOMAIN 3).
type familyShape struct {
	fill    bool
	by      FamilyEnd
	unclear int // rows without household values of which nothing tells whose they are
}

// FamilyEnd is what tells the first member of a household from the next ones.
type FamilyEnd string

// The ends, the surest first.
const (
	EndMerged   FamilyEnd = "merged_cells" // the cell of the KK number reaches over its members
	EndRelation FamilyEnd = "relation"     // the first member is the head
	EndNumber   FamilyEnd = "number"       // only the first member has a running number
	EndBlank    FamilyEnd = "blank_cells"  // only the first member has any household value
)

// familyCount counts the rows of persons by what they have of a household.
type familyCount struct {
	first    int    // with a KK number
	repeats  int    // with that of the row above
	blank    int    // without any household value
	heads    int    // of first, with the relation of a head
	members  int    // of blank, with another relation
	alone    int    // of blank, with the relation of a head
	numbered [2]int // of first and of blank, with a running number
	persons  int

	withNumber int // of persons
	partly     int // of persons, with some household values and without others

}

// householdFields are those of familyFields that a member's row leaves blank
// together with the KK number.
var householdFields = []normalize.Field{
	normalize.FieldAddress, normalize.FieldRT, normalize.FieldRW, normalize.FieldRTRW, normalize.FieldHead,
}

// householdColumns returns the columns whose values members of a household share.
func (t *Table) householdColumns() (kk int, others []int) {
	return t.Fields.Cell(normalize.FieldKK), t.columnsOf(householdFields)
}

func allBlank(cells []string, columns []int) bool {
	for _, i := range columns {
		if cellAt(cells, i) != "" {
			return false
		}
	}
	return true
}

// shapeOf decides for a sheet by its first rows. A list in which neighbours
// repeat the KK number does not leave it out for the sake of brevity.
func shapeOf(t *Table, rows []sheet.Row) familyShape {
	kk, others := t.householdColumns()
	n := t.countFamilies(rows, kk, others)
	t.numbered = n.persons >= fewest && n.withNumber*20 >= n.persons*19
	if n.first == 0 || n.blank == 0 || n.repeats*10 > n.blank {
		return familyShape{}
	}
	hasRelation, hasNumber := t.Fields.Has(normalize.FieldRelation), t.Fields.Has(normalize.FieldNumber)
	switch {
	case t.kkMerged():
		return familyShape{fill: true, by: EndMerged}
	case hasRelation && n.blank*4 >= n.persons && n.members*10 >= (n.blank-n.alone)*8 && n.members > 0 && n.heads*5 >= n.first && n.heads*n.blank > 2*n.alone*n.first:
		return familyShape{fill: true, by: EndRelation}
	case hasNumber && n.blank*4 >= n.persons && n.numbered[1]*2 < n.blank && n.numbered[0]*20 >= n.first*19:
		return familyShape{fill: true, by: EndNumber}
	case len(others) > 0 && !hasRelation && n.blank >= fewest && n.blank*10 >= n.persons && n.partly*3 <= n.blank && n.partly*20 <= n.persons:
		return familyShape{fill: true, by: EndBlank}
	}
	return familyShape{unclear: n.blank}
}

func (t *Table) countFamilies(rows []sheet.Row, kk int, others []int) (n familyCount) {
	relation, number := t.Fields.Cell(normalize.FieldRelation), t.Fields.Cell(normalize.FieldNumber)
	name, nik := t.personColumns()
	above := ""
	for i := range rows {
		row := rows[i].Cells
		if rows[i].Number <= t.HeaderRow || !isPersonRow(row, name, nik) {
			continue
		}
		n.persons++
		if cellAt(row, number) != "" {
			n.withNumber++
		}
		value, which := cellAt(row, kk), 0
		switch {
		case value != "":
			n.first++
			if len(others) > 0 && allBlank(row, others) {
				n.partly++
			}
			if value == above {
				n.repeats++
			}
			above = value
		case allBlank(row, others):
			n.blank++
			which = 1
		default:
			n.partly++
			above = ""
			continue
		}
		if cellAt(row, number) != "" {
			n.numbered[which]++
		}
		if relation < 0 {
			continue
		}
		switch isHead := normalize.ReadRelation(cellAt(row, relation), false) == normalize.RelationHead; {
		case which == 0 && isHead:
			n.heads++
		case which == 1 && isHead:
			n.alone++
		case which == 1 && cellAt(row, relation) != "":
			n.members++
		}
	}
	return n
}

// isPersonRow reports whether a row has a name and either a number for its NIK
// or two more cells.
func isPersonRow(row []string, name, nik int) bool {
	if !isName(cellAt(row, name)) {
		return false
	}
	if countDigits(cellAt(row, nik)) >= 10 {
		return true
	}
	filled := 0
	for i := range row {
		if cellAt(row, i) != "" {
			filled++
		}
	}
	return filled >= 3
}

// filler completes the rows of members with what stands in the first row of
// their household.
type filler struct {
	table    *Table
	kk       int
	others   []int
	relation int
	number   int
	columns  []int    // household columns, all kinds
	first    []string // their values in the household's first row; nil outside
	numeric  []bool
}

func (t *Table) newFiller() *filler {
	f := &filler{
		table: t, columns: t.columnsOf(familyFields),
		relation: t.Fields.Cell(normalize.FieldRelation), number: t.Fields.Cell(normalize.FieldNumber),
	}
	f.kk, f.others = t.householdColumns()
	return f
}

// end forgets the household, as a line between the rows does.
func (f *filler) end() { f.first = nil }

// continues reports whether a row belongs to the household above it.
func (f *filler) continues(row *sheet.Row) bool {
	cells := row.Cells
	if cellAt(cells, f.kk) != "" || f.first == nil {
		return false
	}
	switch f.table.family.by {
	case EndMerged:
		return f.table.merged.covers(f.kk, row.Number)
	case EndRelation:
		relation := cellAt(cells, f.relation)
		if relation == "" {
			return f.number >= 0 && !f.table.numbered && cellAt(cells, f.number) == ""
		}
		return normalize.ReadRelation(relation, false) != normalize.RelationHead
	case EndNumber:
		return cellAt(cells, f.number) == ""
	case EndBlank:
		return allBlank(cells, f.others)
	}
	return false
}

// fill completes a person's row.
func (f *filler) fill(c *completion) {
	if !f.continues(&c.row) {
		f.begin(&c.row)
		return
	}
	for k, i := range f.columns {
		if f.first[k] != "" && c.blank(i) {
			c.take(i, f.first[k], f.numeric[k])
		}
	}
}

// begin keeps what the first row of a household says.
func (f *filler) begin(row *sheet.Row) {
	f.first = make([]string, len(f.columns))
	f.numeric = make([]bool, len(f.columns))
	for k, i := range f.columns {
		f.first[k] = cellAt(row.Cells, i)
		f.numeric[k] = i < len(row.Numeric) && row.Numeric[i]
	}
}
