package report

import (
	"os"
	"path/filepath"
	"testing"
)

// A report is current only if everything that its files depend on is the same.
func TestIsReportOf(t *testing.T) {
	out := t.TempDir()
	folder := opened(t, out)
	f, err := folder.Create("matched.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := writers()["matched.csv"](f); err != nil {
		t.Fatal(err)
	}
	options := ManifestOptions{Language: Indonesian, Grounds: Grounds{Purpose: "bantuan", LegalBasis: "UU PDP 27/2022"}}
	if err := WriteManifest(folder, NewSummary(RunInfo{Number: 7}, [2][]SourceInfo{}), "0.1.0", options); err != nil {
		t.Fatal(err)
	}
	if err := folder.Publish(); err != nil {
		t.Fatal(err)
	}
	if err := folder.Close(); err != nil {
		t.Fatal(err)
	}
	if !IsReportOf(out, 7, "0.1.0", options) {
		t.Fatal("it is not the report that was written")
	}
	for name, change := range map[string]func(*ManifestOptions){
		"language":    func(o *ManifestOptions) { o.Language = English },
		"mask":        func(o *ManifestOptions) { o.Mask = true },
		"purpose":     func(o *ManifestOptions) { o.Purpose = "lain" },
		"legal basis": func(o *ManifestOptions) { o.LegalBasis = "" },
	} {
		other := options
		change(&other)
		if IsReportOf(out, 7, "0.1.0", other) {
			t.Errorf("with another %s it passes for the same report", name)
		}
	}
	if IsReportOf(out, 8, "0.1.0", options) || IsReportOf(out, 7, "0.1.1", options) {
		t.Error("it passes for the report of another run or program")
	}
	if err := os.Remove(filepath.Join(out, "matched.csv")); err != nil {
		t.Fatal(err)
	}
	if IsReportOf(out, 7, "0.1.0", options) {
		t.Error("it passes although a file is gone")
	}
}
