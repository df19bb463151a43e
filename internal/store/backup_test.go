package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padan/match"
)

// backedUp is a store with a run and a backup of it.
func backedUp(t *testing.T) (s *Store, backup string) {
	t.Helper()
	s = newStore(t)
	loadList(t, s, match.Central, "pusat.csv", "c1", population(1, 200))
	loadList(t, s, match.Regional, "tebet.csv", "r1", population(2, 200))
	matched(t, s)
	backup = filepath.Join(t.TempDir(), "cadangan.db")
	if err := s.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	return s, backup
}

// A backup is whole while others read, private, and without what came later.
func TestBackup(t *testing.T) {
	ctx := context.Background()
	s, backup := backedUp(t)
	loadList(t, s, match.Regional, "later.csv", "r2", population(3, 10))
	for range s.Persons(ctx, match.Central) { // a reader in the middle of its work
		if err := s.Backup(ctx, filepath.Join(filepath.Dir(backup), "again.db")); err != nil {
			t.Fatal(err)
		}
		break
	}
	info, err := os.Stat(backup)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	b, err := Open(ctx, backup, ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if problems, err := b.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
	if sources, _ := b.Sources(ctx); len(sources[match.Regional]) != 1 {
		t.Errorf("%d sources", len(sources[match.Regional]))
	}
	if err := s.Backup(ctx, filepath.Join(t.TempDir(), "none", "x.db")); err == nil || !strings.Contains(err.Error(), "none") {
		t.Errorf("into no folder: %v", err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Backup(stopped, backup); err == nil {
		t.Error("a cancelled backup is done")
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(backup), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRestore(t *testing.T) {
	ctx := context.Background()
	s, backup := backedUp(t)
	path := s.Path()
	if _, err := Restore(ctx, backup, path); !errors.Is(err, ErrLocked) {
		t.Errorf("restored over a database in use: %v", err)
	}
	loadList(t, s, match.Regional, "later.csv", "r2", population(3, 10))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	old, err := Restore(ctx, backup, path)
	if err != nil || old == "" {
		t.Fatalf("%q, %v", old, err)
	}
	for name, files := range map[string]int{path: 1, old: 2} {
		r, err := Open(ctx, name, ModeRead)
		if err != nil {
			t.Fatal(err)
		}
		if sources, _ := r.Sources(ctx); len(sources[match.Regional]) != files {
			t.Errorf("%s has %d regional sources", name, len(sources[match.Regional]))
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	again, err := Restore(ctx, backup, path)
	if err != nil || again == old {
		t.Errorf("within one second: %q, then %q, %v", old, again, err)
	}
	if _, err := os.Stat(old); err != nil {
		t.Error(err)
	}
	if old, err = Restore(ctx, backup, filepath.Join(t.TempDir(), "new.db")); err != nil || old != "" {
		t.Errorf("into a new place: %q, %v", old, err)
	}
	spoil(t, backup)
	if _, err := Restore(ctx, backup, path); !errors.Is(err, ErrSchema) {
		t.Errorf("a damaged backup is restored: %v", err)
	}
	if r, err := Open(ctx, path, ModeRead); err != nil {
		t.Error(err)
	} else if err := r.Close(); err != nil {
		t.Error(err)
	}
}

// spoil takes an outcome of a run away.
func spoil(t *testing.T, path string) {
	t.Helper()
	rawExec(t, path, "DELETE FROM outcome_pack")
}

func TestForget(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	loadList(t, s, match.Central, "pusat.csv", "c1", population(1, 200))
	old := loadList(t, s, match.Regional, "tebet.csv", "r1", population(2, 200))
	first := matched(t, s)
	loadList(t, s, match.Regional, "tebet.csv", "r2", population(2, 150), old.ID)
	second := matched(t, s)
	if err := s.KeepDecisions(ctx, []Decision{decisionOn(1, 2, VerdictSame, "Sari"), decisionOn(3, 4, VerdictSame, "Sari")}); err != nil {
		t.Fatal(err)
	}
	if err := s.UndoDecisions(ctx, []int64{1}, "Sari", time.Now()); err != nil {
		t.Fatal(err)
	}
	if f, err := s.Forget(ctx, time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil || f != (Forgotten{}) {
		t.Errorf("nothing is so old: %+v, %v", f, err)
	}
	f, err := s.Forget(ctx, time.Now().AddDate(0, 0, 1))
	if err != nil || f != (Forgotten{Runs: 1, Sources: 1, Decisions: 1}) {
		t.Errorf("%+v, %v", f, err)
	}
	if _, err := s.Run(ctx, first); !errors.Is(err, ErrNoRun) {
		t.Errorf("the old run is there: %v", err)
	}
	if _, err := s.Run(ctx, second); err != nil {
		t.Errorf("the last run is gone: %v", err)
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("%v, %v", problems, err)
	}
}
