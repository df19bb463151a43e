package store

import (
	"errors"
	"fmt"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// checkHouseholds verifies that the households of a result name rows that there
// are and that their counts agree.
func checkHouseholds(res *match.Result) error {
	for i := range res.Households {
		if err := checkHousehold(&res.Households[i], &res.Outcomes); err != nil {
			return fmt.Errorf("household %d: %w", i, err)
		}
	}
	return nil
}

func checkHousehold(h *match.HouseholdLink, outcomes *[2][]match.Outcome) error {
	if h.Kinds == 0 {
		return errors.New("it is of no kind")
	}
	for _, side := range bothSides {
		if err := checkHouseholdSide(h, side, outcomes[side]); err != nil {
			return fmt.Errorf("%s side: %w", side, err)
		}
	}
	return nil
}

// lackingSide is the kind of a household that does not stand on a side.
var lackingSide = [2]match.HouseholdKinds{match.Central: match.HouseholdOnlyRegional, match.Regional: match.HouseholdOnlyCentral}

func checkHouseholdSide(h *match.HouseholdLink, side match.Side, outcomes []match.Outcome) error {
	member := func(row int32) bool { return inside(row, outcomes) && outcomes[row] != match.Duplicate }
	first, head := h.First[side], h.Head[side]
	counted := h.Elsewhere[side] + h.Undecided[side]
	if first != match.NoRow {
		counted += h.Linked
	}
	switch {
	case (first == match.NoRow) != h.Kinds.Has(lackingSide[side]):
		return errors.New("the kind contradicts the first member")
	case first == match.NoRow && (h.Members[side] != 0 || head != match.NoRow):
		return errors.New("it has members, but no first one")
	case first != match.NoRow && (h.Members[side] == 0 || !member(first)):
		return fmt.Errorf("no member in row %d", first)
	case head != match.NoRow && !member(head):
		return fmt.Errorf("no head in row %d", head)
	case counted > h.Members[side]:
		return errors.New("the counts of members do not add up")
	}
	return nil
}

// households verifies that the households of a run are as many as were counted,
// name records of the run that are no duplicates, each pair of first members
// once, and have counts that agree.
func (r *runChecker) households() error {
	counted := Households{Kinds: map[string]int64{}}
	var seen [2]map[int32]bool
	for side := range seen {
		seen[side] = map[int32]bool{}
	}
	pairs, wrong := map[[2]int32]bool{}, 0
	err := r.eachHousehold(func(h *match.HouseholdLink, ok bool) {
		if !ok || pairs[h.First] || checkHousehold(h, &r.outcome) != nil {
			wrong++
			return
		}
		pairs[h.First] = true
		var fresh [2]bool
		for side, first := range h.First {
			if fresh[side] = first != match.NoRow && !seen[side][first]; fresh[side] {
				seen[side][first] = true
			}
		}
		counted.add(h.Kinds, fresh)
	})
	if err != nil {
		return err
	}
	if wrong > 0 {
		r.problem("run %d: %d households contradict themselves or its outcomes", r.run.ID, wrong)
	}
	if !counted.equal(&r.run.Households) {
		r.problem("run %d: the households do not add up to its totals", r.run.ID)
	}
	return nil
}

func (h *Households) equal(to *Households) bool {
	if h.Central != to.Central || h.Regional != to.Regional || h.Links != to.Links || len(h.Kinds) != len(to.Kinds) {
		return false
	}
	for kind, n := range h.Kinds {
		if to.Kinds[kind] != n {
			return false
		}
	}
	return true
}

// eachHousehold reads the households of the run without their records; ok is
// false for one that cannot be read.
func (r *runChecker) eachHousehold(visit func(h *match.HouseholdLink, ok bool)) error {
	stmt, err := r.conn.Prepare("SELECT " + householdColumns + " FROM household WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return err
	}
	stmt.BindInt64(1, r.run.ID.key(0))
	stmt.BindInt64(2, r.run.ID.key(keyMask))
	return eachRow(stmt, func() error {
		var h match.HouseholdLink
		ok := readHousehold(stmt, &h)
		for _, side := range bothSides {
			for i, row := range [...]*int32{&h.First[side], &h.Head[side]} {
				ok = r.householdRow(stmt, householdRecords+2*i+int(side), side, row) && ok
			}
		}
		visit(&h, ok)
		return nil
	})
}

// householdRow reads a record of a household as a row; false if it is of another
// side or of none.
func (r *runChecker) householdRow(stmt *sqlite.Stmt, column int, side match.Side, row *int32) bool {
	if *row = match.NoRow; stmt.ColumnIsNull(column) {
		return true
	}
	on, found, err := r.scope.rowOf(stmt.ColumnInt64(column))
	*row = found
	return err == nil && on == side
}
