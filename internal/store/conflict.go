package store

import (
	"context"
	"iter"
	"slices"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// conflictColumns are the columns of the table conflict, in the order in which
// saveConflicts binds and openConflicts reads them.
const conflictColumns = "id, kind, rule, weight, evidence, proposed, records"

// Conflicts yields the conflicts of a run with their records, in canonical order.
func (s *Store) Conflicts(ctx context.Context, id RunID) iter.Seq2[match.ConflictCase, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[match.ConflictCase](err)
	}
	return exactly(sc, ordered(ctx, s, sc.conflictSpans(pairRecords), sc.openConflicts), sc.conflicts(), "conflicts")
}

// conflictSpans cuts the positions of the conflicts of the run into chunks of at
// most size.
func (sc *scope) conflictSpans(size int64) []span {
	return span{last: sc.conflicts() - 1}.cut(size)
}

// conflicts returns the number of conflicts of the run.
func (sc *scope) conflicts() int64 {
	total := int64(0)
	for _, n := range sc.run.Conflicts {
		total += n
	}
	return total
}

// openConflicts reads conflicts by their position in the run.
func (sc *scope) openConflicts(conn *sqlite.Conn) (chunkReader[match.ConflictCase], error) {
	stmt, err := conn.Prepare("SELECT " + conflictColumns + " FROM conflict WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	r, err := sc.catalog.newRecordReader(conn)
	if err != nil {
		return nil, err
	}
	var list conflictList
	return func(at span, cases []match.ConflictCase) ([]match.ConflictCase, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		err := eachRow(stmt, func() error {
			c, err := sc.conflict(stmt)
			if err != nil {
				return err
			}
			ids, err := list.read(stmt, 6)
			if err != nil {
				return err
			}
			cases = append(cases, match.ConflictCase{Conflict: c})
			return sc.addRecords(ids, r, &cases[len(cases)-1])
		})
		return cases, err
	}, nil
}

func (sc *scope) conflict(stmt *sqlite.Stmt) (match.Conflict, error) {
	c := match.Conflict{Kind: sc.kinds[stmt.ColumnText(1)], Weight: stmt.ColumnFloat(3), Proposed: stmt.ColumnText(5)}
	var ok bool
	if c.Rule, ok = sc.rules[stmt.ColumnInt64(2)]; !ok {
		c.Rule = unknownRule
	}
	var err error
	c.Vector, c.Weights, err = sc.evidence(stmt, 4)
	return c, err
}

// addRecords appends records to a conflict.
func (sc *scope) addRecords(ids []int64, r *recordReader, c *match.ConflictCase) error {
	c.Records = make([]match.Record, len(ids))
	for i, id := range ids {
		if err := r.raw(id, &c.Records[i]); err != nil {
			return err
		}
		if err := sc.addRow(id, &c.Conflict); err != nil {
			return err
		}
	}
	return nil
}

// addRow appends the row of a record to a conflict.
func (sc *scope) addRow(id int64, c *match.Conflict) error {
	side, row, err := sc.rowOf(id)
	if err != nil {
		return err
	}
	if side == match.Central {
		c.Central = append(c.Central, row)
	} else {
		c.Regional = append(c.Regional, row)
	}
	return nil
}

// ConflictsOf returns the conflicts of a run in which a record stands. It reads
// through all conflicts of the run.
func (s *Store) ConflictsOf(ctx context.Context, id RunID, record int64) ([]match.ConflictCase, error) {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return nil, err
	}
	var cases []match.ConflictCase
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		positions, err := conflictPositions(conn, id, record)
		if err != nil {
			return err
		}
		cases, err = sc.conflictsAt(conn, positions)
		return err
	})
	return cases, err
}

func conflictPositions(conn *sqlite.Conn, id RunID, record int64) ([]int64, error) {
	stmt, err := conn.Prepare(conflictListQuery)
	if err != nil {
		return nil, err
	}
	stmt.BindInt64(1, id.key(0))
	stmt.BindInt64(2, id.key(keyMask))
	var list conflictList
	var positions []int64
	err = eachRow(stmt, func() error {
		ids, err := list.read(stmt, 1)
		if slices.Contains(ids, record) {
			positions = append(positions, stmt.ColumnInt64(0)&keyMask)
		}
		return err
	})
	return positions, err
}
