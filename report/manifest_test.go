package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"
)

// changing is what changes in a manifest with every change of a writer.
var changing = regexp.MustCompile(`("size":|"sha256":) ([0-9]+|"[0-9a-f]{64}")`)

func TestManifestTellsEveryFile(t *testing.T) {
	out := t.TempDir()
	var first string
	for _, order := range [][]string{{"matched.csv", "rekap.xlsx", "wilayah/31.71 <A & B>/matched.xlsx"}, {"wilayah/31.71 <A & B>/matched.xlsx", "rekap.xlsx", "matched.csv"}} {
		folder := opened(t, out)
		for _, name := range order {
			f, err := folder.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := writers()[filepath.Base(name)](f); err != nil {
				t.Fatal(err)
			}
		}
		dropped, err := folder.Create("dropped.csv")
		if err != nil {
			t.Fatal(err)
		}
		NewCSV(dropped, MatchedColumns(Options{}), CSVOptions{}).Abort()
		summary := NewSummary(
			RunInfo{Number: 7, Started: time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("WIB", 7*3600)), Version: "0.0.9"},
			[2][]SourceInfo{{{Name: "pusat <1>.csv", SHA256: "ab", Rows: 3}}, {{Name: "tebet.xlsx", SHA256: "cd", Rows: 4}}},
		)
		err = WriteManifest(folder, summary, "0.1.0", ManifestOptions{Language: Indonesian, Parts: []string{"lists"}, Formats: []string{"csv"}, CSVDelimiter: ";"})
		if err != nil {
			t.Fatal(err)
		}
		if err := folder.Publish(); err != nil {
			t.Fatal(err)
		}
		if err := folder.Close(); err != nil {
			t.Fatal(err)
		}
		text := string(readFile(t, filepath.Join(out, manifestName)))
		if first == "" {
			first = text
		}
		if text != first {
			t.Error("the manifest depends on the order in which files are written")
		}
	}
	compareGolden(t, []byte(changing.ReplaceAllString(first, "$1 0")), "manifest.json")
	var m manifest
	if err := json.Unmarshal([]byte(first), &m); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range m.Files {
		content := readFile(t, filepath.Join(out, filepath.FromSlash(file.Name)))
		sum := sha256.Sum256(content)
		if file.SHA256 != hex.EncodeToString(sum[:]) || file.Size != int64(len(content)) {
			t.Errorf("%s: %+v", file.Name, file)
		}
		names = append(names, file.Name)
	}
	if want := []string{"matched.csv", "rekap.xlsx", "wilayah/31.71 <A & B>/matched.xlsx"}; !slices.Equal(names, want) {
		t.Errorf("files %q", names)
	}
}
