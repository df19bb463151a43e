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

// mostNameWords bounds the words of a name that are read; a civil name has 60
// characters at most (Permendagri 73/2022).
const mostNameWords = 16

// nameSplitter cuts a written name into upper-case words. Words that say the
// person is deceased are taken out, and so are the degrees after a comma.
type nameSplitter struct {
	text     string // the folded text
	start    int    // where the word in hand begins in text
	letters  int    // letters and digits of the word in hand
	repair   bool   // the word in hand holds more than letters
	words    [mostNameWords]nameWord
	count    int // words so far
	group    int // where the run of words joined by full stops begins in words
	deceased bool
	comma    bool // behind a comma: only degrees and names of some length follow
	alias    bool // the next word opens a second name
}

func (s *nameSplitter) split(text string) []nameWord {
	s.text = foldName(text)
	for at, r := range s.text {
		s.rune(r, at)
	}
	s.endWord(0, len(s.text))
	s.endGroup()
	return s.words[:s.count]
}

func (s *nameSplitter) rune(r rune, at int) {
	if s.letters == 0 {
		s.start, s.repair = at, false
	}
	switch {
	case r >= 'A' && r <= 'Z':
		s.letters++
	case r >= '0' && r <= '9', r == '|' && s.letters > 0:
		s.letters++
		s.repair = true
	case isApostrophe(r):
		s.repair = true
	case r == '.':
		s.endWord('.', at)
	case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)):
		s.letters++
	default:
		s.endWord(r, at)
		s.separator(r)
	}
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '´', '‘', '’', 'ʼ', 'ʹ', '′', '"', '“', '”':
		return true
	}
	return false
}

// separator handles a mark between words.
func (s *nameSplitter) separator(r rune) {
	s.endGroup()
	switch r {
	case ',', ';':
		s.comma = s.count > 0
	case '/', '(', '[':
		s.alias, s.comma = s.count > 0, false
	case ')', ']':
		s.alias = false
	}
}

// endWord closes the word in hand; mark is what ended it, at end.
func (s *nameSplitter) endWord(mark rune, end int) {
	if s.letters == 0 {
		return
	}
	text := s.text[s.start:end]
	if s.repair {
		text = repairWord(text)
	}
	s.letters = 0
	if text == "" || s.count == len(s.words) {
		return
	}
	word := newNameWord(text)
	word.dotted = mark == '.'
	word.alias, s.alias = s.alias, false
	s.words[s.count] = word
	s.count++
	if mark != '.' {
		s.endGroup()
	}
}

// endGroup closes a run of words joined by full stops without blanks: "S.PD.I"
// is one degree, "K.H" one title, "H.M" two words.
func (s *nameSplitter) endGroup() {
	group := s.words[s.group:s.count]
	if len(group) > 1 {
		group = joinDotted(group, s.group == 0)
	}
	s.count = s.group
	for _, word := range group {
		switch {
		case word.has(roleDeceased):
			s.deceased = true
			continue
		case word.has(roleFather | roleAlias):
			s.comma = false
		case s.comma && isTail(word):
			continue
		}
		s.words[s.count] = word
		s.count++
	}
	s.group = s.count
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

// repairWord drops the apostrophes of a word and reads 0 and 1 as the letters
// they resemble (SIT1, YANT0); other digits are dropped, and a word of more
// digits than letters is no word.
func repairWord(word string) string {
	kept := make([]byte, 0, len(word))
	digits, letters := 0, 0
	for _, r := range word {
		switch {
		case r == '0':
			kept = append(kept, 'O')
			digits++
		case r == '1', r == '|':
			kept = append(kept, 'I')
			digits++
		case r >= '2' && r <= '9':
			digits++
		case !isApostrophe(r):
			kept = utf8.AppendRune(kept, r)
			letters++
		}
	}
	if letters < digits {
		return ""
	}
	return string(kept)
}
