package report

import "padan/match"

// Account says what became of the rows of all files of one side.
type Account struct {
	Rows     int64
	Rejected int64
	Skipped  int64
	Persons  int64 // records of the files
	Counted  int64 // records that have an outcome
}

// Account adds up the files of a side.
func (s *Summary) Account(side match.Side) Account {
	a := Account{Counted: s.Total().Persons[side].Total()}
	for i := range s.Sources[side] {
		source := &s.Sources[side][i]
		a.Rows += source.Rows
		a.Rejected += source.Rejected
		a.Persons += source.Records
		for _, n := range source.Skipped {
			a.Skipped += n
		}
	}
	return a
}

// Holds reports whether every row is accounted for.
func (a Account) Holds() bool {
	return a.Rows == a.Rejected+a.Skipped+a.Persons && a.Persons == a.Counted
}
