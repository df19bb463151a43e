package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"padan/match"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// twoSides loads two central files and one regional file, in an order that is
// not the canonical one.
func twoSides(t testing.TB, central, regional int) *Store {
	t.Helper()
	s := newStore(t)
	mustLoad(t, s, match.Regional, "r.csv", 0, regional)
	mustLoad(t, s, match.Central, "b.csv", central/2, central-central/2)
	mustLoad(t, s, match.Central, "a.csv", 0, central/2)
	return s
}

func TestSaveRunRoundTrip(t *testing.T) {
	const central, regional = 2600, 2500
	s := twoSides(t, central, regional)
	ctx := context.Background()
	res := sampleResult(central, regional)
	at := time.Date(2026, 5, 6, 7, 8, 9, 10, time.FixedZone("WIB", 7*3600))
	id, err := s.SaveRun(ctx, Run{
		StartedAt: at, FinishedAt: at.Add(time.Second), Version: "1.2", Options: json.RawMessage(`{"review":2}`),
	}, rowIDs(t, s), res)
	if err != nil {
		t.Fatal(err)
	}
	run, err := s.LastRun(ctx)
	if err != nil {
		t.Fatal(err)
	}
	unmatched := int64(central - len(res.Links) - len(res.Conflicts) - len(res.Duplicates[0]))
	want := Run{
		ID: id, StartedAt: at, FinishedAt: at.Add(time.Second), Version: "1.2",
		Options: json.RawMessage(`{"review":2}`), Model: json.RawMessage(`{}`), Rules: res.Rules,
		Links: int64(len(res.Links)), Conflicts: map[string]int64{"review": int64(len(res.Conflicts))},
		Totals: [2]Totals{
			{
				Records: central, Matched: int64(len(res.Links)), Conflict: int64(len(res.Conflicts)), Unmatched: unmatched,
				Duplicate: int64(len(res.Duplicates[0])), Reasons: map[string]int64{"not_found": unmatched},
			},
			{
				Records: regional, Matched: int64(len(res.Links)), Conflict: int64(len(res.Conflicts)),
				Unmatched: int64(len(res.Duplicates[0])), Reasons: map[string]int64{"not_found": int64(len(res.Duplicates[0]))},
			},
		},
		Households: Households{
			Central: central / 5, Regional: regional / 5, Links: regional / 5,
			Kinds: map[string]int64{"whole": regional / 5, "moved": regional / 5, "only_central": (central - regional) / 5},
		},
	}
	if diff := cmp.Diff(want, run, cmpopts.IgnoreFields(Run{}, "Sources"), cmpopts.EquateApproxTime(0)); diff != "" {
		t.Error(diff)
	}
	if names := []string{run.Sources[0][0].Name, run.Sources[0][1].Name, run.Sources[1][0].Name}; !slices.Equal(names, []string{"a.csv", "b.csv", "r.csv"}) {
		t.Errorf("sources %q", names)
	}
	for _, outcome := range match.Outcomes {
		if n := run.Totals[0].Of(outcome); n != int64(countOutcome(res.Outcomes[0], outcome)) {
			t.Errorf("%d %s", n, outcome)
		}
	}
	checkReaders(t, s, id, res)
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

// checkReaders compares what the readers give with the result that was saved.
func checkReaders(t *testing.T, s *Store, id RunID, res *match.Result) {
	t.Helper()
	ctx := context.Background()
	var links []match.Link
	for _, pair := range collect(t, s.LinkedPairs(ctx, id)) {
		links = append(links, pair.Link)
		checkRecord(t, pair.Central, match.Central, int(pair.Link.Central), true)
		checkRecord(t, pair.Regional, match.Regional, int(pair.Link.Regional), true)
	}
	if diff := cmp.Diff(res.Links, links); diff != "" {
		t.Error(diff)
	}
	var conflicts []match.Conflict
	for _, c := range collect(t, s.Conflicts(ctx, id)) {
		conflicts = append(conflicts, c.Conflict)
		checkRecord(t, c.Records[0], match.Central, int(c.Conflict.Central[0]), true)
		checkRecord(t, c.Records[1], match.Regional, int(c.Conflict.Regional[0]), true)
	}
	if diff := cmp.Diff(res.Conflicts, conflicts); diff != "" {
		t.Error(diff)
	}
	var households []match.HouseholdLink
	for _, c := range collect(t, eachOf(s.Households(ctx, id, true))) {
		households = append(households, c.Household)
		for _, side := range bothSides {
			for record, row := range map[*match.Record]int32{&c.First[side]: c.Household.First[side], &c.Head[side]: c.Household.Head[side]} {
				if row != match.NoRow {
					checkRecord(t, *record, side, int(row), true)
				} else if *record != (match.Record{}) {
					t.Fatalf("a record that there is not: %+v", record)
				}
			}
		}
	}
	if diff := cmp.Diff(res.Households, households); diff != "" {
		t.Error(diff)
	}
	for i, d := range collect(t, s.Duplicates(ctx, id)) {
		want := res.Duplicates[0][i]
		checkRecord(t, d.Duplicate, match.Central, int(want.Record), true)
		checkRecord(t, d.Of, match.Central, int(want.Of), true)
		if d.Kind != want.Kind || d.Vector != want.Vector || d.Weight != want.Weight {
			t.Errorf("duplicate %d: %+v", i, d)
		}
	}
	for _, side := range bothSides {
		row := 0
		var unmatched []int
		for _, o := range collect(t, copies(s.RecordOutcomes(ctx, id, side))) {
			checkRecord(t, o.Record, side, row, false)
			if o.Outcome != res.Outcomes[side][row] || o.Reason != res.Reasons[side][row] {
				t.Fatalf("%s row %d: %s %s", side, row, o.Outcome, o.Reason)
			}
			if o.Outcome == match.Unmatched {
				unmatched = append(unmatched, row)
			}
			row++
		}
		records := unmatchedOf(t, s, id, side)
		if len(records) != len(unmatched) {
			t.Fatalf("%d unmatched records of the %s side instead of %d", len(records), side, len(unmatched))
		}
		for i, r := range records {
			checkRecord(t, r, side, unmatched[i], true)
		}
	}
}

// checkRecord verifies that a record is the row-th invented person.
func checkRecord(t *testing.T, r match.Record, side match.Side, row int, raw bool) {
	t.Helper()
	p, cells := invented(row)
	columns := sampleColumns()
	want := match.Record{
		ID: r.ID, Side: side, Source: r.Source, Sheet: r.Sheet, Row: r.Row, Area: p.Area, KK: p.KK, NIK: p.NIK,
	}
	if raw {
		want.Raw = columns.Values(cells)
	}
	if r != want {
		t.Fatalf("%s row %d: %+v", side, row, r)
	}
}

func TestExplainReaders(t *testing.T) {
	const n = 120
	s := twoSides(t, n, n)
	ctx := context.Background()
	ids, res := rowIDs(t, s), sampleResult(n, n)
	id := mustSave(t, s, res)
	links := map[int32]match.Link{}
	for _, link := range res.Links {
		links[link.Central] = link
	}
	for row := range int32(n) {
		for _, side := range bothSides {
			record := ids[side][row]
			outcome, reason, err := s.OutcomeOf(ctx, id, record)
			if err != nil || outcome != res.Outcomes[side][row] || reason != res.Reasons[side][row] {
				t.Fatalf("%s row %d: %s %s %v", side, row, outcome, reason, err)
			}
			pair, found, err := s.LinkOf(ctx, id, record)
			if err != nil || found != (outcome == match.Matched) || found && pair.Link != links[row] {
				t.Fatalf("%s row %d: link %v %v", side, row, found, err)
			}
			cases, err := s.ConflictsOf(ctx, id, record)
			if err != nil || (len(cases) == 1) != (outcome == match.Conflicted) {
				t.Fatalf("%s row %d: %d conflicts, %v", side, row, len(cases), err)
			}
			if len(cases) == 1 && cases[0].Conflict.Central[0] != row {
				t.Fatalf("%s row %d: conflict of row %d", side, row, cases[0].Conflict.Central[0])
			}
			duplicate, found, err := s.DuplicateOf(ctx, id, record)
			if err != nil || found != (outcome == match.Duplicate) || found && duplicate.Duplicate.ID != record {
				t.Fatalf("%s row %d: duplicate %v %v", side, row, found, err)
			}
		}
	}
	if _, _, err := s.OutcomeOf(ctx, id, 1<<30); !errors.Is(err, ErrNoRecord) {
		t.Errorf("got %v", err)
	}
	if _, _, err := s.LinkOf(ctx, 99, 1); !errors.Is(err, ErrNoRun) {
		t.Errorf("got %v", err)
	}
}

// TestSQLView reads outcomes as an inspector with any SQLite shell does.
func TestSQLView(t *testing.T) {
	s := twoSides(t, 2500, 2500)
	id := mustSave(t, s, sampleResult(2500, 2500))
	for query, want := range map[string]int64{
		"SELECT count(*) FROM outcome WHERE run_id = ?": 5000,
		"SELECT count(*) FROM outcome JOIN link_pack ON link_pack.run_id = outcome.run_id AND record_id BETWEEN first_central AND last_central WHERE outcome = 'matched' AND outcome.run_id = ?": 2045,
		"SELECT count(*) FROM outcome WHERE outcome = 'unmatched' AND reason = 'not_found' AND run_id = ?":                                                                                       205,
		"SELECT sum(links) FROM link_pack WHERE run_id = ?":                                                                2045,
		"SELECT count(*) FROM conflict JOIN rule ON rule.id = conflict.rule WHERE rule.code = 'nik_length' AND run_id = ?": 250,
	} {
		got, err := queryInt(s.writer, query, int64(id))
		if err != nil || got != want {
			t.Errorf("%s: %d instead of %d, %v", query, got, want, err)
		}
	}
}

func TestSaveRunRefuses(t *testing.T) {
	const n = 40
	s := twoSides(t, n, n)
	ids := rowIDs(t, s)
	for name, spoil := range map[string]func(ids *[2][]int64, res *match.Result){
		"row missing":       func(ids *[2][]int64, _ *match.Result) { ids[0] = ids[0][1:] },
		"row twice":         func(ids *[2][]int64, _ *match.Result) { ids[0] = append(slices.Clone(ids[0]), ids[0][0]) },
		"rows swapped":      func(ids *[2][]int64, _ *match.Result) { ids[1][3], ids[1][4] = ids[1][4], ids[1][3] },
		"sides swapped":     func(ids *[2][]int64, _ *match.Result) { ids[0], ids[1] = ids[1], ids[0] },
		"outcome missing":   func(_ *[2][]int64, r *match.Result) { r.Outcomes[0] = r.Outcomes[0][1:] },
		"reason missing":    func(_ *[2][]int64, r *match.Result) { r.Reasons[1] = r.Reasons[1][1:] },
		"link missing":      func(_ *[2][]int64, r *match.Result) { r.Links = r.Links[1:] },
		"link twice":        func(_ *[2][]int64, r *match.Result) { r.Links[1] = r.Links[0] },
		"link of unmatched": func(_ *[2][]int64, r *match.Result) { r.Outcomes[1][r.Links[2].Regional] = match.Unmatched },
		"link out of range": func(_ *[2][]int64, r *match.Result) { r.Links[0].Regional = n },
		"link below range":  func(_ *[2][]int64, r *match.Result) { r.Links[0].Central = -1 },
		"link misplaced":    func(_ *[2][]int64, r *match.Result) { r.Links[1], r.Links[2] = r.Links[2], r.Links[1] },
		"link by no rule":   func(_ *[2][]int64, r *match.Result) { r.Links[0].Rule = unknownRule },
		"conflict by none":  func(_ *[2][]int64, r *match.Result) { r.Conflicts[0].Rule = unknownRule },
		"duplicate missing": func(_ *[2][]int64, r *match.Result) { r.Duplicates[0] = r.Duplicates[0][1:] },
		"duplicate twice":   func(_ *[2][]int64, r *match.Result) { r.Duplicates[0][1] = r.Duplicates[0][0] },
		"duplicate of self": func(_ *[2][]int64, r *match.Result) { r.Duplicates[0][0].Of = r.Duplicates[0][0].Record },
		"duplicate of none": func(_ *[2][]int64, r *match.Result) { r.Duplicates[0][0].Of = n },
		"conflict missing":  func(_ *[2][]int64, r *match.Result) { r.Conflicts = r.Conflicts[1:] },
		"conflict of none":  func(_ *[2][]int64, r *match.Result) { r.Conflicts[0].Central[0] = n },
		"conflict is empty": func(_ *[2][]int64, r *match.Result) {
			r.Conflicts = append(r.Conflicts, match.Conflict{Kind: match.Moved})
		},
		"household of no kind":  func(_ *[2][]int64, r *match.Result) { r.Households[1].Kinds = 0 },
		"household of one side": func(_ *[2][]int64, r *match.Result) { r.Households[1].Kinds = match.HouseholdOnlyCentral },
		"household of nobody":   func(_ *[2][]int64, r *match.Result) { r.Households[1].First[0] = n },
		"household of a duplicate": func(_ *[2][]int64, r *match.Result) {
			r.Households[2].First[0] = r.Duplicates[0][0].Record
		},
		"household with a strange head": func(_ *[2][]int64, r *match.Result) { r.Households[1].Head[1] = -2 },
		"household too small":           func(_ *[2][]int64, r *match.Result) { r.Households[1].Members[1] = 1 },
		"household of one side with members of the other": func(_ *[2][]int64, r *match.Result) {
			h := &r.Households[1]
			h.Kinds, h.First[1] = match.HouseholdOnlyCentral, match.NoRow
		},
		"outcome without it": func(_ *[2][]int64, r *match.Result) { r.Outcomes[1][30] = match.Duplicate },
	} {
		t.Run(name, func(t *testing.T) {
			spoiled, res := [2][]int64{slices.Clone(ids[0]), slices.Clone(ids[1])}, sampleResult(n, n)
			spoil(&spoiled, res)
			if _, err := s.SaveRun(context.Background(), Run{}, spoiled, res); !errors.Is(err, ErrResult) {
				t.Errorf("got %v", err)
			}
			if runs, err := s.Runs(context.Background()); err != nil || len(runs) != 0 {
				t.Errorf("%d runs, %v", len(runs), err)
			}
		})
	}
	if _, err := s.SaveRun(context.Background(), Run{Options: json.RawMessage("{")}, ids, sampleResult(n, n)); !errors.Is(err, ErrResult) {
		t.Errorf("options: %v", err)
	}
	mustSave(t, s, sampleResult(n, n))
}

// TestRunIsOfItsSources keeps giving an older run as it was after another load.
func TestRunIsOfItsSources(t *testing.T) {
	s := twoSides(t, 500, 500)
	res := sampleResult(500, 500)
	id := mustSave(t, s, res)
	mustLoad(t, s, match.Central, "0.csv", 5000, 100)
	checkReaders(t, s, id, res)
	mustSave(t, s, sampleResult(600, 500))
	checkReaders(t, s, id, res)
	if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

func TestPrune(t *testing.T) {
	s := twoSides(t, 300, 300)
	if _, err := s.LastRun(context.Background()); !errors.Is(err, ErrNoRun) {
		t.Errorf("got %v", err)
	}
	res := sampleResult(300, 300)
	for range 5 {
		mustSave(t, s, res)
	}
	if n, err := s.Prune(context.Background(), 2); n != 3 || err != nil {
		t.Errorf("deleted %d, %v", n, err)
	}
	runs, err := s.Runs(context.Background())
	if err != nil || len(runs) != 2 || runs[0].ID != 4 || runs[1].ID != 5 {
		t.Fatalf("%d runs, %v", len(runs), err)
	}
	checkReaders(t, s, 4, res)
	checkReaders(t, s, 5, res)
	if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
	if n, err := s.Prune(context.Background(), 0); n != 2 || err != nil {
		t.Errorf("deleted %d, %v", n, err)
	}
	for _, table := range []string{"run", "run_source", "outcome_pack", "link_pack", "conflict", "duplicate", "household"} {
		if n, err := queryInt(s.writer, "SELECT count(*) FROM "+table); n != 0 || err != nil {
			t.Errorf("%s keeps %d rows, %v", table, n, err)
		}
	}
	for _, err := range s.LinkedPairs(context.Background(), 4) {
		if !errors.Is(err, ErrNoRun) {
			t.Errorf("got %v", err)
		}
	}
}

// TestPruneWhileReading never lets a report be short without an error.
func TestPruneWhileReading(t *testing.T) {
	s := twoSides(t, 9000, 9000)
	id := mustSave(t, s, sampleResult(9000, 9000))
	var last error
	n := 0
	for _, err := range s.LinkedPairs(context.Background(), id) {
		last = err
		if n++; n == 1 {
			if _, err := s.Prune(context.Background(), 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !errors.Is(last, ErrSchema) {
		t.Errorf("got %v after %d links", last, n)
	}
}
