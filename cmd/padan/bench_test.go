package main

import (
	"path/filepath"
	"testing"
)

// BenchmarkNight loads both sides, matches them and writes all reports. Its
// profile is the one by which the compiler decides what to optimise:
//
//	go test ./cmd/padan -run xxx -bench Night -benchtime 5x -cpuprofile cmd/padan/default.pgo -trimpath -pgo off
func BenchmarkNight(b *testing.B) {
	population := b.TempDir()
	padan(b, "generate", "--persons", "100000", "--out", population)
	central := files(b, population, "central/*")
	regional := files(b, population, "regional/*")
	for b.Loop() {
		folder := b.TempDir()
		database := "--db=" + filepath.Join(folder, "padan.db")
		padan(b, append([]string{"load", "central", database}, central...)...)
		padan(b, append([]string{"load", "regional", database}, regional...)...)
		padan(b, "match", database)
		padan(b, "report", database, "--out", filepath.Join(folder, "reports"))
	}
}

func files(b *testing.B, folder, pattern string) []string {
	b.Helper()
	names, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(names) == 0 {
		b.Fatalf("no %s: %v", pattern, err)
	}
	return names
}
