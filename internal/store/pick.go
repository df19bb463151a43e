package store

import (
	"context"
	"fmt"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// Picker reads chosen records, links, conflicts and duplicates of one run with
// their cells, in whatever order they are wanted. What is chosen is told by a
// number of items and a function that names each of them; the function may be
// called from several goroutines, and so may the methods.
type Picker struct {
	store *Store
	scope *scope
}

// Picker returns the picker of a run; ErrNoRun if there is no such run.
func (s *Store) Picker(ctx context.Context, id RunID) (*Picker, error) {
	sc, err := s.scope(ctx, id)
	return &Picker{store: s, scope: sc}, err
}

// Links yields links with their records.
func (p *Picker) Links(ctx context.Context, n int, link func(i int) match.Link) iter.Seq2[match.LinkedPair, error] {
	return picked(ctx, p.store, n, func(conn *sqlite.Conn) (func(int, *match.LinkedPair) error, error) {
		r, err := p.scope.catalog.newRecordReader(conn)
		return func(i int, pair *match.LinkedPair) error {
			pair.Link = link(i)
			if err := p.scope.record(r, match.Central, pair.Link.Central, &pair.Central); err != nil {
				return err
			}
			return p.scope.record(r, match.Regional, pair.Link.Regional, &pair.Regional)
		}, err
	})
}

// Records yields records of a side by their rows in the run.
func (p *Picker) Records(ctx context.Context, side match.Side, n int, row func(i int) int32) iter.Seq2[match.Record, error] {
	return picked(ctx, p.store, n, func(conn *sqlite.Conn) (func(int, *match.Record) error, error) {
		r, err := p.scope.catalog.newRecordReader(conn)
		return func(i int, record *match.Record) error { return p.scope.record(r, side, row(i), record) }, err
	})
}

// Conflicts yields conflicts by their positions in the run.
func (p *Picker) Conflicts(ctx context.Context, n int, position func(i int) int64) iter.Seq2[match.ConflictCase, error] {
	return picked(ctx, p.store, n, func(conn *sqlite.Conn) (func(int, *match.ConflictCase) error, error) {
		read, err := p.scope.openConflicts(conn)
		var found []match.ConflictCase
		return func(i int, c *match.ConflictCase) (err error) {
			at := position(i)
			if found, err = read(span{first: at, last: at}, found[:0]); err != nil {
				return err
			}
			if len(found) != 1 {
				return damaged(fmt.Sprintf("no conflict %d in run %d", at, p.scope.run.ID), nil)
			}
			*c = found[0]
			return nil
		}, err
	})
}

// Duplicates yields the records set aside of a side, by their rows in the run,
// beside those that stand for them.
func (p *Picker) Duplicates(ctx context.Context, side match.Side, n int, row func(i int) int32) iter.Seq2[match.DuplicatePair, error] {
	return picked(ctx, p.store, n, func(conn *sqlite.Conn) (func(int, *match.DuplicatePair) error, error) {
		read, err := p.scope.openDuplicates(conn)
		var found []match.DuplicatePair
		return func(i int, pair *match.DuplicatePair) error {
			id, err := p.scope.recordAt(side, row(i))
			if err != nil {
				return err
			}
			if found, err = read(span{first: id, last: id}, found[:0]); err != nil {
				return err
			}
			if len(found) != 1 {
				return damaged(fmt.Sprintf("record %d is no duplicate in run %d", id, p.scope.run.ID), nil)
			}
			*pair = found[0]
			return nil
		}, err
	})
}

// picked yields n items, each read by what open returns for a connection.
func picked[T any](ctx context.Context, s *Store, n int, open func(*sqlite.Conn) (func(i int, item *T) error, error)) iter.Seq2[T, error] {
	var spans []span
	for first := 0; first < n; first += pairRecords {
		spans = append(spans, span{first: int64(first), last: int64(min(first+pairRecords, n) - 1)})
	}
	return oneByOne(ordered(ctx, s, spans, func(conn *sqlite.Conn) (chunkReader[T], error) {
		read, err := open(conn)
		if err != nil {
			return nil, err
		}
		return func(at span, items []T) ([]T, error) {
			for i := at.first; i <= at.last; i++ {
				var item T
				if err := read(int(i), &item); err != nil {
					return items, err
				}
				items = append(items, item)
			}
			return items, nil
		}, nil
	}))
}
