package match

import (
	"math"
	"math/bits"
	"strings"
	"sync"
	"unicode/utf8"

	"padan/normalize"
)

// Dictionary gives every distinct name word and every distinct phrase (street,
// house number, birthplace) one id, shared by both tables of a run, so that
// records hold numbers and equal texts compare as equal ids. Ids depend on the
// order of filling and never influence a result. A Dictionary may be filled by
// both tables at the same time.
type Dictionary struct {
	mu      sync.Mutex
	words   map[string]uint32
	phrases map[string]uint32
	word    []word   // by word id; entry 0 stands for "no word"
	sketch  []sketch // of each word
	phrase  []phrase // by phrase id; entry 0 stands for "no phrase"
}

// word is one distinct name word.
type word struct {
	text   spelling // as normalised
	strict spelling
	loose  spelling
	crude  spelling // loose, less what changes when words are written together
	common bool     // a class word that people leave out: MUHAMMAD, SITI ...
	count  uint32   // records of both sides that hold the word
}

// sketch is what tells most words apart, in less than a cache line.
type sketch struct {
	strict, loose uint64    // hashes of the spellings
	set           [3]uint32 // letterSet of the text (its letters exchanged), of the strict and of the loose spelling
	length        [3]uint16 // of the same, in letters
	slips         uint8     // typing errors that a word of this length may have
	common        bool      // as word.common
}

func newSketch(w *word) sketch {
	s := sketch{strict: w.strict.hash, loose: w.loose.hash, slips: slipsIn(len(w.text.text)), common: w.common}
	for k, text := range [...]string{strings.Map(exchanged, w.text.text), w.strict.text, w.loose.text} {
		s.set[k], s.length[k] = letterSet(text), uint16(min(utf8.RuneCountInString(text), math.MaxUint16))
	}
	return s
}

// spelling is one form of a word.
type spelling struct {
	text string
	hash uint64 // equal texts share it
	// value and power let the words of a name be joined without their spaces:
	// value(ab) = value(a)*power(b) + value(b).
	value, power uint64
}

func newSpelling(text string) spelling {
	s := spelling{text: text, hash: hashText(text), power: 1}
	for i := range len(text) {
		s.value = s.value*polynomialBase + uint64(text[i])
		s.power *= polynomialBase
	}
	return s
}

// letterSet is the set of the letters of a text, one bit for each but for the few
// that share one; spaces are none.
func letterSet(text string) uint32 {
	set := uint32(0)
	for _, r := range text {
		if r != ' ' {
			set |= 1 << (uint32(r) & 31)
		}
	}
	return set
}

// phrase is one distinct street, house number, birthplace or village.
type phrase struct {
	text   string
	joined string // the text without its spaces
	count  uint32 // records of both sides that hold it
	set    uint32 // of its letters; see letterSet
	words  uint8
}

func newPhrase(text string) phrase {
	return phrase{
		text: text, joined: strings.ReplaceAll(text, " ", ""), set: letterSet(text),
		words: uint8(min(len(strings.Fields(text)), math.MaxUint8)),
	}
}

// NewDictionary returns an empty dictionary.
func NewDictionary() *Dictionary {
	return &Dictionary{
		words:   map[string]uint32{"": 0},
		phrases: map[string]uint32{"": 0},
		word:    make([]word, 1),
		sketch:  make([]sketch, 1),
		phrase:  make([]phrase, 1),
	}
}

// wordID returns the id of a name word, adding it if it is new.
func (d *Dictionary) wordID(text string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id, ok := d.words[text]; ok {
		return id
	}
	text = strings.Clone(text)
	id := uint32(len(d.word))
	d.words[text] = id
	d.word = append(d.word, newWord(text))
	d.sketch = append(d.sketch, newSketch(&d.word[id]))
	return id
}

// phraseID returns the id of a phrase, adding it if it is new.
func (d *Dictionary) phraseID(text string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id, ok := d.phrases[text]; ok {
		return id
	}
	text = strings.Clone(text)
	id := uint32(len(d.phrase))
	d.phrases[text] = id
	d.phrase = append(d.phrase, newPhrase(text))
	return id
}

// commonWords are words so frequent before other words that offices leave them
// out or abbreviate them (DOMAIN 4.2): their absence says little.
var commonWords = map[string]bool{
	"MUHAMMAD": true, "AHMAD": true, "ABDUL": true, "SITI": true, "NUR": true,
	"SRI": true, "RADEN": true, "AL": true, "EL": true, "BR": true, "BORU": true,
}

func newWord(text string) word {
	strict := normalize.StrictWord(text)
	loose := normalize.LooseWord(strict)
	return word{
		text:   newSpelling(text),
		strict: newSpelling(strict),
		loose:  newSpelling(loose),
		crude:  newSpelling(crude.Replace(loose)),
		common: commonWords[text],
	}
}

// crude drops the letters whose folding depends on their neighbours, so that
// the crude spelling of joined words is that of the words joined (NUR HAYATI,
// NURHAYATI).
var crude = strings.NewReplacer("H", "", "Y", "I", "E", "I", "O", "U")

// polynomialBase is odd, so that powers of it never vanish modulo 2^64.
const polynomialBase = 0x9E3779B97F4A7C15

// hashText is FNV-1a with a final mix, stable across runs and machines.
func hashText(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// mix spreads the bits of x over the whole word (the finaliser of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// join hashes two values in order; 0 stays reserved for "no key".
func join(a, b uint64) uint64 {
	return mix(bits.RotateLeft64(a, 23)^mix(b+0x632BE59BD9B4E019)) | 1
}
