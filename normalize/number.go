package normalize

// Places of a 16-digit number, as powers of ten: region(6) date(6) serial(4).
const (
	e4  = 10_000
	e8  = 100_000_000
	e10 = 10_000_000_000
	e12 = 1_000_000_000_000
	e14 = 100_000_000_000_000
	e15 = 1_000_000_000_000_000
	e16 = 10_000_000_000_000_000
)

// exactInDouble is the largest integer up to which a spreadsheet's numbers are
// exact (2^53); it lies inside the numbers of Papua (prefixes 91 to 97).
const exactInDouble = 1 << 53

// numberKind tells a NIK from a KK: only a NIK adds 40 to a woman's day.
type numberKind uint8

const (
	kindNIK numberKind = iota
	kindKK
)

// ReadNIK reads a NIK as typed. numeric says that the cell was a spreadsheet
// number, which keeps 15 digits only. See Number for what the result may be
// used for; text that cannot be a number gives Value 0 and a Damage.
func ReadNIK(text string, numeric bool) Number { return readNumber(text, numeric, kindNIK) }

// ReadKK reads a KK number as typed; see ReadNIK. Its date is the date of
// issue, so a day above 40 is a DamageDate here.
func ReadKK(text string, numeric bool) Number { return readNumber(text, numeric, kindKK) }

func readNumber(text string, numeric bool, kind numberKind) Number {
	if len(text) == 16 {
		if value, ok := parseDigits(text); ok {
			return judge(value, numeric, kind, DamageNone)
		}
	}
	return readDamaged(text, numeric, kind)
}

// parseDigits reads up to 19 ASCII digits.
func parseDigits(text string) (uint64, bool) {
	if len(text) == 0 || len(text) > 19 {
		return 0, false
	}
	var value uint64
	for i := 0; i < len(text); i++ {
		digit := text[i] - '0'
		if digit > 9 {
			return 0, false
		}
		value = value*10 + uint64(digit)
	}
	return value, true
}

// judge grades a number of 16 digits. repaired is what was already done to the
// text to get them.
func judge(value uint64, numeric bool, kind numberKind, repaired Damage) Number {
	n := Number{Value: value, Digits: 16, Trust: TrustDoubtful}
	switch {
	case isFiller(value, 16):
		return Number{Digits: 16, Damage: DamagePlaceholder}
	case numeric && (value%10 == 0 || value > exactInDouble):
		n.Damage = DamageNumericCell
	case value%e4 == 0:
		return Number{Digits: 16, Damage: DamagePlaceholder}
	case isTemporary(value, kind):
		n.Damage = DamageTemporary
	case isPadded(value):
		n.Digits, n.Damage = 15, DamageShort
	case !knownRegion(value):
		n.Damage = DamageRegion
	case !possibleDate(value, kind):
		n.Damage = DamageDate
	default:
		n.Trust, n.Damage = TrustFull, repaired
	}
	return n
}

// isFiller reports numbers typed to fill the cell: zeros, one repeated digit,
// 1234..., 9999..., or a region of zeros.
func isFiller(value uint64, digits int) bool {
	switch {
	case value == 0:
		return true
	case digits == 16 && (value < e10 || value/e12 == 9999 || value/e8 == 12_345_678 || value/e8 == 1_234_567):
		return true
	}
	return sameDigits(value) || value == 1_234_567_890 || value == 123_456_789 || value == 12_345_678
}

func sameDigits(value uint64) bool {
	last := value % 10
	for ; value > 0; value /= 10 {
		if value%10 != last {
			return false
		}
	}
	return true
}

// isTemporary reports numbers one office gave out for itself: 0 + village code
// (10 digits) + serial (5), and numbers beginning with 99. The pre-2004 codes
// of Jakarta (0950 to 0954) with a possible date are real numbers.
func isTemporary(value uint64, kind numberKind) bool {
	if value/e14 == 99 {
		return true
	}
	if value >= e15 {
		return false
	}
	if formerJakarta(value) && possibleDate(value, kind) {
		return false
	}
	village := value / 100_000 // the ten digits after the leading 0
	number := village % e4     // 1001 and up: kelurahan, 2001 and up: desa
	return provinces.has(village/e8) && number >= 1001 && number < 3000 && number%1000 < 200
}

// formerJakarta reports the pre-2004 codes of Jakarta, 0950 to 0954.
func formerJakarta(value uint64) bool { return value/e12 >= 950 && value/e12 <= 954 }

// isPadded reports a number of 15 digits that was filled up with a 0 in front, as
// a cell format of sixteen zeros does (DOMAIN 1.4). The few old numbers of other
// provinces that begin with 0 are doubted with them.
func isPadded(value uint64) bool { return value < e15 && !formerJakarta(value) }

// digitSet is a set of numbers 0 to 99.
type digitSet [2]uint64

func (s *digitSet) has(number uint64) bool { return s[number>>6&1]>>(number&63)&1 == 1 && number < 100 }

func newDigitSet(ranges ...[2]uint64) (s digitSet) {
	for _, r := range ranges {
		for number := r[0]; number <= r[1]; number++ {
			s[number>>6] |= 1 << (number & 63)
		}
	}
	return s
}

