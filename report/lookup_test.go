package report

import (
	"slices"
	"testing"

	"padan/match"
	"padan/normalize"
)

func titlesOf(columns []Column) []string {
	var titles []string
	for _, c := range columns {
		titles = append(titles, c.Title)
	}
	return titles
}

// Cells under one title share a column over all sheets; a title that comes twice in
// a sheet, or is one of the result's own, gets a number; nothing is lost.
func TestLookupLayout(t *testing.T) {
	l := NewLookupLayout([]LookupSheet{
		{Header: []string{"NIK", " Nama\n Lengkap ", "Ket", "KET", ""}},
		{Header: []string{"nama lengkap", "Alamat"}, Columns: normalize.NewColumns(map[normalize.Field]int{normalize.FieldKK: 3})},
		{},
	})
	others := []Column{{Name: "x", Title: "Alamat"}}
	want := []string{"NIK", "Nama Lengkap", "Ket", "KET (2)", "E", "Alamat (2)", "C", "D", "Isi lain"}
	if got := titlesOf(l.columns(others, Indonesian)); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, c := range []struct {
		sheet int
		cells []string
		want  []string
	}{
		{0, []string{"1", "2", "3", "4", "5", "6", "", "8"}, []string{"1", "2", "3", "4", "5", "", "", "", "6 | 8"}},
		{1, []string{"1", "2", "3", "4"}, []string{"", "1", "", "", "", "2", "3", "4", ""}},
		{1, []string{"1"}, []string{"", "1", "", "", "", "", "", "", ""}},
		{2, []string{"1", "2"}, []string{"", "", "", "", "", "", "", "", "1 | 2"}},
	} {
		w := newWriter(Options{})
		l.add(&w, &LookupRow{Sheet: c.sheet, Cells: c.cells})
		var got []string
		for _, cell := range w.cells {
			got = append(got, cell.Text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("sheet %d: %q, want %q", c.sheet, got, c.want)
		}
	}
}

// Every status has a verdict in every direction and language, and every doubt and
// absence its words.
func TestLookupVerdictsAreWhole(t *testing.T) {
	for _, l := range []Language{Indonesian, English} {
		words := l.catalogue()
		for _, direction := range []LookupDirection{LookupReference, LookupExclusion} {
			for _, status := range match.LookupStatuses() {
				if words.lookups[direction][status] == "" {
					t.Errorf("%s: nothing is said of %s, %s", l, direction, status)
				}
			}
		}
		for _, kind := range match.ConflictKinds() {
			if kind.Blocks() && at(words.lookupKinds, kind) == "" {
				t.Errorf("%s: nothing is said of %s", l, kind)
			}
		}
		for _, reason := range match.Reasons() {
			if at(words.lookupReasons, reason) == "" && reason != match.ReasonDecided {
				t.Errorf("%s: nothing is said of %s", l, reason)
			}
		}
	}
}
