package store

import (
	"fmt"

	"padan/match"
)

var bothSides = [2]match.Side{match.Central, match.Regional}

// checkResult verifies that a result is about exactly the records of the
// sources and that every record has one outcome, so that what contradicts
// itself is never stored.
func checkResult(sources [2][]Source, ids [2][]int64, res *match.Result) error {
	for _, side := range bothSides {
		if err := checkRows(sources[side], ids[side]); err != nil {
			return fmt.Errorf("%w: %s side: %w", ErrResult, side, err)
		}
		if n := len(ids[side]); len(res.Outcomes[side]) != n || len(res.Reasons[side]) != n {
			return fmt.Errorf("%w: %s side has %d records, %d outcomes and %d reasons",
				ErrResult, side, n, len(res.Outcomes[side]), len(res.Reasons[side]))
		}
		if err := checkDuplicates(res.Outcomes[side], res.Duplicates[side]); err != nil {
			return fmt.Errorf("%w: %s side: %w", ErrResult, side, err)
		}
	}
	if err := checkLinks(res); err != nil {
		return fmt.Errorf("%w: %w", ErrResult, err)
	}
	if err := checkConflicts(res); err != nil {
		return fmt.Errorf("%w: %w", ErrResult, err)
	}
	if err := checkHouseholds(res); err != nil {
		return fmt.Errorf("%w: %w", ErrResult, err)
	}
	return nil
}

// checkRows verifies that the rows are the records of the sources in canonical order.
func checkRows(sources []Source, ids []int64) error {
	row := 0
	for i := range sources {
		for id := sources[i].firstRecord; id <= sources[i].lastRecord; id++ {
			if row >= len(ids) || ids[row] != id {
				return fmt.Errorf("row %d is not record %d of source %d", row, id-sources[i].firstRecord+1, i+1)
			}
			row++
		}
	}
	if row != len(ids) {
		return fmt.Errorf("%d rows for %d records", len(ids), row)
	}
	return nil
}

// checkLinks verifies that links stand in canonical order, and that exactly the
// matched records have one.
func checkLinks(res *match.Result) error {
	var used [2][]bool
	for _, side := range bothSides {
		used[side] = make([]bool, len(res.Outcomes[side]))
	}
	for i := range res.Links {
		if rule := res.Links[i].Rule; match.RuleCode(rule) == "" {
			return fmt.Errorf("link %d: no rule %d", i, rule)
		}
		if i > 0 && res.Links[i].Central < res.Links[i-1].Central {
			return fmt.Errorf("link %d: it is out of order", i)
		}
		for side, row := range [2]int32{res.Links[i].Central, res.Links[i].Regional} {
			switch {
			case row < 0 || int(row) >= len(used[side]):
				return fmt.Errorf("link %d: no row %d", i, row)
			case used[side][row]:
				return fmt.Errorf("link %d: %s row %d is linked twice", i, bothSides[side], row)
			case res.Outcomes[side][row] != match.Matched:
				return fmt.Errorf("link %d: %s row %d is %s", i, bothSides[side], row, res.Outcomes[side][row])
			}
			used[side][row] = true
		}
	}
	for _, side := range bothSides {
		if n := countOutcome(res.Outcomes[side], match.Matched); n != len(res.Links) {
			return fmt.Errorf("%d links for %d matched records of the %s side", len(res.Links), n, side)
		}
	}
	return nil
}

func checkDuplicates(outcomes []match.Outcome, duplicates []match.DuplicateOf) error {
	used := make([]bool, len(outcomes))
	for i, d := range duplicates {
		switch {
		case !inside(d.Record, outcomes) || !inside(d.Of, outcomes) || d.Record == d.Of:
			return fmt.Errorf("duplicate %d: no such pair of rows", i)
		case used[d.Record]:
			return fmt.Errorf("duplicate %d: row %d is set aside twice", i, d.Record)
		case outcomes[d.Record] != match.Duplicate:
			return fmt.Errorf("duplicate %d: row %d is %s", i, d.Record, outcomes[d.Record])
		}
		used[d.Record] = true
	}
	if n := countOutcome(outcomes, match.Duplicate); n != len(duplicates) {
		return fmt.Errorf("%d duplicates for %d records with that outcome", len(duplicates), n)
	}
	return nil
}

// checkConflicts verifies that every record of a conflict exists, and that every
// record whose outcome is a conflict stands in one.
func checkConflicts(res *match.Result) error {
	var named [2][]bool
	for _, side := range bothSides {
		named[side] = make([]bool, len(res.Outcomes[side]))
	}
	for i := range res.Conflicts {
		c := &res.Conflicts[i]
		if len(c.Central)+len(c.Regional) == 0 {
			return fmt.Errorf("conflict %d has no record", i)
		}
		if match.RuleCode(c.Rule) == "" {
			return fmt.Errorf("conflict %d: no rule %d", i, c.Rule)
		}
		for side, rows := range [2][]int32{c.Central, c.Regional} {
			for _, row := range rows {
				if !inside(row, res.Outcomes[side]) {
					return fmt.Errorf("conflict %d: no row %d", i, row)
				}
				named[side][row] = true
			}
		}
	}
	for _, side := range bothSides {
		for row, outcome := range res.Outcomes[side] {
			if outcome == match.Conflicted && !named[side][row] {
				return fmt.Errorf("%s row %d is a conflict but stands in none", side, row)
			}
		}
	}
	return nil
}

func inside(row int32, outcomes []match.Outcome) bool { return row >= 0 && int(row) < len(outcomes) }

func countOutcome(outcomes []match.Outcome, wanted match.Outcome) int {
	n := 0
	for _, outcome := range outcomes {
		if outcome == wanted {
			n++
		}
	}
	return n
}
