package store

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"padan/match"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// linking is a result in which rows are linked and all others are unmatched.
func linking(records [2]int, links ...[2]int32) *match.Result {
	res := &match.Result{}
	for side, n := range records {
		res.Outcomes[side], res.Reasons[side] = make([]match.Outcome, n), make([]match.Reason, n)
		for row := range n {
			res.Reasons[side][row] = match.ReasonNotFound
		}
	}
	for _, l := range links {
		res.Links = append(res.Links, match.Link{Central: l[0], Regional: l[1], Weight: 20, Probability: match.Probability(20)})
		for side, row := range l {
			res.Outcomes[side][row], res.Reasons[side][row] = match.Matched, match.ReasonNone
		}
	}
	return res
}

// mustLoadPersons loads invented persons, some of whom have been changed.
func mustLoadPersons(t *testing.T, s *Store, side match.Side, path string, numbers []int, change func(i int, p *normalize.Person)) *Source {
	t.Helper()
	var batches iter.Seq2[Batch, error] = func(yield func(Batch, error) bool) {
		entries := make([]Entry, len(numbers))
		for i, number := range numbers {
			p, cells := invented(number)
			if change != nil {
				change(i, &p)
			}
			entries[i] = recordEntry(i+2, &p, cells)
		}
		yield(Batch{Sheet: &Sheet{HeaderRow: 1, Header: sampleHeader, Columns: sampleColumns()}, Entries: entries}, nil)
	}
	if _, err := s.Load(context.Background(), sampleSource(side, path), batches); err != nil {
		t.Fatal(err)
	}
	sources, err := s.Sources(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return &sources[side][slices.IndexFunc(sources[side], func(s Source) bool { return s.Path == path })]
}

// told lists what a comparison tells of a side, a line for each person in order,
// and checks that the persons of both runs are all there.
func told(t *testing.T, s *Store, before, after RunID, side match.Side) []string {
	t.Helper()
	ctx := context.Background()
	c, err := s.Compare(ctx, before, after)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	var counts [2]Totals
	var changed []match.Change
	for _, change := range collect(t, c.Persons(ctx, side)) {
		for when, standing := range change.Standing {
			if standing.Known {
				counts[when].Records++
				*counts[when].field(standing.Outcome)++
			}
		}
		line := change.Kind.String()
		if change.Kind != match.Unchanged {
			line += " " + change.Cause.String()
			changed = append(changed, change)
		}
		lines = append(lines, line)
	}
	for when, run := range c.Runs() {
		counts[when].Reasons = run.Totals[side].Reasons
		if diff := cmp.Diff(run.Totals[side], counts[when]); diff != "" {
			t.Errorf("run %d: %s", run.ID, diff)
		}
	}
	var listed []match.Change
	for _, one := range collect(t, c.Changes(ctx, side, func(uint64) bool { return true })) {
		listed = append(listed, one.Change)
		checkCase(t, &one)
	}
	if diff := cmp.Diff(changed, listed); diff != "" {
		t.Errorf("counted and listed: %s", diff)
	}
	return lines
}

// checkCase verifies that a case holds the records that its change tells of.
func checkCase(t *testing.T, c *match.ChangeCase) {
	t.Helper()
	for when, standing := range c.Change.Standing {
		if (c.Records[when].ID != 0) != standing.Known || (c.Partners[when].ID != 0) != (standing.Known && standing.Outcome == match.Matched) {
			t.Errorf("%s: record %d, partner %d for %+v", c.Change.Kind, c.Records[when].ID, c.Partners[when].ID, standing)
		}
		if standing.Known && (c.Records[when].Side != c.Change.Side || standing.Area != c.Records[when].Area.Code) {
			t.Errorf("%s: the record is of another side or area", c.Change.Kind)
		}
	}
}

func repeat(line string, times int) []string { return slices.Repeat([]string{line}, times) }

// One more file: whom it holds is new, who is linked to them is so because of it,
// and whoever else has another outcome, for another cause.
func TestCompareAfterOneMoreFile(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 3000)
	mustLoad(t, s, match.Regional, "r.csv", 0, 1500)
	first := mustSave(t, s, linking([2]int{3000, 1500}, [2]int32{0, 0}, [2]int32{1, 1}))
	mustLoad(t, s, match.Regional, "q.csv", 1500, 1200) // before the others in canonical order
	second := mustSave(t, s, linking([2]int{3000, 2700}, [2]int32{1, 1201}, [2]int32{2, 0}, [2]int32{3, 1202}))

	central := append([]string{"match_lost others", "unchanged", "newly_matched new_file", "newly_matched others"}, repeat("unchanged", 2996)...)
	if diff := cmp.Diff(central, told(t, s, first, second, match.Central)); diff != "" {
		t.Error(diff)
	}
	regional := append(repeat("new new_file", 1200), "match_lost others", "unchanged", "newly_matched others")
	regional = append(regional, repeat("unchanged", 1497)...)
	if diff := cmp.Diff(regional, told(t, s, first, second, match.Regional)); diff != "" {
		t.Error(diff)
	}

	// the other way round the file is gone
	central = append([]string{"newly_matched others", "unchanged", "match_lost file_gone", "match_lost others"}, repeat("unchanged", 2996)...)
	if diff := cmp.Diff(central, told(t, s, second, first, match.Central)); diff != "" {
		t.Error(diff)
	}
	regional = append([]string{"newly_matched others", "unchanged", "match_lost others"}, repeat("unchanged", 1497)...)
	regional = append(regional, repeat("gone file_gone", 1200)...)
	if diff := cmp.Diff(regional, told(t, s, second, first, match.Regional)); diff != "" {
		t.Error(diff)
	}
	for _, id := range []RunID{first, second} {
		for _, side := range bothSides {
			for i, line := range told(t, s, id, id, side) {
				if line != "unchanged" {
					t.Errorf("run %d and itself, %s row %d: %s", id, side, i, line)
				}
			}
		}
	}
}

