package match

import "padan/normalize"

// Side is one of the two data sets of a run.
type Side uint8

// The two sides.
const (
	Central Side = iota
	Regional
)

// String returns "central" or "regional".
func (s Side) String() string {
	if s == Regional {
		return "regional"
	}
	return "central"
}

// Record is one person row of a source, as reports and explanations show it.
type Record struct {
	ID     int64 // the store's id; never shown, since it depends on the order of loading
	Side   Side
	Source string           // display name of the file
	Sheet  string           // "" for a delimited file
	Row    int              // 1-based row in the sheet, as a spreadsheet program numbers it
	Raw    normalize.Values // the mapped cells as they stood in the source
	Area   normalize.Area
	KK     normalize.Number
	NIK    normalize.Number
}

// LinkedPair is a link with both of its records.
type LinkedPair struct {
	Link     Link
	Central  Record
	Regional Record
}

// RecordOutcome is a record with what a run decided about it.
type RecordOutcome struct {
	Record  Record
	Person  normalize.Person // its comparable form where all records are read, else empty
	Outcome Outcome
	Reason  Reason
}

// DuplicatePair is a record set aside as a duplicate, and the record of its own
// side that stands for both.
type DuplicatePair struct {
	Duplicate Record
	Of        Record
	Kind      ConflictKind // duplicate_nik, duplicate_person or claimed_by_two_regions
	Vector    Vector
	Weight    float64 // bits
}

// ConflictCase is a conflict with its records: central ones first, each side in
// source order.
type ConflictCase struct {
	Conflict Conflict
	Records  []Record
}
