package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"padan/internal/nightly"
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

// notesOf is what a run keeps beside its result.
func notesOf(t *tables, use nightly.Decisions) (json.RawMessage, error) {
	notes := nightly.Notes{Decisions: use}
	for side := range t.side {
		notes.Areas[side] = map[string]int{}
		for code, persons := range t.side[side].Areas() {
			if code%10_000 != 0 {
				notes.Areas[side][strconv.FormatUint(code, 10)] = persons
			}
		}
	}
	return json.Marshal(notes)
}

// digestOf tells one set of decisions from another.
func digestOf(decisions []store.Decision) string {
	digest := sha256.New()
	for i := range decisions {
		_, _ = fmt.Fprintln(digest, decisions[i].ID) // a hash never fails
	}
	return hex.EncodeToString(digest.Sum(nil)[:8])
}

// decisionsFor turns decisions about records into decisions about the rows of
// tables that hold them.
func decisionsFor(t *tables, decisions []store.Decision) (*match.Decisions, nightly.Decisions) {
	found, use := &match.Decisions{}, nightly.Decisions{Digest: digestOf(decisions)}
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
