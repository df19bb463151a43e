package store

import (
	"context"
	"fmt"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// Households counts the households of a run, see match.HouseholdLink.
type Households struct {
	Central  int64            `json:"central"` // KK numbers with members
	Regional int64            `json:"regional"`
	Links    int64            `json:"links"` // pairs of KK numbers that are one household
	Kinds    map[string]int64 `json:"kinds"` // links and households of one side; some are of several kinds
}

// rows is the number of links and of households that one side lacks.
func (h *Households) rows() int64 {
	return h.Links + h.Kinds[match.HouseholdOnlyCentral.String()] + h.Kinds[match.HouseholdOnlyRegional.String()]
}

// add counts one household; fresh says on which sides it has not been counted.
func (h *Households) add(kinds match.HouseholdKinds, fresh [2]bool) {
	for _, kind := range kinds.Each() {
		h.Kinds[kind.String()]++
	}
	if kinds&(match.HouseholdOnlyCentral|match.HouseholdOnlyRegional) == 0 {
		h.Links++
	}
	if fresh[match.Central] {
		h.Central++
	}
	if fresh[match.Regional] {
		h.Regional++
	}
}

// newHouseholds counts the households of a result.
func newHouseholds(res *match.Result) Households {
	counts := Households{Kinds: map[string]int64{}}
	var seen [2][]bool
	for _, side := range bothSides {
		seen[side] = make([]bool, len(res.Outcomes[side]))
	}
	for i := range res.Households {
		var fresh [2]bool
		for side, first := range res.Households[i].First {
			if first != match.NoRow && !seen[side][first] {
				seen[side][first], fresh[side] = true, true
			}
		}
		counts.add(res.Households[i].Kinds, fresh)
	}
	return counts
}

// householdColumns are the columns of the table household, in the order in which
// saveHouseholds binds and readHousehold reads them.
const householdColumns = `id, kinds, central, regional, central_head, regional_head, central_members, regional_members,
linked, central_elsewhere, regional_elsewhere, central_undecided, regional_undecided`

func (s *saver) saveHouseholds() error {
	insert, err := newBulkInsert(s.conn, "household ("+householdColumns+")")
	if err != nil {
		return err
	}
	return insert.insert(len(s.res.Households), func(stmt *sqlite.Stmt, p, i int) {
		h := &s.res.Households[i]
		stmt.BindInt64(p+1, s.run.ID.key(int64(i)))
		stmt.BindText(p+2, h.Kinds.String())
		for side := range bothSides {
			s.bindRow(stmt, p+3+side, match.Side(side), h.First[side])
			s.bindRow(stmt, p+5+side, match.Side(side), h.Head[side])
			stmt.BindInt64(p+7+side, int64(h.Members[side]))
			stmt.BindInt64(p+10+side, int64(h.Elsewhere[side]))
			stmt.BindInt64(p+12+side, int64(h.Undecided[side]))
		}
		stmt.BindInt64(p+9, int64(h.Linked))
	})
}

// bindRow binds the record of a row, NULL for none.
func (s *saver) bindRow(stmt *sqlite.Stmt, parameter int, side match.Side, row int32) {
	if row == match.NoRow {
		stmt.BindNull(parameter)
		return
	}
	stmt.BindInt64(parameter, s.ids[side][row])
}

// householdRecords is the first of the four columns that name the records of a
// household: both first members, then both heads.
const householdRecords = 2

// Households yields the households of a run, those that stand on both sides and
// those of one, in canonical order. A run of before households were kept has
// none.
func (s *Store) Households(ctx context.Context, id RunID) iter.Seq2[match.HouseholdCase, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[match.HouseholdCase](err)
	}
	return sc.households(ctx, s, func(conn *sqlite.Conn) (readRecord, error) {
		r, err := sc.catalog.newRecordReader(conn)
		return r.raw, err
	})
}

// readRecord reads one record.
type readRecord func(id int64, record *match.Record) error

// households yields the households of the run with the records that a connection
// reads.
func (sc *scope) households(ctx context.Context, s *Store, reader func(*sqlite.Conn) (readRecord, error)) iter.Seq2[match.HouseholdCase, error] {
	total := sc.run.Households.rows()
	var spans []span
	for first := int64(0); first < total; first += pairRecords {
		spans = append(spans, span{first: first, last: min(first+pairRecords, total) - 1})
	}
	return exactly(sc, ordered(ctx, s, spans, func(conn *sqlite.Conn) (chunkReader[match.HouseholdCase], error) {
		read, err := reader(conn)
		if err != nil {
			return nil, err
		}
		return sc.openHouseholds(conn, read)
	}), total, "households")
}

// openHouseholds reads households by their position in the run.
func (sc *scope) openHouseholds(conn *sqlite.Conn, read readRecord) (chunkReader[match.HouseholdCase], error) {
	stmt, err := conn.Prepare("SELECT " + householdColumns + " FROM household WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	return func(at span, cases []match.HouseholdCase) ([]match.HouseholdCase, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		err := eachRow(stmt, func() error {
			cases = append(cases, match.HouseholdCase{})
			return sc.household(stmt, read, &cases[len(cases)-1])
		})
		return cases, err
	}, nil
}

func (sc *scope) household(stmt *sqlite.Stmt, read readRecord, c *match.HouseholdCase) error {
	h := &c.Household
	if !readHousehold(stmt, h) {
		return damaged(fmt.Sprintf("household of an unknown kind in run %d", sc.run.ID), nil)
	}
	for side := range bothSides {
		var err error
		if h.First[side], err = sc.householdRecord(stmt, read, side, &c.First[side]); err != nil {
			return err
		}
		if h.Head[side], err = sc.householdRecord(stmt, read, 2+side, &c.Head[side]); err != nil {
			return err
		}
		h.Cards[side] = c.First[side].KK.Value
	}
	return nil
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

// householdRecord reads one of the four records of a household and returns its
// row.
func (sc *scope) householdRecord(stmt *sqlite.Stmt, read readRecord, which int, record *match.Record) (int32, error) {
	column := householdRecords + which
	if stmt.ColumnIsNull(column) {
		return match.NoRow, nil
	}
	id := stmt.ColumnInt64(column)
	if err := read(id, record); err != nil {
		return match.NoRow, err
	}
	_, row, err := sc.rowOf(id)
	return row, err
}
