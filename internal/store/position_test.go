package store

import (
	"context"
	"errors"
	"testing"

	"padan/match"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

// TestWhatStandsAtPositions reads links, conflicts and persons by position, out of
// order and over the ends of packs, and finds what the whole lists have there.
func TestWhatStandsAtPositions(t *testing.T) {
	const n = 1500
	s := twoSides(t, n, n)
	ctx := context.Background()
	id := mustSave(t, s, sampleResult(n, n))
	links := collect(t, s.LinkedPairs(ctx, id))
	conflicts := collect(t, s.Conflicts(ctx, id))

	positions := []int64{int64(len(links)) - 1, 0, linksPerPack, linksPerPack - 1, 700, 700, 5}
	got, err := s.LinksAt(ctx, id, positions...)
	if err != nil || len(got) != len(positions) {
		t.Fatalf("%d links, %v", len(got), err)
	}
	for i, position := range positions {
		if diff := cmp.Diff(links[position], got[i]); diff != "" {
			t.Errorf("link %d: %s", position, diff)
		}
	}
	positions = []int64{int64(len(conflicts)) - 1, 0, 40}
	cases, err := s.ConflictsAt(ctx, id, positions...)
	if err != nil || len(cases) != len(positions) {
		t.Fatalf("%d conflicts, %v", len(cases), err)
	}
	for i, position := range positions {
		if diff := cmp.Diff(conflicts[position], cases[i]); diff != "" {
			t.Errorf("conflict %d: %s", position, diff)
		}
	}
	ids := rowIDs(t, s)
	persons, err := s.PersonsOf(ctx, ids[match.Regional][3], ids[match.Central][n-1])
	if err != nil {
		t.Fatal(err)
	}
	last, _ := invented(n - 1)
	third, _ := invented(3)
	if diff := cmp.Diff([]normalize.Person{third, last}, persons); diff != "" {
		t.Error(diff)
	}
}

func TestNothingStandsBeyondTheEnds(t *testing.T) {
	const n = 600
	s := twoSides(t, n, n)
	ctx := context.Background()
	res := sampleResult(n, n)
	id := mustSave(t, s, res)
	for _, position := range []int64{-1, int64(len(res.Links)), 1 << 41} {
		if _, err := s.LinksAt(ctx, id, 3, position); !errors.Is(err, ErrSchema) {
			t.Errorf("link %d: %v", position, err)
		}
	}
	for _, position := range []int64{int64(len(res.Conflicts)), keyMask} {
		if _, err := s.ConflictsAt(ctx, id, 3, position); !errors.Is(err, ErrSchema) {
			t.Errorf("conflict %d: %v", position, err)
		}
	}
	if _, err := s.PersonsOf(ctx, 1<<30); !errors.Is(err, ErrNoRecord) {
		t.Errorf("no such record: %v", err)
	}
	for what, read := range map[string]func() error{
		"links":     func() error { _, err := s.LinksAt(ctx, 99); return err },
		"conflicts": func() error { _, err := s.ConflictsAt(ctx, 99); return err },
		"rows":      func() error { return lastError(s.ConflictRows(ctx, 99)) },
	} {
		if err := read(); !errors.Is(err, ErrNoRun) {
			t.Errorf("%s of no run: %v", what, err)
		}
	}
	if links, err := s.LinksAt(ctx, id); err != nil || len(links) != 0 {
		t.Errorf("no positions: %d links, %v", len(links), err)
	}
}
