package store

import (
	"context"
	"fmt"
	"iter"
	"sort"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// scope is what readers of a run's decisions need beside the decisions.
type scope struct {
	path      string // of the database
	catalog   *catalog
	run       Run
	offsets   map[int64]int64 // source id -> row index of its first record
	rules     map[int64]uint8
	decisions map[byte]decision
	kinds     map[string]match.ConflictKind
	layout    layout
}

// scope reads what is known of a run; ErrNoRun if there is no such run.
func (s *Store) scope(ctx context.Context, id RunID) (*scope, error) {
	sc := &scope{path: s.path, offsets: map[int64]int64{}, kinds: kindsByCode()}
	err := s.read(ctx, func(conn *sqlite.Conn) error { return sc.read(conn, id) })
	return sc, err
}

func (sc *scope) read(conn *sqlite.Conn, id RunID) (err error) {
	if sc.catalog, err = readCatalog(conn); err != nil {
		return err
	}
	runs, err := readRuns(conn, sc.catalog, "WHERE id = ?", int64(id))
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		return fmt.Errorf("run %d: %w", id, ErrNoRun)
	}
	sc.run = runs[0]
	for _, side := range bothSides {
		offset := int64(0)
		for _, source := range sc.run.Sources[side] {
			sc.catalog.byID[source.ID].Name = source.Name // as the run names it
			sc.offsets[source.ID] = offset
			offset += source.Records
		}
	}
	if sc.rules, err = readRules(conn); err != nil {
		return err
	}
	if sc.decisions, err = readDecisions(conn); err != nil {
		return err
	}
	return sqlitex.ExecuteTransient(conn, "SELECT comparisons FROM run WHERE id = ?", &sqlitex.ExecOptions{
		Args: []any{int64(id)},
		ResultFunc: func(stmt *sqlite.Stmt) error {
			if sc.layout, err = decodeLayout([]byte(stmt.ColumnText(0))); err != nil {
				return damaged(fmt.Sprintf("run %d", id), err)
			}
			return nil
		},
	})
}

// row returns the row index of a record of the run.
func (sc *scope) row(source *Source, record int64) int32 {
	return int32(sc.offsets[source.ID] + record - source.firstRecord)
}

// rowOf is row for a record whose source is not at hand.
func (sc *scope) rowOf(record int64) (match.Side, int32, error) {
	source := sc.catalog.sourceOf(record)
	if source == nil {
		return match.Central, 0, damaged(fmt.Sprintf("no source holds record %d", record), nil)
	}
	return source.Side, sc.row(source, record), nil
}

// recordAt returns the record of a row of the run.
func (sc *scope) recordAt(side match.Side, row int32) (int64, error) {
	sources := sc.run.Sources[side]
	i := sort.Search(len(sources), func(i int) bool { return sc.offsets[sources[i].ID] > int64(row) }) - 1
	if i >= 0 {
		if id := sources[i].firstRecord + int64(row) - sc.offsets[sources[i].ID]; row >= 0 && id <= sources[i].lastRecord {
			return id, nil
		}
	}
	return 0, damaged(fmt.Sprintf("run %d has no %s row %d", sc.run.ID, side, row), nil)
}

// record reads the record of a row of the run with its cells.
func (sc *scope) record(r *recordReader, side match.Side, row int32, record *match.Record) error {
	id, err := sc.recordAt(side, row)
	if err != nil {
		return err
	}
	return r.raw(id, record)
}

// evidence reads a column that holds the evidence of a pair.
func (sc *scope) evidence(stmt *sqlite.Stmt, column int) (match.Vector, match.Weights, error) {
	var buffer [evidenceSize]byte
	return sc.decode(columnBytes(stmt, column, buffer[:0]))
}

// decode reads the evidence of a pair of the run.
func (sc *scope) decode(evidence []byte) (match.Vector, match.Weights, error) {
	vector, weights, ok := sc.layout.decode(evidence)
	if !ok {
		return vector, weights, damaged(fmt.Sprintf("evidence in run %d", sc.run.ID), nil)
	}
	return vector, weights, nil
}

// exactly yields the rows of chunks one by one; see counted.
func exactly[T any](sc *scope, chunks iter.Seq2[[]T, error], want int64, what string) iter.Seq2[T, error] {
	return oneByOne(counted(sc, chunks, want, what))
}

// counted yields the chunks and, at the end, fails if they had not as many rows as
// the run counted when it was saved: the run was deleted meanwhile, or damaged.
func counted[T any](sc *scope, chunks iter.Seq2[[]T, error], want int64, what string) iter.Seq2[[]T, error] {
	return func(yield func([]T, error) bool) {
		n := int64(0)
		for rows, err := range chunks {
			n += int64(len(rows))
			if !yield(rows, err) || err != nil {
				return
			}
		}
		if n != want {
			problem := fmt.Sprintf("run %d has %d %s instead of %d: it was deleted meanwhile, or is damaged", sc.run.ID, n, what, want)
			yield(nil, &SchemaError{Path: sc.path, Problem: problem})
		}
	}
}
