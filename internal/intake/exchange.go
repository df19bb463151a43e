package intake

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"padan/internal/hashid"
	"padan/internal/store"
	"padan/internal/table"
	"padan/normalize"
)

// Exchanged counts what became of a list that was hashed.
type Exchanged struct {
	SHA256   string // of the file, in hexadecimal
	Rows     int64
	Records  int64
	Rejected int64
	Skipped  map[string]int64 // by reason
	Issues   map[string]int64 // by field and code
	Warnings []string
}

// exchange writes the rows of one list.
type exchange struct {
	drop    []normalize.Field
	columns []int // of normalize.ExchangeTitles, that are written
	all     []string
	cells   []string
	write   func(cells []string) error
	done    Exchanged
}

// Exchange reads a file as Load does, hashes its numbers with Options.HashKey,
// leaves fields out (see hashid.Droppable) and hands its titles and then the cells
// of each person's row to write, which keeps none of them. What was written counts
// only if there is no error: that the file changed is seen at its end. The errors are
// those of Load for what is wrong with the file, and those of write.
func Exchange(ctx context.Context, path string, o Options, drop []normalize.Field, write func(cells []string) error) (done Exchanged, err error) {
	book, err := o.open(path)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	call(o.opened)
	file, err := takeFingerprint(ctx, book, path)
	call(o.hashed)
	if err != nil {
		return done, err
	}
	plan, err := table.Survey(ctx, book, o.nameOf(path), o.Options)
	if err != nil {
		return done, file.blame(ctx, err)
	}
	x := exchange{drop: drop, write: write, done: Exchanged{SHA256: file.sha256, Skipped: map[string]int64{}, Issues: map[string]int64{}}}
	x.choose()
	if err := x.put(normalize.ExchangeTitles(o.HashKey.Name())); err != nil {
		return done, err
	}
	for batch, err := range verified(ctx, newPipeline(plan, &o).batches(ctx), file) {
		if err == nil {
			err = x.add(&batch)
		}
		if err != nil {
			return x.done, err
		}
	}
	return x.done, nil
}

// choose leaves out the columns of what is dropped.
func (x *exchange) choose() {
	dropped := hashid.Dropped(x.drop)
	for i, f := range normalize.ExchangeFields() {
		if f == normalize.FieldNone || !slices.Contains(dropped, f) {
			x.columns = append(x.columns, i)
		}
	}
}

// put writes the chosen cells of a row.
func (x *exchange) put(all []string) error {
	x.cells = x.cells[:0]
	for _, i := range x.columns {
		x.cells = append(x.cells, all[i])
	}
	return x.write(x.cells)
}

func (x *exchange) add(batch *store.Batch) error {
	sum(x.done.Issues, batch.Issues)
	x.done.Warnings = append(x.done.Warnings, batch.Warnings...)
	for i := range batch.Entries {
		if err := x.addEntry(&batch.Entries[i]); err != nil {
			return err
		}
	}
	return nil
}

func (x *exchange) addEntry(entry *store.Entry) error {
	x.done.Rows++
	switch entry.Kind {
	case store.EntryRejected:
		x.done.Rejected++
		return nil
	case store.EntrySkipped:
		x.done.Skipped[entry.Reason]++
		return nil
	case store.EntryRecord:
	}
	x.done.Records++
	person, err := normalize.DecodePerson(string(entry.Person))
	if err != nil {
		return fmt.Errorf("row %d: %w", entry.Row, err)
	}
	hashid.Drop(&person, x.drop)
	x.all = person.AppendExchange(x.all[:0])
	return x.put(x.all)
}
