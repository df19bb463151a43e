package report

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"padan/match"
)

// The sheets of the workbook, cell by cell; areas in which nobody is counted are
// left out.
func TestGoldenDiffBook(t *testing.T) {
	for suffix, o := range goldenOptions {
		path := writeDiffBook(t, sampleDiff(sampleInfo("", bothSidesOf()...)), o)
		content := dumpBook(t, path)
		compareGolden(t, content, "perubahan"+suffix+".txt")
		checkBook(t, suffix, path)
		if o.Mask && longRun.Match(content) {
			t.Error("a number is shown though masked")
		}
	}
}

func writeDiffBook(t *testing.T, d *Diff, o Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.xlsx")
	table, err := NewDiffBook(created(t, path), d, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Changes(table, seq(sampleChanges()...), o); err != nil {
		t.Fatal(err)
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// The sheets add up to the totals: areas to all persons, moves to all who changed,
// and the list has them all.
func TestDiffBookAddsUp(t *testing.T) {
	d := sampleDiff(sampleInfo("", bothSidesOf()...))
	path := writeDiffBook(t, d, Options{Language: English})
	for side, sheet := range []string{"By area (central)", "By area (regional)"} {
		rows := readXLSX(t, path, sheet)
		total := rows[len(rows)-3] // a line and the note follow
		want := d.Total()
		for column, n := range map[int]int64{
			4: want.Persons[side][match.Before].Total(), 9: want.Persons[side][match.After].Total(),
		} {
			if total[0] != "TOTAL" || total[column] != fmt.Sprint(n) {
				t.Errorf("%s: %q in column %d, want %d", sheet, total[column], column, n)
			}
		}
	}
	moves := readXLSX(t, path, "Moves")
	last := moves[len(moves)-1]
	sum := int64(0)
	for side := range d.Info.Runs {
		var n int64
		if _, err := fmt.Sscan(last[6+side], &n); err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	if list := readXLSX(t, path, "Change"); sum != d.Changed() || int64(len(list)-1) != d.Changed() {
		t.Errorf("%d moves, %d listed, %d changed", sum, len(list)-1, d.Changed())
	}
}

// Of one side and area only that side and area are shown.
func TestDiffBookOfAnArea(t *testing.T) {
	path := writeDiffBook(t, sampleDiff(sampleInfo("31.74.01", match.Regional)), Options{Language: English})
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if got := strings.Join(f.GetSheetList(), ","); got != "Summary,Moves,By area (regional),Change" {
		t.Errorf("sheets %s", got)
	}
	for i, row := range readXLSX(t, path, "By area (regional)") {
		if len(row) > 3 && strings.HasPrefix(row[3], "31.") && !strings.HasPrefix(row[3], "31.74.01") {
			t.Errorf("row %d is of area %s", i+1, row[3])
		}
	}
}
