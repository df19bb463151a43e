package normalize

import "bytes"

// StrictWord folds the spellings of an upper-case word that are the same name
// for practically everybody (DOMAIN 4.3, rules with at least 95 % agreement of
// sex): RIZKY and RIZQI, ACHMAD and AHMAT, DJOKO and JOKO. Words of up to three
// letters keep all but doubled letters and Y for I; words with letters beyond
// A to Z stay as they are. StrictWord(StrictWord(w)) == StrictWord(w).
func StrictWord(word string) string { return foldWord(word, strictRules, strictLetters) }

// LooseWord folds a strict form further, by the rules that are right for most
// names but not all (RIZKI and RISKI, RAHMAH and RAHMA, RINI and RENI): for
// candidates only. It takes and returns a strict form and is idempotent.
//
// W for V is left out although its evidence is as good: V is F and P in the
// strict form, and IRWAN is not IRFAN.
func LooseWord(strict string) string { return foldWord(strict, looseRules, looseLetters) }

// spellingRule rewrites one run of letters.
type spellingRule struct {
	from, to string
	fits     func(word []byte, at, size int) bool // nil = anywhere
}

// strictRules are applied in this order until nothing changes: old spelling
// and digraphs before the letters they are made of, doubled letters and ends
// of words last.
var strictRules = []spellingRule{
	{"J", "Y", inOldSpelling},
	{"MICHA", "MIKA", atStart}, {"MIKHA", "MIKA", atStart},
	{"CHR", "KR", atStart}, {"CHAND", "CAND", atStart}, {"CHANT", "CANT", atStart}, {"CHI", "CI", atStart},
	{"TJ", "C", nil}, {"DJ", "J", nil}, {"NJ", "NY", beforeVowelNotI}, {"SJ", "SY", beforeVowel},
	{"OE", "U", nil}, {"OO", "U", nil},
	{"ZZ", "Z", nil},
	{"CH", "H", nil}, {"KH", "K", afterZOrAR}, {"KH", "H", nil}, {"SY", "S", notAtEnd}, {"SH", "S", nil}, {"TH", "T", nil}, {"DH", "D", nil},
	{"GH", "G", nil}, {"BH", "B", nil}, {"RH", "R", nil}, {"PH", "P", nil}, {"CK", "K", nil}, {"DZ", "Z", nil},
	{"Q", "K", nil}, {"C", "K", hardC}, {"F", "P", nil}, {"V", "P", nil}, {"Z", "J", voicedZ},
	{"AE", "AI", nil}, {"EE", "I", nil}, {"IYEM", "IEM", nil}, {"IE", "I", notBeforeM}, {"Y", "I", vowelY},
	{"UW", "W", insideBeforeVowel}, {"UA", "WA", afterConsonant},
	{"NGG", "NG", nil},
}

// looseRules come on top of strictRules.
var looseRules = append([]spellingRule{
	{"H", "", atEnd}, {"H", "", betweenVowelsOfSix},
	{"TS", "S", nil}, {"Z", "S", nil}, {"J", "S", beforeConsonant},
	{"E", "I", notIEM}, {"O", "U", nil},
	{"K", "", endOfFive},
}, strictRules...)

// longestFolded is the longest word that is folded; longer ones are no names.
const longestFolded = 40

// letterSet is the set of the letters of an upper-case text.
type letterSet uint32

func lettersOf[T string | []byte](text T) (set letterSet) {
	for i := range len(text) {
		set |= 1 << (text[i] - 'A')
	}
	return set
}

// ruleLetters holds the letters each rule looks for, so that most rules are
// passed over without a search.
func ruleLetters(rules []spellingRule) []letterSet {
	sets := make([]letterSet, len(rules))
	for i, rule := range rules {
		sets[i] = lettersOf(rule.from)
	}
	return sets
}

var (
	strictLetters = ruleLetters(strictRules)
	looseLetters  = ruleLetters(looseRules)
)

func foldWord(word string, rules []spellingRule, wanted []letterSet) string {
	if len(word) > longestFolded || !isUpperASCII(word) {
		return word
	}
	var space [longestFolded + 8]byte
	folded := append(space[:0], word...)
	for changed := true; changed; {
		changed = false
		if len(folded) > 3 {
			folded, changed = applyRules(folded, rules, wanted)
		} else {
			folded, changed = shortY.apply(folded, changed)
		}
		folded, changed = foldEnds(folded, changed)
	}
	if string(folded) == word {
		return word
	}
	return string(folded)
}

func applyRules(word []byte, rules []spellingRule, wanted []letterSet) ([]byte, bool) {
	changed := false
	present := lettersOf(word)
	for i := range rules {
		if wanted[i]&^present != 0 {
			continue
		}
		before := changed
		if word, changed = rules[i].apply(word, false); changed {
			present = lettersOf(word)
		}
		changed = changed || before
	}
	return word, changed
}

// shortY is the one rule for words of up to three letters.
var shortY = spellingRule{"Y", "I", vowelY}

