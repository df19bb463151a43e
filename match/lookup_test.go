package match

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every row of a list has one status, with all persons that it may be.
func TestHits(t *testing.T) {
	nik, name := Vector{CompareNIK: NIKSame}, Vector{CompareName: NameSame}
	res := &Result{
		Links: []Link{{Central: 7, Regional: 1, Vector: nik, Weight: 20}},
		Conflicts: []Conflict{
			{Kind: NIKSamePersonDiffers, Central: []int32{4}, Regional: []int32{1, 4}, Vector: nik, Weight: 1},
			{Kind: ManyToOne, Central: []int32{2, 3}, Regional: []int32{2}, Vector: name, Weight: 9},
			{Kind: Review, Central: []int32{5}, Regional: []int32{2}, Vector: nik, Weight: 3},
			{Kind: Moved, Central: []int32{9}, Regional: []int32{5}, Weight: 90},
		},
	}
	res.Outcomes[Regional] = []Outcome{Unmatched, Matched, Conflicted, Duplicate, Unmatched, Unmatched}
	res.Reasons[Regional] = []Reason{ReasonNotFound, 0, 0, 0, ReasonNIKTaken, ReasonNIKTaken}
	res.Duplicates[Regional] = []DuplicateOf{{Record: 3, Of: 1, Kind: DuplicateNIK, Vector: name, Weight: 12}}
	h := NewHits(res)
	if h.Len() != 6 {
		t.Fatalf("%d rows", h.Len())
	}
	for row, want := range []Hit{
		{Status: LookupNotIn, Reason: ReasonNotFound, Of: NoRow},
		{Status: LookupIn, Persons: []int32{7}, Vector: nik, Weight: 20, Of: NoRow},
		{Status: LookupDoubt, Persons: []int32{2, 3}, Kind: ManyToOne, Vector: name, Weight: 9, Of: NoRow},
		{Status: LookupDuplicate, Kind: DuplicateNIK, Of: 1, Vector: name, Weight: 12},
		{Status: LookupDoubt, Persons: []int32{4}, Reason: ReasonNIKTaken, Kind: NIKSamePersonDiffers, Vector: nik, Weight: 1, Of: NoRow},
		{Status: LookupDoubt, Reason: ReasonNIKTaken, Of: NoRow}, // a remark names nobody
	} {
		if diff := cmp.Diff(want, h.Of(int32(row))); diff != "" {
			t.Errorf("row %d: %s", row, diff)
		}
	}
}
