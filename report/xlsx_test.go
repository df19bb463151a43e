package report

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A workbook holds the very texts of the report, formulas included as texts.
func TestXLSXHoldsTheSameCells(t *testing.T) {
	for name, l := range listings {
		o := Options{Language: Indonesian}
		path := filepath.Join(t.TempDir(), "out.xlsx")
		table, err := NewXLSX(created(t, path), "Data", l.columns(o))
		if err != nil {
			t.Fatal(err)
		}
		l.finish(t, table, o)
		var want memory
		if _, err := l.write(&want, o); err != nil {
			t.Fatal(err)
		}
		rows := readXLSX(t, path, "Data")
		if len(rows) != len(want.rows)+1 || len(rows[0]) != len(l.columns(o)) {
			t.Fatalf("%s: %d rows", name, len(rows))
		}
		for i, row := range want.rows {
			for j, c := range row {
				got := ""
				if j < len(rows[i+1]) {
					got = rows[i+1][j]
				}
				if got != stored(&c) {
					t.Errorf("%s, row %d, %s: %q, want %q", name, i, rows[0][j], got, stored(&c))
				}
			}
		}
	}
}

// stored is what a workbook stores for a cell.
func stored(c *Cell) string {
	switch c.Type {
	case IntegerCell, DecimalCell, ProbabilityCell:
		return strconv.FormatFloat(c.Number, 'f', -1, 64)
	case EmptyCell:
		return ""
	case TextCell, CodeCell:
	}
	return c.Text
}

func readXLSX(t *testing.T, path, sheet string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// A cell that is edited stays a text: a NIK keeps its digits, a formula sign
// stays a sign.
func TestXLSXCellsStayTextWhenEdited(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	table, err := NewXLSX(created(t, path), "Data", []Column{{Name: "A", Title: "A", Width: 5}, {Name: "B", Title: "B", Width: 5}, {Name: "C", Title: "C", Width: 5}, {Name: "D", Title: "D", Width: 5}, {Name: "E", Title: "E", Width: 5}})
	if err != nil {
		t.Fatal(err)
	}
	cells := []Cell{Code("3174015705809003"), Text("=1+1"), Text("001"), Text("SITI"), Integer(7)}
	if err := table.WriteRow(cells); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for place, want := range map[string]int{"A2": 49, "B2": 49, "C2": 49, "D2": 0, "E2": 1} {
		id, err := f.GetCellStyle("Data", place)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.NumFmt != want {
			t.Errorf("%s has number format %d, want %d (%v)", place, style.NumFmt, want, err)
		}
		if formula, err := f.GetCellFormula("Data", place); err != nil || formula != "" {
			t.Errorf("%s is a formula: %v", place, err)
		}
	}
	if kind, err := f.GetCellType("Data", "A2"); err != nil || kind != excelize.CellTypeInlineString {
		t.Errorf("the NIK is of type %v, %v", kind, err)
	}
}

func TestXLSXSplitsLongTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	f := created(t, path)
	table, err := newXLSX(f, "Padan", []Column{{Name: "A", Title: "A", Width: 5}, {Name: "B", Title: "B", Width: 5}})
	if err != nil {
		t.Fatal(err)
	}
	table.stream.limit = 3
	for i := range 7 {
		if err := table.WriteRow([]Cell{Integer(int64(i)), Text("x")}); err != nil {
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
	for part, want := range map[string]string{"sheet1": "$A$1:$B$4", "sheet2": "$A$1:$B$4", "sheet3": "$A$1:$B$2"} {
		text := partOf(t, path, "xl/worksheets/"+part+".xml")
		if !strings.Contains(text, `<autoFilter ref="`+want+`"`) || !strings.Contains(text, `state="frozen"`) {
			t.Errorf("%s has no filter over %s, or no frozen heading", part, want)
		}
		if dimension := strings.ReplaceAll(want, "$", ""); !strings.Contains(text, `<dimension ref="`+dimension+`"`) {
			t.Errorf("%s does not say that it holds %s", part, dimension)
		}
		if !strings.Contains(text, `<cols><col min="1" max="1" width="7" customWidth="1"/><col min="2" max="2" width="7" customWidth="1"/></cols>`) {
			t.Errorf("%s has no widths, or not in the order of its columns", part)
		}
	}
}

func TestXLSXSplitsBigTables(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	f := created(t, path)
	table, err := newXLSX(f, "Padan", []Column{{Name: "A", Title: "A", Width: 5}})
	if err != nil {
		t.Fatal(err)
	}
	table.stream.room = 1000
	for range 10 {
		if err := table.WriteRow([]Cell{Text(strings.Repeat("A", 300))}); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	for sheet, want := range map[string]int{"Padan": 4, "Padan (2)": 4, "Padan (3)": 4, "Padan (4)": 2} {
		if rows := readXLSX(t, path, sheet); len(rows) != want {
			t.Errorf("%s: %d rows, want %d", sheet, len(rows), want)
		}
	}
}

// partOf is the text of one part of a workbook.
func partOf(t *testing.T, path, name string) string {
	t.Helper()
	content := readFile(t, path)
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// partsOf lists the parts of a workbook.
func partsOf(t *testing.T, path string) []string {
	t.Helper()
	content := readFile(t, path)
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
	}
	return names
}

// What XML or the limits of a cell do not allow does not stop a report.
func TestXLSXTakesAnyText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.xlsx")
	table, err := NewXLSX(created(t, path), "Data", []Column{{Name: "A", Title: "A", Width: 5}, {Name: "B", Title: "B", Width: 5}, {Name: "C", Title: "C", Width: 5}, {Name: "D", Title: "D", Width: 5}})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("é", 40_000)
	if err := table.WriteRow([]Cell{Text("A\x00\x1b\uFFFFB"), Text(" _x0041_ "), Text(long), Text("a\xffb")}); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	row := readXLSX(t, path, "Data")[1]
	if !strings.HasPrefix(row[0], "A") || !strings.HasSuffix(row[0], "B") || row[1] != " _x0041_ " {
		t.Errorf("%q", row[:2])
	}
	if got := []rune(row[2]); len(got) < 32_000 || got[0] != 'é' || got[len(got)-1] != 'é' {
		t.Errorf("%d characters of a long text", len(got))
	}
}

// The same rows give the same bytes, whatever the clock says.
func TestTheSameRowsGiveTheSameBytes(t *testing.T) {
	folder := t.TempDir()
	for name, write := range writers() {
		var first []byte
		for range 4 {
			path := filepath.Join(folder, name)
			f := created(t, path)
			if err := write(f); err != nil {
				t.Fatal(err)
			}
			content := readFile(t, path)
			if first == nil {
				first = content
			}
			if !bytes.Equal(first, content) {
				t.Errorf("%s differs from one run to the next", name)
				break
			}
		}
	}
}

func BenchmarkMatchedXLSX(b *testing.B) {
	pair := ordinaryLink()
	table, err := NewXLSX(created(b, filepath.Join(b.TempDir(), "out.xlsx")), "Padan", MatchedColumns(Options{}))
	if err != nil {
		b.Fatal(err)
	}
	benchmarkMatched(b, table, &pair)
}
