package intake

import (
	"path/filepath"
	"testing"

	"padan/internal/store"
	"padan/match"
)

func BenchmarkLoad(b *testing.B) {
	const rows = 50_000
	path := writeFile(b, "a.csv", manyRows(rows))
	for b.Loop() {
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "padan.db"), store.ModeCreate)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Load(b.Context(), s, path, match.Central, Options{}); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
}
