package store

import (
	"bytes"
	"context"
	"fmt"

	"padan/match"
)

// Comparison is two runs beside each other. It holds what each decided, some
// twenty bytes a record; the records themselves are read as they are asked for.
type Comparison struct {
	store      *Store
	scopes     [2]*scope // by match.Before and match.After
	difference *match.Difference
	// areas are the codes of the areas of the records that only the run before has,
	// by side and row; nil where none of them is paired.
	areas [2][]uint64
}

// Compare puts two runs beside each other; ErrNoRun if one of them is none. A
// record of a source that both have is the same person; those of other sources
// are paired by match.IdentityOf, in canonical order where several share one.
func (s *Store) Compare(ctx context.Context, before, after RunID) (*Comparison, error) {
	c := &Comparison{store: s}
	var findings [2]*match.Findings
	var err error
	for when, id := range [...]RunID{before, after} {
		if c.scopes[when], err = s.scope(ctx, id); err != nil {
			return nil, err
		}
		if findings[when], err = s.findings(ctx, c.scopes[when]); err != nil {
			return nil, err
		}
	}
	var pairings [2]*match.Pairing
	for _, side := range bothSides {
		if pairings[side], err = c.pair(ctx, side); err != nil {
			return nil, err
		}
	}
	cause := generalCause(&c.scopes[match.Before].run, &c.scopes[match.After].run)
	c.difference = match.NewDifference(findings[match.Before], findings[match.After], pairings, cause)
	for _, side := range bothSides {
		if err := c.findAlike(ctx, side); err != nil {
			return nil, err
		}
	}
	if err := c.entangle(ctx); err != nil {
		return nil, err
	}
	return c, c.findDecided(ctx, findings[match.After])
}

// Runs returns the runs before and after.
func (c *Comparison) Runs() [2]*Run {
	return [2]*Run{&c.scopes[match.Before].run, &c.scopes[match.After].run}
}

// generalCause explains what neither a file nor a record nor a person does.
func generalCause(before, after *Run) match.ChangeCause {
	switch {
	case !bytes.Equal(before.Model, after.Model):
		return match.CauseModel
	case before.Version != after.Version:
		return match.CauseVersion
	}
	return match.CauseOthers
}

// findings reads what a run decided about all records.
func (s *Store) findings(ctx context.Context, sc *scope) (*match.Findings, error) {
	f := match.NewFindings([2]int{int(sc.records(match.Central)), int(sc.records(match.Regional))})
	for _, side := range bothSides {
		row := 0
		for decisions, err := range ordered(ctx, s, recordSpans(sc.run.Sources[side]), sc.openDecisions) {
			if err != nil {
				return nil, err
			}
			for _, one := range decisions {
				f.Outcomes[side][row], f.Reasons[side][row] = one.outcome, one.reason
				row++
			}
		}
	}
	for link, err := range s.Links(ctx, sc.run.ID) {
		if err != nil {
			return nil, err
		}
		for side, row := range [...]int32{link.Central, link.Regional} {
			if !inside(row, f.Outcomes[side]) {
				return nil, s.classify(ctx, damaged(fmt.Sprintf("run %d links %s row %d", sc.run.ID, bothSides[side], row), nil))
			}
		}
		f.Link(link)
	}
	return f, nil
}

// records is the number of records of a side of the run.
func (sc *scope) records(side match.Side) int64 {
	n := int64(0)
	for i := range sc.run.Sources[side] {
		n += sc.run.Sources[side][i].Records
	}
	return n
}

// has reports whether a source takes part in the run.
func (sc *scope) has(source *Source) bool {
	_, ok := sc.offsets[source.ID]
	return ok
}
