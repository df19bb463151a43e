package normalize

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// Neighbourhood tells, without any of its digits, which other numbers a hashed
// number is near to: two numbers are near in the clear exactly where their
// neighbourhoods share certain hashes (but for the chance of a false one, see
// below). It holds, one after the other,
//
//	1 byte   places: the number's digits, 16 at least
//	4 bytes  blank p, p = 0 .. places+1: the number with the digits at the
//	         places p-1 and p taken away
//	4 bytes  sorted p, p = 1 .. places: the number with these two digits in order
//	4 bytes  before: the number less 1
//	6 bytes  length: the number among those of as many digits, then, of one with
//	         16 or 17, what is left without each of its digits, by size
//
// where places count from the last digit, place 0, and there are no digits left
// of the first one. Of a KK number only blank and sorted are kept.
//
// Two numbers differ in the digit at place p alone if they share blank p and
// blank p+1; their digits at p-1 and p are exchanged if they share blank p and
// sorted p. Either takes 64 equal bits. Among all 10^14 pairs of two lists of ten
// million persons, 34 chances each, 0.0002 pairs are thought near by accident;
// one that is would need the person's own evidence to be linked. A blank alone
// only makes candidates: 32 bits add a few hundred thousand to as many lists,
// less than a thousandth of what they have. A length is 48 bits, which one of 15
// or 17 digits, one in a hundred, shares by accident with 0.06 of those 10^14.
type Neighbourhood string

// Sizes of the parts of a Neighbourhood, in bytes.
const (
	nearSize   = 4
	lengthSize = 6
)

// The parts of a Neighbourhood, as a Hasher is asked for them.
const (
	PartBlank  byte = 'b'
	PartSorted byte = 's'
	PartBefore byte = 'p'
	PartLength byte = 'd'
	PartFiller byte = 'f' // stands where there is nothing to tell
)

// Hasher returns a keyed hash of one form of a number. Hashes of different parts
// or places have nothing in common.
type Hasher interface {
	// Hash returns the hash of a value as part of a neighbourhood.
	Hash(part, place byte, value uint64) uint64
	// Exact returns the hash that stands for a number, of 63 bits, never 0.
	Exact(value uint64) uint64
}

var powers = func() (p [20]uint64) {
	power := uint64(1)
	for i := range p {
		p[i] = power
		power *= 10
	}
	return p
}()

// digitsAt returns the two digits at the places p-1 and p, as 0 to 99, and the
// place value of the lower one. There are no digits beyond the places.
func digitsAt(value uint64, p int) (digits, low uint64) {
	switch {
	case p == 0:
		return value % 10, 1
	case p > len(powers):
		return 0, 1
	}
	low = powers[p-1]
	return value / low % 100, low
}

// NeighbourhoodOf returns the neighbourhood of a clear number; whole says that it
// is one of a NIK, with the parts that a KK number has no use for. "" for none.
func NeighbourhoodOf(n Number, whole bool, h Hasher) Neighbourhood {
	if n.Value == 0 || n.Hashed {
		return ""
	}
	places := max(16, int(n.Digits))
	b := make([]byte, 0, 1+nearSize*(2*places+3)+lengthSize*(places+1))
	b = append(b, byte(places))
	for p := range places + 2 {
		digits, low := digitsAt(n.Value, p)
		b = binary.BigEndian.AppendUint32(b, uint32(h.Hash(PartBlank, byte(p), n.Value-digits*low)))
	}
	for p := 1; p <= places; p++ {
		digits, low := digitsAt(n.Value, p)
		tens, ones := digits/10, digits%10
		sorted := max(tens, ones)*10 + min(tens, ones)
		b = binary.BigEndian.AppendUint32(b, uint32(h.Hash(PartSorted, byte(p), n.Value-digits*low+sorted*low)))
	}
	if !whole {
		return Neighbourhood(b)
	}
	return Neighbourhood(appendLengths(appendBefore(b, n, h), n, h))
}

// appendBefore appends the hash of the number less 1 where that may be the number
// given out before: not where one of the two ends in 0, which is rather a
// spreadsheet's.
func appendBefore(b []byte, n Number, h Hasher) []byte {
	if n.Value%10 < 2 {
		return binary.BigEndian.AppendUint32(b, uint32(h.Hash(PartFiller, 0, n.Value)))
	}
	return binary.BigEndian.AppendUint32(b, leading(h.Exact(n.Value-1)))
}

// leading is the part of an exact hash that a neighbour is known by.
func leading(exact uint64) uint32 { return uint32(exact >> 32) }

// appendLengths appends what numbers of one digit more or less are known by.
func appendLengths(b []byte, n Number, h Hasher) []byte {
	if n.Digits < 15 || n.Digits > 17 || n.Damage == DamageScientific {
		return b
	}
	b = appendLength(b, h.Hash(PartLength, n.Digits, n.Value))
	if n.Digits == 15 {
		return b
	}
	var left [17]uint64
	for _, hash := range leftOver(n, h, left[:0]) {
		b = appendLength(b, hash)
	}
	return b
}

