package report

import "padan/match"

// Account says what became of the rows of all files of one side.
type Account struct {
	Files    int64
	Rows     int64
	Rejected int64
	Skipped  int64
	Persons  int64  // records of the files
	Outcomes Counts // records that have one
}

// Account adds up the files of a side.
func (s *Summary) Account(side match.Side) Account {
	a := Account{Files: int64(len(s.Sources[side])), Outcomes: s.Total().Persons[side]}
	for i := range s.Sources[side] {
		source := &s.Sources[side][i]
		a.Rows += source.Rows
		a.Rejected += source.Rejected
		a.Persons += source.Records
		a.Skipped += source.SkippedRows()
	}
	return a
}

// SkippedRows is the number of rows that were skipped, whatever the reason.
func (i *SourceInfo) SkippedRows() int64 {
	total := int64(0)
	for _, n := range i.Skipped {
		total += n
	}
	return total
}

// Holds reports whether every row is accounted for.
func (a Account) Holds() bool { return a.RowsHold() && a.PersonsHold() }

// RowsHold reports whether every row is rejected, skipped or a person.
func (a Account) RowsHold() bool { return a.Rows == a.Rejected+a.Skipped+a.Persons }

// PersonsHold reports whether every person has an outcome.
func (a Account) PersonsHold() bool { return a.Persons == a.Outcomes.Total() }
