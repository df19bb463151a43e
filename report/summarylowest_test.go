package report

import (
	"testing"

	"padan/match"
	"padan/normalize"
)

// The lowest rate comes first, of equal ones that with more persons left out;
// hardly anybody, and an unknown kelurahan, have no place.
func TestLowest(t *testing.T) {
	s := NewSummary(RunInfo{}, [2][]SourceInfo{})
	kelurahan := normalize.Kelurahan()
	add := func(code uint64, matched, unmatched int) {
		for i := range matched + unmatched {
			o := outcomeOf(match.Regional, code, 0, match.Unmatched)
			if i < matched {
				o.Outcome = match.Matched
			}
			s.Add(&o)
		}
	}
	add(kelurahan[0].Code, 19, 1)
	add(kelurahan[1].Code, 10, 10)
	add(kelurahan[2].Code, 20, 20)
	add(kelurahan[3].Code, 0, leastPersons-1)
	add(kelurahan[4].Code/10_000*10_000, 0, 50)
	add(kelurahan[5].Code, 0, 20)
	var got []uint64
	for _, row := range s.Lowest(match.Regional, 3) {
		got = append(got, row.Area.Code)
	}
	if want := []uint64{kelurahan[5].Code, kelurahan[2].Code, kelurahan[1].Code}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("%d, want %d", got, want)
	}
	if rows := s.Lowest(match.Central, 3); len(rows) != 0 {
		t.Errorf("%d kelurahan of a side without anybody", len(rows))
	}
	if rows := s.Lowest(match.Regional, 99); len(rows) != 4 {
		t.Errorf("%d kelurahan", len(rows))
	}
}
