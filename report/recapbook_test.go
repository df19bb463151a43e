package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"padan/match"
	"padan/normalize"
)

// sampleSource has a name that a spreadsheet program would trip over.
func sampleSource(name string, persons int64) SourceInfo {
	return SourceInfo{
		Name: name, SHA256: strings.Repeat("0123456789abcdef", 4), Loaded: time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC),
		Rows: persons + 7, Records: persons, Rejected: 2,
		Skipped: map[string]int64{"title": 1, "blank": 3, "a_later_reason": 1},
		Issues: map[string]int64{
			"nik:short": 4, "row:too_few_fields": 2, "rt:date": 1, "row:completed": 4, "birth_date:date_range": 3, "a_later_field:a_later_code": 1,
		},
		Warnings: []string{"kolom <NIK> & \"KK\" tertukar", "=1+1"},
	}
}

// sampleSummary is a run over awkward files, in which every sheet says something.
func sampleSummary() *Summary {
	names := [2][]string{
		match.Central:  {"=HYPERLINK(\"x\") & <pusat> 😀.csv"},
		match.Regional: {strings.TrimSpace(strings.Repeat("kecamatan tebet ", 20)) + ".xlsx", "nik 3174015705809003.csv"},
	}
	var sources [2][]SourceInfo
	for side, named := range names {
		for _, name := range named {
			sources[side] = append(sources[side], sampleSource(name, 30))
		}
	}
	s := NewSummary(RunInfo{
		Number: 12, Started: time.Date(2026, 5, 31, 23, 30, 0, 0, time.UTC), Version: "1.2.3", Link: 8, Review: -1.5, Links: 2,
	}, sources)
	s.Grounds = Grounds{Purpose: "=bantuan & <pemadanan> " + strings.Repeat("data induk ", 9), LegalBasis: "UU PDP 27/2022"}
	for side, named := range names {
		for k, name := range named {
			for i := range 30 {
				s.Add(sampleOutcome(match.Side(side), name, i+k))
			}
		}
	}
	for i, kinds := range []match.HouseholdKinds{match.HouseholdWhole | match.HouseholdMoved, match.HouseholdSplit, match.HouseholdGrown} {
		h := household(kinds, 3174010101109000+uint64(i), 3174010101109000+uint64(i))
		s.Recap.AddHousehold(&h)
	}
	s.Conflicts = []CodeCount{{match.NIKSamePersonDiffers.String(), 3}, {match.Moved.String(), 1_234}, {"a_later_kind", 1}}
	s.Trend = []TrendPoint{
		{Run: 9, Started: time.Date(2026, 4, 1, 1, 0, 0, 0, time.UTC), Persons: [2]Counts{{match.Matched: 1, match.Unmatched: 3}, {}}},
		{Run: 12, Started: s.Run.Started, Persons: s.Total().Persons},
	}
	for _, weight := range []float64{-1, 9, 9.5, 14} {
		s.AddReview(weight - 3)
		s.AddLink(weight)
	}
	s.Finish()
	return s
}

func sampleOutcome(side match.Side, source string, i int) *match.RecordOutcome {
	areas := [...]uint64{3174011005, 3174011005, 3174010000, 3174000000, 3100000000, 0, 3201011001, 3101011001}
	o := outcomeOf(side, areas[i/25*(i%len(areas))], 3174010101109000+uint64(i/5), match.Outcome(i%4))
	o.Record.Source = source
	if o.Outcome == match.Unmatched {
		o.Reason = match.Reasons()[i/4%len(match.Reasons())]
	}
	o.Person.Sex = normalize.Sex(i % 3)
	o.Person.Name.Words = [...]string{"SITI", "SITI AMINAH", "SITI AMINAH PUTRI", ""}[i/2%4]
	o.Person.BirthDate = normalize.NewDate([...]int{1950, 1990, 2015, 2024, 0}[i%5], 5, 31)
	o.Person.NIK = normalize.Number{Trust: normalize.Trust(i % 3)}
	return &o
}

// The golden files hold every cell of every sheet, but for areas without anybody.
func TestGoldenRecapBook(t *testing.T) {
	for suffix, o := range goldenOptions {
		path := filepath.Join(t.TempDir(), "rekap.xlsx")
		if err := WriteRecapBook(created(t, path), sampleSummary(), o); err != nil {
			t.Fatal(err)
		}
		text := dumpBook(t, path)
		compareGolden(t, text, "rekap"+suffix+".txt")
		names := bytes.ReplaceAll(text, []byte(strings.Repeat("0123456789abcdef", 4)), nil)
		if o.Mask && longRun.Match(names) {
			t.Error("a number in the name of a file is shown though masked")
		}
	}
}

