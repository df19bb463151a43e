package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"padan/match"
	"padan/normalize"
)

// standing is what a run says of a person in an area.
func standing(outcome match.Outcome, reason match.Reason, area uint64) match.Standing {
	return match.Standing{Known: true, Outcome: outcome, Reason: reason, Area: area}
}

// sampleChanges has every way to stand in the list of changes: with a partner
// before, after or both, new, gone, and moved.
func sampleChanges() []match.ChangeCase {
	partner := awkward(match.Central, 7)
	other := elsewhere(match.Central, 8)
	moved := awkward(match.Regional, 3)
	moved.Area.Code = 3171011001
	return []match.ChangeCase{
		{
			Change: match.Change{Side: match.Regional, Kind: match.NewlyMatched, Cause: match.CauseNewFile, Standing: [2]match.Standing{
				standing(match.Unmatched, match.ReasonNotFound, 3174011005), standing(match.Matched, match.ReasonNone, 3174011005),
			}},
			Records:  [2]match.Record{awkward(match.Regional, 2), awkward(match.Regional, 2)},
			Partners: [2]match.Record{match.After: partner},
		},
		{
			Change: match.Change{Side: match.Regional, Kind: match.OtherPartner, Cause: match.CauseRecordChanged, Standing: [2]match.Standing{
				standing(match.Matched, match.ReasonNone, 3174011005), standing(match.Matched, match.ReasonNone, 3171011001),
			}},
			Records: [2]match.Record{awkward(match.Regional, 2), moved}, Partners: [2]match.Record{partner, other},
		},
		{
			Change: match.Change{Side: match.Central, Kind: match.MatchLost, Cause: match.CauseOthers, Standing: [2]match.Standing{
				standing(match.Matched, match.ReasonNone, 0), standing(match.Conflicted, match.ReasonNone, 0),
			}},
			Records: [2]match.Record{elsewhere(match.Central, 4), elsewhere(match.Central, 4)}, Partners: [2]match.Record{match.Before: awkward(match.Regional, 5)},
		},
		{
			Change: match.Change{Side: match.Central, Kind: match.PersonNew, Cause: match.CauseNewFile, Standing: [2]match.Standing{
				match.After: standing(match.Duplicate, match.ReasonNone, 0),
			}},
			Records: [2]match.Record{match.After: {Side: match.Central, Source: "b.csv", Row: 3}},
		},
		{
			Change: match.Change{Side: match.Central, Kind: match.PersonGone, Cause: match.CauseFileGone, Standing: [2]match.Standing{
				match.Before: standing(match.Unmatched, match.ReasonNIKInvalid, 0),
			}},
			Records: [2]match.Record{match.Before: elsewhere(match.Central, 4)},
		},
	}
}

// sampleInfo is what is known of two runs with other models and files.
func sampleInfo(area string, sides ...match.Side) DiffInfo {
	within, _ := normalize.ParseAreaRange(area)
	at := time.Date(2026, 5, 6, 0, 8, 9, 0, time.UTC)
	return DiffInfo{
		Runs: [2]RunInfo{
			{Number: 7, Started: at, Version: "0.1", Link: 8.25, Review: -1}, {Number: 1_008, Started: at.Add(24 * time.Hour), Version: "0.2", Link: 13.2875, Review: -1},
		},
		Model: true, Added: [2][]string{match.Regional: {"data \"A\".csv", "tebet & <1> 3174015705809003.xlsx"}}, Removed: [2][]string{match.Central: {"=lama.csv"}},
		Sides: sides, Area: within,
	}
}

// sampleDiff has the changes of sampleChanges, many who are unchanged, and some
// who moved.
func sampleDiff(info DiffInfo) *Diff {
	d := NewDiff(info)
	for _, c := range sampleChanges() {
		d.Add(&c.Change)
	}
	for _, side := range []match.Side{match.Central, match.Regional} {
		for range 1_234 {
			d.Add(&match.Change{Side: side, Standing: [2]match.Standing{
				standing(match.Matched, match.ReasonNone, 3174011005), standing(match.Matched, match.ReasonNone, 3174011005),
			}})
		}
		d.Add(&match.Change{Side: side, Standing: [2]match.Standing{
			standing(match.Unmatched, match.ReasonNIKMissing, 3174011001), standing(match.Unmatched, match.ReasonNIKMissing, 3174021001),
		}})
	}
	return d
}

