package match

import (
	"testing"

	"pgregory.net/rapid"
)

// census is two runs of which it is known who is who: rows of a run are numbers
// of persons, -1 for a record that nobody else has.
type census struct {
	persons  [2][2][]int // by run and side
	findings [2]*Findings
}

// drawCensus draws two runs. A person has one record on a side of a run at most.
func drawCensus(t *rapid.T) *census {
	c := &census{}
	for when := range c.persons {
		var records [2]int
		for side := range records {
			c.persons[when][side] = rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7}).Draw(t, "persons")[:rapid.IntRange(0, 8).Draw(t, "records")]
			records[side] = len(c.persons[when][side])
		}
		d := NewFindings(records)
		for side := range records {
			for row := range d.Outcomes[side] {
				d.Outcomes[side][row] = rapid.SampledFrom([]Outcome{Unmatched, Conflicted, Duplicate}).Draw(t, "outcome")
				if d.Outcomes[side][row] == Unmatched {
					d.Reasons[side][row] = rapid.SampledFrom(Reasons()).Draw(t, "reason")
				}
			}
		}
		for i := range rapid.IntRange(0, min(records[0], records[1])).Draw(t, "links") {
			d.Link(Link{Central: int32(i), Regional: int32(i)})
			for side := range records {
				d.Outcomes[side][i], d.Reasons[side][i] = Matched, ReasonNone
			}
		}
		c.findings[when] = d
	}
	return c
}

// difference compares the run at before with the other one.
func (c *census) difference(before, after int, cause ChangeCause) *Difference {
	var pairings [2]*Pairing
	for side := range pairings {
		old, fresh := c.persons[before][side], c.persons[after][side]
		pairings[side] = NewPairing(len(old), len(fresh))
		for i, p := range old {
			for j, q := range fresh {
				if p == q {
					pairings[side].Join(int32(i), int32(j), false)
				}
			}
		}
	}
	return NewDifference(c.findings[before], c.findings[after], pairings, cause)
}

// changes lists the changes of a difference by side and person.
func (c *census) changes(d *Difference, before, after int) map[Side]map[int]Change {
	all := map[Side]map[int]Change{Central: {}, Regional: {}}
	for side := range all {
		for row, person := range c.persons[after][side] {
			all[side][person] = d.Change(side, int32(row))
		}
		for row, person := range c.persons[before][side] {
			if d.Gone(side, int32(row)) {
				all[side][person] = d.Departure(side, int32(row))
			}
		}
	}
	return all
}

// A run does not differ from itself.
func TestARunIsItsOwnEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCensus(t)
		for side, persons := range c.changes(c.difference(Before, Before, CauseOthers), Before, Before) {
			for person, change := range persons {
				if change.Kind != Unchanged || change.Cause != CauseNone {
					t.Errorf("%s person %d: %v for %v", side, person, change.Kind, change.Cause)
				}
			}
		}
	})
}

// mirrored are the kinds that stand for each other if the runs change places.
var mirrored = map[ChangeKind]ChangeKind{
	Unchanged: Unchanged, NewlyMatched: MatchLost, MatchLost: NewlyMatched, OtherPartner: OtherPartner,
	OtherOutcome: OtherOutcome, OtherReason: OtherReason, PersonNew: PersonGone, PersonGone: PersonNew,
}

// Comparing the runs the other way round tells the same changes, before and after
// exchanged, and every person of either run is told of once.
func TestDifferenceMirrored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCensus(t)
		d := c.difference(Before, After, CauseOthers)
		for _, side := range []Side{Central, Regional} {
			for _, pair := range d.Doubtful(side) {
				if c.persons[Before][side][pair.Before] == c.persons[After][side][pair.After] {
					t.Fatalf("%s: one record is in doubt", side)
				}
			}
		}
		forth := c.changes(d, Before, After)
		back := c.changes(c.difference(After, Before, CauseOthers), After, Before)
		for side := range forth {
			known := map[int]bool{}
			for when := range c.persons {
				for _, person := range c.persons[when][side] {
					known[person] = true
				}
			}
			if len(forth[side]) != len(known) || len(back[side]) != len(known) {
				t.Fatalf("%d persons, %d forth, %d back", len(known), len(forth[side]), len(back[side]))
			}
			for person, a := range forth[side] {
				b := back[side][person]
				if b.Kind != mirrored[a.Kind] || a.Standing[Before] != b.Standing[After] || a.Standing[After] != b.Standing[Before] {
					t.Errorf("%s person %d: forth %+v, back %+v", side, person, a, b)
				}
				if (a.Kind == Unchanged) != (a.Cause == CauseNone) {
					t.Errorf("%s person %d: %v because of %q", side, person, a.Kind, a.Cause)
				}
			}
		}
	})
}

