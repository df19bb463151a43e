package intake

import (
	"context"
	"errors"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
)

// Inspection is what loading a file would do, and how good its values are.
type Inspection struct {
	Name     string
	Kind     sheet.Kind
	Rows     int64
	Persons  int64
	Rejected map[string]int64 // by reason
	Skipped  map[string]int64 // by reason
	Issues   map[string]int64 // by field and code
	Sheets   []SheetInspection
}

// SheetInspection is what was found in one sheet.
type SheetInspection struct {
	Table    *table.Table
	Rows     int64
	Persons  int64
	Rejected map[string]int64
	Skipped  map[string]int64
	Columns  []ColumnInspection // one for each of Table.Columns
	Warnings []string           // each a code, a colon and what it speaks of
}

// ColumnInspection is the quality of one column over all persons of its sheet.
type ColumnInspection struct {
	Filled   int64
	Valid    int64    // that were understood; for a column without a field, the same as Filled
	Distinct int64    // different texts
	Samples  []string // of three persons, masked
}

// Inspect reads a file as Load does and keeps nothing. Its errors are those of
// Load for what is wrong with the file.
func Inspect(ctx context.Context, path string, o Options) (found *Inspection, err error) {
	book, err := o.open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	plan, err := o.survey(ctx, book, path)
	if err != nil {
		return nil, err
	}
	found = &Inspection{
		Name: o.nameOf(path), Kind: book.Kind(),
		Rejected: map[string]int64{}, Skipped: map[string]int64{}, Issues: map[string]int64{},
	}
	o.HashKey = nil // values are shown as they stand
	p := newPipeline(plan, &o)
	tallies := map[*store.Sheet]*tally{}
	for _, part := range p.parts {
		tallies[part.sheet] = newTally(part)
	}
	for batch, err := range p.batches(ctx) {
		if err != nil {
			return nil, err
		}
		t := tallies[batch.Sheet]
		if err := t.add(batch.Entries); err != nil {
			return nil, err
		}
		t.found.Warnings = append(t.found.Warnings, batch.Warnings...)
		sum(found.Issues, batch.Issues)
	}
	if err := book.Failure(); err != nil {
		return nil, err //nolint:wrapcheck // says file and hint
	}
	for _, part := range p.parts {
		s := tallies[part.sheet].result()
		found.Rows += s.Rows
		found.Persons += s.Persons
		sum(found.Rejected, s.Rejected)
		sum(found.Skipped, s.Skipped)
		found.Sheets = append(found.Sheets, s)
	}
	return found, nil
}

func sum(into, counts map[string]int64) {
	for reason, n := range counts {
		into[reason] += n
	}
}
