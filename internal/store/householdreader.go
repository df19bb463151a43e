package store

import (
	"context"
	"fmt"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// Households yields the households of a run, those that stand on both sides and
// those of one, in canonical order, in batches that are valid until the next one.
// Their records are read with their cells, or without: then the heads are not read.
// A run of before households were kept has none.
func (s *Store) Households(ctx context.Context, id RunID, cells bool) iter.Seq2[[]match.HouseholdCase, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[[]match.HouseholdCase](err)
	}
	total := sc.run.Households.rows()
	spans := span{last: total - 1}.cut(pairRecords)
	return counted(sc, ordered(ctx, s, spans, func(conn *sqlite.Conn) (chunkReader[match.HouseholdCase], error) {
		r, err := sc.newHouseholdReader(conn, cells)
		if err != nil {
			return nil, err
		}
		return r.readSpan, nil
	}), total, "households")
}

// householdRecords is the first of the four columns that name the records of a
// household: both first members, then both heads.
const householdRecords = 2

// householdReader reads households by their position in the run. It belongs to one
// connection.
type householdReader struct {
	scope *scope
	stmt  *sqlite.Stmt
	read  func(id int64, record *match.Record) error
	heads bool // are wanted
}

func (sc *scope) newHouseholdReader(conn *sqlite.Conn, cells bool) (*householdReader, error) {
	stmt, err := conn.Prepare("SELECT " + householdColumns + " FROM household WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	r := &householdReader{scope: sc, stmt: stmt, heads: cells}
	if !cells {
		persons, err := sc.catalog.newPersonReader(conn)
		r.read = persons.record
		return r, err
	}
	records, err := sc.catalog.newRecordReader(conn)
	r.read = records.raw
	return r, err
}

func (r *householdReader) readSpan(at span, cases []match.HouseholdCase) ([]match.HouseholdCase, error) {
	r.stmt.BindInt64(1, r.scope.run.ID.key(at.first))
	r.stmt.BindInt64(2, r.scope.run.ID.key(at.last))
	err := eachRow(r.stmt, func() error {
		cases = append(cases, match.HouseholdCase{})
		return r.household(&cases[len(cases)-1])
	})
	return cases, err
}

// household reads the household of the current row.
func (r *householdReader) household(c *match.HouseholdCase) error {
	h := &c.Household
	if !readHousehold(r.stmt, h) {
		return damaged(fmt.Sprintf("household of an unknown kind in run %d", r.scope.run.ID), nil)
	}
	for side := range bothSides {
		var err error
		if h.First[side], err = r.row(side); err != nil {
			return err
		}
		if h.Head[side], err = r.row(2 + side); err != nil {
			return err
		}
		if err := r.records(side, c); err != nil {
			return err
		}
		h.Cards[side] = c.First[side].KK.Value
	}
	return nil
}

// records reads the first member of a household on a side and its head, who are
// often one.
func (r *householdReader) records(side int, c *match.HouseholdCase) error {
	first, head := r.id(side), r.id(2+side)
	if first != 0 {
		if err := r.read(first, &c.First[side]); err != nil {
			return err
		}
	}
	switch {
	case head == 0 || !r.heads:
		return nil
	case head == first:
		c.Head[side] = c.First[side]
		return nil
	}
	return r.read(head, &c.Head[side])
}

// id returns one of the four records of the current row, 0 for none.
func (r *householdReader) id(which int) int64 { return r.stmt.ColumnInt64(householdRecords + which) }

// row returns the row of one of the four, match.NoRow for none.
func (r *householdReader) row(which int) (int32, error) {
	if r.stmt.ColumnIsNull(householdRecords + which) {
		return match.NoRow, nil
	}
	_, row, err := r.scope.rowOf(r.id(which))
	return row, err
}

// readHousehold reads the kinds and the counts of a household; false if it is of
// a kind that this version does not know.
func readHousehold(stmt *sqlite.Stmt, h *match.HouseholdLink) (ok bool) {
	for side := range bothSides {
		h.Members[side] = stmt.ColumnInt32(6 + side)
		h.Elsewhere[side] = stmt.ColumnInt32(9 + side)
		h.Undecided[side] = stmt.ColumnInt32(11 + side)
	}
	h.Linked = stmt.ColumnInt32(8)
	h.Kinds, ok = match.ParseHouseholdKinds(stmt.ColumnText(1))
	return ok
}
