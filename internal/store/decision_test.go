package store

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"padan/match"
)

func decisionOn(a, b byte, verdict Verdict, reviewer string) Decision {
	return Decision{
		Pair:    NewPair(match.Regional, match.Identity{b}, match.Central, match.Identity{a}),
		Verdict: verdict, Kind: "review", Reviewer: reviewer, Note: "sudah dicek", File: "tinjau.xlsx", Row: 7,
		Decided: time.Date(2026, 11, 27, 8, 0, 0, 0, time.UTC),
	}
}

func mustDecide(t *testing.T, s *Store) []Decision {
	t.Helper()
	decisions, err := s.Decisions(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return decisions
}

func TestDecisionsAreKeptReplacedAndUndone(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "padan.db")
	s, err := Open(ctx, path, ModeCreate)
	if err != nil {
		t.Fatal(err)
	}
	first := decisionOn(1, 2, VerdictSame, "Sari")
	if err := s.KeepDecisions(ctx, []Decision{first, decisionOn(1, 3, VerdictUnsure, "Sari")}); err != nil {
		t.Fatal(err)
	}
	got := mustDecide(t, s)
	first.ID = 1
	if len(got) != 2 || !reflect.DeepEqual(got[0], first) || !got[0].InForce() {
		t.Fatalf("kept as %+v", got)
	}
	if err := s.KeepDecisions(ctx, []Decision{decisionOn(1, 2, VerdictDifferent, "Budi")}); err != nil {
		t.Fatal(err)
	}
	got = mustDecide(t, s)
	if len(got) != 3 || got[0].InForce() || got[0].EndedFor != "replaced" || got[0].EndedBy != "Budi" || !got[2].InForce() {
		t.Fatalf("replaced: %+v", got)
	}
	now := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	if err := s.UndoDecisions(ctx, []int64{2, 1}, "Tini", now); !errors.Is(err, ErrNoDecision) {
		t.Errorf("a decision that has ended was undone: %v", err)
	}
	if got = mustDecide(t, s); !got[1].InForce() {
		t.Error("half of an undoing was done")
	}
	if err := s.UndoDecisions(ctx, []int64{2, 3}, "Tini", now); err != nil {
		t.Fatal(err)
	}
	if got = mustDecide(t, s); got[1].InForce() || got[2].EndedFor != "undone" || got[2].EndedBy != "Tini" || !got[2].Ended.Equal(now) {
		t.Errorf("undone: %+v", got)
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rawExec(t, path, "UPDATE decision SET reviewer = ' ' WHERE id = 1; UPDATE decision SET first = 'x' WHERE id = 2; UPDATE decision SET first_side = 'regional', second_side = 'central' WHERE id = 3")
	if s, err = Open(ctx, path, ModeRead); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if problems, err := s.Check(ctx); err != nil || len(problems) != 3 {
		t.Errorf("damage goes unseen: %v, %v", problems, err)
	}
}

// Two records make one pair, whichever is named first.
func TestPairHasOneOrder(t *testing.T) {
	for _, sides := range [][2]match.Side{{match.Central, match.Regional}, {match.Central, match.Central}, {match.Regional, match.Regional}} {
		a, b := match.Identity{9}, match.Identity{3}
		if NewPair(sides[0], a, sides[1], b) != NewPair(sides[1], b, sides[0], a) {
			t.Errorf("sides %v: the order matters", sides)
		}
	}
}

func TestPersonsOf(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	sheet := &Sheet{Header: sampleHeader, Columns: sampleColumns()}
	if _, err := s.Load(ctx, sampleSource(match.Central, "a.csv"), batchesOf(Batch{Sheet: sheet, Entries: population(1, 700)})); err != nil {
		t.Fatal(err)
	}
	for rows, err := range s.Persons(ctx, match.Central) {
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(rows); i += 97 {
			if got, err := s.PersonsOf(ctx, rows[i].ID); err != nil || got[0] != rows[i].Person {
				t.Fatalf("record %d: %+v, %v", rows[i].ID, got, err)
			}
		}
	}
	if _, err := s.PersonsOf(ctx, 1<<30); !errors.Is(err, ErrNoRecord) {
		t.Errorf("no record: %v", err)
	}
}
