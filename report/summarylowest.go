package report

import (
	"cmp"
	"slices"

	"padan/match"
)

// A kelurahan with fewer persons has no rate worth a place among the lowest.
const leastPersons = 20

// Lowest lists up to so many kelurahan of one side that have the lowest match
// rates of persons, the lowest first; of equal ones the one with more persons
// that are not matched. Kelurahan with hardly anybody are left out.
func (s *Summary) Lowest(side match.Side, most int) []RecapRow {
	var rows []RecapRow
	for _, row := range s.Recap.Rows() {
		if row.Level == RecapKelurahan && row.Area.Kelurahan != "" && row.Persons[side].Total() >= leastPersons {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b RecapRow) int {
		x, y := a.Persons[side], b.Persons[side]
		return cmp.Or(cmp.Compare(x.rate(), y.rate()), cmp.Compare(y.Total()-y[match.Matched], x.Total()-x[match.Matched]))
	})
	return rows[:min(most, len(rows))]
}

// rate is the share that is matched, 0-1, not rounded.
func (c Counts) rate() float64 { return float64(c[match.Matched]) / float64(max(c.Total(), 1)) }
