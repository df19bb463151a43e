package store

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"padan/match"
)

// benchRecords is the number of records a side of the benchmarks.
const benchRecords = 200_000

// repeated yields the same batch of 2,000 entries until count records are there.
func repeated(count int) iter.Seq2[Batch, error] {
	var batch Batch
	for b := range sampleBatches(0, 2000, 2000) {
		batch = b
	}
	return func(yield func(Batch, error) bool) {
		for done := 0; done < count; done += len(batch.Entries) {
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// benchStore is a database with both sides and a run.
func benchStore(b *testing.B) (*Store, RunID) {
	b.Helper()
	s := newStore(b)
	for _, side := range bothSides {
		if _, err := s.Load(context.Background(), sampleSource(side, side.String()), repeated(benchRecords)); err != nil {
			b.Fatal(err)
		}
	}
	return s, mustSave(b, s, sampleResult(benchRecords, benchRecords))
}

func perRow(b *testing.B, rows int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(rows), "ns/row")
}

func BenchmarkLoad(b *testing.B) {
	var size int64
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "padan.db")
		s, err := Open(context.Background(), path, ModeCreate)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Load(context.Background(), sampleSource(match.Central, "a"), repeated(benchRecords)); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		size = info.Size()
	}
	perRow(b, benchRecords)
	b.ReportMetric(float64(size)/benchRecords, "file-B/row")
}

func BenchmarkPersons(b *testing.B) {
	s, _ := benchStore(b)
	for b.Loop() {
		n := 0
		for rows, err := range s.Persons(context.Background(), match.Central) {
			if err != nil {
				b.Fatal(err)
			}
			n += len(rows)
		}
		if n != benchRecords {
			b.Fatal(n)
		}
	}
	perRow(b, benchRecords)
}

func BenchmarkSaveRun(b *testing.B) {
	s, _ := benchStore(b)
	ids, res := rowIDs(b, s), sampleResult(benchRecords, benchRecords)
	for b.Loop() {
		if _, err := s.SaveRun(context.Background(), Run{}, ids, res); err != nil {
			b.Fatal(err)
		}
	}
	perRow(b, len(res.Links))
}

func BenchmarkPrune(b *testing.B) {
	s, _ := benchStore(b)
	res := sampleResult(benchRecords, benchRecords)
	for b.Loop() {
		b.StopTimer()
		mustSave(b, s, res)
		b.StartTimer()
		if _, err := s.Prune(context.Background(), 1); err != nil {
			b.Fatal(err)
		}
	}
	perRow(b, len(res.Links))
}

// BenchmarkLinkedPairs reads links whose regional records lie in the same order
// as the central ones, or scattered by households.
func BenchmarkLinkedPairs(b *testing.B) {
	for _, order := range []string{"same order", "scattered"} {
		b.Run(order, func(b *testing.B) {
			s, run := benchStore(b)
			if order == "scattered" {
				res := sampleResult(benchRecords, benchRecords)
				scatter(res)
				run = mustSave(b, s, res)
			}
			n := 0
			for b.Loop() {
				n = 0
				for pair, err := range s.LinkedPairs(context.Background(), run) {
					if err != nil {
						b.Fatal(err)
					}
					n += len(pair.Central.Raw[1]) / 16
				}
			}
			perRow(b, n)
		})
	}
}

// scatter shuffles the regional ends of links in groups of five, evenly over
// the table.
func scatter(res *match.Result) {
	groups := len(res.Links) / 5
	rows := make([]int32, len(res.Links))
	for i := range rows {
		rows[i] = res.Links[i].Regional
		if i/5 < groups {
			rows[i] = res.Links[i/5*7919%groups*5+i%5].Regional
		}
	}
	for i := range res.Links {
		res.Links[i].Regional = rows[i]
	}
}

func BenchmarkRecordOutcomes(b *testing.B) {
	s, run := benchStore(b)
	for b.Loop() {
		n := 0
		for _, err := range s.RecordOutcomes(context.Background(), run, match.Central) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != benchRecords {
			b.Fatal(fmt.Sprint(n))
		}
	}
	perRow(b, benchRecords)
}

func BenchmarkPacksFill(b *testing.B) {
	var entries []Entry
	for batch := range sampleBatches(0, 1024, 1024) {
		entries = batch.Entries
	}
	var packs Packs
	b.ReportAllocs()
	for b.Loop() {
		packs.Fill(entries)
	}
	perRow(b, len(entries))
}
