package report

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padan/match"
	"padan/normalize"
)

// areaRun is an invented run: its records by side and row, and what was decided.
type areaRun struct {
	records   [2][]match.RecordOutcome
	links     []match.Link
	conflicts []match.Conflict
}

func drawAreaRun(t *rapid.T) *areaRun {
	codes := []uint64{0, 3100000000, 3174000000, 3174010000, 3174011005, 3174011001, 3174019999, 3171011001, 3171021001, 3273000000}
	r := &areaRun{}
	for range rapid.IntRange(0, 80).Draw(t, "records") {
		side := match.Side(rapid.IntRange(0, 1).Draw(t, "side"))
		outcome := rapid.SampledFrom([]match.Outcome{match.Unmatched, match.Conflicted, match.Duplicate}).Draw(t, "outcome")
		o := outcomeOf(side, rapid.SampledFrom(codes).Draw(t, "area"), rapid.Uint64Range(0, 8).Draw(t, "kk"), outcome)
		if rapid.Bool().Draw(t, "head") {
			o.Person.Relation = normalize.RelationHead
		}
		if outcome == match.Unmatched {
			o.Reason = match.ReasonNotFound
		}
		r.records[side] = append(r.records[side], o)
	}
	central, regional := r.records[match.Central], r.records[match.Regional]
	partner := rapid.Permutation(upTo(len(regional))).Draw(t, "partners")
	for row := range int32(min(len(central), len(regional))) {
		if rapid.Bool().Draw(t, "linked") {
			link := match.Link{Central: row, Regional: partner[row]}
			link.Vector[match.CompareNIK] = uint8(row % 5)
			r.links = append(r.links, link)
			for _, o := range []*match.RecordOutcome{&central[row], &regional[partner[row]]} {
				o.Outcome, o.Reason = match.Matched, match.ReasonNone
			}
		}
	}
	for range rapid.IntRange(0, 20).Draw(t, "conflicts") {
		c := match.Conflict{Central: drawRows(t, len(central)), Regional: drawRows(t, len(regional))}
		if len(c.Central)+len(c.Regional) > 0 {
			r.conflicts = append(r.conflicts, c)
		}
	}
	return r
}

func drawRows(t *rapid.T, n int) []int32 {
	if n == 0 {
		return nil
	}
	return rapid.SliceOfNDistinct(rapid.Int32Range(0, int32(n)-1), 0, 3, rapid.ID).Draw(t, "rows")
}

func upTo(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

func (r *areaRun) index(level AreaLevel) *AreaIndex {
	x := NewAreaIndex(level)
	for side := range r.records {
		for i := range r.records[side] {
			x.Add(&r.records[side][i])
		}
	}
	for i := range r.links {
		x.AddLink(&r.links[i])
	}
	for i := range r.conflicts {
		x.AddConflict(&r.conflicts[i])
	}
	return x
}

func (r *areaRun) record(side match.Side, row int32) *match.Record {
	return &r.records[side][row].Record
}

// The lists of each area add up to what the recap counts there, and to every record
// of the run.
func TestAreaPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := drawAreaRun(t)
		level := AreaLevel(rapid.IntRange(0, 1).Draw(t, "level"))
		recap := NewRecap()
		for side := range run.records {
			for i := range run.records[side] {
				recap.Add(&run.records[side][i])
			}
		}
		var listed [2][]int32
		for _, p := range run.index(level).Parts() {
			var want, got [2]Counts
			for _, row := range recap.Rows() {
				if p.counts(&row) && row.Level != RecapKecamatan { // not the sum beside its rows
					want[0], want[1] = plus(want[0], row.Persons[0]), plus(want[1], row.Persons[1])
				}
			}
			for _, position := range p.Matched {
				link := p.Link(position)
				got[match.Central][match.Matched]++
				if p.holds(run.record(match.Regional, link.Regional)) {
					got[match.Regional][match.Matched]++
				}
				listed[match.Central] = append(listed[match.Central], link.Central)
				listed[match.Regional] = append(listed[match.Regional], link.Regional)
			}
			got[match.Regional][match.Matched] += int64(len(p.Elsewhere))
			for side := range listed {
				got[side][match.Unmatched] = int64(len(p.Unmatched[side]))
				got[side][match.Duplicate] = int64(len(p.Duplicates[side]))
				listed[side] = append(append(listed[side], p.Unmatched[side]...), p.Duplicates[side]...)
				got[side][match.Conflicted] = run.conflicted(p, match.Side(side))
				for _, row := range p.Unmatched[side] {
					if p.Reason(match.Side(side), row) != match.ReasonNotFound {
						t.Fatalf("the reason of %d is lost", row)
					}
				}
			}
			if got != want {
				t.Fatalf("area %d: %v, the recap has %v", p.Code, got, want)
			}
		}
		for side := range listed {
			slices.Sort(listed[side])
			for row := range run.records[side] {
				if n, _ := slices.BinarySearch(listed[side], int32(row)); run.records[side][row].Outcome != match.Conflicted &&
					(n == len(listed[side]) || listed[side][n] != int32(row)) {
					t.Fatalf("row %d is missing", row)
				}
			}
			if len(slices.Compact(slices.Clone(listed[side]))) != len(listed[side]) {
				t.Fatal("a record is listed twice")
			}
		}
	})
}

