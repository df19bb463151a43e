package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// linkColumns are the columns of a link and of its two records, see linkReader.
var linkColumns = fmt.Sprintf("link.id, link.rule, link.weight, link.probability, link.evidence, "+rawColumns+", ", "central") +
	fmt.Sprintf(rawColumns, "regional")

// linkJoin starts at the links, whatever else the planner may think of.
const linkJoin = ` FROM link CROSS JOIN record AS central ON central.id = (link.id & 0xffffffffff)
CROSS JOIN record AS regional ON regional.id = link.regional `

// LinkedPairs yields the links of a run with their records, in the canonical
// order of the central records.
func (s *Store) LinkedPairs(ctx context.Context, id RunID) iter.Seq2[match.LinkedPair, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[match.LinkedPair](err)
	}
	spans := recordSpans(sc.run.Sources[match.Central], pairRecords)
	return exactly(sc, orderedRows(ctx, s, spans, sc.openLinks), sc.run.Links, "links")
}

func (sc *scope) openLinks(conn *sqlite.Conn) (chunkReader[match.LinkedPair], error) {
	stmt, err := conn.Prepare("SELECT " + linkColumns + linkJoin + "WHERE link.id BETWEEN ? AND ? ORDER BY link.id")
	if err != nil {
		return nil, err
	}
	r := linkReader{scope: sc, records: recordReader{catalog: sc.catalog}}
	return func(at span, pairs []match.LinkedPair) ([]match.LinkedPair, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		pairs = slices.Grow(pairs, int(at.last-at.first+1))
		err := eachRow(stmt, func() error {
			pairs = append(pairs, match.LinkedPair{})
			return r.read(stmt, &pairs[len(pairs)-1])
		})
		return pairs, err
	}, nil
}

// linkReader turns rows of linkColumns into pairs.
type linkReader struct {
	scope   *scope
	records recordReader
}

func (r *linkReader) read(stmt *sqlite.Stmt, pair *match.LinkedPair) (err error) {
	const central, regional = 5, 5 + rawCount
	if err := r.records.raw(stmt, central, &pair.Central); err != nil {
		return err
	}
	if err := r.records.raw(stmt, regional, &pair.Regional); err != nil {
		return err
	}
	rule, ok := r.scope.rules[stmt.ColumnInt64(1)]
	if !ok {
		rule = unknownRule
	}
	pair.Link = match.Link{Rule: rule, Weight: stmt.ColumnFloat(2), Probability: stmt.ColumnFloat(3)}
	if pair.Link.Central, err = r.row(stmt, central); err != nil {
		return err
	}
	if pair.Link.Regional, err = r.row(stmt, regional); err != nil {
		return err
	}
	pair.Link.Vector, pair.Link.Weights, err = r.scope.evidence(stmt, 4)
	return err
}

// row returns the row index of the record whose columns start at column.
func (r *linkReader) row(stmt *sqlite.Stmt, column int) (int32, error) {
	sheet, err := r.records.catalog.sheet(stmt.ColumnInt64(column + 1))
	if err != nil {
		return 0, err
	}
	return r.scope.row(sheet.source, stmt.ColumnInt64(column)), nil
}

// LinkOf returns the link of a record, of either side; false if it has none.
// For a regional record it reads through the links of the run.
func (s *Store) LinkOf(ctx context.Context, id RunID, record int64) (match.LinkedPair, bool, error) {
	var pair match.LinkedPair
	found := false
	sc, err := s.scope(ctx, id)
	if err != nil {
		return pair, false, err
	}
	side, _, err := sc.rowOf(record)
	if err != nil {
		return pair, false, s.classify(ctx, err)
	}
	which := "WHERE link.id = ?1"
	if side == match.Regional {
		which = "WHERE link.id BETWEEN ?2 AND ?3 AND link.regional = ?4"
	}
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		stmt, err := conn.Prepare("SELECT " + linkColumns + linkJoin + which)
		if err != nil {
			return err
		}
		if side == match.Central {
			stmt.BindInt64(1, id.key(record))
		} else {
			stmt.BindInt64(2, id.key(0))
			stmt.BindInt64(3, id.key(keyMask))
			stmt.BindInt64(4, record)
		}
		r := linkReader{scope: sc, records: recordReader{catalog: sc.catalog}}
		return eachRow(stmt, func() error {
			found = true
			return r.read(stmt, &pair)
		})
	})
	return pair, found, err
}
