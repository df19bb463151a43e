package intake

import (
	"context"
	"errors"
	"iter"
	"sync"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/normalize"
)

// batchRows is the number of rows that are handed over together.
const batchRows = 1024

// pipeline carries the rows of a book from the reader to the workers and, in
// the order of the file, to the one who inserts them:
//
//	read ──work──▶ worker 1..N ──done──▶ batches
//	  └────────────order────────────────────┘
type pipeline struct {
	path    string
	book    *sheet.Book
	options Options
	finder  *headerFinder
}

// job is one batch on its way. done is closed when entries and issues are filled.
type job struct {
	table    *table
	rows     []sheet.Row
	above    int // the first rows are above the header or part of it
	titles   int // of these, the ones before the header
	foreign  bool
	warnings []string
	err      error // ends the sequence

	done    chan struct{}
	entries []store.Entry
	issues  map[string]int64
	buffer  []byte // holds the bytes of entries
}

// batches yields the rows of all sheets. All goroutines have ended when the
// iteration ends, however it ends.
func (p *pipeline) batches(ctx context.Context) iter.Seq2[store.Batch, error] {
	return func(yield func(store.Batch, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		depth := 2*p.options.Workers + 2
		work, order := make(chan *job, depth), make(chan *job, depth)
		spare := make(chan *job, depth+p.options.Workers+1)
		for range p.options.Workers {
			running.Go(func() {
				var w worker
				for j := range work {
					w.fill(j)
					close(j.done)
				}
			})
		}
		running.Go(func() {
			defer close(work)
			defer close(order)
			r := reader{pipeline: p, work: work, order: order, spare: spare}
			r.readBook(ctx)
		})
		p.deliver(ctx, order, spare, yield)
	}
}

// deliver yields the jobs in their order and gives their memory back. A cancelled
// context ends the sequence with its cause, so that a part is never taken for
// the whole.
func (p *pipeline) deliver(ctx context.Context, order <-chan *job, spare chan<- *job, yield func(store.Batch, error) bool) {
	rows := int64(0)
	for j := range order {
		if j.err != nil {
			yield(store.Batch{}, j.err)
			return
		}
		<-j.done
		if !yield(store.Batch{Sheet: j.table.sheet, Entries: j.entries, Issues: j.issues, Warnings: j.warnings}, nil) {
			return
		}
		rows += int64(len(j.rows))
		if p.options.OnProgress != nil {
			p.options.OnProgress(rows)
		}
		select {
		case spare <- j:
		default:
		}
	}
	if ctx.Err() != nil {
		yield(store.Batch{}, context.Cause(ctx))
	}
}

// reader reads the sheets of a book one after the other and cuts them into jobs.
type reader struct {
	*pipeline
	work, order chan<- *job
	spare       <-chan *job
	refused     error // why the first sheet without persons has none
	loaded      bool  // some sheet has a table of persons
}

// readBook sends all rows, and an error if no sheet holds persons.
func (r *reader) readBook(ctx context.Context) {
	for _, s := range r.book.Sheets() {
		if err := r.readSheet(ctx, s); err != nil {
			r.fail(ctx, err)
			return
		}
	}
	switch {
	case r.loaded:
	case r.refused != nil:
		r.fail(ctx, r.refused)
	default:
		r.fail(ctx, &sheet.Error{Path: r.path, Err: sheet.ErrEmpty})
	}
}

// fail ends the sequence with an error.
func (r *reader) fail(ctx context.Context, err error) {
	select {
	case r.order <- &job{err: err}:
	case <-ctx.Done():
	}
}

// send hands a job to the workers and puts it in line; false after cancellation.
func (r *reader) send(ctx context.Context, j *job) bool {
	for _, to := range []chan<- *job{r.work, r.order} {
		select {
		case to <- j:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// readSheet reads one sheet. Its header must stand in the first batch.
func (r *reader) readSheet(ctx context.Context, s *sheet.Sheet) error {
	var t *table
	foreign := false
	for rows, err := range s.Batches(ctx, batchRows) {
		if err != nil {
			return err
		}
		j := r.newJob(rows)
		if t == nil {
			if t, err = r.begin(s, j); err != nil {
				return err
			}
			foreign = j.foreign
		}
		j.table, j.foreign = t, foreign
		if !r.send(ctx, j) {
			return context.Cause(ctx)
		}
	}
	return nil
}

// begin finds the table in the first batch of a sheet. A sheet of a workbook
// that is no list of persons is passed over with a warning, as long as another
// one has persons.
func (r *reader) begin(s *sheet.Sheet, j *job) (*table, error) {
	t, last, warnings, err := r.finder.find(s, j.rows)
	var refused *HeaderError
	if errors.As(err, &refused) && refused.noPersons() {
		if r.refused == nil {
			r.refused = err
		}
		j.foreign = true
		j.warnings = []string{warning(WarnSheetSkipped, s.Name())}
		return &table{sheet: &store.Sheet{Name: s.Name()}}, nil
	}
	if err != nil {
		return nil, err
	}
	r.loaded = true
	j.above, j.titles, j.warnings = last+1, t.first, warnings
	if s.Hidden() {
		j.warnings = append(j.warnings, warning(WarnSheetHidden, s.Name()))
	}
	t.text = s.Delimited()
	t.options = normalize.Options{AsOf: r.options.AsOf, MonthFirst: r.options.MonthFirst, Defaults: r.options.Defaults}
	if area := titleArea(j.rows[:t.first]); area != (normalize.Area{}) {
		t.options.Defaults = area
	}
	return t, nil
}

// newJob takes over the memory of a job that is done, if there is one.
func (r *reader) newJob(rows []sheet.Row) *job {
	j := &job{rows: rows, done: make(chan struct{})}
	select {
	case old := <-r.spare:
		j.entries, j.buffer = old.entries[:0], old.buffer[:0]
	default:
	}
	return j
}
