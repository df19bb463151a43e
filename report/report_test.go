package report

import (
	"bytes"
	"encoding/csv"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"padan/match"
)

var update = flag.Bool("update", false, "write the golden files anew")

var goldenOptions = map[string]Options{
	"": {Language: Indonesian}, "_en": {Language: English}, "_mask": {Language: Indonesian, Mask: true},
}

// longRun is a NIK or KK number, or one that lost a digit, in full.
var longRun = regexp.MustCompile(`[0-9]{14}`)

func TestGoldenCSV(t *testing.T) {
	for name, l := range listings {
		for suffix, o := range goldenOptions {
			path := filepath.Join(t.TempDir(), "out.csv")
			l.finish(t, NewCSV(created(t, path), l.columns(o), CSVOptions{}), o)
			content := readFile(t, path)
			compareGolden(t, content, name+suffix+".csv")
			rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll() // all rows of one width
			if err != nil || len(rows) < 2 {
				t.Errorf("%s: %d rows, %v", name, len(rows), err)
			}
			if o.Mask && longRun.Match(content) {
				t.Errorf("%s shows a number though masked", name)
			}
		}
	}
}

func TestGoldenRecap(t *testing.T) {
	r := sampleRecap()
	for suffix, o := range goldenOptions {
		if o.Mask {
			continue
		}
		path := filepath.Join(t.TempDir(), "recap.csv")
		table := NewCSV(created(t, path), RecapColumns(o), CSVOptions{})
		if err := WriteRecap(table, r, o); err != nil {
			t.Fatal(err)
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		compareGolden(t, readFile(t, path), "recap"+suffix+".csv")
		var text bytes.Buffer
		if err := r.WriteText(&text, o); err != nil {
			t.Fatal(err)
		}
		compareGolden(t, text.Bytes(), "recap"+suffix+".txt")
	}
}

func readFile(t fataler, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func compareGolden(t *testing.T, got []byte, name string) {
	t.Helper()
	golden := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(got, readFile(t, golden)) {
		t.Errorf("%s differs from its golden file; look at it and run go test ./report -update", name)
	}
}

func TestListingsCountAndFillEveryColumn(t *testing.T) {
	for name, l := range listings {
		for _, o := range goldenOptions {
			var m memory
			n, err := l.write(&m, o)
			if err != nil || len(m.rows) != l.rows || n != l.count {
				t.Errorf("%s: %d rows, counted %d, %v", name, len(m.rows), n, err)
			}
			for _, row := range m.rows {
				wantTypes(t, name, l.columns(o), row)
			}
		}
	}
}

// wantTypes holds the cells of a row to the types of their columns.
func wantTypes(t *testing.T, name string, columns []Column, row []Cell) {
	t.Helper()
	if len(row) != len(columns) {
		t.Fatalf("%s: %d cells under %d headings", name, len(row), len(columns))
	}
	for i, cell := range row {
		text := cell.Type == TextCell || cell.Type == CodeCell
		if wantsText := columns[i].Type == TextCell || columns[i].Type == CodeCell; cell.Type != EmptyCell && text != wantsText ||
			!text && cell.Type != EmptyCell && cell.Type != columns[i].Type {
			t.Errorf("%s: a cell of type %d stands under %s", name, cell.Type, columns[i].Name)
		}
	}
}

func TestRecapCellsAreOfTheirTypes(t *testing.T) {
	var m memory
	if err := WriteRecap(&m, sampleRecap(), Options{}); err != nil {
		t.Fatal(err)
	}
	for _, row := range m.rows {
		wantTypes(t, "recap", RecapColumns(Options{}), row)
	}
}

// A heading that stands twice confuses filters and data frames.
func TestHeadingsAreUnique(t *testing.T) {
	headings := map[string]func(Options) []Column{"recap": RecapColumns}
	for name, l := range listings {
		headings[name] = l.columns
	}
	for _, o := range goldenOptions {
		for name, columns := range headings {
			titles, names := map[string]bool{}, map[string]bool{}
			for _, c := range columns(o) {
				if titles[c.Title] || c.Title == "" || names[c.Name] || c.Name == "" || c.Width < 5 {
					t.Errorf("%s: heading %q named %q, width %d", name, c.Title, c.Name, c.Width)
				}
				titles[c.Title], names[c.Name] = true, true
			}
		}
	}
}

// Both NIKs, both names and so on stand next to each other.
func TestMatchedValuesStandSideBySide(t *testing.T) {
	titles := MatchedColumns(Options{})
	at := -1
	for i, c := range titles {
		if c.Title == "NIK (Pusat)" {
			at = i
		}
	}
	if at < 0 || titles[at+1].Title != "NIK (Daerah)" {
		t.Fatal("no pair of NIK columns")
	}
	var m memory
	if _, err := Matched(&m, seq(sampleLinks()...), Options{}); err != nil {
		t.Fatal(err)
	}
	if a, b := m.rows[0][at].Text, m.rows[0][at+1].Text; a != "3174015705809003" || b != "3174015705809023" {
		t.Errorf("%s beside %s", a, b)
	}
}

// In a case of more than two records it is unknown which pair the evidence is
// of, so that no position is named.
func TestAPositionIsNamedOnlyForAPair(t *testing.T) {
	a, b := awkward(match.Central, 2), awkward(match.Regional, 3)
	if x, y := pairOf([]match.Record{a, b}); x != a.NIK || y != b.NIK {
		t.Error("the NIKs of a pair are lost")
	}
	if x, y := pairOf([]match.Record{a, b, b}); x.Value != 0 || y.Value != 0 {
		t.Error("a greater case names NIKs")
	}
}
