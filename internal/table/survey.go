package table

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// surveyor looks at the sheets of one book.
type surveyor struct {
	path     string
	options  Options
	finder   *finder
	evidence evidence
}

// survey makes the Table of one sheet; wanted is false for a hidden one that is
// not to be read.
func (s *surveyor) survey(ctx context.Context, sh *sheet.Sheet, wanted bool) (*Table, error) {
	t := &Table{Sheet: sh, skipHidden: s.options.SkipHiddenRows, mapping: s.options.Mapping}
	if !wanted {
		t.Excluded = SkippedHiddenSheet
		return t, nil
	}
	rows, err := sample(ctx, sh)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil && len(rows) == 0 {
		t.Excluded, t.Err = RejectedDamaged, err
		if errors.Is(err, sheet.ErrUnsupported) { // a letter or a picture beside the lists of an archive
			t.Excluded = SkippedSheet
		}
		return t, nil
	}
	if err := s.finder.find(t, rows); err != nil {
		var refused *HeaderError
		t.Err, t.Excluded = err, RejectedSheet
		if errors.As(err, &refused) && (refused.noPersons() || !below(rows, refused.Row)) {
			t.Excluded = SkippedSheet
		}
		return t, nil
	}
	if t.HashKey != "" {
		return t, nil
	}
	return t, s.complete(ctx, t, rows)
}

// below reports whether anything stands below a row.
func below(rows []sheet.Row, number int) bool {
	for i := range rows {
		if rows[i].Number > number && !sheet.IsBlank(rows[i].Cells) {
			return true
		}
	}
	return false
}

// surveyHidden looks at the hidden sheets of a book that has persons nowhere else.
func (s *surveyor) surveyHidden(ctx context.Context, plan *Plan) error {
	for i, t := range plan.Tables {
		if t.Excluded != SkippedHiddenSheet {
			continue
		}
		hidden, err := s.survey(ctx, t.Sheet, true)
		if err != nil {
			return err
		}
		plan.Tables[i] = hidden
	}
	return nil
}

// surveyCells bounds the cells of the rows looked at, for sheets of very many columns.
const surveyCells = 1 << 21

// sample reads the first rows of a sheet.
func sample(ctx context.Context, sh *sheet.Sheet) ([]sheet.Row, error) {
	var rows []sheet.Row
	cells := 0
	for batch, err := range sh.Batches(ctx, 1024) {
		if err != nil {
			return rows, err //nolint:wrapcheck // names file, sheet and row
		}
		rows = append(rows, batch...)
		for i := range batch {
			cells += len(batch[i].Cells)
		}
		if len(rows) >= surveyRows || cells >= surveyCells {
			break
		}
	}
	return rows, nil
}

// complete finds out how the rows of a table hang together, and counts what
// tells the coding of its values.
func (s *surveyor) complete(ctx context.Context, t *Table, rows []sheet.Row) error {
	s.readArea(t, rows)
	t.Fields = normalize.NewColumns(t.cells())
	if !t.Sheet.Delimited() {
		layout, err := t.Sheet.Layout(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil { // a damaged end is met again where the rows are read
			t.takeLayout(&layout)
		}
	}
	t.family = shapeOf(t, rows)
	t.mapping.shape(&t.family)
	t.carry(rows)
	t.Fields = normalize.NewColumns(t.cells())
	s.evidence.count(t, rows)
	t.warnFamilies()
	return nil
}

// cells returns the column of each field. One column may hold two fields.
func (t *Table) cells() map[normalize.Field]int {
	cells := map[normalize.Field]int{}
	for i, c := range t.Columns {
		if c.Field != normalize.FieldNone {
			cells[c.Field] = i
		}
	}
	return cells
}

// add appends a column behind those of the sheet and returns its index.
func (t *Table) add(title string, field normalize.Field, reason Reason) int {
	t.Header = append(t.Header, title)
	t.Columns = append(t.Columns, Column{Title: title, Field: field, Reason: reason})
	return len(t.Columns) - 1
}

// takeLayout keeps the merged cells that stand for several rows and tells of
// hidden columns.
func (t *Table) takeLayout(layout *sheet.Layout) {
	t.merged = mergedBelow(layout.Merged, t)
	var names []string
	for _, hidden := range layout.HiddenColumns {
		for i := hidden.FirstColumn; i <= hidden.LastColumn && i < t.width; i++ {
			names = append(names, sheet.ColumnName(i))
		}
	}
	if len(names) > 0 {
		t.warn(WarnHiddenColumns, strings.Join(names, ", "))
	}
}

// warnFamilies tells how households are written.
func (t *Table) warnFamilies() {
	switch {
	case t.family.fill:
		t.warn(WarnFamilies, string(t.family.by))
	case t.family.unclear > 0:
		t.warn(WarnFamilyUnclear, strconv.Itoa(t.family.unclear))
	}
}