func plus(a, b Counts) Counts {
	for o := range a {
		a[o] += b[o]
	}
	return a
}

// conflicted counts the undecided records of a part.
func (r *areaRun) conflicted(p *AreaPart, side match.Side) int64 {
	n := int64(0)
	for i := range r.records[side] {
		if o := &r.records[side][i]; o.Outcome == match.Conflicted && p.holds(&o.Record) {
			n++
		}
	}
	return n
}

// Each list is sorted by kelurahan, household, head and row; a link to another
// workbook's record stands in both.
func TestAreaPartsAreSorted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := drawAreaRun(t)
		level := AreaLevel(rapid.IntRange(0, 1).Draw(t, "level"))
		sorted := func(side match.Side, rows []int32) {
			if !slices.IsSortedFunc(rows, func(a, b int32) int { return run.compare(side, a, b) }) {
				t.Fatalf("%v is not sorted", rows)
			}
		}
		parts := run.index(level).Parts()
		if !slices.IsSortedFunc(parts, func(a, b *AreaPart) int { return cmp.Compare(areaOrder(uint32(a.Code)), areaOrder(uint32(b.Code))) }) {
			t.Fatal("the areas are not in order")
		}
		for _, p := range parts {
			var central, regional []int32
			for _, position := range p.Matched {
				central = append(central, p.Link(position).Central)
			}
			for _, position := range p.Elsewhere {
				link := p.Link(position)
				regional = append(regional, link.Regional)
				if link.Vector != run.links[position].Vector || p.holds(run.record(match.Central, link.Central)) {
					t.Fatalf("link %d does not belong to the second sheet", position)
				}
			}
			sorted(match.Central, central)
			sorted(match.Regional, regional)
			for _, side := range []match.Side{match.Central, match.Regional} {
				sorted(side, p.Unmatched[side])
				sorted(side, p.Duplicates[side])
			}
			run.checkConflicts(t, p)
		}
	})
}

// compare orders rows as a reader expects them.
func (r *areaRun) compare(side match.Side, a, b int32) int {
	x, y := &r.records[side][a], &r.records[side][b]
	number := func(o *match.RecordOutcome) uint64 {
		if o.Record.KK.Trust == normalize.TrustNone {
			return 1 << 62
		}
		return o.Record.KK.Value
	}
	head := func(o *match.RecordOutcome) int {
		if o.Person.Relation == normalize.RelationHead && o.Record.KK.Trust != normalize.TrustNone {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(areaOrder(uint32(recapArea(x.Record.Area.Code))), areaOrder(uint32(recapArea(y.Record.Area.Code)))),
		cmp.Compare(number(x), number(y)), cmp.Compare(head(x), head(y)), cmp.Compare(a, b),
	)
}

// checkConflicts verifies that a part holds the conflicts of its records, once each
// and in order.
func (r *areaRun) checkConflicts(t *rapid.T, p *AreaPart) {
	var want []int32
	for i, c := range r.conflicts {
		here := func(side match.Side) func(int32) bool {
			return func(row int32) bool { return p.holds(r.record(side, row)) }
		}
		if slices.ContainsFunc(c.Central, here(match.Central)) || slices.ContainsFunc(c.Regional, here(match.Regional)) {
			want = append(want, int32(i))
		}
	}
	if !slices.Equal(want, p.Conflicts) {
		t.Fatalf("area %d has conflicts %v, want %v", p.Code, p.Conflicts, want)
	}
}
