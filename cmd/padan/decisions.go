package main

import (
	"context"
	"encoding/json"

	"padan/internal/store"
	"padan/match"
)

// inForce returns the decisions that a run follows.
func inForce(ctx context.Context, s *store.Store) ([]store.Decision, error) {
	all, err := s.Decisions(ctx)
	var kept []store.Decision
	for i := range all {
		if all[i].InForce() && all[i].Verdict != store.VerdictUnsure {
			kept = append(kept, all[i])
		}
	}
	return kept, err
}

// identitiesOf are the identities of all records that decisions speak of.
func identitiesOf(decisions []store.Decision) map[match.Identity]bool {
	wanted := map[match.Identity]bool{}
	for i := range decisions {
		for _, id := range decisions[i].Pair.Identities {
			wanted[id] = true
		}
	}
	return wanted
}

// decisionUse is what became of the decisions in a run; it is kept with the run.
type decisionUse struct {
	Same      int `json:"same"`
	Different int `json:"different"`
	Absent    int `json:"absent"` // one of the two records is not loaded, or says something else now
}

// options is the use of decisions as a run keeps it.
func (u *decisionUse) options() (json.RawMessage, error) {
	return json.Marshal(struct {
		Decisions *decisionUse `json:"decisions"`
	}{u})
}

// decisionsFor turns decisions about records into decisions about the rows of
// tables that hold them.
func decisionsFor(t *tables, decisions []store.Decision) (*match.Decisions, *decisionUse) {
	found, use := &match.Decisions{}, &decisionUse{}
	for i := range decisions {
		d := &decisions[i]
		first := t.found[d.Pair.Sides[0]][d.Pair.Identities[0]]
		second := t.found[d.Pair.Sides[1]][d.Pair.Identities[1]]
		switch {
		case len(first) == 0 || len(second) == 0:
			use.Absent++
			continue
		case d.Verdict == store.VerdictSame:
			use.Same++
		default:
			use.Different++
		}
		for _, a := range first {
			for _, b := range second {
				pair := match.DecidedPair{A: a, B: b, Same: d.Verdict == store.VerdictSame}
				if side := d.Pair.Sides[0]; side == d.Pair.Sides[1] {
					found.Within[side] = append(found.Within[side], pair)
				} else {
					found.Between = append(found.Between, pair)
				}
			}
		}
	}
	return found, use
}
