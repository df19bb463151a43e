package report

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"padan/match"
)

// writeArea writes the workbook of one part of the sample and returns its path.
func writeArea(t *testing.T, s *areaSample, p *AreaPart, o Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "area.xlsx")
	if err := WriteAreaBook(created(t, path), p, s.lists(p), s.summary(), o); err != nil {
		t.Fatal(err)
	}
	return path
}

// dump lists every row with its cells, sheet by sheet.
func dump(t *testing.T, path string) string {
	t.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var text strings.Builder
	for _, sheet := range f.GetSheetList() {
		fmt.Fprintf(&text, "# %s\n", sheet)
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			fmt.Fprintf(&text, "%d: %s\n", i+1, strings.ReplaceAll(strings.Join(row, " | "), "\n", " / "))
		}
	}
	return text.String()
}

func TestGoldenAreaBooks(t *testing.T) {
	s := newAreaSample()
	for suffix, o := range goldenOptions {
		var text strings.Builder
		for _, p := range s.index(AreaKecamatan).Parts() {
			fmt.Fprintf(&text, "## %s\n%s\n", p.Path(o.Language), dump(t, writeArea(t, s, p, o)))
		}
		compareGolden(t, []byte(text.String()), "areas"+suffix+".txt")
		if o.Mask && longRun.MatchString(text.String()) {
			t.Error("a masked workbook shows a number")
		}
	}
}

// The recap sheet of a workbook says how many its lists hold.
func TestAreaBookCountsItsLists(t *testing.T) {
	s := newAreaSample()
	for _, level := range []AreaLevel{AreaKecamatan, AreaKelurahan} {
		for _, p := range s.index(level).Parts() {
			here := len(p.Elsewhere)
			for _, position := range p.Matched {
				if p.holds(&s.outcomes[match.Regional][p.Link(position).Regional].Record) {
					here++
				}
			}
			matched := [2]int{len(p.Matched), here}
			rows := readXLSX(t, writeArea(t, s, p, Options{}), "Rekap")
			var sum []string // the last row of figures
			for _, row := range rows {
				if len(row) > 14 {
					sum = row
				}
			}
			for side, from := range [2]int{2, 8} {
				want := []string{strconv.Itoa(matched[side]), strconv.Itoa(len(p.Unmatched[side])), strconv.Itoa(len(p.Duplicates[side]))}
				if got := []string{sum[from+1], sum[from+3], sum[from+4]}; !slices.Equal(got, want) {
					t.Errorf("%s, side %d: the recap has %q, the lists %q", p.Path(Indonesian), side, got, want)
				}
			}
		}
	}
}

// Of somebody of another area a conflict tells where the record stands and no more.
func TestAreaBookHidesStrangers(t *testing.T) {
	s := newAreaSample()
	for _, p := range s.index(AreaKecamatan).Parts() {
		rows := readXLSX(t, writeArea(t, s, p, Options{}), "Konflik")
		for _, row := range rows[4:] {
			for _, text := range row {
				for side := range s.outcomes {
					for i := range s.outcomes[side] {
						r := &s.outcomes[side][i].Record
						if number := r.NIK.Text(); number != "" && strings.Contains(text, number) && !p.holds(r) {
							t.Errorf("%s shows %q of somebody of another area", p.Path(Indonesian), number)
						}
					}
				}
			}
		}
	}
}

// Every sheet of every workbook is ready to be printed and to be filtered, and the
// decisions can be chosen.
func TestAreaBookIsReadyToPrint(t *testing.T) {
	s := newAreaSample()
	path := writeArea(t, s, s.index(AreaKecamatan).Parts()[1], Options{})
	for i := 1; i <= 7; i++ {
		text := partOf(t, path, fmt.Sprintf("xl/worksheets/sheet%d.xml", i))
		for _, want := range []string{`orientation="landscape"`, `paperSize="9"`, `fitToPage="`, `fitToHeight="0"`, `state="frozen"`, "<autoFilter"} {
			if !strings.Contains(text, want) {
				t.Errorf("sheet %d lacks %s", i, want)
			}
		}
	}
	if n := strings.Count(partOf(t, path, "xl/workbook.xml"), "_xlnm.Print_Titles"); n != 8 {
		t.Errorf("%d sheets repeat their heading", n)
	}
	text := partOf(t, path, "xl/worksheets/sheet6.xml")
	if !strings.Contains(text, `sqref="O5:O8"`) || !strings.Contains(text, "SAMA,BEDA,RAGU") {
		t.Error("no decision can be chosen")
	}
}

// A household has one shade, its neighbours another.
func TestHouseholdsAreShadedInTurn(t *testing.T) {
	var g rowGroups
	none := elsewhere(match.Central, 1).KK
	for i, c := range []struct {
		kk, area      uint64
		shaded, first bool
	}{
		{9001, 1, true, true}, {9001, 1, true, false}, {9002, 1, false, true}, {9002, 2, true, true}, {0, 2, false, true}, {0, 2, true, true}, {9002, 2, false, true},
	} {
		kk := none
		if c.kk != 0 {
			kk = whole(c.kk)
		}
		if got := g.household(kk, c.area); got != (rowLook{shaded: c.shaded, first: c.first}) {
			t.Errorf("row %d: %+v", i, got)
		}
	}
}

// A list that is continued on further sheets must keep to the 31 characters that a
// name of a sheet has.
func TestNamesOfListsLeaveRoom(t *testing.T) {
	for _, l := range []Language{Indonesian, English} {
		for _, p := range []phrase{phraseListMatched, phraseListElsewhere, phraseListOnlyCentral, phraseListOnlyRegional, phraseListConflicts, phraseListDuplicates} {
			if name := l.phrase(p) + " (10)"; utf8.RuneCountInString(name) > excelize.MaxSheetNameLength {
				t.Errorf("%q is too long", name)
			}
		}
	}
}

// An error of any of its lists leaves no workbook.
func TestAreaBookOfABrokenSource(t *testing.T) {
	s, gone := newAreaSample(), errors.New("gone")
	p := s.index(AreaKecamatan).Parts()[1]
	for name, spoil := range map[string]func(*AreaLists){
		"matched":    func(l *AreaLists) { l.Matched = broken[match.LinkedPair](gone) },
		"elsewhere":  func(l *AreaLists) { l.Elsewhere = broken[match.LinkedPair](gone) },
		"unmatched":  func(l *AreaLists) { l.Unmatched[match.Regional] = broken[match.RecordOutcome](gone) },
		"conflicts":  func(l *AreaLists) { l.Conflicts = broken[match.ConflictCase](gone) },
		"duplicates": func(l *AreaLists) { l.Duplicates[match.Central] = broken[match.DuplicatePair](gone) },
	} {
		folder := t.TempDir()
		lists := s.lists(p)
		spoil(&lists)
		err := WriteAreaBook(created(t, filepath.Join(folder, "area.xlsx")), p, lists, s.summary(), Options{})
		left, _ := filepath.Glob(filepath.Join(folder, "*"))
		hidden, _ := filepath.Glob(filepath.Join(folder, ".*"))
		if !errors.Is(err, gone) || len(left)+len(hidden) != 0 {
			t.Errorf("%s: %v, left %v %v", name, err, left, hidden)
		}
	}
}