// countsNobody reports whether a row is that of an area without anybody.
func countsNobody(row []string) bool {
	code := slices.IndexFunc(row, regexp.MustCompile(`^31(\.[0-9]+)+$`).MatchString)
	return code >= 0 && !slices.ContainsFunc(row[code+1:], func(cell string) bool { return cell != "" && cell != "0" })
}

// dumpBook is the text of all cells, sheet by sheet, a line each row.
func dumpBook(t *testing.T, path string) []byte {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var text bytes.Buffer
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&text, "== %s\n", sheet)
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if line := strings.Join(row, " | "); strings.Trim(line, " |") != "" && !countsNobody(row) {
				fmt.Fprintf(&text, "%d: %s\n", i+1, line)
			}
		}
	}
	return text.Bytes()
}

// What a program checks before it opens a workbook without a word: names of
// sheets, blocks of cells apart from each other and from filters, well-formed
// parts, references to sheets that exist.
func TestRecapBookIsSound(t *testing.T) {
	for name, s := range map[string]*Summary{"sample": sampleSummary(), "empty": emptySummary(), "many files": manyFiles(20)} {
		for suffix, o := range goldenOptions {
			path := filepath.Join(t.TempDir(), "rekap.xlsx")
			if err := WriteRecapBook(created(t, path), s, o); err != nil {
				t.Fatal(err)
			}
			checkBook(t, name+suffix, path)
		}
	}
}

// checkBook checks the parts of a workbook and its sheets.
func checkBook(t *testing.T, name, path string) {
	t.Helper()
	checkParts(t, path)
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for i, sheet := range f.GetSheetList() {
		if len([]rune(sheet)) > 31 || strings.ContainsAny(sheet, `:\/?*[]'&`) {
			t.Errorf("%s: a sheet is called %q", name, sheet)
		}
		checkBlocks(t, f, path, sheet, i+1)
	}
}

// checkParts parses every part and looks up the sheets that charts and names
// refer to.
func checkParts(t *testing.T, path string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	known := map[string]bool{}
	for _, sheet := range f.GetSheetList() {
		known[sheet] = true
	}
	reference := regexp.MustCompile(`>(?:'|&#39;)([^<&']+)(?:'|&#39;)!\$`)
	for _, part := range partsOf(t, path) {
		text := partOf(t, path, part)
		d := xml.NewDecoder(strings.NewReader(text))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", part, err)
			}
		}
		for _, found := range reference.FindAllStringSubmatch(text, -1) {
			if !known[found[1]] {
				t.Errorf("%s refers to the sheet %q", part, found[1])
			}
		}
	}
}

// checkBlocks holds the merged cells of a sheet apart from each other and from
// its filter.
func checkBlocks(t *testing.T, f *excelize.File, path, sheet string, number int) {
	t.Helper()
	blocks, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	taken := map[[2]int]string{}
	take := func(from, to, what string) {
		column, row := coordinates(t, from)
		lastColumn, lastRow := coordinates(t, to)
		for c := column; c <= lastColumn; c++ {
			for r := row; r <= lastRow; r++ {
				if other := taken[[2]int{c, r}]; other != "" {
					t.Fatalf("%s: %s over %s", sheet, what, other)
				}
				taken[[2]int{c, r}] = what
			}
		}
	}
	for _, b := range blocks {
		take(b.GetStartAxis(), b.GetEndAxis(), "block "+b.GetStartAxis())
	}
	text := partOf(t, path, fmt.Sprintf("xl/worksheets/sheet%d.xml", number))
	if filter := regexp.MustCompile(`<autoFilter ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"`).FindStringSubmatch(text); filter != nil {
		take(filter[1]+filter[2], filter[3]+filter[4], "filter")
	}
	for _, want := range []string{`orientation="landscape"`, `paperSize="9"`, `fitToPage="true"`, "<oddFooter>"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s has no %s", sheet, want)
		}
	}
}

func coordinates(t *testing.T, place string) (column, row int) {
	t.Helper()
	column, row, err := excelize.CellNameToCoordinates(place)
	if err != nil {
		t.Fatal(err)
	}
	return column, row
}

// emptySummary is a run without files, links and an earlier run.
func emptySummary() *Summary {
	s := NewSummary(RunInfo{Number: 1, Link: 8, Review: -1}, [2][]SourceInfo{})
	s.Trend = []TrendPoint{{Run: 1}}
	s.Finish()
	return s
}

