package store

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"zombiezen.com/go/sqlite"

	"padan/internal/crash"
)

const (
	// packRecords is the number of outcomes in one row of outcome_pack, and of
	// small rows that are read with one statement.
	packRecords = 1024
	// pairRecords is the same for pairs with all their cells, which are some
	// kilobytes each: a chunk of them should stay in a core's cache. It is the
	// number of links in one row of link_pack, too.
	pairRecords = 256
)

// span is a range of ids of one source.
type span struct {
	source      *Source
	first, last int64
}

// recordSpans cuts the records of sources into chunks of at most packRecords, in
// order.
func recordSpans(sources []Source) []span {
	var spans []span
	for i := range sources {
		s := &sources[i]
		spans = append(spans, span{source: s, first: s.firstRecord, last: s.lastRecord}.cut(packRecords)...)
	}
	return spans
}

// cut cuts a span into parts of at most size records.
func (s span) cut(size int64) []span {
	var parts []span
	for first := s.first; first <= s.last; first += size {
		parts = append(parts, span{source: s.source, first: first, last: min(first+size-1, s.last)})
	}
	return parts
}

// chunkReader reads one chunk and appends it to rows. Each chunk has a snapshot
// of its own, so that no lock is held while a receiver works on the rows.
type chunkReader[T any] func(at span, rows []T) ([]T, error)

// opener prepares the statements of one connection.
type opener[T any] func(conn *sqlite.Conn) (chunkReader[T], error)

type chunk[T any] struct {
	rows []T
	err  error
}

// pipeline reads spans with several connections and gives the chunks in order.
type pipeline[T any] struct {
	store *Store
	spans []span
	open  opener[T]
	next  chan int        // indexes of spans to read
	slots []chan chunk[T] // slot i%len(slots) receives chunk i
	spare chan []T        // memory of chunks that are done with
}

// ordered yields the chunks of spans in order; each is valid until the next. All
// goroutines have ended when the iteration ends, however it ends.
func ordered[T any](ctx context.Context, s *Store, spans []span, open opener[T]) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		p := pipeline[T]{store: s, spans: spans, open: open, spare: make(chan []T, 2*runtime.GOMAXPROCS(0))}
		p.run(ctx, func(rows []T, err error) bool {
			goOn := yield(rows, err)
			p.recycle(rows)
			return goOn
		})
	}
}

// oneByOne yields the rows of chunks one by one.
func oneByOne[T any](chunks iter.Seq2[[]T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for rows, err := range chunks {
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for i := range rows {
				if !yield(rows[i], nil) {
					return
				}
			}
		}
	}
}

// inPlace is oneByOne for rows that are large: each is valid until the next.
func inPlace[T any](chunks iter.Seq2[[]T, error]) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for rows, err := range chunks {
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range rows {
				if !yield(&rows[i], nil) {
					return
				}
			}
		}
	}
}

// recycle hands the memory of a chunk to whoever reads the next one.
func (p *pipeline[T]) recycle(rows []T) {
	select {
	case p.spare <- rows[:0]:
	default:
	}
}

func (p *pipeline[T]) run(ctx context.Context, yield func([]T, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	workers := min(runtime.GOMAXPROCS(0), len(p.spans))
	p.slots = make([]chan chunk[T], 2*workers)
	for i := range p.slots {
		p.slots[i] = make(chan chunk[T], 1)
	}
	p.next = make(chan int, len(p.slots))
	var running sync.WaitGroup
	defer func() {
		cancel()
		close(p.next)
		running.Wait()
	}()
	for range workers {
		running.Go(crash.Guarded(func() { p.work(ctx) }))
	}
	for i := range min(len(p.slots), len(p.spans)) {
		p.next <- i
	}
	for i := range p.spans {
		got := <-p.slots[i%len(p.slots)]
		if got.err == nil && ctx.Err() != nil {
			got.err = context.Cause(ctx) // cancelled while chunks read ahead were waiting
		}
		if got.err != nil {
			yield(nil, got.err)
			return
		}
		if i+len(p.slots) < len(p.spans) {
			p.next <- i + len(p.slots)
		}
		if !yield(got.rows, nil) {
			return
		}
	}
}

// work reads spans with one connection. It answers every index it takes, so
// that nobody waits in vain; a slot is free when its index is given out.
func (p *pipeline[T]) work(ctx context.Context) {
	conn, err := p.store.reader(ctx)
	var read chunkReader[T]
	if err == nil {
		defer p.store.giveBack(conn)
		err = p.store.snapshot(ctx, conn, func() (err error) {
			read, err = p.open(conn)
			return err
		})
	}
	for i := range p.next {
		var rows []T
		select {
		case rows = <-p.spare:
		default:
		}
		failed := err
		if failed == nil {
			failed = p.store.snapshot(ctx, conn, func() (err error) {
				rows, err = read(p.spans[i], rows)
				return err
			})
		}
		p.slots[i%len(p.slots)] <- chunk[T]{rows: rows, err: failed}
	}
}

// failWith yields one error.
func failWith[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}

// eachRow steps through the rows of a prepared statement that has its values
// and resets it.
func eachRow(stmt *sqlite.Stmt, row func() error) error {
	for {
		more, err := stmt.Step()
		if err != nil {
			return err
		}
		if !more {
			return stmt.Reset()
		}
		if err := row(); err != nil {
			return resetAfter(stmt, err)
		}
	}
}

// resetAfter resets a statement that is left early, and keeps the error that is
// the reason.
func resetAfter(stmt *sqlite.Stmt, reason error) error {
	if err := stmt.Reset(); err != nil {
		return err
	}
	return reason
}
