package store

import (
	"context"
	"errors"
	"slices"
	"testing"

	"padan/match"

	"github.com/google/go-cmp/cmp"
)

// backwards names the items of a list from its end.
func backwards[T any](items []T) func(int) T {
	return func(i int) T { return items[len(items)-1-i] }
}

// TestPickerReadsInTheOrderAsked reads every link, record, conflict and duplicate
// of a run from the last to the first, over more than one span of items.
func TestPickerReadsInTheOrderAsked(t *testing.T) {
	const central, regional = 2600, 2500
	s := twoSides(t, central, regional)
	ctx := context.Background()
	res := sampleResult(central, regional)
	id := mustSave(t, s, res)
	p, err := s.Picker(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	var links []match.Link
	for _, pair := range collect(t, p.Links(ctx, len(res.Links), backwards(res.Links))) {
		links = append(links, pair.Link)
		checkRecord(t, pair.Central, match.Central, int(pair.Link.Central), true)
		checkRecord(t, pair.Regional, match.Regional, int(pair.Link.Regional), true)
	}
	slices.Reverse(links)
	if diff := cmp.Diff(res.Links, links); diff != "" {
		t.Error(diff)
	}
	for _, side := range bothSides {
		rows := upTo(len(res.Outcomes[side]))
		for i, r := range collect(t, p.Records(ctx, side, len(rows), backwards(rows))) {
			checkRecord(t, r, side, len(rows)-1-i, true)
		}
	}
	var conflicts []match.Conflict
	positions := upTo(len(res.Conflicts))
	for _, c := range collect(t, p.Conflicts(ctx, len(positions), func(i int) int64 { return int64(backwards(positions)(i)) })) {
		conflicts = append(conflicts, c.Conflict)
	}
	slices.Reverse(conflicts)
	if diff := cmp.Diff(res.Conflicts, conflicts); diff != "" {
		t.Error(diff)
	}
	duplicates := res.Duplicates[match.Central]
	for i, d := range collect(t, p.Duplicates(ctx, match.Central, len(duplicates), func(i int) int32 { return backwards(duplicates)(i).Record })) {
		want := backwards(duplicates)(i)
		checkRecord(t, d.Duplicate, match.Central, int(want.Record), true)
		checkRecord(t, d.Of, match.Central, int(want.Of), true)
	}
}

func upTo(n int) []int32 {
	rows := make([]int32, n)
	for i := range rows {
		rows[i] = int32(i)
	}
	return rows
}

// What a run does not have is damage, not an empty answer.
func TestPickerRefusesWhatThereIsNot(t *testing.T) {
	s := twoSides(t, 20, 10)
	ctx := context.Background()
	id := mustSave(t, s, sampleResult(20, 10))
	p, err := s.Picker(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	only := func(n int32) func(int) int32 { return func(int) int32 { return n } }
	for name, err := range map[string]error{
		"a row before the first":  lastError(p.Records(ctx, match.Central, 1, only(-1))),
		"a row after the last":    lastError(p.Records(ctx, match.Central, 1, only(20))),
		"a row of the other side": lastError(p.Records(ctx, match.Regional, 1, only(10))),
		"a conflict":              lastError(p.Conflicts(ctx, 1, func(int) int64 { return 7 })),
		"a duplicate":             lastError(p.Duplicates(ctx, match.Central, 1, only(0))),
		"a link":                  lastError(p.Links(ctx, 1, func(int) match.Link { return match.Link{Central: 3, Regional: 10} })),
	} {
		if !errors.Is(err, ErrSchema) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := s.Picker(ctx, id+1); !errors.Is(err, ErrNoRun) {
		t.Errorf("another run: %v", err)
	}
}

// Links and ConflictRows say of a run what LinkedPairs and Conflicts say, but for
// the records.
func TestLeanReaders(t *testing.T) {
	s := twoSides(t, 2600, 2500)
	ctx := context.Background()
	res := sampleResult(2600, 2500)
	id := mustSave(t, s, res)
	if diff := cmp.Diff(res.Links, collect(t, s.Links(ctx, id))); diff != "" {
		t.Error(diff)
	}
	rows := collect(t, s.ConflictRows(ctx, id))
	if len(rows) != len(res.Conflicts) {
		t.Fatalf("%d conflicts", len(rows))
	}
	for i, c := range rows {
		from := &res.Conflicts[i]
		want := match.Conflict{Kind: from.Kind, Weight: from.Weight, Central: from.Central, Regional: from.Regional}
		if diff := cmp.Diff(want, c); diff != "" {
			t.Error(diff)
		}
	}
}
