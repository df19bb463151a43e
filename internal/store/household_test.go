package store

import (
	"context"
	"testing"

	"padan/match"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

// A run that was kept before households were has none, and is not damaged.
func TestRunWithoutHouseholds(t *testing.T) {
	s := twoSides(t, 100, 100)
	ctx := context.Background()
	id := mustSave(t, s, sampleResult(100, 100))
	for _, script := range []string{"UPDATE run SET totals = json_remove(totals, '$.households')", "DELETE FROM household"} {
		if err := spoilDatabase(s, script); err != nil {
			t.Fatal(err)
		}
	}
	if households := collect(t, eachOf(s.Households(ctx, id, true))); len(households) != 0 {
		t.Errorf("%d households", len(households))
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

// A household with several counterparts is counted once on its own side.
func TestHouseholdsAreCountedOnce(t *testing.T) {
	s := twoSides(t, 10, 10)
	res := sampleResult(10, 10)
	split := res.Households[0]
	split.Kinds = match.HouseholdSplit
	second := split
	second.First[match.Regional], second.Head[match.Regional] = res.Households[1].First[match.Regional], match.NoRow
	second.Members[match.Regional], second.Linked = 5, 0
	second.Undecided[match.Regional] = 1
	res.Households = []match.HouseholdLink{split, second}
	id := mustSave(t, s, res)
	run, err := s.Run(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	if h := run.Households; h.Central != 1 || h.Regional != 2 || h.Links != 2 || h.Kinds["split"] != 2 {
		t.Errorf("%+v", h)
	}
	if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

// Without cells, households are the same but for the heads.
func TestLeanHouseholds(t *testing.T) {
	const n = 40
	s := twoSides(t, n, n)
	ctx := context.Background()
	res := sampleResult(n, n)
	res.Households[1].Head[match.Regional] = res.Households[1].First[match.Regional] + 1
	id := mustSave(t, s, res)
	want, got := collect(t, eachOf(s.Households(ctx, id, true))), collect(t, eachOf(s.Households(ctx, id, false)))
	for i := range want {
		want[i].Head = [2]match.Record{}
		for side := range want[i].First {
			want[i].First[side].Raw = normalize.Values{}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
		t.Error(len(got), diff)
	}
}
