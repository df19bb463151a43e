package report

import "padan/match"

// Summary is the account of one side of a run: every row of its sources has
// exactly one fate.
type Summary struct {
	Side     match.Side
	Rows     int64
	Rejected int64
	Skipped  int64
	Outcomes Counts
}

// Discrepancy is the number of rows without a fate, or with two: 0 if the
// account is right.
func (s Summary) Discrepancy() int64 {
	return s.Rows - s.Rejected - s.Skipped - s.Outcomes.Total()
}
