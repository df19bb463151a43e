package store

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"padan/match"
)

func TestScale(t *testing.T) {
	cpu := func() float64 {
		var r syscall.Rusage
		_ = syscall.Getrusage(0, &r)
		return float64(r.Utime.Sec) + float64(r.Utime.Usec)/1e6 + float64(r.Stime.Sec) + float64(r.Stime.Usec)/1e6
	}
	rss := func() int64 { var r syscall.Rusage; _ = syscall.Getrusage(0, &r); return r.Maxrss >> 10 }
	const n = 1_600_000
	ctx := context.Background()
	s := newStore(t)
	step := func(what string, f func()) {
		t0, c0 := time.Now(), cpu()
		f()
		fmt.Printf("%-14s %.2fs wall %.2fs cpu rss %d MB\n", what, time.Since(t0).Seconds(), cpu()-c0, rss())
	}
	for _, side := range bothSides {
		step("load", func() {
			if _, err := s.Load(ctx, sampleSource(side, side.String()), repeated(n)); err != nil {
				t.Fatal(err)
			}
		})
	}
	info, _ := os.Stat(s.path)
	fmt.Println("MB", info.Size()>>20)
	for _, side := range bothSides {
		step("persons", func() {
			for _, err := range s.Persons(ctx, side) {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	ids, res := rowIDs(t, s), sampleResult(n, n)
	scatter(res)
	var run RunID
	step("save", func() {
		var err error
		if run, err = s.SaveRun(ctx, Run{}, ids, res); err != nil {
			t.Fatal(err)
		}
	})
	fmt.Println(len(res.Links), len(res.Conflicts), len(res.Duplicates[0]))
	ids, res = [2][]int64{}, nil
	step("linked", func() { collectCount(t, s, run) })
	for _, side := range bothSides {
		step("outcomes", func() {
			for _, err := range s.RecordOutcomes(ctx, run, side) {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
		step("unmatched", func() {
			for _, err := range s.UnmatchedRecords(ctx, run, side) {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	step("conflicts", func() {
		for _, err := range s.Conflicts(ctx, run) {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	step("find nik", func() {
		if _, err := s.FindRecords(ctx, Query{NIK: 1}); err != nil {
			t.Fatal(err)
		}
	})
	step("link of regional", func() {
		if _, _, err := s.LinkOf(ctx, run, n+5); err != nil {
			t.Fatal(err)
		}
	})
	step("prune", func() {
		if _, err := s.Prune(ctx, 0); err != nil {
			t.Fatal(err)
		}
	})
	_ = match.Central
}

func collectCount(t *testing.T, s *Store, run RunID) {
	for _, err := range s.LinkedPairs(context.Background(), run) {
		if err != nil {
			t.Fatal(err)
		}
	}
}
