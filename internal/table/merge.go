package table

import (
	"cmp"
	"slices"

	"padan/internal/sheet"
	"padan/normalize"
)

// mergedColumns holds, by column, the merged cells that reach over several rows
// below the header, from top to bottom.
type mergedColumns map[int][]sheet.Range

// mergedBelow picks the merged cells that stand for one value of several rows:
// as high as two rows, in the column of a household's value.
func mergedBelow(merged []sheet.Range, t *Table) mergedColumns {
	m := mergedColumns{}
	for _, column := range t.columnsOf(familyFields) {
		for _, r := range merged {
			if r.FirstColumn == column && r.LastRow > r.FirstRow && r.FirstRow > t.HeaderRow {
				m[column] = append(m[column], r)
			}
		}
		slices.SortFunc(m[column], func(a, b sheet.Range) int { return cmp.Compare(a.FirstRow, b.FirstRow) })
	}
	return m
}

// covers reports whether a merged cell of a column that begins above a row holds
// for it.
func (m mergedColumns) covers(column, row int) bool {
	_, ok := m.firstRow(column, row)
	return ok
}

// firstRow returns the row in which the text of the merged cell stands.
func (m mergedColumns) firstRow(column, row int) (int, bool) {
	ranges := m[column]
	i, found := slices.BinarySearchFunc(ranges, row, func(r sheet.Range, row int) int { return cmp.Compare(r.FirstRow, row) })
	if found || i == 0 || ranges[i-1].LastRow < row {
		return 0, false
	}
	return ranges[i-1].FirstRow, true
}

// kkMerged reports whether KK numbers are merged over their families.
func (t *Table) kkMerged() bool {
	return len(t.merged[t.Fields.Cell(normalize.FieldKK)]) > 0
}
