package sheet

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The files office.* of testdata are one spreadsheet, saved by LibreOffice 7.4 in
// every format that it knows; office.csv lists the cells that it holds.

// goldenCells reads a list of cells: sheet, row ("-" before a hidden one), cells.
func goldenCells(t testing.TB, name string) map[string]string {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	must(t, err)
	defer func() { must(t, file.Close()) }()
	r := csv.NewReader(file)
	r.FieldsPerRecord = -1
	lines, err := r.ReadAll()
	must(t, err)
	cells := map[string]string{}
	for _, line := range lines {
		for i, cell := range line[2:] {
			if cell != "" {
				cells[fmt.Sprintf("%s!%s%s", line[0], ColumnName(i), line[1])] = cell
			}
		}
	}
	return cells
}

// placedCells lists the cells of a book that are not empty by their places.
func placedCells(t testing.TB, b *Book) map[string]string {
	t.Helper()
	cells := map[string]string{}
	for _, s := range b.Sheets() {
		for _, row := range rowsOf(t, s) {
			sign := ""
			if row.Hidden {
				sign = "-"
			}
			if row.Broken != "" || row.Uncached != 0 {
				t.Errorf("%s: row %d: %q, %d formulas without result", s.Name(), row.Number, row.Broken, row.Uncached)
			}
			for i, cell := range row.Cells {
				if cell != "" {
					cells[fmt.Sprintf("%s!%s%s%d", s.Name(), ColumnName(i), sign, row.Number)] = cell
				}
			}
		}
	}
	return cells
}

func TestOfficeFiles(t *testing.T) {
	const sheet = "RW 05 & 06!"
	tests := []struct {
		name   string
		kind   Kind
		except map[string]string // what the format itself, or LibreOffice, holds otherwise
	}{
		{"office.ods", KindODS, nil},
		{"office.fods", KindODS, nil},
		{"office.xlsx", KindXLSX, map[string]string{
			sheet + "B5": "3174010101109000", sheet + "A-6": "3174011203759010", sheet + "B-6": "3174010101109000", // 15 digits
			sheet + "F-6": "1900-01-01 02:00:00", // a time beyond a day
		}},
		{"office.xml", KindXML, map[string]string{sheet + "B17": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := goldenCells(t, "office.csv")
			for place, cell := range tt.except {
				want[place] = cell
				if cell == "" {
					delete(want, place)
				}
			}
			b := open(t, filepath.Join("testdata", tt.name))
			if b.Kind() != tt.kind {
				t.Errorf("it is %s", b.Kind())
			}
			if diff := cmp.Diff(want, placedCells(t, b)); diff != "" {
				t.Error(diff)
			}
			layout, err := b.Sheets()[0].Layout(t.Context())
			must(t, err)
			if diff := cmp.Diff(Layout{Merged: []Range{{1, 1, 0, 11}, {2, 3, 0, 2}, {17, 17, 0, 1}}, HiddenColumns: []Range{{0, 0, 4, 5}}}, layout); diff != "" {
				t.Error(diff)
			}
			if hidden := b.Sheets()[1].Hidden(); hidden == (tt.kind == KindXML) { // LibreOffice drops it there
				t.Errorf("the second sheet: hidden %t", hidden)
			}
		})
	}
}

// LibreOffice writes no hidden rows, columns and sheets into a page.
func TestOfficePage(t *testing.T) {
	b := open(t, filepath.Join("testdata", "office.html"))
	if diff := cmp.Diff(goldenCells(t, "office.html.csv"), placedCells(t, b)); diff != "" {
		t.Error(diff)
	}
	var numbers []string
	for i, number := range rowsOf(t, b.Sheets()[0])[3].Numeric {
		if number {
			numbers = append(numbers, ColumnName(i))
		}
	}
	if !slices.Equal(numbers, []string{"B", "F", "G", "H"}) {
		t.Errorf("numbers in columns %s", strings.Join(numbers, " "))
	}
}

// The same files packed in one archive give the same cells.
func TestOfficeArchive(t *testing.T) {
	var parts []part
	for _, name := range []string{"office.ods", "office.fods"} {
		parts = append(parts, part{name, content(t, filepath.Join("testdata", name))})
	}
	want := map[string]string{}
	for place, cell := range goldenCells(t, "office.csv") {
		want["office.ods/"+place], want["office.fods/"+place] = cell, cell
	}
	if diff := cmp.Diff(want, placedCells(t, open(t, write(t, "a.zip", zipOf(t, parts...))))); diff != "" {
		t.Error(diff)
	}
}
