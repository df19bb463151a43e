package match

// Findings is what a run decided about its records, by side and row.
type Findings struct {
	Outcomes [2][]Outcome
	Reasons  [2][]Reason
	Partners [2][]int32 // rows of the other side, NoRow for a record that is not linked
	decided  [2]map[int32]bool
}

// NewFindings returns the findings of a run with so many records by side, all of
// them unmatched.
func NewFindings(records [2]int) *Findings {
	f := &Findings{decided: [2]map[int32]bool{{}, {}}}
	for side, n := range records {
		f.Outcomes[side], f.Reasons[side], f.Partners[side] = make([]Outcome, n), make([]Reason, n), make([]int32, n)
		for row := range f.Partners[side] {
			f.Partners[side][row] = NoRow
		}
	}
	return f
}

// Link takes a link of the run.
func (f *Findings) Link(l Link) {
	f.Partners[Central][l.Central], f.Partners[Regional][l.Regional] = l.Regional, l.Central
	if l.Rule == ruleDecision {
		f.Decide(Central, l.Central)
		f.Decide(Regional, l.Regional)
	}
}

// Decide states that a person decided about a record, in a way that only this run
// of the two that are compared follows.
func (f *Findings) Decide(side Side, row int32) { f.decided[side][row] = true }

// Difference compares what two runs decided, person by person. Several goroutines
// may read it once it is complete.
type Difference struct {
	findings [2]*Findings       // by Before and After
	pairings [2]*Pairing        // by side
	alike    [2]map[int32]int32 // by side and row after: a row before of the same identity
	touched  [2][2][]bool       // by Before and After, side and row, see Entangle
	cause    ChangeCause
}

// NewDifference compares two runs, whose pairings come by side. cause explains
// what neither a file nor a record does: CauseModel, CauseVersion or CauseOthers.
func NewDifference(before, after *Findings, pairings [2]*Pairing, cause ChangeCause) *Difference {
	d := &Difference{
		findings: [2]*Findings{before, after}, pairings: pairings,
		alike: [2]map[int32]int32{{}, {}}, cause: cause,
	}
	for when := range d.touched {
		for side := range d.touched[when] {
			d.touched[when][side] = make([]bool, len(d.findings[when].Outcomes[side]))
		}
	}
	return d
}

// Entangle states that records stand in one conflict that blocks a match, or are
// duplicates of each other, in the run before or after: if one of them is not in
// the other run, the file that it came or went with touches all of them.
func (d *Difference) Entangle(when int, central, regional []int32) {
	alone := false
	for side, rows := range [2][]int32{central, regional} {
		for _, row := range rows {
			alone = alone || d.alone(when, Side(side), row)
		}
	}
	if !alone {
		return
	}
	for side, rows := range [2][]int32{central, regional} {
		for _, row := range rows {
			d.touched[when][side][row] = true
		}
	}
}

// alone reports whether only one of the runs has the person of its row; there is
// nobody in NoRow.
func (d *Difference) alone(when int, side Side, row int32) bool {
	if when == Before {
		return d.pairings[side].isGone(row)
	}
	return d.pairings[side].isNew(row)
}

// bears reports whether a person bears the mark of a file that only one of the
// runs has: by the record, by the partner, or by what it is entangled with where
// that is why it has no partner.
func (d *Difference) bears(when int, side Side, row, partner int32) bool {
	if row == NoRow {
		return false
	}
	outcome := d.findings[when].Outcomes[side][row]
	entangled := outcome == Conflicted || outcome == Duplicate
	return d.alone(when, side, row) || d.alone(when, 1-side, partner) || entangled && d.touched[when][side][row]
}

// RowPair is a row of the run before and one of the run after, of one side.
type RowPair struct{ Before, After int32 }

// Doubtful lists the records of a side to which a person of the other side is
// linked, first to one and then to the other, and which are two records. Whether
// they have one identity, which duplicates do, must be told by Alike.
func (d *Difference) Doubtful(side Side) []RowPair {
	var pairs []RowPair
	p, other := d.pairings[side], 1-side
	for row, partner := range d.findings[After].Partners[other] {
		before := d.pairings[other].before[row]
		if partner == NoRow || before == NoRow {
			continue
		}
		pair := RowPair{d.findings[Before].Partners[other][before], partner}
		if pair.Before == NoRow || p.after[pair.Before] == pair.After || p.isGone(pair.Before) && p.isNew(pair.After) {
			continue // nobody, the same record, or none that was left without the other
		}
		pairs = append(pairs, pair)
	}
	return pairs
}