// provinces holds the current province codes (Kepmendagri 2025), with 97 as
// seen in production data.
var provinces = newDigitSet([2]uint64{11, 19}, [2]uint64{21, 21}, [2]uint64{31, 36}, [2]uint64{51, 53},
	[2]uint64{61, 65}, [2]uint64{71, 76}, [2]uint64{81, 82}, [2]uint64{91, 97})

// formerProvinces holds the series used before SIAK (2004): 01 Aceh to 27.
var formerProvinces = newDigitSet([2]uint64{1, 27})

// knownRegion reports a known province with a kabupaten and a kecamatan.
func knownRegion(value uint64) bool {
	province := value / e14
	return (provinces.has(province) || formerProvinces.has(province)) && value/e12%100 != 0 && value/e10%100 != 0
}

var monthDays = [13]uint64{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// possibleDate reports whether digits 7 to 12 are a date of 19YY or 20YY.
func possibleDate(value uint64, kind numberKind) bool {
	date := value / e4 % 1_000_000
	day, month, year := date/e4, date/100%100, date%100
	if kind == kindNIK && day > 40 {
		day -= 40
	}
	if month < 1 || month > 12 || day < 1 || day > monthDays[month] {
		return false
	}
	return month != 2 || day != 29 || year%4 == 0
}

// Text returns the number as 16 digits, zero-padded; "" where it has not
// exactly 16 digits (a 15-digit value is a lost leading 0 or a lost digit). A
// hashed number has 16 letters, see ParseHash.
func (n Number) Text() string {
	if n.Value == 0 || n.Value >= e16 && !n.Hashed {
		return ""
	}
	var text [16]byte
	n.fill(&text)
	return string(text[:])
}

// Masked returns the number for screens and logs: region and serial only,
// "317401******9001"; "" where there is none. A hashed number is shortened alike.
func (n Number) Masked() string {
	if n.Value == 0 || n.Value >= e16 && !n.Hashed {
		return ""
	}
	var text [16]byte
	n.fill(&text)
	for i := 6; i < 12; i++ {
		text[i] = '*'
	}
	return string(text[:])
}

func (n Number) fill(text *[16]byte) {
	if n.Hashed {
		fillHash(text, n.Value)
		return
	}
	value := n.Value
	for i := len(text) - 1; i >= 0; i-- {
		text[i] = byte('0' + value%10)
		value /= 10
	}
}

// Region returns the first six digits: where the number was first issued. 0
// where the number has not 16 digits, or is hashed.
func (n Number) Region() uint32 {
	if n.Digits != 16 || n.Value >= e16 || n.Hashed {
		return 0
	}
	return uint32(n.Value / e10)
}

// BirthParts returns the two-digit year, month and day a NIK encodes (a woman's
// day without the added 40); ok is false where they are no date.
func (n Number) BirthParts() (year, month, day int, ok bool) {
	if !n.hasDate() {
		return 0, 0, 0, false
	}
	date := int(n.datePart())
	day = date / e4
	if day > 40 {
		day -= 40
	}
	return date % 100, date / 100 % 100, day, true
}

// hasDate reports whether all digits of the date part were read and are a date.
func (n Number) hasDate() bool {
	whole := n.Digits == 16 || n.Digits == 15 && n.Damage == DamageShort
	if !whole || n.Damage == DamageTemporary || n.Value == 0 {
		return false
	}
	if n.Hashed {
		return n.Stated.inRegion() && possibleDate(n.datePart()*e4, kindNIK)
	}
	return n.Value < e16 && knownRegion(n.Value) && possibleDate(n.Value, kindNIK)
}

// datePart returns digits 7 to 12; 0, which is no date, where a hashed number
// does not tell them.
func (n Number) datePart() uint64 {
	if n.Hashed {
		date, _ := n.Stated.DatePart()
		return uint64(date)
	}
	return n.Value / e4 % 1_000_000
}

// Birth returns the birth date a NIK encodes. The century is known only where
// the year is above asOf's two-digit year (19YY), and for 29 February 00, which
// is in 2000; otherwise ok is false, since nothing in the number supports one
// century over the other. An asOf of 0 is unknown.
func (n Number) Birth(asOf Date) (d Date, ok bool) {
	year, month, day, ok := n.BirthParts()
	switch {
	case !ok:
		return 0, false
	case year == 0 && month == 2 && day == 29:
		return 2000_02_29, true
	case asOf == 0 || year <= asOf.Year()%100:
		return 0, false
	}
	return NewDate(1900+year, month, day), true
}

// MatchesBirth reports whether a NIK encodes the day, month and two-digit year
// of d. A d with an unknown day or month never matches.
func (n Number) MatchesBirth(d Date) bool {
	year, month, day, ok := n.BirthParts()
	return ok && int(d%1_000_000) == year*10_000+month*100+day
}

// Sex returns the sex a NIK encodes: a day above 40 is a woman's.
func (n Number) Sex() (Sex, bool) {
	if !n.hasDate() {
		return SexMissing, false
	}
	if n.datePart()/e4 > 40 {
		return Female, true
	}
	return Male, true
}

// NumbersIn returns the runs of digits of a text that are long enough for a NIK
// or a KK number, from left to right.
func NumbersIn(text string) []string {
	var numbers []string
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] >= '0' && text[i] <= '9' {
			continue
		}
		if i-start >= shortestUsable {
			numbers = append(numbers, text[start:i])
		}
		start = i + 1
	}
	return numbers
}