// A file that is replaced by a newer version: persons are recognised by their
// identity, in canonical order where several share one, also if the rest of what
// is known of them changed.
func TestCompareReplacedFile(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 10)
	old := mustLoadPersons(t, s, match.Regional, "old.csv", []int{0, 1, 2, 3, 4, 5}, func(i int, p *normalize.Person) {
		if i == 5 {
			p.NIK = normalize.Number{} // nothing but all of it tells who that is
		}
	})
	first := mustSave(t, s, linking([2]int{10, 6}, [2]int32{0, 0}, [2]int32{1, 1}, [2]int32{2, 2}, [2]int32{5, 5}))
	if err := s.Withdraw(context.Background(), []int64{old.ID}, time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	mustLoadPersons(t, s, match.Regional, "fresh.csv", []int{7, 2, 5, 2, 1, 4}, func(i int, p *normalize.Person) {
		switch i {
		case 1, 3:
			p.Address.RT, p.Area.Code = uint16(30+i), 3171011001 // moved, and listed twice
		case 2:
			p.NIK, p.Address.RT = normalize.Number{}, 9 // nobody knows whether it is the same person
		}
	})
	second := mustSave(t, s, linking([2]int{10, 6}, [2]int32{1, 4}, [2]int32{3, 1}, [2]int32{4, 5}, [2]int32{5, 2}))

	want := []string{
		"new new_file", "other_partner record_changed", "new new_file", "new new_file", "unchanged", "newly_matched others",
		"gone file_gone", "gone file_gone", "gone file_gone",
	}
	if diff := cmp.Diff(want, told(t, s, first, second, match.Regional)); diff != "" {
		t.Error(diff)
	}
	want = append([]string{
		"match_lost file_gone", "unchanged", "match_lost record_changed", "newly_matched record_changed", "newly_matched others", "other_partner new_file",
	}, repeat("unchanged", 4)...)
	if diff := cmp.Diff(want, told(t, s, first, second, match.Central)); diff != "" {
		t.Error(diff)
	}
	checkMove(t, s, first, second)
}

