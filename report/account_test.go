package report

import (
	"testing"

	"padan/match"
)

func TestAccountHolds(t *testing.T) {
	s := NewSummary(RunInfo{}, [2][]SourceInfo{match.Central: {
		{Name: "a.csv", Rows: 10, Records: 2, Rejected: 3, Skipped: map[string]int64{"blank": 4, "total": 1}},
		{Name: "b.csv", Rows: 1, Records: 1},
	}})
	record := outcomeOf(match.Central, 3174011005, 0, match.Matched)
	for range 3 {
		s.Add(&record)
	}
	a := s.Account(match.Central)
	if want := (Account{Files: 2, Rows: 11, Rejected: 3, Skipped: 5, Persons: 3, Outcomes: Counts{match.Matched: 3}}); a != want || !a.Holds() {
		t.Errorf("%+v", a)
	}
	if a := s.Account(match.Regional); a != (Account{}) || !a.Holds() {
		t.Errorf("no files: %+v", a)
	}
	s.Add(&record)
	if s.Account(match.Central).Holds() {
		t.Error("a record too many is not noticed")
	}
	s.Sources[match.Central][0].Rows++
	if a := s.Account(match.Central); a.Rows == 11 || a.Holds() {
		t.Error("a lost row is not noticed")
	}
}
