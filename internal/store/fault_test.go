package store

import (
	"context"
	"errors"
	"iter"
	"testing"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// expectOnly checks the number of sources a side and that the database is sound.
func expectOnly(t *testing.T, s *Store, central, regional int) {
	t.Helper()
	sources, err := s.Sources(context.Background())
	if err != nil || len(sources[0]) != central || len(sources[1]) != regional {
		t.Errorf("%d and %d sources: %v", len(sources[0]), len(sources[1]), err)
	}
	records := int64(0)
	for _, side := range sources {
		for _, source := range side {
			records += source.Records
		}
	}
	err = s.read(context.Background(), func(conn *sqlite.Conn) error {
		n, err := queryInt(conn, "SELECT coalesce(sum(records), 0) FROM record_pack")
		if n != records {
			t.Errorf("%d records instead of %d", n, records)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

func TestCancelledContext(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 3000)
	t.Run("load", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		_, err := s.Load(ctx, sampleSource(match.Regional, "b.csv"), cancelAfter(cancel, 2, sampleBatches(0, 5000, 500)))
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		expectOnly(t, s, 1, 0)
	})
	t.Run("persons", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		var last error
		for _, err := range s.Persons(ctx, match.Central) {
			last = err
			cancel()
		}
		if !errors.Is(last, context.Canceled) {
			t.Errorf("got %v", last)
		}
	})
	t.Run("before", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(context.Background())
		cause := errors.New("signal")
		cancel(cause)
		if _, err := s.Sources(ctx); !errors.Is(err, cause) {
			t.Errorf("got %v", err)
		}
		if _, err := s.Prune(ctx, 1); !errors.Is(err, cause) {
			t.Errorf("got %v", err)
		}
		if _, err := Open(ctx, s.path, ModeRead); !errors.Is(err, cause) {
			t.Errorf("got %v", err)
		}
	})
}

// cancelAfter cancels before the n-th batch is given.
func cancelAfter(cancel func(), n int, batches iter.Seq2[Batch, error]) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		for batch, err := range batches {
			if n--; n < 0 {
				cancel()
			}
			if !yield(batch, err) {
				return
			}
		}
	}
}

// TestBreakEndsGoroutines leaves iterations early; goleak in TestMain sees what
// stays behind.
func TestBreakEndsGoroutines(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 9000)
	mustLoad(t, s, match.Regional, "b.csv", 0, 9000)
	run := mustSave(t, s, sampleResult(9000, 9000))
	for n := range 20 {
		seen := 0
		for _, err := range s.LinkedPairs(context.Background(), run) {
			if err != nil {
				t.Fatal(err)
			}
			if seen++; seen > n*100 {
				break
			}
		}
	}
}

// TestWriteWhileReading keeps an iterator open while the same and another store
// write: the reader holds no lock between chunks.
func TestWriteWhileReading(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 5000)
	mustLoad(t, s, match.Regional, "b.csv", 0, 5000)
	run := mustSave(t, s, sampleResult(5000, 5000))
	r := openStore(t, s.path, ModeRead)
	n := 0
	for _, err := range r.LinkedPairs(context.Background(), run) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 10 {
			mustLoad(t, s, match.Regional, "c.csv", 5000, 2000)
		}
	}
	if n == 0 {
		t.Error("no links")
	}
}
