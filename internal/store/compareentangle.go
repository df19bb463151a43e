package store

import (
	"context"
	"fmt"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// entangle tells the difference which records stand in one conflict, or are
// duplicates of each other, as far as a file that only one of the runs has could
// be the reason.
func (c *Comparison) entangle(ctx context.Context) error {
	for when, sc := range c.scopes {
		other := c.scopes[1-when]
		if len(sc.lacking(match.Central, other))+len(sc.lacking(match.Regional, other)) == 0 {
			continue
		}
		if err := c.entangleConflicts(ctx, when); err != nil {
			return err
		}
		if err := c.entangleDuplicates(ctx, when); err != nil {
			return err
		}
	}
	return nil
}

func (c *Comparison) entangleConflicts(ctx context.Context, when int) error {
	for conflict, err := range c.store.ConflictRows(ctx, c.scopes[when].run.ID) {
		if err != nil {
			return err
		}
		if conflict.Kind.Blocks() {
			if err := c.entangleRows(ctx, when, [2][]int32{conflict.Central, conflict.Regional}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Comparison) entangleDuplicates(ctx context.Context, when int) error {
	sc := c.scopes[when]
	for _, side := range bothSides {
		for pair, err := range oneByOne(ordered(ctx, c.store, recordSpans(sc.run.Sources[side]), sc.openDuplicateRows)) {
			if err != nil {
				return err
			}
			var rows [2][]int32
			rows[side] = pair[:]
			if err := c.entangleRows(ctx, when, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Comparison) entangleRows(ctx context.Context, when int, rows [2][]int32) error {
	for side := range rows {
		for _, row := range rows[side] {
			if row < 0 || int(row) >= c.difference.Rows(when, match.Side(side)) {
				problem := fmt.Sprintf("run %d has no %s row %d", c.scopes[when].run.ID, bothSides[side], row)
				return c.store.classify(ctx, damaged(problem, nil))
			}
		}
	}
	c.difference.Entangle(when, rows[match.Central], rows[match.Regional])
	return nil
}

// openDuplicateRows reads the rows of the records of a chunk that are set aside,
// each with that of the record that stands for it.
func (sc *scope) openDuplicateRows(conn *sqlite.Conn) (chunkReader[[2]int32], error) {
	stmt, err := conn.Prepare("SELECT id, of_record FROM duplicate WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	return func(at span, pairs [][2]int32) ([][2]int32, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		err := eachRow(stmt, func() error {
			_, of, err := sc.rowOf(stmt.ColumnInt64(1))
			pairs = append(pairs, [2]int32{sc.row(at.source, stmt.ColumnInt64(0)&keyMask), of})
			return err
		})
		return pairs, err
	}, nil
}
