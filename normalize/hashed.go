package normalize

import "strings"

// hashLetters are the letters in which a hash is written, four bits each: no
// digits, which a spreadsheet program would take for a number and padan for a
// damaged NIK, and no vowels, which make words.
const hashLetters = "bcdfghjklmnpqrst"

// hashLength is the number of letters of a hash.
const hashLength = 16

// ParseHash reads the 16 letters of a hashed number, in either case; ok is false
// for any other text.
func ParseHash(text string) (value uint64, ok bool) {
	if len(text) != hashLength {
		return 0, false
	}
	for i := range len(text) {
		digit := strings.IndexByte(hashLetters, text[i]|0x20)
		if digit < 0 {
			return 0, false
		}
		value = value<<4 | uint64(digit)
	}
	return value, value != 0 && value < 1<<63
}

// HashText writes a value of 64 bits in 16 letters.
func HashText(value uint64) string {
	var text [hashLength]byte
	fillHash(&text, value)
	return string(text[:])
}

func fillHash(text *[hashLength]byte, value uint64) {
	for i := len(text) - 1; i >= 0; i-- {
		text[i] = hashLetters[value&15]
		value >>= 4
	}
}

// Stated is what a hashed number tells of its digits: as much as the trust in it
// and the conflicts with its own record rest upon, and no more than the record
// tells anyway.
type Stated uint32

const (
	// StatedZero says that the last digit is 0, as a spreadsheet leaves it.
	StatedZero Stated = 1 << 31
	// StatedNoRegion says that the first six digits are no known region.
	StatedNoRegion Stated = 1 << 30
	// StatedContradicts says that the date part contradicts the record, whose own
	// date or sex is not told.
	StatedContradicts Stated = 1 << 29

	statedDate Stated = 1<<20 - 1 // the date part + 1; 0 = not told
)

// StateOf returns all that can be stated of the digits of a clear number.
func StateOf(n Number) Stated {
	if n.Value == 0 || n.Hashed {
		return 0
	}
	var s Stated
	if n.Value%10 == 0 {
		s |= StatedZero
	}
	if !knownRegion(n.Value) {
		s |= StatedNoRegion
	}
	if (n.Digits == 15 || n.Digits == 16) && n.Value < e16 && n.Damage != DamageScientific {
		s |= Stated(n.Value/e4%1_000_000) + 1
	}
	return s
}

// DatePart returns digits 7 to 12; ok is false where they are not told.
func (s Stated) DatePart() (date uint32, ok bool) {
	if s&statedDate == 0 {
		return 0, false
	}
	return uint32(s&statedDate) - 1, true
}

// WithoutDate returns what is left when the date part is not told.
func (s Stated) WithoutDate() Stated { return s &^ statedDate }

// withDate adds the date part.
func (s Stated) withDate(date uint32) Stated { return s.WithoutDate() | Stated(date+1) }

func (s Stated) inRegion() bool { return s&StatedNoRegion == 0 }

// hashedTitle begins the titles of columns of hashed numbers; the name of their
// key follows.
const hashedTitle = "_hmac_"

// HashedHeader reads the title of a column of hashed numbers: "nik_hmac_" or
// "kk_hmac_" and the name of the key, in either case.
func HashedHeader(title string) (field Field, key string, ok bool) {
	code, key, ok := strings.Cut(strings.ToLower(strings.TrimSpace(title)), hashedTitle)
	field, known := ParseField(code)
	if !ok || !known || field != FieldNIK && field != FieldKK || key == "" {
		return FieldNone, "", false
	}
	return field, key, true
}

// ContradictsNIK reports whether a person's own birth date or sex is another than
// the one that the NIK states, clear or hashed.
func (p *Person) ContradictsNIK() bool {
	n := p.NIK
	if n.Hashed && n.Stated&StatedContradicts != 0 {
		return true
	}
	if n.Value == 0 || n.Digits != 16 || n.Damage == DamageScientific || n.Damage == DamageTemporary {
		return false
	}
	if n.Hashed && n.Stated&statedDate == 0 {
		return false
	}
	date := uint32(n.datePart())
	sex := Male
	if date > 40*e4+9999 {
		date, sex = date-40*e4, Female
	}
	d := p.BirthDate
	if d.Day() != 0 && d.Month() != 0 && uint32(d.Day()*10_000+d.Month()*100+d.Year()%100) != date {
		return true
	}
	possible := possibleDate(uint64(date)*e4, kindKK)
	return possible && p.Sex != SexMissing && p.Sex != sex
}
