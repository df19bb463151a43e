package intake

import (
	"context"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
	"padan/normalize"
)

// hash makes the part one of an exchange list, whatever its sheet is.
func (p *part) hash(key string) {
	if !p.table.Readable() || p.table.HashKey != "" {
		p.hashed = !p.table.Readable()
		return
	}
	p.hashed = true
	p.sheet.Header, p.sheet.Columns = normalize.ExchangeTitles(key), normalize.ExchangeColumns()
}

// kept hashes a person's numbers where they are to be, and returns the cells of the
// row that are kept: those of an exchange list then, without the neighbourhoods,
// which the person has.
func (w *worker) kept(line *table.Line, person *normalize.Person) []string {
	switch near := w.part.table.Options.Near; {
	case w.part.hashed && w.hasher != nil:
		w.hasher.Person(person)
		w.cells = person.AppendExchange(w.cells[:0])
		return withoutCells(w.cells, normalize.ExchangeNear())
	case w.part.table.HashKey != "":
		w.cells = append(w.cells[:0], line.Cells...)
		return withoutCells(w.cells, near)
	}
	return line.Cells
}

// withoutCells empties the cells of the neighbourhoods.
func withoutCells(cells []string, near normalize.Near) []string {
	for _, number := range [...]int{near.NIK, near.KK} {
		if number > 0 && number <= len(cells) {
			cells[number-1] = ""
		}
	}
	return cells
}

// keptLists is what the lists in use of a database are.
type keptLists struct{ keys []string }

// kept looks at the lists of the database and refuses what is known to be of
// another kind before a file is read.
func (o *Options) kept(ctx context.Context, s *store.Store, path string) (keptLists, error) {
	keys, err := s.HashKeys(ctx, o.Replaces...)
	if err != nil {
		return keptLists{}, err
	}
	kept := keptLists{keys}
	switch {
	case o.HashKey != nil:
		return kept, kept.check(o.HashKey.Name(), o.nameOf(path))
	case !o.Hashed.Any:
		return kept, kept.check("", o.nameOf(path))
	}
	return kept, nil
}

// admit refuses a book of another kind of numbers.
func (k keptLists) admit(plan *table.Plan, o *Options, path string) error {
	for _, t := range plan.Tables {
		if !t.Readable() || t.HashKey == "" {
			continue
		}
		if err := k.check(t.HashKey, o.nameOf(path)); err != nil {
			return err
		}
	}
	return nil
}

func (k keptLists) check(key, path string) error {
	for _, other := range k.keys {
		if other != key {
			return &sheet.Error{Path: path, Err: ErrMixed}
		}
	}
	return nil
}
