package report

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"padan/match"
	"padan/normalize"

	"github.com/xuri/excelize/v2"
)

func sampleReview() []ReviewPair {
	near := ReviewPair{Case: 4, Kind: match.NIKSamePersonDiffers, Records: [2]match.Record{awkward(match.Central, 2), awkward(match.Regional, 9)}, Weight: -0.4, Key: "P1-aa-bb"}
	near.Vector[match.CompareNIK], near.Vector[match.CompareSex] = match.NIKSame, match.SexSame
	near.Records[0].Raw[normalize.FieldSex], near.Records[1].Raw[normalize.FieldSex] = "L", "LAKI-LAKI"
	near.Records[1].Raw[normalize.FieldName] = "SITI"
	other := ReviewPair{
		Case: 9, Kind: match.Review, Records: [2]match.Record{elsewhere(match.Central, 3), elsewhere(match.Regional, 4)}, Weight: 3.25,
		Proposed: "3174015705809003", Earlier: "RAGU, Sari", Key: "P1-cc-dd",
	}
	other.Vector[match.CompareName] = match.NameSimilar
	return []ReviewPair{near, other}
}

func writeReview(t *testing.T, pairs []ReviewPair, o Options) *excelize.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tinjau.xlsx")
	if err := WriteReview(created(t, path), pairs, []string{"=guide"}, o); err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(t.TempDir(), "tinjau.xlsx")
	if err := WriteReview(created(t, again), pairs, []string{"=guide"}, o); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(readFile(t, path), readFile(t, again)) {
		t.Error("the same pairs give other bytes")
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestGoldenReview(t *testing.T) {
	for suffix, o := range goldenOptions {
		f := writeReview(t, sampleReview(), o)
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, row := range rows {
			for i := range row {
				row[i] = strings.ReplaceAll(row[i], "\n", `\n`)
			}
			text.WriteString(strings.Join(row, " | ") + "\n")
		}
		compareGolden(t, []byte(text.String()), "review"+suffix+".txt")
		if o.Mask && longRun.MatchString(text.String()) {
			t.Error("a masked sheet shows a number")
		}
	}
}

// Only what a reviewer fills in can be changed, from a list of three words; cells
// that differ are coloured, and no text is a formula.
func TestReviewSheetGuidesTheReviewer(t *testing.T) {
	f := writeReview(t, sampleReview(), Options{})
	sheet := f.GetSheetName(0)
	style := func(place string) *excelize.Style {
		id, err := f.GetCellStyle(sheet, place)
		if err != nil {
			t.Fatal(err)
		}
		s, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for place, open := range map[string]bool{"A5": false, "B5": true, "C5": true, "D6": true, "E5": false, "G5": false} {
		if p := style(place).Protection; (p != nil && !p.Locked) != open {
			t.Errorf("%s: open is %v", place, !open)
		}
	}
	choices, err := f.GetDataValidations(sheet)
	if err != nil || len(choices) != 1 || choices[0].Sqref != "B5:B6" || !strings.Contains(choices[0].Formula1, "SAMA,BEDA,RAGU") {
		t.Errorf("choices %+v, %v", choices, err)
	}
	for row, want := range map[int]float64{1: 22, 4: 32} { // title and heading
		if height, err := f.GetRowHeight(sheet, row); err != nil || height != want {
			t.Errorf("row %d is %g points high, want %g, %v", row, height, want, err)
		}
	}
	if panes, err := f.GetPanes(sheet); err != nil || !panes.Freeze || panes.TopLeftCell != "E5" {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if locks, err := f.GetSheetProtection(sheet); err != nil || locks.EditObjects || !locks.Sort {
		t.Errorf("locks %+v, %v", locks, err)
	}
	at := map[string]string{}
	for i, c := range reviewColumns(Indonesian, true) {
		name, _ := excelize.ColumnNumberToName(i + 1)
		at[c.Name] = name
	}
	for name, coloured := range map[string]bool{"central_name": true, "regional_name": true, "central_sex": false, "central_nik": false} {
		if fill := style(at[name] + "5").Fill.Color; (len(fill) > 0 && fill[0] == "FCE4D6") != coloured {
			t.Errorf("%s: coloured is %v", name, !coloured)
		}
	}
	for _, name := range at {
		if formula, err := f.GetCellFormula(sheet, name+"5"); err != nil || formula != "" {
			t.Errorf("%s5 is a formula: %v", name, err)
		}
	}
}

// Where two records are of one side, no column says that one is of the other.
func TestReviewOfOneSide(t *testing.T) {
	pairs := sampleReview()
	pairs[0].Records[1].Side = match.Central
	f := writeReview(t, pairs, Options{Language: English})
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || !strings.Contains(strings.Join(rows[3], "|"), "NIK (1)|NIK (2)") {
		t.Errorf("titles %v, %v", rows[3], err)
	}
}