func bothSidesOf() []match.Side { return []match.Side{match.Central, match.Regional} }

func TestGoldenDiff(t *testing.T) {
	for name, info := range map[string]DiffInfo{
		"diff": sampleInfo("", bothSidesOf()...), "diff_kota": sampleInfo("31.74", bothSidesOf()...),
		"diff_kecamatan": sampleInfo("31.74.01", match.Regional),
	} {
		for suffix, o := range goldenOptions {
			d := sampleDiff(info)
			if !d.AddsUp() {
				t.Errorf("%s does not add up", name)
			}
			var text bytes.Buffer
			if err := d.WriteText(&text, o); err != nil {
				t.Fatal(err)
			}
			if !o.Mask {
				compareGolden(t, text.Bytes(), name+suffix+".txt")
			} else if longRun.Match(text.Bytes()) {
				t.Errorf("%s shows a number though masked", name)
			}
		}
	}
}

// Runs between which nothing changed need one line.
func TestNothingChanged(t *testing.T) {
	d := NewDiff(sampleInfo("", bothSidesOf()...))
	d.Add(&match.Change{Standing: [2]match.Standing{standing(match.Matched, match.ReasonNone, 0), standing(match.Matched, match.ReasonNone, 0)}})
	var text bytes.Buffer
	if err := d.WriteText(&text, Options{Language: English}); err != nil {
		t.Fatal(err)
	}
	if text.String() != "Nothing changed between run 7 and run 1008.\n" {
		t.Errorf("%q", text.String())
	}
}

// drawChanges draws persons in any standings, with the kinds that these have.
func drawChanges(t *rapid.T) []match.Change {
	areas := rapid.SampledFrom([]uint64{0, 3100000000, 3174000000, 3174010000, 3174011005, 3174011001, 3174019999, 3174021001, 3171011001, 3273000000})
	one := rapid.Custom(func(t *rapid.T) match.Change {
		c := match.Change{Side: match.Side(rapid.IntRange(0, 1).Draw(t, "side"))}
		known := rapid.IntRange(0, 4).Draw(t, "known") // 0 = only before, 1 = only after
		for when := range c.Standing {
			if known != 1-when {
				c.Standing[when] = standing(match.Outcome(rapid.IntRange(0, 3).Draw(t, "outcome")), match.ReasonNone, areas.Draw(t, "area"))
			}
		}
		before, after := &c.Standing[match.Before], &c.Standing[match.After]
		if known == 1 {
			c.Standing[match.Before] = match.Standing{}
		}
		switch {
		case !before.Known:
			c.Kind = match.PersonNew
		case !after.Known:
			c.Kind = match.PersonGone
		case before.Outcome != after.Outcome:
			c.Kind = match.OtherOutcome
		}
		return c
	})
	return rapid.SliceOfN(one, 0, 60).Draw(t, "persons")
}

// The figures of all areas, and of any area that is looked at alone, add up, and
// are those that one counts by hand.
func TestDiffAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		area := rapid.SampledFrom([]string{"", "31", "31.74", "31.74.01", "31.74.01.1005", "32.73"}).Draw(t, "only")
		info := sampleInfo(area, bothSidesOf()...)
		d := NewDiff(info)
		var all, within [2][2]Counts
		changed := int64(0)
		for _, c := range drawChanges(t) {
			d.Add(&c)
			for when, s := range c.Standing {
				if s.Known {
					all[c.Side][when][s.Outcome]++
				}
				if s.Known && info.Within(s.Area) {
					within[c.Side][when][s.Outcome]++
				}
			}
			if info.Within(c.Area()) && c.Kind != match.Unchanged {
				changed++
			}
		}
		total := d.Total()
		if total.Persons != within || d.Changed() != changed {
			t.Fatalf("counted %v and %d changes, want %v and %d", total.Persons, d.Changed(), within, changed)
		}
		for side := range all {
			for when := range all[side] {
				if got := d.All(match.Side(side), when); got != all[side][when] {
					t.Fatalf("%v of all, want %v", got, all[side][when])
				}
			}
		}
		if !d.AddsUp() {
			t.Fatal("does not add up")
		}
		if area == "" && (total.Left[RecapTotal] != [2]int64{} || total.Arrived[RecapTotal] != [2]int64{}) {
			t.Fatalf("%v left and %v arrived, from nowhere", total.Left, total.Arrived)
		}
		checkMoves(t, d)
	})
}

