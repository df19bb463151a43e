package reporting

import (
	"context"
	"iter"

	"padan/internal/crash"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"golang.org/x/sync/errgroup"
)

// list is a report with a row for each record, pair or case, or for some of them.
type list[T any] struct {
	name    string
	columns func(report.Options) []report.Column
	write   func(t report.Table, items iter.Seq2[*T, error]) (int, error)
}

// consumer goes through items that are read once for several.
type consumer[T any] = func(items iter.Seq2[*T, error]) error

// consumers announces the list in all formats and returns what writes each.
func (l list[T]) consumers(w *writer) []consumer[T] {
	var consumers []consumer[T]
	for _, file := range w.files(l.name) {
		consumers = append(consumers, func(items iter.Seq2[*T, error]) error {
			return w.writeList(l.name, l.columns, file, func(t report.Table) (int, error) { return l.write(t, items) })
		})
	}
	return consumers
}

// startLists writes the lists but for those of the households and of the persons,
// the longest first.
func (w *writer) startLists(ctx context.Context, group *errgroup.Group) {
	id := w.run.ID
	startList(w, group, w.store.Conflicts(ctx, id), list[match.ConflictCase]{"conflicts", report.ConflictColumns, oneByOne(w, report.Conflicts)})
	startList(w, group, w.store.Duplicates(ctx, id), list[match.DuplicatePair]{"duplicates", report.DuplicateColumns, oneByOne(w, report.Duplicates)})
	startList(w, group, rejectedRows(w.store.Rejected(ctx, id)), list[report.RejectedRow]{"rejected", report.RejectedColumns, oneByOne(w, report.Rejected)})
}

// startList writes a list of items in all formats while they are read once.
func startList[T any](w *writer, group *errgroup.Group, items iter.Seq2[T, error], l list[T]) {
	consumers := l.consumers(w)
	group.Go(crash.GuardedError(func() error { return broadcast(inBatches(items), consumers) }))
}

// oneByOne makes the write of a list of what takes copies of its items.
func oneByOne[T any](w *writer, write func(report.Table, iter.Seq2[T, error], report.Options) (int, error)) func(report.Table, iter.Seq2[*T, error]) (int, error) {
	return func(t report.Table, items iter.Seq2[*T, error]) (int, error) {
		return write(t, values(items), w.format)
	}
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
