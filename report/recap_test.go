package report

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"padan/match"
	"padan/normalize"
)

func outcomeOf(side match.Side, area, kk uint64, outcome match.Outcome) match.RecordOutcome {
	o := match.RecordOutcome{Outcome: outcome}
	o.Record.Side, o.Record.Area.Code = side, area
	if kk != 0 {
		o.Record.KK = whole(kk)
	}
	return o
}

// sampleRecap has known and unknown areas of every level.
func sampleRecap() *Recap {
	r := NewRecap()
	for i, area := range []uint64{3174011005, 3174011005, 3174010000, 3174000000, 3100000000, 0, 3201011001, 3101011001} {
		for side := range match.Regional + 1 {
			o := outcomeOf(side, area, 3174010101109000+uint64(i/2), match.Outcome((i+int(side))%4))
			r.Add(&o)
		}
	}
	o := outcomeOf(match.Central, 3171011001, 0, match.Matched)
	for range 1_234 {
		r.Add(&o)
	}
	for i, kinds := range []match.HouseholdKinds{
		match.HouseholdWhole | match.HouseholdMoved, match.HouseholdGrown | match.HouseholdShrunk | match.HouseholdNewHead,
		match.HouseholdSplit | match.HouseholdCardChanged, match.HouseholdSplit,
	} {
		h := household(kinds, 3174010101109000+uint64(min(i, 2)), 3174010101109000+uint64(i))
		r.AddHousehold(&h)
	}
	return r
}

// household is a household under two KK numbers; 0 = not on that side.
func household(kinds match.HouseholdKinds, central, regional uint64) match.HouseholdLink {
	h := match.HouseholdLink{Kinds: kinds, Cards: [2]uint64{central, regional}}
	for side, card := range h.Cards {
		if card == 0 {
			h.First[side] = match.NoRow
		}
	}
	return h
}

func randomOutcomes(t *rapid.T) []match.RecordOutcome {
	codes := []uint64{0, 3100000000, 3174000000, 3174010000, 3174011005, 3174011001, 3174019999, 3174990000, 3171011001, 3171021001, 3273000000}
	var outcomes []match.RecordOutcome
	for range rapid.IntRange(0, 60).Draw(t, "records") {
		outcomes = append(outcomes, outcomeOf(
			match.Side(rapid.IntRange(0, 1).Draw(t, "side")), rapid.SampledFrom(codes).Draw(t, "area"),
			rapid.Uint64Range(0, 8).Draw(t, "kk"), match.Outcome(rapid.IntRange(0, 3).Draw(t, "outcome")),
		))
	}
	return outcomes
}

// The total equals the records; each sum equals the rows below it; each KK of a
// side is counted once, with the outcome that its members give it.
func TestRecapAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outcomes := randomOutcomes(t)
		r := NewRecap()
		var want AreaCounts
		members := [2]map[uint64]map[match.Outcome]bool{{}, {}}
		for i := range outcomes {
			o := &outcomes[i]
			r.Add(o)
			side, kk := o.Record.Side, o.Record.KK.Value
			want.Persons[side][o.Outcome]++
			if kk != 0 {
				if members[side][kk] == nil {
					members[side][kk] = map[match.Outcome]bool{}
				}
				members[side][kk][o.Outcome] = true
			}
		}
		for side := range members {
			for _, has := range members[side] {
				for _, o := range []match.Outcome{match.Conflicted, match.Matched, match.Unmatched, match.Duplicate} {
					if has[o] {
						want.Cards[side][o]++
						break
					}
				}
			}
		}
		for side := range members {
			for kk, has := range members[side] {
				if len(has) == 1 && has[match.Duplicate] {
					continue
				}
				kinds := match.HouseholdKinds(rapid.Uint16Range(1, 1<<12-1).Draw(t, "kinds"))
				cards := [2]uint64{}
				cards[side] = kk
				h := household(kinds, cards[match.Central], cards[match.Regional])
				r.AddHousehold(&h)
				r.AddHousehold(&h) // a second counterpart
				want.Households[side].add(kinds)
			}
			sum := want.Cards[side][match.Duplicate]
			for _, n := range want.Households[side][:composition] {
				sum += n
			}
			if sum != want.Cards[side].Total() {
				t.Fatalf("%d KK by composition, %d by outcome", sum, want.Cards[side].Total())
			}
		}
		checkSums(t, r.Rows(), want)
	})
}