// leftOver appends the hashes of what is left of a number without each of its
// digits. Neither their order nor their count may tell anything: of two equal
// digits that stand together either leaves the same, so that fillers take the
// place of what comes twice.
func leftOver(n Number, h Hasher, hashes []uint64) []uint64 {
	for place := uint64(1); place <= n.Value; place *= 10 {
		hash := h.Hash(PartLength, n.Digits-1, n.Value/place/10*place+n.Value%place)
		if !slices.Contains(hashes, hash) {
			hashes = append(hashes, hash)
		}
	}
	for len(hashes) < int(n.Digits) {
		hashes = append(hashes, h.Hash(PartFiller, 20*(n.Digits-14)+byte(len(hashes)), n.Value)) // another one for each length
	}
	slices.SortFunc(hashes, func(a, b uint64) int { return cmp.Compare(a&lengthMask, b&lengthMask) })
	return hashes
}

// lengthMask is the part of a hash that is kept.
const lengthMask = 1<<(8*lengthSize) - 1

func appendLength(b []byte, hash uint64) []byte {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], hash)
	return append(b, bytes[8-lengthSize:]...)
}

// places returns the count of places; 0 where nothing is known.
func (h Neighbourhood) places() int {
	if h == "" {
		return 0
	}
	return int(h[0])
}

func (h Neighbourhood) blank(p int) string { return string(h[1+nearSize*p:][:nearSize]) }

func (h Neighbourhood) sorted(p int) string {
	return string(h[1+nearSize*(h.places()+2+p-1):][:nearSize])
}

// beforeAt is where the parts begin that only a NIK has.
func (h Neighbourhood) beforeAt() int { return 1 + nearSize*(2*h.places()+2) }

func (h Neighbourhood) lengths() string {
	if at := h.beforeAt() + nearSize; h != "" && len(h) > at {
		return string(h[at:])
	}
	return ""
}

// Valid reports whether a text is a neighbourhood by its size.
func (h Neighbourhood) Valid() bool {
	if h == "" {
		return true
	}
	rest := len(h) - h.beforeAt()
	if h.places() < 16 || h.places() > 19 || rest < 0 {
		return false
	}
	return rest == 0 || rest >= nearSize && (rest-nearSize)%lengthSize == 0
}

// Blank returns the key that a number shares with all that differ from it at most
// in the digits at the places p-1 and p, 1 <= p <= 15; 0 where nothing is known.
func (h Neighbourhood) Blank(p int) uint64 {
	if h == "" {
		return 0
	}
	return bigEndian(h.blank(p))
}

// Lengths appends the keys that a number shares with those which one digit more
// or less makes of it.
func (h Neighbourhood) Lengths(keys []uint64) []uint64 {
	for rest := h.lengths(); rest != ""; rest = rest[lengthSize:] {
		keys = append(keys, bigEndian(rest[:lengthSize]))
	}
	return keys
}

func bigEndian(bytes string) (value uint64) {
	for i := range len(bytes) {
		value = value<<8 | uint64(bytes[i])
	}
	return value
}

// SameButLast reports whether two numbers agree in all digits but the last.
func (h Neighbourhood) SameButLast(other Neighbourhood) bool {
	return h != "" && other != "" && h.blank(0) == other.blank(0)
}

// Slip reports whether two different numbers differ by one digit or by two
// neighbouring digits exchanged, as OneApart does, and the highest place at which
// they do.
func (h Neighbourhood) Slip(other Neighbourhood) (highest int, ok bool) {
	if h == "" || other == "" {
		return 0, false
	}
	places := min(h.places(), other.places())
	for p := 0; p <= places; p++ {
		if h.blank(p) != other.blank(p) {
			continue
		}
		if p > 0 && h.sorted(p) == other.sorted(p) {
			return p, true
		}
		if h.blank(p+1) == other.blank(p+1) {
			return p, true
		}
	}
	return 0, false
}

// Follows reports whether the number of this neighbourhood follows the number
// whose hash is exact, none of the two ending in 0.
func (h Neighbourhood) Follows(exact uint64) bool {
	at := h.beforeAt()
	return h != "" && len(h) >= at+nearSize && uint32(bigEndian(string(h[at:at+nearSize]))) == leading(exact)
}

// drops reports whether one digit left out of this number makes the other, which
// is one digit shorter.
func (h Neighbourhood) drops(shorter Neighbourhood) bool {
	long, short := h.lengths(), shorter.lengths()
	if long == "" || short == "" {
		return false
	}
	for rest := long[lengthSize:]; rest != ""; rest = rest[lengthSize:] {
		if rest[:lengthSize] == short[:lengthSize] {
			return true
		}
	}
	return false
}

// HashedOneApart is n.OneApart(m) for two hashed numbers with their neighbourhoods.
func HashedOneApart(n, m Number, near, other Neighbourhood) bool {
	if n.Value == 0 || m.Value == 0 || n.Damage == DamageScientific || m.Damage == DamageScientific {
		return false
	}
	if n.Digits < m.Digits {
		n, m, near, other = m, n, other, near
	}
	switch {
	case n.Digits > 17 || m.Digits < 15, n.Digits-m.Digits > 1:
		return false
	case n.Digits == m.Digits:
		_, slip := near.Slip(other)
		return slip && n.Value != m.Value
	}
	return n.Value == m.Value || near.drops(other)
}