// checkMoves verifies that the changes add up to the same, however they are
// grouped.
func checkMoves(t *rapid.T, d *Diff) {
	for name, as := range map[string]func(match.Change) match.Change{"cause": ByCause, "outcome": ByOutcome, "all": Whole} {
		sum := int64(0)
		for _, move := range d.Moves(as) {
			sum += move.Count[match.Central] + move.Count[match.Regional]
		}
		if sum != d.Changed() {
			t.Fatalf("%d changes by %s, want %d", sum, name, d.Changed())
		}
	}
}

// Who moves within a kecamatan leaves a kelurahan, but no kecamatan, and so on.
func TestDiffMoves(t *testing.T) {
	for name, c := range map[string]struct {
		to     uint64
		levels []RecapLevel // that are left
	}{
		"nowhere":            {3174011005, nil},
		"in the kecamatan":   {3174011001, []RecapLevel{RecapKelurahan}},
		"in the kota":        {3174021001, []RecapLevel{RecapKelurahan, RecapKecamatan}},
		"to another kota":    {3171011001, []RecapLevel{RecapKelurahan, RecapKecamatan, RecapKota}},
		"out of DKI Jakarta": {3201011001, []RecapLevel{RecapKelurahan, RecapKecamatan, RecapKota, RecapTotal}},
	} {
		d := NewDiff(sampleInfo("31", bothSidesOf()...))
		d.Add(&match.Change{Side: match.Regional, Standing: [2]match.Standing{
			standing(match.Matched, match.ReasonNone, 3174011005), standing(match.Matched, match.ReasonNone, c.to),
		}})
		var left []RecapLevel
		for _, row := range d.Rows() {
			if row.Left[row.Level][match.Regional] == 1 {
				left = append(left, row.Level)
			}
		}
		slices.Sort(left)
		if !slices.Equal(left, c.levels) || !d.AddsUp() {
			t.Errorf("%s: left %v, want %v", name, left, c.levels)
		}
	}
}

// A person too many or too few is seen.
func TestDiffThatDoesNotAddUp(t *testing.T) {
	for name, spoil := range map[string]func(a *AreaDiff){
		"one is lost":                  func(a *AreaDiff) { a.Persons[match.Central][match.After][match.Matched]-- },
		"one is counted twice":         func(a *AreaDiff) { a.Persons[match.Regional][match.Before][match.Conflicted]++ },
		"one is new without being so":  func(a *AreaDiff) { a.Kinds[match.Central][match.PersonNew]++ },
		"one changed who is not there": func(a *AreaDiff) { a.Kinds[match.Regional][match.MatchLost]++ },
	} {
		d := sampleDiff(sampleInfo("", bothSidesOf()...))
		spoil(d.area(3174011005))
		if d.AddsUp() {
			t.Errorf("%s: adds up", name)
		}
	}
}

// Every code that a diff shows has its words in each language.
func TestDiffWordsAreWhole(t *testing.T) {
	for _, l := range []Language{Indonesian, English} {
		words := l.catalogue()
		for k := range match.ChangeKindCount {
			if at(words.changes, k) == "" {
				t.Errorf("%s: no words for %s", l, k)
			}
		}
		for _, c := range match.ChangeCauses() {
			if at(words.causes, c) == "" || at(words.causeNotes, c) == "" {
				t.Errorf("%s: no words for %s", l, c)
			}
		}
	}
}

// An area outside DKI Jakarta has a name, too.
func TestAreaTitle(t *testing.T) {
	for code, want := range map[uint64]string{
		3174011005: "Bukit Duri, Tebet, Kota Adm. Jakarta Selatan", 3174010000: "Tebet, Kota Adm. Jakarta Selatan", 0: "",
	} {
		if got := areaTitle(code); got != want {
			t.Errorf("%d is %q", code, got)
		}
	}
	if got := areaTitle(3201010000); !strings.HasSuffix(got, "Jawa Barat") || strings.HasPrefix(got, ",") {
		t.Errorf("%q", got)
	}
}
