package match

// Before and After index what two runs say of a person: the run that a
// comparison begins with, and the one that it ends with.
const (
	Before = iota
	After
)

// ChangeKind says how two runs differ about a person.
type ChangeKind uint8

// The kinds, in report order.
const (
	Unchanged       ChangeKind = iota // the same outcome, for the same reason, with the same partner
	NewlyMatched                      // had no link
	MatchLost                         // has no link any more
	OtherPartner                      // linked to another person
	OtherOutcome                      // neither run links the person
	OtherReason                       // unmatched in both runs
	PersonNew                         // the run before does not have the person
	PersonGone                        // the run after does not have the person
	ChangeKindCount                   // number of kinds, not one itself
)

var changeKindCodes = [ChangeKindCount]string{
	"unchanged", "newly_matched", "match_lost", "other_partner", "other_outcome", "other_reason", "new", "gone",
}

// String returns the kind's stable code.
func (k ChangeKind) String() string { return changeKindCodes[k] }

// ChangeKinds lists every kind but Unchanged in report order.
func ChangeKinds() []ChangeKind {
	kinds := make([]ChangeKind, 0, ChangeKindCount-1)
	for k := NewlyMatched; k < ChangeKindCount; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// ChangeCause says why two runs differ about a person.
type ChangeCause uint8

// The causes, the nearest first; of those that apply a change has the first.
const (
	CauseNone          ChangeCause = iota // nothing changed
	CauseNewFile                          // the person, the partner, or who conflicts with it after, is new with a file
	CauseFileGone                         // the person, the partner, or who conflicted with it before, is gone with a file
	CauseRecordChanged                    // a newer file says something else of the person or of a partner
	CauseDecision                         // a person decided about the pair
	CauseModel                            // the runs have different models or thresholds
	CauseVersion                          // the runs are of different versions of the program
	CauseOthers                           // what other records did: competition, frequencies, duplicates
	changeCauseCount
)

var changeCauseCodes = [changeCauseCount]string{
	"", "new_file", "file_gone", "record_changed", "decision", "model", "version", "others",
}

// String returns the cause's stable code, "" for none.
func (c ChangeCause) String() string { return changeCauseCodes[c] }

// ChangeCauses lists every cause in report order.
func ChangeCauses() []ChangeCause {
	causes := make([]ChangeCause, 0, changeCauseCount-1)
	for c := CauseNewFile; c < changeCauseCount; c++ {
		causes = append(causes, c)
	}
	return causes
}

// Standing is what a run says of a person; the zero value is that of a run that
// does not have the person.
type Standing struct {
	Known   bool // the run has the person
	Outcome Outcome
	Reason  Reason
	Area    uint64 // code of its record, see normalize.Area
}

// Change is a person in two runs. Arrays are indexed by Before and After.
type Change struct {
	Side     Side
	Kind     ChangeKind
	Cause    ChangeCause
	Standing [2]Standing
}

// Area is the code of the area to which the person belongs by what is known
// last.
func (c *Change) Area() uint64 {
	if c.Standing[After].Known {
		return c.Standing[After].Area
	}
	return c.Standing[Before].Area
}

// ChangeCase is a change with its records, by Before and After; those that there
// are not are empty.
type ChangeCase struct {
	Change   Change
	Records  [2]Record
	Partners [2]Record // to which the person is linked
}
