package match

import (
	"math/bits"
	"strings"
	"unicode/utf8"
)

// likeness grades how alike two name words are.
type likeness uint8

// The grades, least first.
const (
	unlike    likeness = iota
	confusing          // one letter apart, yet both are words in common use: ANA, ANI
	initial            // one is the first letter of the other
	mistyped           // one letter wrong, or two in a long word, and one of the two is rare
	sounding           // the same in loose spelling
	spelled            // the same in strict spelling
)

// comparer holds the memory of one worker. A comparer is not safe for concurrent
// use; its answers do not depend on what it has seen before.
type comparer struct {
	dictionary     *Dictionary
	words, phrases memo
	fetched        uint32 // keeps what warm reads from being left out
}

func newComparer(d *Dictionary) *comparer {
	return &comparer{dictionary: d, words: newMemo(), phrases: newMemo()}
}

// likeness grades two word ids; it is symmetric.
func (c *comparer) likeness(a, b uint32) likeness {
	if a == b {
		return spelled
	}
	sa, sb := &c.dictionary.sketch[a], &c.dictionary.sketch[b]
	switch {
	case sa.strict == sb.strict:
		return spelled
	case sa.farFrom(sb):
		return unlike
	}
	return likeness(c.words.grade(a, b, c.gradeWordIDs))
}

func (c *comparer) gradeWordIDs(a, b uint32) uint8 {
	return uint8(gradeWords(&c.dictionary.word[a], &c.dictionary.word[b]))
}

// farFrom reports that two words are unlike for certain: none of their spellings
// have nearly the same letters, and neither is an initial.
func (a *sketch) farFrom(b *sketch) bool {
	slips := int(min(a.slips, b.slips))
	return a.loose != b.loose && a.length[1] > 1 && b.length[1] > 1 &&
		a.farApart(b, 0, slips) && a.farApart(b, 1, slips) && a.farApart(b, 2, slips)
}

// mayPair reports whether two words may be partners in an alignment: they are not
// unlike for certain, or the one may be the beginning of the other.
func (a *sketch) mayPair(b *sketch) bool {
	return a.set[0]&^b.set[0] == 0 || b.set[0]&^a.set[0] == 0 || !a.farFrom(b)
}

// farApart reports that more than some typing errors lie between two spellings: an
// error changes the length by one at most, and at most two letters of the set.
func (a *sketch) farApart(b *sketch, spelling, slips int) bool {
	gap := int(a.length[spelling]) - int(b.length[spelling])
	return max(gap, -gap) > slips || bits.OnesCount32(a.set[spelling]^b.set[spelling]) > 2*slips
}

// slipsIn is the number of typing errors that a word of so many bytes may have.
func slipsIn(length int) uint8 {
	if length >= 7 {
		return 2
	}
	return 1
}

func gradeWords(a, b *word) likeness {
	s, t := a.strict.text, b.strict.text
	if len(s) > len(t) || (len(s) == len(t) && s > t) {
		s, t, a, b = t, s, b, a
	}
	switch {
	case s == "":
		return unlike
	case a.loose.hash == b.loose.hash:
		return sounding
	case utf8.RuneCountInString(s) == 1:
		if strings.HasPrefix(t, s) || strings.HasPrefix(b.text.text, a.text.text) {
			return initial
		}
		return unlike
	case exchangedOnly(a.text.text, b.text.text):
		return mistyped
	}
	shorter := min(len(a.text.text), len(b.text.text))
	limit := int(slipsIn(shorter))
	errors := min(typingErrors(s, t, limit), typingErrors(a.loose.text, b.loose.text, limit), typingErrors(a.text.text, b.text.text, limit))
	switch {
	case errors > limit, errors == 1 && shorter < 2:
		return unlike
	case shorter < 4 && !hardlyUsed(a, b), bothInUse(a, b):
		return confusing
	default:
		return mistyped
	}
}

// exchangedOnly reports whether two words are the same but for letters that clerks
// write for each other although both spellings may be names in use (DEWI, DEVI;
// HASAN, HAZAN).
func exchangedOnly(s, t string) bool {
	if len(s) != len(t) {
		return false
	}
	for i := range len(s) {
		if exchanged(rune(s[i])) != exchanged(rune(t[i])) {
			return false
		}
	}
	return true
}

// exchanged is one letter for all that are written for each other.
func exchanged(letter rune) rune {
	switch letter {
	case 'V':
		return 'W'
	case 'Z':
		return 'S'
	}
	return letter
}

// bothInUse reports whether two words are each so frequent that neither can be
// taken for a typing error of the other. A typing error of a word written n
// times occurs a small fraction of n times.
func bothInUse(a, b *word) bool {
	rare, frequent := min(a.count, b.count), max(a.count, b.count)
	return rare > 4 && uint64(rare)*50 > uint64(frequent)
}

// hardlyUsed reports whether one of two words is so rare beside the other that
// it is likely a typing error of it, even where short words have many neighbours.
func hardlyUsed(a, b *word) bool {
	rare, frequent := min(a.count, b.count), max(a.count, b.count)
	return frequent >= 100 && uint64(max(2, rare))*200 <= uint64(max(400, frequent))
}

