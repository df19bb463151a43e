package match

// Comparison is one field, or group of fields, that is compared.
type Comparison uint8

// The comparisons, in the order of a Vector.
const (
	CompareNIK Comparison = iota
	CompareKK
	CompareName
	CompareBirthDate
	CompareSex
	CompareArea
	CompareStreet
	CompareMother
	CompareBirthPlace
	CompareRelation
	CompareIdentifier // of a personal number other than NIK and KK
	ComparisonCount   // number of comparisons, not one itself
)

var comparisonCodes = [ComparisonCount]string{
	"nik", "kk", "name", "birth_date", "sex", "area", "street", "mother", "birth_place", "relation", "identifier",
}

// String returns the comparison's stable code.
func (c Comparison) String() string { return comparisonCodes[c] }

// Vector is a comparison vector: one agreement level per comparison. Level 0
// (Missing) means that a side has no value and carries no weight; higher levels
// are named by LevelCode.
type Vector [ComparisonCount]uint8

// Weights holds the weight of each comparison of a pair, in bits.
type Weights [ComparisonCount]float32

// Link is a pair decided to be one person. Central and Regional are row indexes
// in the run's tables.
type Link struct {
	Central     int32
	Regional    int32
	Rule        uint8 // index of the first blocking rule that found the pair; see RuleCode
	Vector      Vector
	Weights     Weights
	Weight      float64 // total, bits
	Probability float64 // 0-1
}

// Conflict is one case for a person to decide or to correct. Central and
// Regional are row indexes in the run's tables.
type Conflict struct {
	Kind     ConflictKind
	Central  []int32
	Regional []int32
	Rule     uint8
	Vector   Vector  // of the strongest pair of the case
	Weights  Weights // of the same pair
	Weight   float64 // bits
	Proposed string  // a proposed value ("the NIK of the other record"), "" if none
}

// DuplicateOf says that a record is set aside for another of its own side.
type DuplicateOf struct {
	Record int32 // the record set aside
	Of     int32 // the record that stands for it
	Kind   ConflictKind
	Vector Vector
	Weight float64 // bits
}

// RuleCount is what one blocking rule contributed.
type RuleCount struct {
	Rule    uint8
	Pairs   int64 // exact number of pairs that share the rule's key
	New     int64 // of these, distinct pairs that no earlier rule made and that no bound shows to weigh too little; these are compared
	Refined int64 // blocks split by a further field because they were too big
	Dropped int64 // pairs of blocks that no further field could split; not compared
}

// Result is everything a run decided. Slices are in canonical order: by central
// row, then regional row.
type Result struct {
	Links      []Link
	Conflicts  []Conflict
	Duplicates [2][]DuplicateOf // by Side
	Outcomes   [2][]Outcome     // by Side, then row
	Reasons    [2][]Reason      // by Side, then row
	Rules      []RuleCount
	Households []HouseholdLink // of both sides; see HouseholdLink
}
