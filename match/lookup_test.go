package match

import (
	"testing"

	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

// Every row of a list has one status, with all persons that it may be.
func TestHits(t *testing.T) {
	nik, name := Vector{CompareNIK: NIKSame}, Vector{CompareName: NameSame}
	m := DefaultModel()
	sure, unsure := m.Link+duplicatePriorBits, m.Link+duplicatePriorBits-0.1
	res := &Result{
		Links: []Link{
			{Central: 7, Regional: 1, Vector: nik, Weight: 40}, {Central: 8, Regional: 6, Vector: name, Weight: sure},
			{Central: 8, Regional: 7, Vector: nik, Weight: 40}, {Central: 8, Regional: 8, Vector: name, Weight: unsure}, {Central: 9, Regional: 9, Weight: unsure},
		},
		Conflicts: []Conflict{
			{Kind: NIKSamePersonDiffers, Central: []int32{4}, Regional: []int32{1, 4}, Vector: nik, Weight: 1},
			{Kind: ManyToOne, Central: []int32{2, 3}, Regional: []int32{2}, Vector: name, Weight: 9},
			{Kind: Review, Central: []int32{5}, Regional: []int32{2}, Vector: nik, Weight: 3},
			{Kind: Moved, Central: []int32{9}, Regional: []int32{5}, Weight: 90},
		},
	}
	res.Outcomes[Regional] = []Outcome{
		Unmatched, Matched, Conflicted, Duplicate, Unmatched, Unmatched, Matched, Matched, Matched, Matched, Duplicate,
	}
	res.Reasons[Regional] = []Reason{ReasonNotFound, 0, 0, 0, ReasonNIKTaken, ReasonNIKTaken, 0, 0, 0, 0, 0}
	res.Duplicates[Regional] = []DuplicateOf{
		{Record: 3, Of: 1, Kind: DuplicateNIK, Vector: name, Weight: 12}, {Record: 10, Of: 6, Kind: DuplicatePerson, Vector: name, Weight: 11},
	}
	h := NewHits(res, m)
	if h.Len() != 11 {
		t.Fatalf("%d rows", h.Len())
	}
	for row, want := range []Hit{
		{Status: LookupNotIn, Reason: ReasonNotFound, Of: NoRow},
		{Status: LookupIn, Persons: []int32{7}, Vector: nik, Weight: 40, Of: NoRow},
		{Status: LookupDoubt, Persons: []int32{2, 3}, Kind: ManyToOne, Vector: name, Weight: 9, Of: NoRow},
		{Status: LookupDuplicate, Persons: []int32{7}, Kind: DuplicateNIK, Of: 1, Vector: name, Weight: 12},
		{Status: LookupDoubt, Persons: []int32{4}, Reason: ReasonNIKTaken, Kind: NIKSamePersonDiffers, Vector: nik, Weight: 1, Of: NoRow},
		{Status: LookupDoubt, Reason: ReasonNIKTaken, Of: NoRow}, // a remark names nobody
		{Status: LookupDuplicate, Persons: []int32{8}, Kind: DuplicatePerson, Of: 7, Vector: name, Weight: sure},
		{Status: LookupIn, Persons: []int32{8}, Vector: nik, Weight: 40, Of: NoRow},
		{Status: LookupDoubt, Persons: []int32{8}, Kind: OneToMany, Vector: name, Weight: unsure, Of: NoRow},
		{Status: LookupIn, Persons: []int32{9}, Weight: unsure, Of: NoRow},
		{Status: LookupDuplicate, Persons: []int32{8}, Kind: DuplicatePerson, Of: 7, Vector: name, Weight: 11}, // of a duplicate
	} {
		if diff := cmp.Diff(want, h.Of(int32(row))); diff != "" {
			t.Errorf("row %d: %s", row, diff)
		}
	}
}

// In a lookup every row goes by itself: a list that has a person twice, once without
// the NIK, has nobody who is not found, and an equal choice of two persons is a
// conflict.
func TestRunOfALookup(t *testing.T) {
	base := person(1, "BUDI HIDAYAT", date(1980, 5, 17))
	other := person(57, "SLAMET GUNAWAN", date(1975, 3, 2))
	twin := person(900, "WAHYUNI LESTARI", date(1990, 9, 9))
	twin.NIK = normalize.Number{}
	stranger := other
	stranger.Name.Words, stranger.BirthDate, stranger.Sex = "RATNA PERMATA", date(1999, 12, 1), normalize.Female
	weak := base
	weak.NIK, weak.KK = normalize.Number{}, normalize.Number{}
	words := NewDictionary()
	central, list := NewTable(Central, words, 4), NewTable(Regional, words, 5)
	master := []normalize.Person{base, other, twin, twin}
	master[3].KK, master[3].Address.RT = number(3174011201159900), 9 // two persons, as far as anybody can tell
	for i := range master {
		central.Add(&master[i], 0)
	}
	for _, p := range []normalize.Person{base, weak, stranger, twin, other} {
		list.Add(&p, 0)
	}
	for _, workers := range []int{1, 3} {
		m := DefaultModel()
		res, err := Run(t.Context(), central, list, m, Options{Workers: workers, Lookup: true})
		if err != nil {
			t.Fatal(err)
		}
		h := NewHits(res, m)
		for row, want := range []LookupStatus{LookupIn, LookupDoubt, LookupDoubt, LookupDoubt, LookupIn} {
			if got := h.Of(int32(row)); got.Status != want {
				t.Errorf("row %d: %s, want %s: %+v", row, got.Status, want, got)
			}
		}
		if hit := h.Of(1); hit.Kind != OneToMany || len(hit.Persons) != 1 || hit.Persons[0] != 0 {
			t.Errorf("%+v", hit)
		}
		if hit := h.Of(3); hit.Kind != ManyToOne || len(hit.Persons) != 2 {
			t.Errorf("%+v", hit)
		}
		if hit := h.Of(2); hit.Kind != NIKSamePersonDiffers || len(hit.Persons) != 1 || hit.Persons[0] != 1 {
			t.Errorf("%+v", hit)
		}
		if len(res.Households) > 0 {
			t.Error("a lookup makes households")
		}
	}
}