// apply rewrites every place in word that fits; changed is passed through, or
// true after a rewriting.
func (r *spellingRule) apply(word []byte, changed bool) ([]byte, bool) {
	for at := 0; ; {
		found := bytes.Index(word[at:], []byte(r.from))
		if found < 0 {
			return word, changed
		}
		at += found
		if r.fits != nil && !r.fits(word, at, len(r.from)) {
			at++
			continue
		}
		copy(word[at:], r.to)
		end := at + len(r.to)
		word = append(word[:end], word[at+len(r.from):]...)
		at, changed = end, true
	}
}

// foldEnds makes doubled letters single and folds a final D and -IK (ASTUTIK).
func foldEnds(word []byte, changed bool) ([]byte, bool) {
	kept := word[:0]
	for i, c := range word {
		if i > 0 && c == kept[len(kept)-1] {
			changed = true
			continue
		}
		kept = append(kept, c)
	}
	last := len(kept) - 1
	switch {
	case last > 2 && kept[last] == 'D':
		kept[last] = 'T'
		changed = true
	case last >= 5 && kept[last] == 'K' && kept[last-1] == 'I':
		return kept[:last], true
	}
	return kept, changed
}

func isUpperASCII(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] < 'A' || word[i] > 'Z' {
			return false
		}
	}
	return true
}

func isVowel(c byte) bool { return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U' }

// following returns the letter after the run, 0 at the end of the word.
func following(word []byte, at, size int) byte {
	if at+size < len(word) {
		return word[at+size]
	}
	return 0
}

func atStart(_ []byte, at, _ int) bool           { return at == 0 }
func atEnd(word []byte, at, size int) bool       { return at+size == len(word) }
func notAtEnd(word []byte, at, size int) bool    { return at+size < len(word) }
func beforeVowel(word []byte, at, size int) bool { return isVowel(following(word, at, size)) }
func beforeVowelNotI(word []byte, at, size int) bool {
	return beforeVowel(word, at, size) && word[at+size] != 'I'
}
func notBeforeM(word []byte, at, size int) bool  { return following(word, at, size) != 'M' }
func afterConsonant(word []byte, at, _ int) bool { return at > 0 && !isVowel(word[at-1]) }

func beforeConsonant(word []byte, at, size int) bool {
	return notAtEnd(word, at, size) && !beforeVowel(word, at, size)
}

// betweenVowelsOfSix fits between vowels of six letters or more (SUHARDI);
// shorter words become another name (JIHAN, JIAN).
func betweenVowelsOfSix(word []byte, at, size int) bool {
	return len(word) > 5 && at > 0 && isVowel(word[at-1]) && beforeVowel(word, at, size)
}

// notIEM fits outside the ending -IEM of women's names (KASIEM is not KASIM).
func notIEM(word []byte, at, size int) bool {
	return at == 0 || word[at-1] != 'I' || following(word, at, size) != 'M'
}

// afterZOrAR fits where KH is K (AZKHA, ARKHAN); NURKHOLIS keeps its KHOLIS.
func afterZOrAR(word []byte, at, _ int) bool {
	return at > 0 && word[at-1] == 'Z' || at > 1 && word[at-1] == 'R' && word[at-2] == 'A'
}

func insideBeforeVowel(word []byte, at, size int) bool {
	return afterConsonant(word, at, size) && beforeVowel(word, at, size)
}

// inOldSpelling fits a J that stands for Y: not part of DJ, TJ, NJ or SJ, in a
// word that writes DJ or TJ elsewhere (WIDJAJA).
func inOldSpelling(word []byte, at, _ int) bool {
	if at > 0 && bytes.IndexByte([]byte("DTNS"), word[at-1]) >= 0 {
		return false
	}
	return bytes.Contains(word, []byte("DJ")) || bytes.Contains(word, []byte("TJ"))
}

// hardC fits a C spoken as K: before A, O, U or a consonant and at the end.
func hardC(word []byte, at, size int) bool {
	switch following(word, at, size) {
	case 'E', 'I', 'Y', 'H', 'C':
		return false
	}
	return true
}

// voicedZ fits a Z that is also written J (FAUZI, NAZWA); before K and at the
// end it is rather S.
func voicedZ(word []byte, at, size int) bool {
	switch following(word, at, size) {
	case 'A', 'E', 'I', 'O', 'U', 'Y', 'W', 'R', 'L', 'M', 'N':
		return true
	}
	return false
}

// vowelY fits a Y that is also written I: all but the consonant at the start
// (YULI) and before E (ARYENI is not ARINI).
func vowelY(word []byte, at, size int) bool {
	next := following(word, at, size)
	return next != 'E' && (at > 0 || !isVowel(next))
}

// endOfFive fits a final K after I in five letters (NANIK); strict folds it in
// longer words, and in shorter ones it makes another name (ERIK, ERI).
func endOfFive(word []byte, at, size int) bool {
	return atEnd(word, at, size) && len(word) == 5 && word[at-1] == 'I'
}