// checkMove verifies that the person who moved stands with both areas, and is told
// of in the area that is known last.
func checkMove(t *testing.T, s *Store, first, second RunID) {
	t.Helper()
	ctx := context.Background()
	c, err := s.Compare(ctx, first, second)
	if err != nil {
		t.Fatal(err)
	}
	moved := 0
	for _, change := range collect(t, c.Persons(ctx, match.Regional)) {
		if before, after := change.Standing[match.Before], change.Standing[match.After]; before.Known && after.Known && before.Area != after.Area {
			moved++
			if before.Area != 3174011001 || after.Area != 3171011001 || change.Area() != 3171011001 {
				t.Errorf("from %d to %d", before.Area, after.Area)
			}
		}
	}
	if moved != 1 {
		t.Errorf("%d persons moved", moved)
	}
	for area, want := range map[uint64]int{3171011001: 2, 3174011001: 6, 3175011001: 0} {
		cases := collect(t, c.Changes(ctx, match.Regional, func(code uint64) bool { return code == area }))
		if len(cases) != want {
			t.Errorf("%d changes in %d, want %d", len(cases), area, want)
		}
	}
}

// A link that goes from one record of a person to another one of the same
// identity is none that changed.
func TestComparePartnersOfOneIdentity(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 4)
	mustLoadPersons(t, s, match.Regional, "r.csv", []int{0, 0, 1, 2}, func(i int, p *normalize.Person) {
		p.Address.RT += uint16(i)
	})
	first := mustSave(t, s, linking([2]int{4, 4}, [2]int32{0, 0}, [2]int32{1, 2}))
	second := mustSave(t, s, linking([2]int{4, 4}, [2]int32{0, 1}, [2]int32{1, 3}))
	want := []string{"unchanged", "other_partner others", "unchanged", "unchanged"}
	if diff := cmp.Diff(want, told(t, s, first, second, match.Central)); diff != "" {
		t.Error(diff)
	}
	want = []string{"match_lost others", "newly_matched others", "match_lost others", "newly_matched others"}
	if diff := cmp.Diff(want, told(t, s, first, second, match.Regional)); diff != "" {
		t.Error(diff)
	}
}

// Who is in conflict with somebody of a new file, or a duplicate of somebody
// there, is so because of the file.
func TestCompareConflictsWithANewFile(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 4)
	mustLoad(t, s, match.Regional, "r.csv", 0, 4)
	first := mustSave(t, s, linking([2]int{4, 4}, [2]int32{0, 0}))
	mustLoad(t, s, match.Regional, "s.csv", 4, 2)
	res := linking([2]int{4, 6}, [2]int32{0, 0})
	set := func(side match.Side, row int, outcome match.Outcome) {
		res.Outcomes[side][row], res.Reasons[side][row] = outcome, match.ReasonNone
	}
	res.Conflicts = []match.Conflict{
		{Kind: match.Contested, Central: []int32{1}, Regional: []int32{1, 4}},
		{Kind: match.Review, Central: []int32{2}, Regional: []int32{2}},
		{Kind: match.KKDiffers, Central: []int32{2}, Regional: []int32{4}}, // a remark
	}
	set(match.Central, 1, match.Conflicted)
	set(match.Regional, 1, match.Conflicted)
	set(match.Regional, 4, match.Conflicted)
	set(match.Central, 2, match.Conflicted)
	set(match.Regional, 2, match.Conflicted)
	set(match.Regional, 3, match.Duplicate)
	res.Duplicates[match.Regional] = []match.DuplicateOf{{Record: 3, Of: 5, Kind: match.DuplicateNIK}}
	second := mustSave(t, s, res)
	want := []string{"unchanged", "other_outcome new_file", "other_outcome others", "unchanged"}
	if diff := cmp.Diff(want, told(t, s, first, second, match.Central)); diff != "" {
		t.Error(diff)
	}
	want = []string{"unchanged", "other_outcome new_file", "other_outcome others", "other_outcome new_file", "new new_file", "new new_file"}
	if diff := cmp.Diff(want, told(t, s, first, second, match.Regional)); diff != "" {
		t.Error(diff)
	}
}