// checkSums adds the rows up, level by level.
func checkSums(t *rapid.T, rows []RecapRow, want AreaCounts) {
	var kota, kecamatan, all AreaCounts // what is left of the last sum of each level, and the sum of kota
	listed := 0
	for _, row := range rows {
		switch row.Level {
		case RecapTotal:
			if row.AreaCounts != want || all != want {
				t.Fatalf("total %v, sum of kota %v, want %v", row.AreaCounts, all, want)
			}
		case RecapKota:
			if kota != (AreaCounts{}) || kecamatan != (AreaCounts{}) {
				t.Fatalf("the rows before kota %d leave %v, %v", row.Area.Code, kota, kecamatan)
			}
			all.add(&row.AreaCounts)
			if row.Area.Kota != "" {
				kota = row.AreaCounts
			}
		case RecapKecamatan:
			if kecamatan != (AreaCounts{}) {
				t.Fatalf("the rows before kecamatan %d leave %v", row.Area.Code, kecamatan)
			}
			kecamatan = row.AreaCounts
			subtract(&kota, &row.AreaCounts)
		case RecapKelurahan:
			if row.Area.Kecamatan == "" {
				subtract(&kota, &row.AreaCounts)
				continue
			}
			subtract(&kecamatan, &row.AreaCounts)
			if row.Area.Kelurahan != "" {
				listed++
			}
		}
	}
	if listed != 267 || rows[len(rows)-1].Level != RecapTotal {
		t.Fatalf("%d kelurahan", listed)
	}
}

func subtract(a, b *AreaCounts) {
	for side := range a.Persons {
		for o := range a.Persons[side] {
			a.Persons[side][o] -= b.Persons[side][o]
			a.Cards[side][o] -= b.Cards[side][o]
		}
		for i := range a.Households[side] {
			a.Households[side][i] -= b.Households[side][i]
		}
	}
}

func TestRecapRowsAreInKemendagriOrder(t *testing.T) {
	last := uint64(0)
	kecamatan := 0
	for _, row := range NewRecap().Rows() {
		if row.Level == RecapTotal {
			continue
		}
		if row.Area.Code <= last {
			t.Errorf("%d comes after %d", row.Area.Code, last)
		}
		last = row.Area.Code
		if row.Level == RecapKecamatan {
			kecamatan++
		}
	}
	if kecamatan != 44 {
		t.Errorf("%d kecamatan", kecamatan)
	}
}

func TestRecapCountsInTheSmallestKnownArea(t *testing.T) {
	for code, want := range map[uint64]uint64{
		3174011005: 3174011005, 3174019999: 3174010000, 3174010000: 3174010000, 3174990000: 3174000000,
		3174000000: 3174000000, 3199000000: 3100000000, 3100000000: 3100000000, 3201011001: 0, 0: 0,
	} {
		if got := recapArea(code); got != want {
			t.Errorf("%d is counted under %d, want %d", code, got, want)
		}
	}
}

// A KK stays in the area of its first member, even if a later one changes its
// outcome; a number that is no number makes no KK.
func TestRecapCards(t *testing.T) {
	r := NewRecap()
	for _, o := range []match.RecordOutcome{
		outcomeOf(match.Central, 3174011005, 7, match.Duplicate),
		outcomeOf(match.Central, 3171011001, 7, match.Matched),
		outcomeOf(match.Central, 3171011001, 7, match.Unmatched),
		outcomeOf(match.Regional, 3171011001, 7, match.Unmatched),
		outcomeOf(match.Central, 3171011001, 0, match.Matched),
		{Record: match.Record{KK: normalize.Number{Value: 5}}},
	} {
		r.Add(&o)
	}
	if got := r.areas[3174011005].Cards[match.Central]; got[match.Matched] != 1 || got.Total() != 1 {
		t.Errorf("first area: %v", got)
	}
	if got := r.areas[3171011001]; got.Cards[match.Central].Total() != 0 || got.Cards[match.Regional][match.Unmatched] != 1 {
		t.Errorf("second area: %v", got.Cards)
	}
}

func TestOnlyAllIsAHundredPercent(t *testing.T) {
	var c Counts
	if c.Percent() != 0 {
		t.Error("an empty area has a percentage")
	}
	c[match.Matched] = 1_600_000
	if c.Percent() != 100 {
		t.Errorf("all are %v %%", c.Percent())
	}
	c[match.Unmatched] = 1
	if c.Percent() != 99.99 {
		t.Errorf("all but one are %v %%", c.Percent())
	}
	c[match.Unmatched] = 400_000
	if c.Percent() != 80 {
		t.Errorf("four of five are %v %%", c.Percent())
	}
}

func TestRecapTextToAFullDiskIsAnError(t *testing.T) {
	if err := sampleRecap().WriteText(&failAfter{}, Options{}); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}

func BenchmarkRecapAdd(b *testing.B) {
	r := NewRecap()
	o := outcomeOf(match.Central, 3174011005, 0, match.Matched)
	b.ReportAllocs()
	for i := range b.N {
		o.Record.KK = whole(3174010101100000 + uint64(i/7))
		r.Add(&o)
	}
}