// village is two runs of three central and three regional persons who are the
// same in both; row 0 is linked with row 0.
func village() *census {
	c := &census{}
	for when := range c.persons {
		c.persons[when] = [2][]int{{0, 1, 2}, {0, 1, 2}}
		d := NewFindings([2]int{3, 3})
		for side := range d.Outcomes {
			for row := range d.Outcomes[side] {
				d.Reasons[side][row] = ReasonNotFound
			}
		}
		c.findings[when] = d
		c.link(when, 0, 0)
	}
	return c
}

func (c *census) link(when int, central, regional int32) {
	d := c.findings[when]
	d.Link(Link{Central: central, Regional: regional})
	c.set(when, Central, central, Matched)
	c.set(when, Regional, regional, Matched)
}

func (c *census) set(when int, side Side, row int32, outcome Outcome) {
	d := c.findings[when]
	d.Outcomes[side][row], d.Reasons[side][row] = outcome, ReasonNone
	if outcome == Unmatched {
		d.Reasons[side][row] = ReasonNotFound
	}
	if outcome != Matched {
		d.Partners[side][row] = NoRow
	}
}

func TestKindsOfChange(t *testing.T) {
	for name, c := range map[string]struct {
		change func(c *census)
		person int // central
		want   ChangeKind
	}{
		"nothing":            {func(*census) {}, 0, Unchanged},
		"newly matched":      {func(c *census) { c.link(After, 1, 1) }, 1, NewlyMatched},
		"match lost":         {func(c *census) { c.set(After, Central, 0, Conflicted); c.set(After, Regional, 0, Conflicted) }, 0, MatchLost},
		"another partner":    {func(c *census) { c.set(After, Regional, 0, Unmatched); c.link(After, 0, 2) }, 0, OtherPartner},
		"another outcome":    {func(c *census) { c.set(After, Central, 1, Conflicted) }, 1, OtherOutcome},
		"another reason":     {func(c *census) { c.findings[After].Reasons[Central][1] = ReasonNIKTaken }, 1, OtherReason},
		"new":                {func(c *census) { c.persons[Before][Central][1] = 7 }, 1, PersonNew},
		"gone":               {func(c *census) { c.persons[After][Central][1] = 7 }, 1, PersonGone},
		"gone, once matched": {func(c *census) { c.persons[After][Central][0] = 7 }, 0, PersonGone},
	} {
		v := village()
		c.change(v)
		d := v.difference(Before, After, CauseOthers)
		if got := v.changes(d, Before, After)[Central][c.person]; got.Kind != c.want {
			t.Errorf("%s: %s", name, got.Kind)
		}
	}
}

