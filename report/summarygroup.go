package report

import (
	"math"
	"slices"
	"strings"

	"padan/normalize"
)

// ageGroup is the age band at the start of the run: small children, who often
// have no NIK yet, school age, adults, the old.
func (s *Summary) ageGroup(born normalize.Date) string {
	year := born.Year()
	age := s.Run.Started.Year() - year
	if month, day := s.Run.Started.Month(), s.Run.Started.Day(); born.Month() > int(month) || born.Month() == int(month) && born.Day() > day {
		age--
	}
	switch {
	case year == 0 || age < 0:
		return "unknown"
	case age < 5:
		return "0-4"
	case age < 18:
		return "5-17"
	case age < 60:
		return "18-59"
	}
	return "60+"
}

func nameGroup(words string) string {
	switch n := strings.Count(words, " "); {
	case words == "":
		return "unknown"
	case n == 0:
		return "1"
	case n == 1:
		return "2"
	}
	return "3+"
}

func nikGroup(trust normalize.Trust) string {
	switch trust {
	case normalize.TrustFull:
		return "whole"
	case normalize.TrustDoubtful:
		return "doubtful"
	case normalize.TrustNone:
	}
	return "missing"
}

// binOf is the number of the bin of a weight.
func binOf(weight float64) int { return int(math.Floor(weight / WeightBinBits)) }

// Finish orders what was counted; nothing may be added after it.
func (s *Summary) Finish() {
	s.Groups, s.Weights = nil, nil
	s.Recap.cards = [2]map[uint64]card{{}, {}} // all are counted
	for _, property := range groupOrder {
		for _, group := range property.groups {
			if counts := s.groups[groupKey{property.by, group}]; counts != nil {
				s.Groups = append(s.Groups, GroupCounts{property.by, group, *counts})
			}
		}
	}
	for _, b := range s.bins {
		s.Weights = append(s.Weights, *b)
	}
	slices.SortFunc(s.Weights, func(a, b WeightBin) int { return int(a.From - b.From) })
}

// Total is the row of the recap that sums up all areas.
func (s *Summary) Total() RecapRow {
	rows := s.Recap.Rows()
	return rows[len(rows)-1]
}