// typingErrors counts the letters inserted, deleted, replaced or exchanged with
// their neighbour that lead from s to t (optimal string alignment); limit+1 stands
// for more than limit of them.
func typingErrors(s, t string, limit int) int {
	if !isASCII(s) || !isASCII(t) {
		return editsWithin([]rune(s), []rune(t), limit)
	}
	s, t = withoutCommonEnds(s, t)
	switch {
	case len(t)-len(s) > limit:
		return limit + 1
	case len(s) == 0:
		return len(t)
	case len(s) > bitLetters:
		return editsWithin([]byte(s), []byte(t), limit)
	}
	return min(alignmentBits(s, t), limit+1)
}

// withoutCommonEnds cuts off what two texts both begin and end with, and returns
// the shorter one first.
func withoutCommonEnds(s, t string) (shorter, longer string) {
	if len(s) > len(t) {
		s, t = t, s
	}
	for len(s) > 0 && s[0] == t[0] {
		s, t = s[1:], t[1:]
	}
	for len(s) > 0 && s[len(s)-1] == t[len(t)-1] {
		s, t = s[:len(s)-1], t[:len(t)-1]
	}
	return s, t
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// editsWithin is typingErrors over letters, by the table of the recurrence, of
// which only the band is computed in which limit errors can lead from one text to
// the other.
func editsWithin[L byte | rune](s, t []L, limit int) int {
	if len(s) > len(t) {
		s, t = t, s
	}
	switch {
	case len(t)-len(s) > limit:
		return limit + 1
	case len(s) == 0:
		return len(t)
	}
	var short [3][64]int
	before, above, row := short[0][:], short[1][:], short[2][:]
	if len(t) >= len(row) {
		before, above, row = make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	}
	for j := range min(len(t), limit) + 1 {
		row[j] = j
	}
	for i := 1; i <= len(s); i++ {
		before, above, row = above, row, before
		from, to, least := max(1, i-limit), min(len(t), i+limit), limit+1
		row[from-1] = limit + 1
		if from == 1 {
			row[0] = i
		}
		if to == i+limit {
			above[to] = limit + 1
		}
		for j := from; j <= to; j++ {
			if s[i-1] == t[j-1] {
				row[j] = above[j-1]
			} else {
				row[j] = 1 + min(above[j-1], above[j], row[j-1])
			}
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit {
			return limit + 1
		}
	}
	return min(row[len(t)], limit+1)
}

// phraseLevel grades two phrase ids (streets, birthplaces, mothers' names) as
// TextDiffers, TextSimilar or TextSame; Missing if one is absent. It is symmetric.
func (c *comparer) phraseLevel(a, b uint32) uint8 {
	if level, known := c.dictionary.phraseLevel(a, b); known {
		return level
	}
	return c.phrases.grade(a, b, c.gradePhraseIDs)
}

// phraseLevel is comparer.phraseLevel as far as little work tells; where known is
// false, the phrases are similar at most.
func (d *Dictionary) phraseLevel(a, b uint32) (level uint8, known bool) {
	if a == 0 || b == 0 {
		return Missing, true
	}
	switch p, q := &d.phrase[a], &d.phrase[b]; {
	case a == b, p.joined == q.joined:
		return TextSame, true
	case farPhrases(p, q):
		return TextDiffers, true
	default:
		return TextSimilar, false
	}
}

func (c *comparer) gradePhraseIDs(a, b uint32) uint8 {
	return gradePhrases(&c.dictionary.phrase[a], &c.dictionary.phrase[b])
}

// farPhrases reports that two phrases differ for certain: as a whole they are more
// typing errors apart than gradePhrases allows, and the one with fewer words has
// more letters that the other lacks than a typing error a word explains.
func farPhrases(a, b *phrase) bool {
	if a.words > b.words {
		a, b = b, a
	}
	lacking := bits.OnesCount32(a.set &^ b.set)
	if a.words == b.words {
		lacking = min(lacking, bits.OnesCount32(b.set&^a.set))
	}
	errors := 1 + max(len(a.joined), len(b.joined))/12
	return lacking > int(a.words) && bits.OnesCount32(a.set^b.set) > 2*errors
}

// gradePhrases compares two texts word by word: similar texts share all words
// of the shorter one but for a typing error a word, or differ by spaces only. Of
// texts of equally many words the first in the alphabet counts as the shorter.
func gradePhrases(a, b *phrase) uint8 {
	if a.text > b.text {
		a, b = b, a
	}
	if a.joined == b.joined {
		return TextSame
	}
	if limit := 1 + len(a.joined)/12; len(a.joined) > 4 && typingErrors(a.joined, b.joined, limit) <= limit {
		return TextSimilar
	}
	if a.words > b.words {
		a, b = b, a
	}
	letters := 0
	for w := range strings.FieldsSeq(a.text) {
		if !containsLike(b.text, w) {
			return TextDiffers
		}
		letters += len(w)
	}
	if letters < 4 {
		return TextDiffers
	}
	return TextSimilar
}

func containsLike(text, w string) bool {
	for v := range strings.FieldsSeq(text) {
		if v == w || (len(w) > 4 && typingErrors(w, v, 1) <= 1) {
			return true
		}
	}
	return false
}
