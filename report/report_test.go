package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"padan/match"
	"padan/normalize"
)

var update = flag.Bool("update", false, "write the golden files anew")

// seq yields items without an error.
func seq[T any](items ...T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// awkward is a record whose texts a spreadsheet program, an XML file or a CSV
// file would trip over.
func awkward(side match.Side, row int) match.Record {
	nik := normalize.Number{Value: 3174015705809003, Digits: 16, Trust: normalize.TrustFull}
	r := match.Record{
		Side: side, Source: "data \"A\".csv", Row: row, Area: normalize.Area{Code: 3174011005}, NIK: nik,
		KK: normalize.Number{Value: 3174011201159004, Digits: 16, Trust: normalize.TrustFull},
	}
	r.Raw[normalize.FieldNIK] = "3174015705809003"
	r.Raw[normalize.FieldKK] = "'3174011201159004"
	r.Raw[normalize.FieldName] = "=HYPERLINK(\"x\") & <SITI> 😀"
	r.Raw[normalize.FieldAddress] = "JL \"MELATI\", NO 5\nRT 1"
	r.Raw[normalize.FieldBirthPlaceDate] = "JAKARTA, 17-05-1980"
	r.Raw[normalize.FieldRTRW] = "001/002"
	r.Raw[normalize.FieldMother] = strings.Repeat("PANJANG ", 20)
	r.Raw[normalize.FieldStatus] = "-"
	return r
}

func sampleLink() match.LinkedPair {
	l := match.Link{Rule: 0, Weight: 41.256, Probability: 0.99999}
	l.Vector[match.CompareNIK], l.Vector[match.CompareName] = match.NIKOneApart, match.NameSpelling
	regional := awkward(match.Regional, 9)
	regional.NIK.Value += 20
	return match.LinkedPair{Link: l, Central: awkward(match.Central, 2), Regional: regional}
}

// reports writes each report into a table.
var reports = map[string]struct {
	columns func(Options) []Column
	write   func(Table, Options) (int, error)
}{
	"matched": {MatchedColumns, func(t Table, o Options) (int, error) { return Matched(t, seq(sampleLink()), o) }},
	"unmatched": {UnmatchedColumns, func(t Table, o Options) (int, error) {
		empty := match.Record{Side: match.Central, Source: "b.csv", Row: 3}
		return Unmatched(t, seq(
			match.RecordOutcome{Record: awkward(match.Central, 2), Reason: match.ReasonNotFound},
			match.RecordOutcome{Record: awkward(match.Central, 3), Outcome: match.Matched},
			match.RecordOutcome{Record: empty, Reason: match.ReasonNameMissing},
		), o)
	}},
	"conflicts": {ConflictColumns, func(t Table, o Options) (int, error) {
		c := match.Conflict{Kind: match.NIKNear, Weight: 12, Proposed: "3174015705809003"}
		c.Vector[match.CompareKK] = match.KKSame
		return Conflicts(t, seq(match.ConflictCase{
			Conflict: c, Records: []match.Record{awkward(match.Central, 2), awkward(match.Regional, 5)},
		}), o)
	}},
	"duplicates": {DuplicateColumns, func(t Table, o Options) (int, error) {
		return Duplicates(t, seq(match.DuplicatePair{
			Duplicate: awkward(match.Regional, 5), Of: awkward(match.Regional, 2), Kind: match.DuplicateNIK, Weight: 30,
		}), o)
	}},
	"rejected": {RejectedColumns, func(t Table, o Options) (int, error) {
		return Rejected(t, seq(RejectedRow{Side: match.Regional, Source: "a.csv", Row: 4, Reason: "too_many_cells", Cells: []string{"=1+1", "B"}}), o)
	}},
}

func TestGoldenCSV(t *testing.T) {
	for name, r := range reports {
		for suffix, o := range map[string]Options{
			"": {Language: Indonesian}, "_en": {Language: English}, "_mask": {Language: Indonesian, Mask: true},
		} {
			path := filepath.Join(t.TempDir(), "out.csv")
			table, err := NewCSV(path, r.columns(o), CSVOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.write(table, o); err != nil {
				t.Fatal(err)
			}
			if err := table.Close(); err != nil {
				t.Fatal(err)
			}
			compareGolden(t, path, name+suffix+".csv")
			if o.Mask {
				content, err := os.ReadFile(path)
				if err != nil || bytes.Contains(content, []byte("3174015705809003")) || bytes.Contains(content, []byte("3174011201159004")) {
					t.Errorf("%s shows a number though masked (%v)", name, err)
				}
			}
		}
	}
}

func compareGolden(t *testing.T, path, name string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from its golden file; look at it and run go test ./report -update", name)
	}
	rows, err := csv.NewReader(bytes.NewReader(got)).ReadAll()
	if err != nil || len(rows) < 2 {
		t.Errorf("%s: %d rows, %v", name, len(rows), err)
	}
}

func TestXLSXHoldsTheSameCells(t *testing.T) {
	for name, r := range reports {
		o := Options{Language: Indonesian}
		path := filepath.Join(t.TempDir(), "out.xlsx")
		table, err := NewXLSX(path, "Data", r.columns(o))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.write(table, o); err != nil {
			t.Fatal(err)
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		rows := readXLSX(t, path, "Data")
		if len(rows) < 2 || len(rows[0]) != len(r.columns(o)) {
			t.Fatalf("%s: %d rows", name, len(rows))
		}
		if name == "unmatched" && (rows[1][7+3] != "3174015705809003" || rows[1][7+5] != "=HYPERLINK(\"x\") & <SITI> 😀") {
			t.Errorf("%q", rows[1])
		}
	}
}

func readXLSX(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestXLSXSplitsLongTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	table, err := NewXLSX(path, "Padan", []Column{{"A", 5}})
	if err != nil {
		t.Fatal(err)
	}
	table.(*xlsxTable).limit = 3
	for i := range 7 {
		if err := table.WriteRow([]Cell{Integer(int64(i))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	for sheet, want := range map[string]int{"Padan": 4, "Padan (2)": 4, "Padan (3)": 2} {
		if rows := readXLSX(t, path, sheet); len(rows) != want || rows[0][0] != "A" {
			t.Errorf("%s: %d rows, want %d", sheet, len(rows), want)
		}
	}
}

func TestTheSameRowsGiveTheSameBytes(t *testing.T) {
	folder := t.TempDir()
	var files [2][]byte
	for i := range files {
		path := filepath.Join(folder, "out.xlsx")
		table, err := NewXLSX(path, "Data", MatchedColumns(Options{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Matched(table, seq(sampleLink()), Options{}); err != nil {
			t.Fatal(err)
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		if files[i], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two workbooks of the same rows differ")
	}
}

// A failed report leaves the old one, and nothing beside it.
func TestAbortKeepsTheOldFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "out.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	table, err := NewCSV(path, RejectedColumns(Options{}), CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	broken := func(yield func(RejectedRow, error) bool) { yield(RejectedRow{}, errors.New("gone")) }
	if _, err := Rejected(table, broken, Options{}); err == nil {
		t.Error("no error")
	}
	table.Abort()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "old" {
		t.Errorf("%q %v", content, err)
	}
}

func TestAFullDiskIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	folder := t.TempDir()
	table, err := NewCSV(filepath.Join(folder, "out.csv"), RejectedColumns(Options{}), CSVOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := table.(*csvTable)
	c.out.Reset(full)
	if err := table.WriteRow([]Cell{Text("A")}); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err == nil {
		t.Error("a full disk goes unnoticed")
	}
	if _, err := os.Stat(filepath.Join(folder, "out.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Error("half a report is visible")
	}
}

func TestEveryPhraseIsInBothLanguages(t *testing.T) {
	for key := range indonesian {
		if english[key] == "" {
			t.Errorf("no English %q", key)
		}
	}
	for key := range english {
		if indonesian[key] == "" {
			t.Errorf("no Indonesian %q", key)
		}
	}
	for _, k := range match.ConflictKinds() {
		for _, key := range []string{"kind." + k.String(), "do." + k.String()} {
			if indonesian[key] == "" {
				t.Errorf("no phrase %q", key)
			}
		}
	}
	for c := range match.ComparisonCount {
		for level := 1; level < match.LevelCount(c); level++ {
			if key := c.String() + "." + match.LevelCode(c, uint8(level)); indonesian[key] == "" {
				t.Errorf("no phrase %q", key)
			}
		}
	}
}

func TestEvidenceNamesThePosition(t *testing.T) {
	pair := sampleLink()
	text := Evidence(Indonesian, pair.Link.Vector, pair.Central.NIK, pair.Regional.NIK)
	if want := "NIK beda 1 angka di posisi 15; nama sama, beda ejaan"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	if got, want := Sentence(Indonesian, "NIK sama", VerdictLink, 18.44), "NIK sama -> padan, bobot +18,4"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func randomOutcomes(t *rapid.T) []match.RecordOutcome {
	codes := []uint64{0, 3100000000, 3174000000, 3174010000, 3174011005, 3171011001, 3273000000}
	var outcomes []match.RecordOutcome
	for range rapid.IntRange(0, 60).Draw(t, "records") {
		o := match.RecordOutcome{Outcome: match.Outcome(rapid.IntRange(0, 3).Draw(t, "outcome"))}
		o.Record.Side = match.Side(rapid.IntRange(0, 1).Draw(t, "side"))
		o.Record.Area.Code = rapid.SampledFrom(codes).Draw(t, "area")
		if kk := rapid.Uint64Range(0, 8).Draw(t, "kk"); kk > 0 {
			o.Record.KK = normalize.Number{Value: kk, Digits: 16, Trust: normalize.TrustFull}
		}
		outcomes = append(outcomes, o)
	}
	return outcomes
}

// The total equals the records, the kota, the kecamatan and the kelurahan; each
// KK of a side is counted once.
func TestRecapAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		outcomes := randomOutcomes(t)
		r := NewRecap()
		var want AreaCounts
		cards := [2]map[uint64]bool{{}, {}}
		for i := range outcomes {
			o := &outcomes[i]
			r.Add(o)
			want.Persons[o.Record.Side][o.Outcome]++
			if o.Record.KK.Value != 0 {
				cards[o.Record.Side][o.Record.KK.Value] = true
			}
		}
		var sums [RecapTotal + 1]AreaCounts
		listed := 0
		for _, row := range r.Rows() {
			sums[row.Level].add(&row.AreaCounts)
			if row.Level == RecapKelurahan && row.Area.Kelurahan != "" {
				listed++
			}
		}
		if listed != 267 {
			t.Fatalf("%d kelurahan, want 267", listed)
		}
		if sums[RecapTotal].Persons != want.Persons || sums[RecapKota] != sums[RecapTotal] {
			t.Fatalf("total %v, kota %v, want %v", sums[RecapTotal], sums[RecapKota], want)
		}
		for side := range cards {
			if got := sums[RecapTotal].Cards[side].Total(); got != int64(len(cards[side])) {
				t.Fatalf("side %d: %d KK, want %d", side, got, len(cards[side]))
			}
		}
	})
}

func TestRecapBook(t *testing.T) {
	r := NewRecap()
	o := match.RecordOutcome{Outcome: match.Matched}
	o.Record.Area.Code = 3174011005
	r.Add(&o)
	path := filepath.Join(t.TempDir(), "rekap.xlsx")
	if err := WriteRecapBook(path, r, RecapInfo{Lines: []string{"Proses 1"}, Sources: []string{"central.csv"}}, Options{}); err != nil {
		t.Fatal(err)
	}
	rows := readXLSX(t, path, "Rekap jiwa")
	last := rows[len(rows)-1]
	if last[0] != "JUMLAH" || last[4] != "1" || last[9] != "100.00" {
		t.Errorf("last row %q", last)
	}
	if sources := readXLSX(t, path, "Sumber"); len(sources) != 2 || sources[1][0] != "central.csv" {
		t.Errorf("sources %q", sources)
	}
	var text bytes.Buffer
	if err := r.WriteText(&text, Options{}); err != nil || !strings.Contains(text.String(), "100,00 %") {
		t.Errorf("%v\n%s", err, text.String())
	}
}

func TestSummaryFindsLostRows(t *testing.T) {
	s := Summary{Rows: 10, Rejected: 1, Skipped: 2, Outcomes: Counts{1, 2, 3, 1}}
	if s.Discrepancy() != 0 {
		t.Error("a right account is refused")
	}
	s.Rows++
	if s.Discrepancy() != 1 {
		t.Error("a lost row goes unseen")
	}
}

func BenchmarkMatchedCSV(b *testing.B) {
	pair := sampleLink()
	table, err := NewCSV(filepath.Join(b.TempDir(), "out.csv"), MatchedColumns(Options{}), CSVOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	n, err := Matched(table, func(yield func(match.LinkedPair, error) bool) {
		for range b.N {
			if !yield(pair, nil) {
				return
			}
		}
	}, Options{})
	if err != nil || n != b.N {
		b.Fatal(n, err)
	}
	table.Abort()
}
