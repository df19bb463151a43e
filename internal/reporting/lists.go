package reporting

import (
	"context"
	"iter"

	"padan/internal/store"
	"padan/match"
	"padan/report"
)

// list is a report with a row for each record, pair or case.
type list struct {
	name    string
	columns func(report.Options) []report.Column
	write   func(t report.Table) (int, error)
}

// lists returns the reports that are lists, the longest first, but for those of
// the households and of the persons.
func (w *writer) lists(ctx context.Context) []list {
	id := w.run.ID
	return []list{
		{"unmatched_central", report.UnmatchedColumns, func(t report.Table) (int, error) {
			return report.Unmatched(t, w.store.UnmatchedRecords(ctx, id, match.Central), w.format)
		}},
		{"unmatched_regional", report.UnmatchedColumns, func(t report.Table) (int, error) {
			return report.Unmatched(t, w.store.UnmatchedRecords(ctx, id, match.Regional), w.format)
		}},
		{"conflicts", report.ConflictColumns, func(t report.Table) (int, error) {
			return report.Conflicts(t, w.store.Conflicts(ctx, id), w.format)
		}},
		{"duplicates", report.DuplicateColumns, func(t report.Table) (int, error) {
			return report.Duplicates(t, w.store.Duplicates(ctx, id), w.format)
		}},
		{"rejected", report.RejectedColumns, func(t report.Table) (int, error) {
			return report.Rejected(t, rejectedRows(w.store.Rejected(ctx, w.run.ID)), w.format)
		}},
	}
}

// writeHouseholds writes the list of the households.
func (w *writer) writeHouseholds(cases iter.Seq2[match.HouseholdCase, error], file *Written) error {
	return w.writeList(&list{"households", report.HouseholdColumns, func(t report.Table) (int, error) {
		return report.Households(t, cases, w.format)
	}}, file)
}

// rejectedRows hands the rejected rows of the store to the report.
func rejectedRows(rows iter.Seq2[store.RejectedRow, error]) iter.Seq2[report.RejectedRow, error] {
	return func(yield func(report.RejectedRow, error) bool) {
		for r, err := range rows {
			row := report.RejectedRow{Side: r.Side, Source: r.Source, Sheet: r.Sheet, Row: r.Row, Reason: r.Reason, Cells: r.Cells}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
