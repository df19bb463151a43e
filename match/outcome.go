package match

// Outcome is what a run decided about one record; every record has exactly one.
type Outcome uint8

// The outcomes.
const (
	Unmatched Outcome = iota // no record of the other side is this person
	Matched
	Conflicted // cannot be decided without a person
	Duplicate  // another record of its own side stands for it
)

var outcomeCodes = [...]string{"unmatched", "matched", "conflict", "duplicate"}

// String returns the outcome's stable code.
func (o Outcome) String() string { return outcomeCodes[o] }

// Outcomes lists every outcome in report order.
var Outcomes = [...]Outcome{Matched, Conflicted, Unmatched, Duplicate}

// Reason says why a record is unmatched; ReasonNone for any other outcome.
type Reason uint8

// The reasons, most specific first.
const (
	ReasonNone           Reason = iota
	ReasonNameMissing           // no name to compare
	ReasonNIKTaken              // its NIK's counterpart was linked to another record
	ReasonBelowThreshold        // candidates exist, none reaches the review threshold
	ReasonNIKMissing            // no usable NIK, and nobody like it on the other side
	ReasonNIKInvalid            // a damaged NIK, and nobody like it on the other side
	ReasonNotFound              // a whole NIK that the other side lacks, and nobody like it there
	ReasonDecided               // people decided that whoever is like it is somebody else
	reasonCount
)

var reasonCodes = [reasonCount]string{
	"", "name_missing", "nik_taken", "below_threshold", "nik_missing", "nik_invalid", "not_found", "decided_different",
}

// String returns the reason's stable code, "" for none.
func (r Reason) String() string { return reasonCodes[r] }

// Reasons lists every reason in report order.
func Reasons() []Reason {
	reasons := make([]Reason, 0, reasonCount-1)
	for r := ReasonNameMissing; r < reasonCount; r++ {
		reasons = append(reasons, r)
	}
	return reasons
}

// ConflictKind names why a person must look, or what was noticed beside a match.
type ConflictKind uint8

// The kinds. Those up to Review block a match, but for a shared or a second NIK of
// records whose link is sure without it; the rest are reported beside a match or
// a duplicate.
const (
	KindNone             ConflictKind = iota
	NIKSamePersonDiffers              // one NIK, two persons by name, birth date or sex
	PersonSameNIKDiffers              // one person by all else, two whole NIKs
	OneToMany                         // one central record, several regional ones equally good
	ManyToOne                         // several central records, one regional one
	Contested                         // another record has an equal claim
	Review                            // weight between the two thresholds
	NIKNear                           // one digit or a swap apart, or Excel's lost digit; correction proposed
	KKDiffers                         // the same person under two family cards
	KKSplit                           // one household here is several there
	KKManyHeads                       // one family card with two heads
	BirthDateDiffers
	SexDiffers
	NIKBirthDateDiffers // recorded birth date contradicts the NIK
	NIKSexDiffers       // recorded sex contradicts the NIK
	Moved               // another kelurahan
	DeceasedOrMovedFlag // one side marks the person as dead or gone
	DuplicateNIK        // two records of one side with one NIK
	DuplicatePerson     // two records of one side, one person, other or no NIK
	ClaimedByTwoRegions // two regional files of different areas list one person
	ColumnsSwapped      // NIK and KK stand in each other's column
	kindCount
)

var kindCodes = [kindCount]string{
	"", "nik_same_person_differs", "person_same_nik_differs", "one_to_many", "many_to_one",
	"contested", "review", "nik_near", "kk_differs", "kk_split", "kk_many_heads",
	"birth_date_differs", "sex_differs", "nik_birth_date_differs", "nik_sex_differs", "moved",
	"deceased_or_moved_flag", "duplicate_nik", "duplicate_person", "claimed_by_two_regions",
	"columns_swapped",
}

// String returns the kind's stable code, the same in every language.
func (k ConflictKind) String() string {
	if k >= kindCount {
		return ""
	}
	return kindCodes[k]
}

// ConflictKinds lists every kind in report order.
func ConflictKinds() []ConflictKind {
	kinds := make([]ConflictKind, 0, kindCount-1)
	for k := NIKSamePersonDiffers; k < kindCount; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// Blocks reports whether a record with this conflict, and no link, stays without
// one until a person decides. Those about NIKs are also told beside a link.
func (k ConflictKind) Blocks() bool { return k >= NIKSamePersonDiffers && k <= Review }

// Severity orders conflicts for the reader: 3 may give or take somebody's aid,
// 2 must be corrected at the source, 1 is for information.
func (k ConflictKind) Severity() int {
	switch k {
	case NIKSamePersonDiffers, PersonSameNIKDiffers, OneToMany, ManyToOne, Contested,
		DuplicateNIK, DuplicatePerson, ClaimedByTwoRegions, DeceasedOrMovedFlag:
		return 3
	case Review, NIKNear, KKManyHeads, BirthDateDiffers, SexDiffers, NIKBirthDateDiffers,
		NIKSexDiffers, ColumnsSwapped:
		return 2
	default:
		return 1
	}
}