// manyFiles is a run over so many files of each side, one for each of the first
// kelurahan.
func manyFiles(files int) *Summary {
	var sources [2][]SourceInfo
	for side := range sources {
		for i := range files {
			sources[side] = append(sources[side], sampleSource(fmt.Sprintf("daftar_%03d.xlsx", i), 40))
		}
	}
	s := NewSummary(RunInfo{Number: 3, Started: time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC), Version: "1", Link: 8, Review: -1}, sources)
	kelurahan := normalize.Kelurahan()
	for side := range sources {
		for i := range files {
			for k := range 40 {
				o := outcomeOf(match.Side(side), kelurahan[i%len(kelurahan)].Code, uint64(1000*i+k/4+1), match.Outcome(k%4))
				o.Record.Source = sources[side][i].Name
				s.Add(&o)
			}
		}
	}
	s.Finish()
	return s
}

func TestTheCoverListsFewFilesAndCountsMany(t *testing.T) {
	for files, listed := range map[int]bool{3: true, 20: false} {
		path := filepath.Join(t.TempDir(), "rekap.xlsx")
		if err := WriteRecapBook(created(t, path), manyFiles(files), Options{}); err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, row := range readXLSX(t, path, "Sampul") {
			text += strings.Join(row, " ") + "\n"
		}
		if strings.Contains(text, "daftar_000.xlsx") != listed || strings.Contains(text, fmt.Sprintf("Sumber: %d berkas", 2*files)) == listed {
			t.Errorf("%d files a side:\n%s", files, text)
		}
		if rows := readXLSX(t, path, "Sumber"); len(rows) < 2*files {
			t.Errorf("%d files a side, %d rows of sources", files, len(rows))
		}
	}
}

// A chart stands for every table that has rows and is made to be drawn.
func TestRecapBookDrawsCharts(t *testing.T) {
	for name, c := range map[string]struct {
		s      *Summary
		charts int
	}{"sample": {sampleSummary(), 6}, "empty": {emptySummary(), 3}} {
		path := filepath.Join(t.TempDir(), "rekap.xlsx")
		if err := WriteRecapBook(created(t, path), c.s, Options{}); err != nil {
			t.Fatal(err)
		}
		charts := 0
		for _, part := range partsOf(t, path) {
			if strings.HasPrefix(part, "xl/charts/") {
				charts++
			}
		}
		if charts != c.charts {
			t.Errorf("%s: %d charts, want %d", name, charts, c.charts)
		}
	}
	path := filepath.Join(t.TempDir(), "rekap.xlsx")
	if err := WriteRecapBook(created(t, path), sampleSummary(), Options{}); err != nil {
		t.Fatal(err)
	}
	if kota := partOf(t, path, "xl/charts/chart1.xml"); !strings.Contains(kota, "Rekap kota&#39;!$H$8:$H$15") {
		t.Error("the chart of the kota does not end with the last kota")
	}
}

// Tables keep their headings on the screen and on paper; match rates have the
// colour of their band, and numbers the separators of Indonesian.
func TestRecapBookLayout(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rekap.xlsx")
	if err := WriteRecapBook(created(t, path), sampleSummary(), Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	repeated := map[string]bool{}
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" {
			repeated[name.Scope] = true
		}
	}
	for i, sheet := range f.GetSheetList() {
		panes, err := f.GetPanes(sheet)
		if table := i >= 2; err != nil || panes.Freeze != table || repeated[sheet] != table {
			t.Errorf("%s: frozen %v, repeated %v, %v", sheet, panes.Freeze, repeated[sheet], err)
		}
	}
	for place, want := range map[string]struct{ fill, format string }{
		"H12": {bandFills[2], "[$-421]0.00_)"}, "H15": {bandFills[5], "[$-421]0.00_)"}, "H16": {bandFills[2], "[$-421]0.00_)"},
		"C16": {levelFills[RecapTotal], "[$-421]#,##0_)"}, "C12": {"", "[$-421]#,##0_)"},
	} {
		id, err := f.GetCellStyle("Rekap kota", place)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || strings.Join(style.Fill.Color, "") != want.fill || style.CustomNumFmt == nil || *style.CustomNumFmt != want.format {
			t.Errorf("%s: %+v, %v", place, style, err)
		}
	}
}

func BenchmarkRecapBook(b *testing.B) {
	s := manyFiles(300)
	path := filepath.Join(b.TempDir(), "rekap.xlsx")
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteRecapBook(created(b, path), s, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
