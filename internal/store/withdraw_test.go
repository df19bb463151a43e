package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"padan/match"
)

// matched matches what is in use and keeps the run.
func matched(t *testing.T, s *Store) RunID {
	t.Helper()
	ctx := context.Background()
	d := match.NewDictionary()
	var tables [2]*match.Table
	var ids [2][]int64
	for _, side := range bothSides {
		tables[side] = match.NewTable(side, d, 0)
		for rows, err := range s.Persons(ctx, side) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				tables[side].Add(&rows[i].Person, rows[i].Source)
				ids[side] = append(ids[side], rows[i].ID)
			}
		}
	}
	res, err := match.Run(ctx, tables[0], tables[1], match.DefaultModel(), match.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.SaveRun(ctx, Run{StartedAt: time.Now()}, ids, res)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func loadList(t *testing.T, s *Store, side match.Side, path, digest string, entries []Entry, replaced ...int64) Source {
	t.Helper()
	src := sampleSource(side, path)
	src.SHA256 = digest
	got, err := s.Load(context.Background(), src, batchesOf(Batch{Sheet: &Sheet{Header: sampleHeader, Columns: sampleColumns()}, Entries: entries}), replaced...)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// A file that is corrected takes the place of the old one under its name; the run
// before still shows the old one, until it is pruned.
func TestReplacedSources(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	loadList(t, s, match.Central, "pusat.csv", "c1", population(1, 300))
	old := loadList(t, s, match.Regional, "in/tebet.csv", "r1", population(2, 300))
	other := loadList(t, s, match.Regional, "in/gambir.csv", "r2", population(3, 100))
	first := matched(t, s)
	newer := loadList(t, s, match.Regional, "in/tebet.csv", "r3", population(2, 280), old.ID)
	second := matched(t, s)

	sources, err := s.Sources(ctx)
	if err != nil || len(sources[match.Regional]) != 2 || sources[match.Regional][1].ID != newer.ID || sources[match.Regional][1].Name != "tebet.csv" {
		t.Fatalf("in use: %+v, %v", sources[match.Regional], err)
	}
	for _, c := range []struct {
		run    RunID
		source Source
	}{{first, old}, {second, newer}} {
		run, err := s.Run(ctx, c.run)
		if err != nil || run.Sources[match.Regional][1].ID != c.source.ID || run.Sources[match.Regional][1].Name != "tebet.csv" {
			t.Errorf("run %d: %+v, %v", c.run, run.Sources[match.Regional], err)
		}
		if got := run.Totals[match.Regional].Records; got != c.source.Records+other.Records {
			t.Errorf("run %d has %d records", c.run, got)
		}
		for _, r := range collect(t, copies(s.RecordOutcomes(ctx, c.run, match.Regional))) {
			if r.Record.Source != "tebet.csv" && r.Record.Source != "gambir.csv" {
				t.Fatalf("run %d names %q", c.run, r.Record.Source)
			}
			if !run.Holds(r.Record.ID) {
				t.Fatalf("run %d does not hold its record", c.run)
			}
		}
		collect(t, s.LinkedPairs(ctx, c.run))
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Fatalf("%v, %v", problems, err)
	}
	if n, err := s.Prune(ctx, 1); err != nil || n != 1 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	if _, err := s.Record(ctx, old.firstRecord); !errors.Is(err, ErrNoRecord) {
		t.Errorf("the rows of the old file are still there: %v", err)
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("after pruning: %v, %v", problems, err)
	}
	if n := int64(len(collect(t, s.LinkedPairs(ctx, second)))); n == 0 {
		t.Error("a poor test: no links")
	}
}

func TestWithdrawnSources(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	one := loadList(t, s, match.Regional, "a.csv", "r1", population(1, 50))
	two := loadList(t, s, match.Regional, "b.csv", "r2", population(2, 50))
	now := time.Date(2026, 11, 27, 1, 2, 3, 0, time.UTC)
	if err := s.Withdraw(ctx, []int64{one.ID, 99}, now); !errors.Is(err, ErrNoSource) {
		t.Errorf("an unknown source is withdrawn: %v", err)
	}
	if sources, _ := s.Sources(ctx); len(sources[match.Regional]) != 2 {
		t.Error("half of a withdrawal was done")
	}
	if err := s.Withdraw(ctx, []int64{one.ID}, now); err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(ctx, []int64{one.ID}, now); !errors.Is(err, ErrNoSource) {
		t.Errorf("withdrawn twice: %v", err)
	}
	records := 0
	for rows, err := range s.Persons(ctx, match.Regional) {
		if err != nil {
			t.Fatal(err)
		}
		records += len(rows)
	}
	if int64(records) != two.Records {
		t.Errorf("%d persons in use", records)
	}
	if _, has, _ := s.HasSource(ctx, match.Regional, "r1"); has {
		t.Error("a withdrawn source counts as loaded")
	}
	if _, found, err := s.Reinstate(ctx, match.Regional, "r9", "x.csv", now); found || err != nil {
		t.Errorf("what never was is back: %v", err)
	}
	back, found, err := s.Reinstate(ctx, match.Regional, "r1", filepath.Join("new", "a2.csv"), now, two.ID)
	if err != nil || !found || back.ID != one.ID || back.Name != "a2.csv" || !back.Withdrawn.IsZero() {
		t.Errorf("%+v, %v, %v", back, found, err)
	}
	if sources, _ := s.Sources(ctx); len(sources[match.Regional]) != 1 {
		t.Error("the replaced source is still in use")
	}
}
