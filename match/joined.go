package match

import (
	"math/bits"
	"strings"
)

// joinedNames is two names as they look without their spaces. length and set are
// known before any text is put together, and answer most questions.
type joinedNames struct {
	dictionary *Dictionary
	x, y       []uint32  // the words; x has no more of them than y
	length     [2]int    // letters of x and of y
	set        [2]uint32 // see letterSet
}

func (c *comparer) joinedNames(x, y []uint32) joinedNames {
	if len(y) < len(x) {
		x, y = y, x
	}
	j := joinedNames{dictionary: c.dictionary, x: x, y: y}
	for k, name := range [2][]uint32{x, y} {
		for _, id := range name {
			w := &c.dictionary.sketch[id]
			j.length[k] += int(w.length[0])
			j.set[k] |= w.set[0]
		}
	}
	return j
}

// mayJoin reports whether two names of different word counts may be one whose words
// were joined; see rearranged, mistyped and initial.
func (c *comparer) mayJoin(x, y []uint32) bool {
	if len(x) == len(y) || len(x) == 0 || len(y) == 0 {
		return false
	}
	j := c.joinedNames(x, y)
	return j.mayBeMistyped() || j.mayEndInInitial() || j.length[0] == j.length[1] && j.set[0] == j.set[1]
}

// texts returns both names without their spaces.
func (j *joinedNames) texts() (s, t string) {
	return j.dictionary.withoutSpaces(j.x), j.dictionary.withoutSpaces(j.y)
}

func (d *Dictionary) withoutSpaces(ids []uint32) string {
	text := make([]byte, 0, 64)
	for _, id := range ids {
		text = append(text, d.word[id].text.text...)
	}
	return string(text)
}

// rearranged reports whether the names are one, but for words that were exchanged
// before they were joined (MAULANA FAJAR, FAJARMAULANA).
func (j *joinedNames) rearranged() bool {
	if len(j.x) == len(j.y) || j.length[0] != j.length[1] || j.set[0] != j.set[1] {
		return false
	}
	rest := j.dictionary.withoutSpaces(j.x)
	for _, id := range j.y {
		before, after, found := strings.Cut(rest, j.dictionary.word[id].text.text)
		if !found {
			return false
		}
		rest = before + after
	}
	return rest == ""
}

// mistyped reports whether names of different word counts are a typing error
// apart, or two in a long name.
func (j *joinedNames) mistyped() bool {
	if !j.mayBeMistyped() {
		return false
	}
	s, t := j.texts()
	errors := j.slips()
	return typingErrors(s, t, errors) <= errors
}

func (j *joinedNames) mayBeMistyped() bool {
	return len(j.x) != len(j.y) && min(j.length[0], j.length[1]) >= 7 && j.atLeastApart() <= j.slips()
}

// slips is how many typing errors names of their length may have.
func (j *joinedNames) slips() int { return 1 + min(j.length[0], j.length[1])/12 }

// atLeastApart is a number of typing errors that the names are apart at least: an
// error changes the length by one at most, and at most two letters of the set.
func (j *joinedNames) atLeastApart() int {
	gap := j.length[0] - j.length[1]
	return max(gap, -gap, (bits.OnesCount32(j.set[0]^j.set[1])+1)/2)
}

// initial reports whether one name ends in an initial and is the beginning of the
// other, whose words were joined (GHAIDA A, GHAIDAAYUNINGTYAS).
func (j *joinedNames) initial() bool {
	if !j.mayEndInInitial() {
		return false
	}
	s, t := j.texts()
	return strings.HasPrefix(s, t) || strings.HasPrefix(t, s)
}

func (j *joinedNames) mayEndInInitial() bool {
	short, long := 0, 1
	name := j.x
	if j.length[1] < j.length[0] {
		short, long, name = 1, 0, j.y
	}
	last := &j.dictionary.sketch[name[len(name)-1]]
	return len(j.x) != len(j.y) && last.length[0] == 1 && j.length[short] >= 6 && j.set[short]&^j.set[long] == 0
}

// resemble reports whether names that share no word are still written alike as a
// whole: fewer than half of the letters differ, or the one begins or ends the
// other.
func (j *joinedNames) resemble() bool {
	shorter, longer := min(j.length[0], j.length[1]), max(j.length[0], j.length[1])
	lacking := min(bits.OnesCount32(j.set[0]&^j.set[1]), bits.OnesCount32(j.set[1]&^j.set[0]))
	mayContain := shorter > 3 && lacking == 0
	mayBeNear := 2*shorter > longer && 2*j.atLeastApart() < longer
	if shorter < 2 || !mayContain && !mayBeNear {
		return false
	}
	s, t := j.texts()
	if j.length[0] > j.length[1] {
		s, t = t, s
	}
	return mayContain && (strings.HasPrefix(t, s) || strings.HasSuffix(t, s)) ||
		mayBeNear && 2*distance(s, t) < longer
}