// A file comes before a changed record, and both before what concerns the run as
// a whole.
func TestCausesOfChange(t *testing.T) {
	for name, c := range map[string]struct {
		change func(c *census)
		join   func(d *Difference)
		person int // central
		want   ChangeCause
	}{
		"the person is new":   {change: func(c *census) { c.persons[Before][Central][1] = 7 }, person: 1, want: CauseNewFile},
		"the person is gone":  {change: func(c *census) { c.persons[After][Central][1] = 7 }, person: 1, want: CauseFileGone},
		"the partner is new":  {change: func(c *census) { c.persons[Before][Regional][1] = 7; c.link(After, 1, 1) }, person: 1, want: CauseNewFile},
		"the partner is gone": {change: func(c *census) { c.persons[After][Regional][0] = 7; c.set(After, Central, 0, Unmatched) }, want: CauseFileGone},
		"one partner gone, the other new": {
			change: func(c *census) { c.persons[After][Regional] = []int{7, 1, 2} }, want: CauseNewFile,
		},
		"in conflict with somebody new": {
			change: func(c *census) {
				c.persons[Before][Regional][1] = 7
				c.set(After, Central, 1, Conflicted)
				c.set(After, Regional, 1, Conflicted)
			},
			join: func(d *Difference) { d.Entangle(After, []int32{1}, []int32{1}) }, person: 1, want: CauseNewFile,
		},
		"no longer in conflict with somebody gone": {
			change: func(c *census) {
				c.persons[After][Regional][1] = 7
				c.set(Before, Central, 1, Conflicted)
				c.set(Before, Regional, 1, Conflicted)
			},
			join: func(d *Difference) { d.Entangle(Before, []int32{1}, []int32{1}) }, person: 1, want: CauseFileGone,
		},
		"in conflict with old acquaintances": {
			change: func(c *census) { c.set(After, Central, 1, Conflicted); c.set(After, Regional, 1, Conflicted) },
			join:   func(d *Difference) { d.Entangle(After, []int32{1}, []int32{1}) }, person: 1, want: CauseModel,
		},
		"linked, and a conflict with somebody new beside it": {
			change: func(c *census) { c.persons[Before][Regional][2] = 7; c.link(After, 1, 1) },
			join:   func(d *Difference) { d.Entangle(After, []int32{1}, []int32{2}) }, person: 1, want: CauseModel,
		},
		"the record changed": {
			change: func(c *census) { c.link(After, 1, 1) },
			join:   func(d *Difference) { d.pairings[Central].changed[1] = true }, person: 1, want: CauseRecordChanged,
		},
		"the record of the partner changed": {
			change: func(c *census) { c.link(After, 1, 1) },
			join:   func(d *Difference) { d.pairings[Regional].changed[1] = true }, person: 1, want: CauseRecordChanged,
		},
		"the record of the lost partner changed": {
			change: func(c *census) { c.set(After, Central, 0, Unmatched); c.set(After, Regional, 0, Unmatched) },
			join:   func(d *Difference) { d.pairings[Regional].changed[0] = true }, want: CauseRecordChanged,
		},
		"a person decided so": {
			change: func(c *census) {
				c.link(After, 1, 1)
				c.findings[After].Link(Link{Central: 1, Regional: 1, Rule: ruleDecision})
			}, person: 1, want: CauseDecision,
		},
		"a person decided otherwise": {
			change: func(c *census) {
				c.set(After, Central, 0, Unmatched)
				c.set(After, Regional, 0, Unmatched)
				c.findings[After].Decide(Central, 0)
			}, want: CauseDecision,
		},
		"a decision was undone": {
			change: func(c *census) {
				c.set(After, Central, 0, Unmatched)
				c.set(After, Regional, 0, Unmatched)
				c.findings[Before].Decide(Central, 0)
			}, want: CauseDecision,
		},
		"nothing nearer": {change: func(c *census) { c.link(After, 1, 1) }, person: 1, want: CauseModel},
		"no change":      {change: func(*census) {}, want: CauseNone},
	} {
		v := village()
		c.change(v)
		d := v.difference(Before, After, CauseModel)
		if c.join != nil {
			c.join(d)
		}
		if got := v.changes(d, Before, After)[Central][c.person]; got.Cause != c.want {
			t.Errorf("%s: %q", name, got.Cause)
		}
	}
}

// A link that goes from one of two equal records to the other is none that
// changed, once it is told that they are equal.
func TestEqualPartners(t *testing.T) {
	v := village()
	v.set(After, Regional, 0, Duplicate)
	v.link(After, 0, 1)
	d := v.difference(Before, After, CauseOthers)
	doubtful := d.Doubtful(Regional)
	if len(doubtful) != 1 || doubtful[0] != (RowPair{0, 1}) || len(d.Doubtful(Central)) != 0 {
		t.Fatalf("%v, %v", doubtful, d.Doubtful(Central))
	}
	if c := d.Change(Central, 0); c.Kind != OtherPartner {
		t.Errorf("two records: %s", c.Kind)
	}
	d.Alike(Regional, doubtful[0])
	if c := d.Change(Central, 0); c.Kind != Unchanged {
		t.Errorf("two equal records: %s", c.Kind)
	}
}

// Nobody needs to know whether somebody who is gone equals somebody who is new:
// they would have been paired.
func TestDoubtfulLeavesOutStrangers(t *testing.T) {
	v := village()
	v.persons[After][Regional] = []int{7, 1, 2}
	if doubtful := v.difference(Before, After, CauseOthers).Doubtful(Regional); len(doubtful) != 0 {
		t.Errorf("%v", doubtful)
	}
}
