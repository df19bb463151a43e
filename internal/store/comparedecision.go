package store

import (
	"context"
	"time"

	"padan/match"
)

// findDecided tells of the persons who changed and about whom a decision began or
// ended between the two runs.
func (c *Comparison) findDecided(ctx context.Context, after *match.Findings) error {
	decided, err := c.decided(ctx)
	if err != nil || len(decided) == 0 {
		return err
	}
	for _, side := range bothSides {
		rows := map[int64]int32{}
		identities := map[int64]match.Identity{}
		for row := range int32(c.difference.Rows(match.After, side)) {
			if c.difference.Change(side, row).Kind == match.Unchanged {
				continue
			}
			id, err := c.scopes[match.After].recordAt(side, row)
			if err != nil {
				return c.store.classify(ctx, err)
			}
			rows[id], identities[id] = row, match.Identity{}
		}
		if err := c.readIdentities(ctx, identities); err != nil {
			return err
		}
		for id, identity := range identities {
			if decided[identity] {
				after.Decide(side, rows[id])
			}
		}
	}
	return nil
}

// decided lists the records of the decisions that only one of the runs follows.
func (c *Comparison) decided(ctx context.Context) (map[match.Identity]bool, error) {
	decisions, err := c.store.Decisions(ctx)
	found := map[match.Identity]bool{}
	runs := c.Runs()
	for i := range decisions {
		d := &decisions[i]
		if d.Verdict != VerdictUnsure && d.inForceAt(runs[match.Before].StartedAt) != d.inForceAt(runs[match.After].StartedAt) {
			for _, id := range d.Pair.Identities {
				found[id] = true
			}
		}
	}
	return found, err
}

// inForceAt reports whether a run that began at a time follows the decision.
func (d *Decision) inForceAt(at time.Time) bool {
	return !d.Decided.After(at) && (d.InForce() || d.Ended.After(at))
}
