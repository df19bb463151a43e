package match

import (
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

// comparer holds the memory of one worker: the likeness of a pair of distinct
// words or phrases is computed once. A comparer is not safe for concurrent use;
// its answers do not depend on what it has seen before.
type comparer struct {
	dictionary *Dictionary
	words      map[uint64]likeness
	phrases    map[uint64]uint8
}

func newComparer(d *Dictionary) *comparer {
	return &comparer{dictionary: d, words: map[uint64]likeness{}, phrases: map[uint64]uint8{}}
}

// memoLimit bounds each memory of a comparer; beyond it the memory starts anew.
const memoLimit = 1 << 20

func pairKey(a, b uint32) uint64 {
	if a > b {
		a, b = b, a
	}
	return uint64(a)<<32 | uint64(b)
}

// likeness grades two word ids; it is symmetric.
func (c *comparer) likeness(a, b uint32) likeness {
	if a == b {
		return spelled
	}
	wa, wb := &c.dictionary.word[a], &c.dictionary.word[b]
	if wa.strict.hash == wb.strict.hash {
		return spelled
	}
	key := pairKey(a, b)
	if l, ok := c.words[key]; ok {
		return l
	}
	l := gradeWords(wa, wb)
	if len(c.words) >= memoLimit {
		clear(c.words)
	}
	c.words[key] = l
	return l
}

func gradeWords(a, b *word) likeness {
	s, t := a.strict.text, b.strict.text
	if len(s) > len(t) || (len(s) == len(t) && s > t) {
		s, t, a, b = t, s, b, a
	}
	shorter := min(len(a.text.text), len(b.text.text))
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
	}
	errors := min(typingErrors(s, t, 2), typingErrors(a.loose.text, b.loose.text, 2), typingErrors(a.text.text, b.text.text, 2))
	switch {
	case exchanged.Replace(a.text.text) == exchanged.Replace(b.text.text):
		return mistyped
	case errors > 2, errors == 2 && shorter < 7, errors == 1 && shorter < 2:
		return unlike
	case shorter < 4 && !hardlyUsed(a, b), bothInUse(a, b):
		return confusing
	default:
		return mistyped
	}
}

// exchanged folds letters that clerks write for each other although both
// spellings may be names in use (DEWI, DEVI; HASAN, HAZAN).
var exchanged = strings.NewReplacer("V", "W", "Z", "S")

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
	if isASCII(s) && isASCII(t) {
		return editsWithin([]byte(s), []byte(t), limit)
	}
	return editsWithin([]rune(s), []rune(t), limit)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// editsWithin is typingErrors over letters. What both begin and end with costs
// nothing, so that few branches are left to a small limit.
func editsWithin[L byte | rune](s, t []L, limit int) int {
	for len(s) > 0 && len(t) > 0 && s[0] == t[0] {
		s, t = s[1:], t[1:]
	}
	for len(s) > 0 && len(t) > 0 && s[len(s)-1] == t[len(t)-1] {
		s, t = s[:len(s)-1], t[:len(t)-1]
	}
	if len(s) > len(t) {
		s, t = t, s
	}
	switch {
	case len(t)-len(s) > limit, limit == 0 && len(t) > 0:
		return limit + 1
	case len(s) == 0:
		return len(t)
	}
	least := editsWithin(s[1:], t[1:], limit-1)
	least = min(least, editsWithin(s, t[1:], limit-1), editsWithin(s[1:], t, limit-1))
	if len(s) > 1 && s[0] == t[1] && s[1] == t[0] {
		least = min(least, editsWithin(s[2:], t[2:], limit-1))
	}
	return least + 1
}

// phraseLevel grades two phrase ids (streets, birthplaces, mothers' names) as
// TextDiffers, TextSimilar or TextSame; Missing if one is absent. It is symmetric.
func (c *comparer) phraseLevel(a, b uint32) uint8 {
	switch {
	case a == 0 || b == 0:
		return Missing
	case a == b:
		return TextSame
	}
	key := pairKey(a, b)
	if l, ok := c.phrases[key]; ok {
		return l
	}
	l := gradePhrases(c.dictionary.phrase[a].text, c.dictionary.phrase[b].text)
	if len(c.phrases) >= memoLimit {
		clear(c.phrases)
	}
	c.phrases[key] = l
	return l
}

// gradePhrases compares two texts word by word: similar texts share all words
// of the shorter one but for a typing error a word, or differ by spaces only.
func gradePhrases(s, t string) uint8 {
	if s > t {
		s, t = t, s
	}
	joinedS, joinedT := strings.ReplaceAll(s, " ", ""), strings.ReplaceAll(t, " ", "")
	if joinedS == joinedT {
		return TextSame
	}
	if limit := 1 + len(joinedS)/12; len(joinedS) > 4 && typingErrors(joinedS, joinedT, limit) <= limit {
		return TextSimilar
	}
	short, long := strings.Fields(s), strings.Fields(t)
	if len(short) > len(long) {
		short, long = long, short
	}
	letters := 0
	for _, w := range short {
		if !containsLike(long, w) {
			return TextDiffers
		}
		letters += len(w)
	}
	if letters < 4 {
		return TextDiffers
	}
	return TextSimilar
}

func containsLike(words []string, w string) bool {
	for _, v := range words {
		if v == w || (len(w) > 4 && typingErrors(w, v, 1) <= 1) {
			return true
		}
	}
	return false
}
