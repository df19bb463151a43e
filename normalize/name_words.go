package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// nameWord is one word of a written name.
type nameWord struct {
	text   string
	token  nameToken
	dotted bool // a full stop followed
	alias  bool // opens a second name: after "/" or "("
}

func (w nameWord) has(role nameRole) bool { return w.token.roles&role != 0 }

func newNameWord(text string) nameWord {
	word := nameWord{text: text}
	if len(text) <= longestToken {
		word.token = nameTokens()[text]
	}
	return word
}

// splitName cuts text into upper-case words. Words that say the person is
// deceased are taken out, and so are the degrees after a comma.
func splitName(text string) (words []nameWord, deceased bool) {
	s := nameSplitter{words: make([]nameWord, 0, 8)}
	for _, r := range foldName(text) {
		s.rune(r)
	}
	s.endWord(0)
	s.endGroup()
	return s.words, s.deceased
}

// foldName upper-cases, folds compatibility forms, drops accents of Latin
// letters and apostrophes. ASCII text costs one allocation at most.
func foldName(text string) string {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return foldForeign(text)
		}
	}
	return strings.ToUpper(text)
}

// foldForeign is foldName for text beyond ASCII. Case mapping and
// normalisation feed each other for a few letters, so it repeats until the
// text is stable.
func foldForeign(text string) string {
	for range 4 {
		folded := norm.NFC.String(dropAccents(strings.ToUpper(norm.NFKD.String(text))))
		if folded == text {
			break
		}
		text = folded
	}
	return text
}

// dropAccents drops, from decomposed text, the marks of all but letters of
// other scripts than Latin, what does not show, and invalid bytes.
func dropAccents(text string) string {
	foreign := false // the last rune is a letter that keeps its marks
	return strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsMark(r):
			if foreign {
				return r
			}
			return -1
		}
		foreign = unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Lm, r)
		return r
	}, text)
}

// nameSplitter is the state of splitName.
type nameSplitter struct {
	word     []byte
	words    []nameWord
	deceased bool
	group    int  // index in words where the run of words joined by full stops begins
	comma    bool // behind a comma: only degrees and names of some length follow
	alias    bool // the next word opens a second name
}

func (s *nameSplitter) rune(r rune) {
	switch {
	case r >= 'A' && r <= 'Z':
		s.word = append(s.word, byte(r))
	case r >= '0' && r <= '9':
		s.word = append(s.word, byte(r))
	case strings.ContainsRune("'`´‘’ʼʹ′\"“”", r):
	case r == '.':
		s.endWord('.')
	case r == '|' && len(s.word) > 0:
		s.word = append(s.word, '1')
	case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)):
		s.word = utf8.AppendRune(s.word, r)
	default:
		s.endWord(r)
		s.separator(r)
	}
}

// separator handles a mark between words.
func (s *nameSplitter) separator(r rune) {
	s.endGroup()
	switch r {
	case ',', ';':
		s.comma = len(s.words) > 0
	case '/', '(', '[':
		s.alias, s.comma = len(s.words) > 0, false
	case ')', ']':
		s.alias = false
	}
}

// endWord closes the word in hand; mark is what ended it.
func (s *nameSplitter) endWord(mark rune) {
	if len(s.word) == 0 {
		return
	}
	text := readDigitsAsLetters(s.word)
	s.word = s.word[:0]
	if text == "" {
		return
	}
	word := newNameWord(text)
	word.dotted = mark == '.'
	word.alias, s.alias = s.alias, false
	s.words = append(s.words, word)
	if mark != '.' {
		s.endGroup()
	}
}

// endGroup closes a run of words joined by full stops without blanks: "S.PD.I"
// is one degree, "K.H" one title, "H.M" two words.
func (s *nameSplitter) endGroup() {
	group := s.words[s.group:]
	if len(group) == 0 {
		return
	}
	if len(group) > 1 {
		group = joinDotted(group, s.group == 0)
	}
	kept := s.words[:s.group]
	for _, word := range group {
		switch {
		case word.has(roleDeceased):
			s.deceased = true
		case word.has(roleFather | roleAlias):
			s.comma = false
			kept = append(kept, word)
		case s.comma && isTail(word):
		default:
			kept = append(kept, word)
		}
	}
	s.words = kept
	s.group = len(kept)
}

// joinDotted joins a group that is one degree or sign of an alias, or begins,
// at the start of the name, with one title.
func joinDotted(group []nameWord, first bool) []nameWord {
	if !first {
		if whole := joinWords(group); whole.has(roleDegree | roleAlias) {
			return append(group[:0], whole)
		}
		return group
	}
	for size := len(group); size > 1; size-- {
		if title := joinWords(group[:size]); title.has(roleTitle) {
			return append(append(group[:0], title), group[size:]...)
		}
	}
	return group
}

func joinWords(words []nameWord) nameWord {
	var joined strings.Builder
	for _, word := range words {
		joined.WriteString(word.text)
	}
	whole := newNameWord(joined.String())
	whole.alias, whole.dotted = words[0].alias, true
	return whole
}

// isTail reports words behind a comma that are no name: degrees, and what is
// too short or has no vowel.
func isTail(word nameWord) bool {
	return word.has(roleDegree) || len(word.text) <= 3 || !strings.ContainsAny(word.text, "AEIOUY") && isASCII(word.text)
}

func isASCII(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// readDigitsAsLetters reads 0 and 1 inside a word as the letters they resemble
// (SIT1, YANT0) and drops other digits; a word of digits alone is no word.
func readDigitsAsLetters(word []byte) string {
	digits, letters := 0, 0
	for _, c := range word {
		if c >= '0' && c <= '9' {
			digits++
		} else {
			letters++
		}
	}
	if digits == 0 {
		return string(word)
	}
	if letters < digits {
		return ""
	}
	kept := make([]byte, 0, len(word))
	for _, c := range word {
		switch {
		case c == '0':
			kept = append(kept, 'O')
		case c == '1':
			kept = append(kept, 'I')
		case c < '0' || c > '9':
			kept = append(kept, c)
		}
	}
	return string(kept)
}
