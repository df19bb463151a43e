package evaluate

import (
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/match"
	"padan/normalize"

	"github.com/xuri/excelize/v2"
)

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// The values are those of Newcombe (1998), table I, method 3.
func TestWilson(t *testing.T) {
	tests := []struct{ right, n, low, high float64 }{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{29, 29, 0.8830, 1},
	}
	for _, tt := range tests {
		low, high := Wilson(tt.right, tt.n)
		if !near(low, tt.low, 5e-5) || !near(high, tt.high, 5e-5) {
			t.Errorf("%v of %v: %.4f to %.4f, want %.4f to %.4f", tt.right, tt.n, low, high, tt.low, tt.high)
		}
	}
	if low, high := Wilson(0, 0); low != 0 || high != 1 {
		t.Errorf("without cases: %v to %v", low, high)
	}
}

func TestNewRate(t *testing.T) {
	r := newRate(10, 8, 16, 8)
	if r.Precision != 0.8 || r.Recall != 0.5 || !near(r.F1, 0.8/1.3, 1e-12) {
		t.Errorf("%+v", r)
	}
	if r := newRate(0, 0, 0, 0); r.Precision != 1 || r.Recall != 1 {
		t.Errorf("nothing: %+v", r)
	}
}

func TestReliability(t *testing.T) {
	b := newBins()
	for i := range 10 {
		b.add(0.95, i < 9)
		b.add(0.05, i < 1)
	}
	b.add(1, true)
	list := b.list()
	if list[0].Pairs != 10 || !near(list[0].True, 0.1, 1e-9) || list[9].Pairs != 11 || !near(list[9].True, 10.0/11, 1e-9) {
		t.Errorf("%+v", list)
	}
	if got := b.error(); !near(got, (0.5+0.5)/21, 1e-9) {
		t.Errorf("calibration error %v", got)
	}
}

// Links that four independent groups of rules find are estimated rightly.
func TestCaptureOfIndependentRules(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	const known = 20_000
	by := make([]int, len(captureGroups)+1)
	for range known {
		groups := 0
		for range captureGroups {
			if random.Float64() < 0.5 {
				groups++
			}
		}
		if groups > 0 {
			by[groups]++
		}
	}
	c := newCapture(by)
	if !c.Available || !near(c.Estimate, known, known*0.05) || c.Links >= known {
		t.Errorf("%+v, want about %d", c, known)
	}
	if c := newCapture([]int{0, 5, 0, 0, 0}); c.Available {
		t.Errorf("one group alone: %+v", c)
	}
}

func TestAllocate(t *testing.T) {
	tests := []struct {
		size  int
		sizes []int
		want  []int
	}{
		{400, []int{1000, 1000}, []int{200, 200}},
		{400, []int{10, 0, 1000}, []int{10, 0, 390}},
		{3, []int{5, 5, 5, 5}, []int{1, 1, 1, 0}},
		{9, []int{4, 5}, []int{4, 5}},
	}
	for _, tt := range tests {
		if got := allocate(tt.size, tt.sizes); !slices.Equal(got, tt.want) {
			t.Errorf("%d of %v: %v, want %v", tt.size, tt.sizes, got, tt.want)
		}
	}
}

// The strata count by their links, not by what was drawn of them.
func TestJudgeWeighsStrata(t *testing.T) {
	var j Judged
	j.judge([]stratum{{Links: 100, Drawn: 50, Right: 25}, {Links: 9900, Drawn: 50, Right: 50}})
	if !near(j.Precision, 0.995, 1e-9) || j.Low >= j.Precision || j.High <= j.Precision || j.Low < 0.95 {
		t.Errorf("%+v", j)
	}
}

func testSample() *Sample {
	s := &Sample{Run: 7, Strata: []stratum{{From: math.Inf(-1), Links: 40, Drawn: 1}, {From: 12, Links: 60, Drawn: 2}}, Class: []int{0, 1, 1}}
	for i := range 3 {
		var raw normalize.Values
		raw[normalize.FieldNIK] = "317401570580900" + strconv.Itoa(i)
		raw[normalize.FieldName] = "=SITI"
		s.Pairs = append(s.Pairs, match.LinkedPair{Central: match.Record{Raw: raw}, Regional: match.Record{Raw: raw}})
	}
	return s
}

func TestSampleSheetIsReadBack(t *testing.T) {
	labels := SampleLabels{Number: "No.", Note: "Catatan", Fields: normalize.Field.String, Sides: [2]string{"pusat", "daerah"}, Guide: "?"}
	var book bytes.Buffer
	if err := testSample().WriteSheet(&book, labels); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sampel.xlsx")
	if err := os.WriteFile(path, book.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadJudged(t.Context(), path, 7); err == nil || !strings.Contains(err.Error(), ErrNotJudged.Error()) {
		t.Errorf("not judged: %v", err)
	}
	judge(t, path, map[string]string{"B4": "sama", "B5": " SAMA ", "B6": "BEDA"})
	j, err := ReadJudged(t.Context(), path, 7)
	if err != nil {
		t.Fatal(err)
	}
	if j.Judged != 3 || j.Same != 2 || j.Different != 1 || !near(j.Precision, 0.4+0.6*0.5, 1e-9) {
		t.Errorf("%+v", j)
	}
	if _, err := ReadJudged(t.Context(), path, store.RunID(8)); err == nil || !strings.Contains(err.Error(), ErrOtherRun.Error()) {
		t.Errorf("another run: %v", err)
	}
	judge(t, path, map[string]string{"B5": "MUNGKIN"})
	if _, err := ReadJudged(t.Context(), path, 7); err == nil || !strings.Contains(err.Error(), "row 5: "+ErrNotDecision.Error()) {
		t.Errorf("an unknown decision: %v", err)
	}
}

func judge(t *testing.T, path string, decisions map[string]string) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cell, text := range decisions {
		if err := book.SetCellStr(pairsSheet, cell, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReadTruthRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"empty":         "",
		"other columns": "a,b\n1,2\n",
		"no number":     "central_file,central_row,regional_file,regional_row\na.csv,x,b.csv,2\n",
	} {
		path := filepath.Join(t.TempDir(), "truth.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readTruth(path); err == nil || !strings.Contains(err.Error(), ErrTruth.Error()) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzReadTruth(f *testing.F) {
	f.Add("central_id,regional_id\n1,2\n")
	f.Add("central_file,central_sheet,central_row,regional_file,regional_sheet,regional_row,ambiguous,faults\na,,2,b,,3,0,clean\n")
	f.Add("\ufeffcentral_id;regional_id\n\"")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "truth.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if known, err := readTruth(path); err == nil && known == nil {
			t.Error("neither a truth nor an error")
		}
	})
}