// Alike states that two records that Doubtful lists have one identity.
func (d *Difference) Alike(side Side, pair RowPair) { d.alike[side][pair.After] = pair.Before }

// Rows returns the number of records of a side of the run before or after.
func (d *Difference) Rows(when int, side Side) int { return len(d.findings[when].Outcomes[side]) }

// Partner returns the row of the other side to which a row is linked, NoRow if
// there is none.
func (d *Difference) Partner(when int, side Side, row int32) int32 {
	if row == NoRow {
		return NoRow
	}
	return d.findings[when].Partners[side][row]
}

// RowBefore returns the row before of a row after, NoRow if the person is new.
func (d *Difference) RowBefore(side Side, after int32) int32 { return d.pairings[side].before[after] }

// Gone reports whether the run after does not have the person of a row before.
func (d *Difference) Gone(side Side, before int32) bool { return d.pairings[side].isGone(before) }

// Change tells of the person of a row after. Areas are left out.
func (d *Difference) Change(side Side, after int32) Change {
	return d.change(side, RowPair{d.pairings[side].before[after], after})
}

// Departure tells of a person that is gone, of a row before. Areas are left out.
func (d *Difference) Departure(side Side, before int32) Change {
	return d.change(side, RowPair{before, NoRow})
}

func (d *Difference) change(side Side, rows RowPair) Change {
	c := Change{Side: side}
	for when, row := range [...]int32{rows.Before, rows.After} {
		if row != NoRow {
			c.Standing[when] = Standing{Known: true, Outcome: d.findings[when].Outcomes[side][row], Reason: d.findings[when].Reasons[side][row]}
		}
	}
	partners := RowPair{d.Partner(Before, side, rows.Before), d.Partner(After, side, rows.After)}
	if c.Kind = kindOf(&c.Standing, d.samePerson(1-side, partners)); c.Kind != Unchanged {
		c.Cause = d.causeOf(side, rows, partners)
	}
	return c
}

// kindOf says how the standings of a person differ; samePartner matters only if
// it is matched in both.
func kindOf(s *[2]Standing, samePartner bool) ChangeKind {
	before, after := &s[Before], &s[After]
	switch {
	case !before.Known:
		return PersonNew
	case !after.Known:
		return PersonGone
	case before.Outcome != after.Outcome && after.Outcome == Matched:
		return NewlyMatched
	case before.Outcome != after.Outcome && before.Outcome == Matched:
		return MatchLost
	case before.Outcome != after.Outcome:
		return OtherOutcome
	case before.Outcome == Matched && !samePartner:
		return OtherPartner
	case before.Reason != after.Reason:
		return OtherReason
	}
	return Unchanged
}

// samePerson reports whether two records of a side are the same or have one
// identity.
func (d *Difference) samePerson(side Side, rows RowPair) bool {
	if rows.Before == NoRow || rows.After == NoRow {
		return rows.Before == rows.After
	}
	if d.pairings[side].before[rows.After] == rows.Before {
		return true
	}
	alike, ok := d.alike[side][rows.After]
	return ok && alike == rows.Before
}

// causeOf finds the nearest cause of a change.
func (d *Difference) causeOf(side Side, rows, partners RowPair) ChangeCause {
	person, partner := d.pairings[side], d.pairings[1-side]
	switch {
	case d.bears(After, side, rows.After, partners.After):
		return CauseNewFile
	case d.bears(Before, side, rows.Before, partners.Before):
		return CauseFileGone
	case person.isChanged(rows.After) || partner.isChanged(partners.After) || partners.Before != NoRow && partner.isChanged(partner.after[partners.Before]):
		return CauseRecordChanged
	case d.findings[Before].decided[side][rows.Before] || d.findings[After].decided[side][rows.After]:
		return CauseDecision
	}
	return d.cause
}
