package table

import (
	"strings"

	"padan/normalize"
)

// split is a column whose cells hold several fields: "BUDI / 3174010101909001".
type split struct {
	column int
	fields []normalize.Field // in the order of the title
	into   []int             // the columns that take the parts
}

type splits []split

// holds reports whether a column is one of those.
func (s splits) holds(column int) bool {
	for i := range s {
		if s[i].column == column {
			return true
		}
	}
	return false
}

// personColumns returns the columns of the sheet in which name and NIK stand, -1
// for one that has none. They may be one and the same.
func (t *Table) personColumns() (name, nik int) {
	name, nik = t.Fields.Cell(normalize.FieldName), t.Fields.Cell(normalize.FieldNIK)
	for i := range t.splits {
		for k, field := range t.splits[i].fields {
			switch {
			case t.splits[i].into[k] < 0:
			case field == normalize.FieldName:
				name = t.splits[i].column
			case field == normalize.FieldNIK:
				nik = t.splits[i].column
			}
		}
	}
	return name, nik
}

// splitTitles are the titles of the parts.
var splitTitles = map[normalize.Field]string{normalize.FieldNIK: "NIK", normalize.FieldKK: "NO KK", normalize.FieldName: "NAMA"}

// splitColumns gives the parts of combined columns columns of their own, for the
// fields that have none.
func (c *chooser) splitColumns() {
	t := c.table
	for _, column := range c.header.Columns[combinedCode] {
		s := split{column: column, fields: normalize.CombinedHeader(c.header.Cells[column])}
		if t.splits.holds(column) {
			continue
		}
		for _, field := range s.fields {
			into := -1
			if _, given := c.wanted(field); !given && !has(t.cells(), field) {
				into = t.add(splitTitles[field], field, BySplit)
			}
			s.into = append(s.into, into)
		}
		t.splits = append(t.splits, s)
	}
}

// apply puts the parts of the cell into their columns.
func (s *split) apply(cells []string) {
	text := cells[s.column]
	numbers := normalize.NumbersIn(text)
	name := nameIn(text, numbers)
	next := 0
	for i, field := range s.fields {
		part := name
		if field != normalize.FieldName {
			if part = ""; next < len(numbers) {
				part = numbers[next]
			}
			next++
		}
		if s.into[i] >= 0 {
			cells[s.into[i]] = part
		}
	}
}

// nameIn returns what is left of a text without its numbers, their labels and
// the marks between the parts.
func nameIn(text string, numbers []string) string {
	for _, number := range numbers {
		text = strings.Replace(text, number, " / ", 1)
	}
	var kept []string
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("/|;\n\r\t()", r) }) {
		part = strings.Trim(part, " -:,.'\u00A0")
		if _, label := normalize.RecogniseHeader(part); part == "" || label {
			continue
		}
		kept = append(kept, part)
	}
	return strings.Join(kept, " ")
}