// Models and versions explain what nothing nearer does.
func TestCompareModelsAndVersions(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 2)
	mustLoad(t, s, match.Regional, "r.csv", 0, 2)
	save := func(version, model string, links ...[2]int32) RunID {
		at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
		id, err := s.SaveRun(context.Background(), Run{StartedAt: at, FinishedAt: at, Version: version, Model: json.RawMessage(model)}, rowIDs(t, s), linking([2]int{2, 2}, links...))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first := save("1", `{"link":8}`)
	for _, c := range []struct{ version, model, want string }{
		{"1", `{"link":8}`, "others"}, {"2", `{"link":8}`, "version"}, {"1", `{"link":9}`, "model"}, {"2", `{"link":9}`, "model"},
	} {
		id := save(c.version, c.model, [2]int32{0, 0})
		if got := told(t, s, first, id, match.Central)[0]; got != "newly_matched "+c.want {
			t.Errorf("version %s, model %s: %s", c.version, c.model, got)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 3000)
	mustLoad(t, s, match.Regional, "r.csv", 0, 2)
	id := mustSave(t, s, linking([2]int{3000, 2}, [2]int32{0, 0}))
	ctx := context.Background()
	for _, runs := range [][2]RunID{{id, 9}, {9, id}} {
		if _, err := s.Compare(ctx, runs[0], runs[1]); !errors.Is(err, ErrNoRun) {
			t.Errorf("%v: %v", runs, err)
		}
	}
	for _, damage := range []string{"DELETE FROM link_pack", "DELETE FROM outcome_pack WHERE first_record > 1024"} {
		copied := mustSave(t, s, linking([2]int{3000, 2}, [2]int32{0, 0}))
		err := s.write(ctx, func(conn *sqlite.Conn) error { return sqlitex.ExecuteTransient(conn, damage, nil) })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Compare(ctx, id, copied); !errors.Is(err, ErrSchema) {
			t.Errorf("%s: %v", damage, err)
		}
	}
}

// A decision explains who is matched or parted by it, if it began or ended between
// the two runs; what nobody is sure about explains nothing.
func TestCompareDecisions(t *testing.T) {
	s := newStore(t)
	ctx := context.Background()
	mustLoad(t, s, match.Central, "a.csv", 0, 4)
	mustLoad(t, s, match.Regional, "r.csv", 0, 4)
	decide := func(number int, verdict Verdict, at int) {
		p, _ := invented(number)
		d := Decision{
			Pair:    NewPair(match.Central, match.IdentityOf(match.Central, &p), match.Regional, match.IdentityOf(match.Regional, &p)),
			Verdict: verdict, Reviewer: "Sari", Decided: time.Date(2026, 1, at, 0, 0, 0, 0, time.UTC),
		}
		if err := s.KeepDecisions(ctx, []Decision{d}); err != nil {
			t.Fatal(err)
		}
	}
	ids := rowIDs(t, s)
	save := func(at int, links ...[2]int32) RunID {
		started := time.Date(2026, 1, at, 0, 0, 0, 0, time.UTC)
		id, err := s.SaveRun(ctx, Run{StartedAt: started, FinishedAt: started}, ids, linking([2]int{4, 4}, links...))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	decide(3, VerdictSame, 1)
	first := save(2, [2]int32{1, 1})
	decide(0, VerdictSame, 3)
	decide(1, VerdictDifferent, 3)
	decide(2, VerdictUnsure, 3)
	second := save(4, [2]int32{0, 0}, [2]int32{2, 2}, [2]int32{3, 3})
	want := []string{"newly_matched decision", "match_lost decision", "newly_matched others", "newly_matched others"}
	for _, side := range bothSides {
		if diff := cmp.Diff(want, told(t, s, first, second, side)); diff != "" {
			t.Error(diff)
		}
	}
	if err := s.UndoDecisions(ctx, []int64{2}, "Tini", time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	third := save(6, [2]int32{2, 2})
	want = []string{"match_lost decision", "unchanged", "unchanged", "match_lost others"}
	if diff := cmp.Diff(want, told(t, s, second, third, match.Central)); diff != "" {
		t.Error(diff)
	}
}
