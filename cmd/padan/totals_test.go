package main

import (
	"errors"
	"testing"

	"padan/internal/store"
	"padan/match"
)

// account returns a run whose totals add up: on each side ten rows, of which
// one is rejected, two are skipped, and seven are persons.
func account() *store.Run {
	run := &store.Run{Links: 2}
	for side := range run.Totals {
		run.Totals[side] = store.Totals{Records: 7, Matched: 2, Conflict: 3, Unmatched: 1, Duplicate: 1}
		run.Sources[side] = []store.Source{{Rows: 10, Records: 7, Rejected: 1, Skipped: map[string]int64{"blank": 1, "total": 1}}}
	}
	return run
}

// A row without a fate, or with two, is exit code 5.
func TestCheckTotalsFindsLostRows(t *testing.T) {
	if err := checkTotals(account()); err != nil {
		t.Errorf("a right account is refused: %v", err)
	}
	for name, lose := range map[string]func(run *store.Run){
		"a row of a file":                 func(run *store.Run) { run.Sources[match.Central][0].Rows++ },
		"a rejected row":                  func(run *store.Run) { run.Sources[match.Regional][0].Rejected-- },
		"a skipped row":                   func(run *store.Run) { run.Sources[match.Central][0].Skipped["blank"]-- },
		"a person without an outcome":     func(run *store.Run) { run.Totals[match.Regional].Unmatched-- },
		"a person with two outcomes":      func(run *store.Run) { run.Totals[match.Central].Duplicate++ },
		"a link without a matched person": func(run *store.Run) { run.Links++ },
		"a file that the run left out":    func(run *store.Run) { run.Sources[match.Central] = nil },
	} {
		run := account()
		lose(run)
		if err := checkTotals(run); !errors.Is(err, errTotals) {
			t.Errorf("%s goes unseen: %v", name, err)
		}
	}
}
