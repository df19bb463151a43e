package sheet

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// compareWithExcelize compares every cell of every sheet with the stored text
// that excelize reads. It gives truth values as 1 and 0 and dates as numbers; cells
// that differ by design are listed by the test.
func compareWithExcelize(t testing.TB, path string, except map[string]string) {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	must(t, err)
	defer func() { must(t, f.Close()) }()
	for _, s := range open(t, path).Sheets() {
		want, err := f.GetRows(s.Name(), excelize.Options{RawCellValue: true})
		must(t, err)
		got := map[int][]string{}
		for _, r := range rowsOf(t, s) {
			got[r.Number] = r.Cells
		}
		for i := range max(len(want), len(got)) {
			var expected []string
			if i < len(want) {
				expected = want[i]
			}
			for j := range max(len(expected), len(got[i+1])) {
				place := fmt.Sprintf("%s%d", ColumnName(j), i+1)
				w, given := except[place]
				if !given && j < len(expected) {
					w = expected[j]
				}
				g := ""
				if j < len(got[i+1]) {
					g = got[i+1][j]
				}
				if g != w && g != dateOf(w) && g != truthOf(w) {
					t.Fatalf("%s %s: got %q, want %q", s.Name(), place, g, w)
				}
			}
		}
	}
}

// dateOf is the text of a day number where a style shows it as a date.
func dateOf(value string) string {
	date, _ := serialDate(value, 0)
	return date
}

func truthOf(value string) string {
	if value == "0" || value == "1" {
		return boolText([]byte(value))
	}
	return value
}

// Every cell of every workbook among the samples is the one that excelize reads.
func TestSamplesAgreeWithExcelize(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/samples/*.xlsx")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("no samples")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { compareWithExcelize(t, file, nil) })
	}
}

func TestXLSXAgreesWithExcelize(t *testing.T) {
	path := workbookOf(t, func(f *excelize.File) {
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		for i := range 200 {
			must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", 2*i+1), &[]any{
				fmt.Sprintf("31740157058%05d", 9000+i), i * 7, float64(i) / 3, "A\nB & <" + fmt.Sprint(i%5) + ">", nil, "  x ", 3174015705809000 + i, "_x000D_ \t", -1e-7 * float64(i),
			}))
		}
		must(t, f.SetCellBool("Sheet1", "K1", true))
		must(t, f.SetCellInt("Sheet1", "K2", 29358))
		must(t, f.SetCellStyle("Sheet1", "K2", "K2", date))
		must(t, f.SetCellFormula("Sheet1", "K3", "A1&A2"))
		must(t, f.MergeCell("Sheet1", "M1", "N2"))
		must(t, f.SetCellStr("Sheet1", "M1", "GABUNG"))
		_, err = f.NewSheet("RW 05")
		must(t, err)
		must(t, f.SetCellStr("RW 05", "C7", "É"))
	})
	compareWithExcelize(t, path, map[string]string{"K1": "TRUE", "K2": "1980-05-17"})
}

// What excelize writes, in cells or as shared texts, is read back as given.
func TestXLSXRoundTrip(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-z0-9 &<>"'_éÉ./\n-]{0,12}`)
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOfN(rapid.SliceOfN(word, 1, 6), 1, 12).Draw(rt, "rows")
		streamed := rapid.Bool().Draw(rt, "streamed")
		path := workbookOf(t, func(f *excelize.File) {
			set := func(place string, row []any) error { return f.SetSheetRow("Sheet1", place, &row) }
			if streamed {
				w, err := f.NewStreamWriter("Sheet1")
				must(t, err)
				set = func(place string, row []any) error { return w.SetRow(place, row) }
				defer func() { must(t, w.Flush()) }()
			}
			for i, row := range want {
				cells := make([]any, len(row))
				for j := range row {
					cells[j] = row[j]
				}
				must(t, set(fmt.Sprintf("A%d", i+1), cells))
			}
		})
		rows := rowsOf(t, open(t, path).Sheets()[0])
		for i, row := range want {
			var got []string
			for _, r := range rows {
				if r.Number == i+1 {
					got = r.Cells
				}
			}
			if a, b := strings.TrimRight(strings.Join(got, "\x00"), "\x00"), strings.TrimRight(strings.Join(row, "\x00"), "\x00"); a != b {
				rt.Fatalf("row %d: got %q, want %q", i+1, got, row)
			}
		}
	})
}
