package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strconv"
	"testing"
	"time"

	"padan/internal/fault"
	"padan/match"

	"zombiezen.com/go/sqlite"
)

// limitPages lets a database grow to a number of pages and no further.
func limitPages(t *testing.T, conn *sqlite.Conn, pages int64) {
	t.Helper()
	if _, err := queryInt(conn, "PRAGMA max_page_count = "+strconv.FormatInt(pages, 10)); err != nil {
		t.Fatal(err)
	}
}

// untilItFits does work with no free page, one, two and so on until it succeeds. Every
// failure must be ErrStorage and leave the bytes of the file as they were.
func untilItFits(t *testing.T, conn *sqlite.Conn, path string, work func() error) (failures int) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := queryInt(conn, "PRAGMA page_count")
	if err != nil {
		t.Fatal(err)
	}
	for ; ; failures++ {
		limitPages(t, conn, pages+int64(failures))
		err := work()
		limitPages(t, conn, 1<<30)
		if err == nil {
			return failures
		}
		if err = classify(path, err); !errors.Is(err, ErrStorage) {
			t.Fatalf("%d pages: %v", failures, err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
			t.Fatalf("%d pages: the file is not what it was: %v", failures, err)
		}
	}
}

// TestDiskFull lets every kind of write fail at every page that it adds, with a page
// cache that holds it all and with one that spills into the file before the commit.
func TestDiskFull(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	works := []struct {
		name string
		work func(s *Store) error
	}{
		{"load", func(s *Store) error {
			_, err := s.Load(context.Background(), sampleSource(match.Regional, "b.csv"), sampleBatches(0, 2000, 500), 1)
			return err
		}},
		{"run", func(s *Store) error {
			_, err := s.SaveRun(context.Background(), Run{StartedAt: at, FinishedAt: at, Version: "test"}, rowIDs(t, s), sampleResult(0, 2000))
			return err
		}},
		{"decisions", func(s *Store) error {
			var decisions []Decision
			for i := range 200 {
				decisions = append(decisions, decisionOn(byte(i), byte(i), VerdictSame, "Sari"))
			}
			return s.KeepDecisions(context.Background(), decisions)
		}},
		{"mapping", func(s *Store) error {
			return s.KeepMapping(context.Background(), "a", string(make([]byte, 5*pageSize)))
		}},
	}
	for name, cache := range map[string]string{"whole": "PRAGMA cache_size = -32000", "spilling": "PRAGMA cache_size = 10"} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			mustLoad(t, s, match.Regional, "a.csv", 0, 1000)
			if _, err := queryInt(s.writer, cache); err != nil {
				t.Fatal(err)
			}
			tried := 0
			for _, w := range works {
				failures := untilItFits(t, s.writer, s.path, func() error { return w.work(s) })
				if failures < 2 {
					t.Errorf("%s needs %d pages: the test proves little", w.name, failures)
				}
				tried += failures
				if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
					t.Errorf("%s: check: %v, %v", w.name, problems, err)
				}
			}
			fault.Tried(t, "full_pages", tried, "load, run, decisions, mapping: the file as it was, byte for byte")
		})
	}
}

// TestDiskFullMigration lets the migration to packs fail at every page that it adds.
func TestDiskFullMigration(t *testing.T) {
	old, path := newOldDatabase(t)
	for i := range oldSources {
		old.addSource(int64(i+1), &oldSources[i])
	}
	old.close()
	scripts, err := migrationScripts()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := connectWriter(path)
	if err != nil {
		t.Fatal(err)
	}
	failures := untilItFits(t, conn, path, func() error { return migrate(context.Background(), conn, 3, scripts[:4]) })
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	if failures < 5 {
		t.Errorf("the migration needs %d pages: the test proves little", failures)
	}
	s := openStore(t, path, ModeWrite)
	for i := range oldSources {
		checkOldSource(t, s, &oldSources[i])
	}
	fault.Tried(t, "full_pages", failures, "migration: the file as it was, byte for byte")
}
