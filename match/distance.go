package match

import (
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// distance counts the letters inserted, deleted or replaced that lead from s to t.
func distance(s, t string) int {
	if len(s) == 0 || len(s) > bitLetters || !isASCII(s) || !isASCII(t) {
		return levenshtein.ComputeDistance(s, t)
	}
	return levenshteinBits(s, t)
}

// bitLetters is the length of the longest text of which a machine word holds a
// column of the distance table.
const bitLetters = 64

// letterMasks has, for each ASCII letter, the places at which it stands in a text.
type letterMasks [utf8.RuneSelf]uint64

// set takes an ASCII text of at most bitLetters bytes.
func (m *letterMasks) set(text string) {
	for i := range len(text) {
		m[text[i]] |= 1 << i
	}
}

// levenshteinBits counts the letters inserted, deleted or replaced that lead from
// s to t: a column of the table at a time, as differences between neighbouring
// cells (Myers 1999, in the form of Hyyrö 2003). Both are ASCII, s has 1 to
// bitLetters bytes.
func levenshteinBits(s, t string) int {
	var masks letterMasks
	masks.set(s)
	last := uint64(1) << (len(s) - 1)
	distance := len(s)
	up, down := ^uint64(0), uint64(0) // cells one more, one less than that above
	for i := range len(t) {
		same := masks[t[i]]
		diagonal := ((same & up) + up) ^ up | same | down
		more, less := down|^(diagonal|up), diagonal&up
		distance += bitAt(more, last) - bitAt(less, last)
		more, less = more<<1|1, less<<1
		up, down = less|^(diagonal|more), more&diagonal
	}
	return distance
}

// alignmentBits is levenshteinBits where two neighbours exchanged count once
// (optimal string alignment; Hyyrö 2003).
func alignmentBits(s, t string) int {
	var masks letterMasks
	masks.set(s)
	last := uint64(1) << (len(s) - 1)
	distance := len(s)
	up, down := ^uint64(0), uint64(0)
	diagonal, before := uint64(0), uint64(0)
	for i := range len(t) {
		same := masks[t[i]]
		exchanged := (^diagonal & same) << 1 & before
		diagonal = ((same & up) + up) ^ up | same | down | exchanged
		more, less := down|^(diagonal|up), diagonal&up
		distance += bitAt(more, last) - bitAt(less, last)
		more, less = more<<1|1, less<<1
		up, down = less|^(diagonal|more), more&diagonal
		before = same
	}
	return distance
}

// bitAt returns 1 if word has the bit, else 0.
func bitAt(word, bit uint64) int {
	if word&bit != 0 {
		return 1
	}
	return 0
}
