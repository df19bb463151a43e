package normalize

// Person is one row of a source in comparable form. Every field may be
// missing (its zero value); a missing field never counts for or against a match.
type Person struct {
	NIK        Number
	KK         Number
	Name       Name
	Mother     Name
	BirthDate  Date
	BirthPlace string // upper case, kind words (KOTA, KAB.) dropped
	Sex        Sex
	Relation   Relation
	Status     Status
	Address    Address
	Area       Area
	Identifier string // a personal number other than NIK and KK, see ReadIdentifier

	NIKNear, KKNear Neighbourhood // of hashed numbers; "" for clear ones
}

// Number is a NIK or a KK number as far as it could be read, or a keyed hash of
// one. 16 bytes.
type Number struct {
	Value  uint64 // the digits read as one decimal number, or their hash; 0 = none usable
	Digits uint8  // how many digits were read, leading zeros included
	Trust  Trust
	Damage Damage // what was wrong with the text; DamageNone if nothing
	Hashed bool   // Value is a hash of at most 63 bits, from which no digit is told
	Stated Stated // what a hashed number tells of its digits; 0 of a clear one
}

// Trust says what a Number may be used for.
type Trust uint8

// Only a Full number is an exact key; a Doubtful one (invalid structure, lost
// or doubled digit, numeric cell, temporary number) is evidence when compared,
// and a None number is no number at all (empty, placeholder).
const (
	TrustNone Trust = iota
	TrustDoubtful
	TrustFull
)

// Damage classifies what was wrong with the text of a Number (DOMAIN 1.4).
type Damage uint8

// The damage classes, mildest use of a number last. Repaired classes
// (DamagePunctuation, DamageFloatText, DamageLetters) can still be TrustFull.
const (
	DamageNone        Damage = iota
	DamageEmpty              // nothing there
	DamagePlaceholder        // 0, 111..., 1234..., "-", "TIDAK ADA", serial 0000
	DamageTemporary          // a temporary number of one office
	DamageMasked             // 317401******0001
	DamageScientific         // 3,17401E+15: only the mantissa is left
	DamageNumericCell        // a numeric cell whose 16th digit may be lost
	DamageShort              // fewer than 16 digits
	DamageLong               // more than 16 digits
	DamageRegion             // unknown province code
	DamageDate               // impossible date part
	DamageSwapped            // the NIK stood in the KK column or the reverse
	DamagePunctuation        // separators, quotes or labels removed
	DamageFloatText          // ".0" removed
	DamageLetters            // O, l, S ... read as digits
	DamageUnreadable         // anything else that is not a number
)

var damageCodes = [...]string{
	"", "empty", "placeholder", "temporary", "masked", "scientific", "numeric_cell", "short", "long",
	"region", "date", "swapped", "punctuation", "float_text", "letters", "unreadable",
}

// String returns the damage's stable code ("numeric_cell"), "" for none.
func (d Damage) String() string {
	if int(d) >= len(damageCodes) {
		return ""
	}
	return damageCodes[d]
}

// Name is a person's name without titles, degrees and punctuation. Words are
// upper-case ASCII where the text allows it, single-spaced, canonical for the
// classes of very frequent words (M., MOCH. -> MUHAMMAD; ST. -> SITI;
// ABD. -> ABDUL; ACH. -> AHMAD), and otherwise spelled as typed: Strict and
// Loose fold a word further.
type Name struct {
	Words  string // "MUHAMMAD RIDWAN"; "" = missing
	Alias  string // a second name given as alias or in brackets, in the form of Words
	Father string // the father's name after BIN or BINTI, in the form of Words
}

// Date is a calendar date packed in decimal: 19871231. A day of 00 or a month
// of 00 is unknown (19870000 is "some day in 1987"); 0 is missing.
type Date uint32

// Sex is a person's recorded sex.
type Sex uint8

// The values of Sex.
const (
	SexMissing Sex = iota
	Male
	Female
)

// Relation is the relation to the head of the household, in SIAK's coding.
type Relation uint8

// The values of Relation (SIAK: Status Hubungan Dalam Keluarga).
const (
	RelationMissing Relation = iota
	RelationHead
	RelationHusband
	RelationWife
	RelationChild
	RelationInLawChild
	RelationGrandchild
	RelationParent
	RelationInLawParent
	RelationOtherKin
	RelationServant
	RelationOther
)

// Status says whether a source marks the person as no longer there.
type Status uint8

// The values of Status.
const (
	StatusUnknown Status = iota
	StatusDeceased
	StatusMoved
)

// Address is the part of an address below the kelurahan.
type Address struct {
	Street string // street, gang or complex in canonical words, kind word and numbers of houses removed: "CEMPAKA WANGI 3"
	House  string // house number or block: "21", "B9/16"
	RT     uint16 // 0 = missing
	RW     uint16 // 0 = missing
}

// Area is the administrative area of an address.
type Area struct {
	// Code is the ten-digit Kemendagri code (3174011001); trailing zeros where
	// only a larger area is known: 3174010000 a kecamatan, 3174000000 a kota,
	// 3100000000 a province; 0 = unknown.
	Code uint64
	// Place is the kelurahan or village as typed, in canonical words, where no
	// code was found for it (outside DKI, or unreadable).
	Place string
	// Postcode, and State as typed in canonical words where it is no province of
	// Indonesia, tell places of other countries apart.
	Postcode string
	State    string
}

// Issue says what normalisation found wrong with one field of one row. It
// never holds the text itself.
type Issue struct {
	Field Field
	Code  string // stable: a Damage code, or one of the Issue codes of the field's file
}
