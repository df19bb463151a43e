package store

import (
	"context"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// Duplicates yields the duplicates of a run, central ones first, each side in
// canonical order.
func (s *Store) Duplicates(ctx context.Context, id RunID) iter.Seq2[match.DuplicatePair, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[match.DuplicatePair](err)
	}
	spans := append(recordSpans(sc.run.Sources[match.Central]), recordSpans(sc.run.Sources[match.Regional])...)
	total := sc.run.Totals[match.Central].Duplicate + sc.run.Totals[match.Regional].Duplicate
	return exactly(sc, ordered(ctx, s, spans, sc.openDuplicates), total, "duplicates")
}

func (sc *scope) openDuplicates(conn *sqlite.Conn) (chunkReader[match.DuplicatePair], error) {
	stmt, err := conn.Prepare("SELECT id, of_record, kind, weight, evidence FROM duplicate WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	r, err := sc.catalog.newRecordReader(conn)
	if err != nil {
		return nil, err
	}
	return func(at span, pairs []match.DuplicatePair) ([]match.DuplicatePair, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		err := eachRow(stmt, func() error {
			pair, err := sc.duplicate(stmt, r)
			pairs = append(pairs, pair)
			return err
		})
		return pairs, err
	}, nil
}

func (sc *scope) duplicate(stmt *sqlite.Stmt, r *recordReader) (pair match.DuplicatePair, err error) {
	pair.Kind, pair.Weight = sc.kinds[stmt.ColumnText(2)], stmt.ColumnFloat(3)
	if pair.Vector, _, err = sc.evidence(stmt, 4); err != nil {
		return pair, err
	}
	if err := r.raw(stmt.ColumnInt64(0)&keyMask, &pair.Duplicate); err != nil {
		return pair, err
	}
	return pair, r.raw(stmt.ColumnInt64(1), &pair.Of)
}

// DuplicateOf returns the pair in which a record is set aside; false if it is
// not a duplicate.
func (s *Store) DuplicateOf(ctx context.Context, id RunID, record int64) (match.DuplicatePair, bool, error) {
	var found []match.DuplicatePair
	sc, err := s.scope(ctx, id)
	if err != nil {
		return match.DuplicatePair{}, false, err
	}
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		read, err := sc.openDuplicates(conn)
		if err == nil {
			found, err = read(span{first: record, last: record}, nil)
		}
		return err
	})
	if err != nil || len(found) == 0 {
		return match.DuplicatePair{}, false, err
	}
	return found[0], true, nil
}
