package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkFiles reads every file of the folder PADAN_BENCH_FILES, workbooks with
// excelize too. Run one file a process, under a program that tells the peak of
// memory, to compare kinds (BENCHMARKS.md).
func BenchmarkFiles(b *testing.B) {
	folder := os.Getenv("PADAN_BENCH_FILES")
	if folder == "" {
		b.Skip("PADAN_BENCH_FILES names no folder")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	must(b, err)
	for _, path := range files {
		b.Run(filepath.Base(path)+"/padan", func(b *testing.B) {
			cells := 0
			for b.Loop() {
				cells += countCells(b, path)
			}
			b.ReportMetric(float64(cells)/b.Elapsed().Seconds(), "cells/s")
		})
		if strings.HasSuffix(path, ".xlsx") {
			b.Run(filepath.Base(path)+"/excelize", func(b *testing.B) {
				rows := 0
				for b.Loop() {
					rows += drainExcelize(b, path)
				}
				b.ReportMetric(float64(rows)*benchColumns/b.Elapsed().Seconds(), "cells/s")
			})
		}
	}
}

// countCells counts the cells of all sheets of a file.
func countCells(b *testing.B, path string) int {
	b.Helper()
	book, err := Open(path)
	must(b, err)
	defer func() { must(b, book.Close()) }()
	cells := 0
	for _, s := range book.Sheets() {
		for rows, err := range s.Batches(b.Context(), 1024) {
			must(b, err)
			for i := range rows {
				cells += len(rows[i].Cells)
			}
		}
	}
	return cells
}
