package store

import (
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
// saveHouseholds binds and householdReader reads them.
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
