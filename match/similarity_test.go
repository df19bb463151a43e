package match

import (
	"testing"

	"pgregory.net/rapid"
)

// nameWord draws a word that is often a few errors away from another.
func nameWord(t *rapid.T, label string) string {
	stem := rapid.SampledFrom([]string{"SUPARNI", "ZULFAN", "DEWI", "NURHAYATI", "ÉLISE", "A", ""}).Draw(t, label)
	tail := rapid.StringOfN(rapid.RuneFrom([]rune("AEHIVWZSÉ")), 0, 4, -1).Draw(t, label+" tail")
	cut := rapid.IntRange(0, len([]rune(stem))).Draw(t, label+" cut")
	return string([]rune(stem)[cut:]) + tail
}

func TestFarWordsAreUnlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := newWord(nameWord(t, "a")), newWord(nameWord(t, "b"))
		if a.farFrom(&b) && gradeWords(&a, &b) != unlike {
			t.Fatalf("%q and %q are graded %d", a.text.text, b.text.text, gradeWords(&a, &b))
		}
	})
}

func TestFarPhrasesDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		phrase := func(label string) string {
			text := ""
			for range rapid.IntRange(1, 3).Draw(t, label+" words") {
				text += " " + nameWord(t, label)
			}
			return text[1:]
		}
		a, b := newPhrase(phrase("a")), newPhrase(phrase("b"))
		if farPhrases(&a, &b) && gradePhrases(a.text, b.text) != TextDiffers {
			t.Fatalf("%q and %q are graded %d", a.text, b.text, gradePhrases(a.text, b.text))
		}
	})
}

func TestMemoForgetsButNeverErrs(t *testing.T) {
	m := newMemo()
	computed := 0
	grade := func(a, b uint32) uint8 {
		computed++
		return uint8(a*31 + b)
	}
	for range 2 {
		for a := uint32(1); a < 700; a++ {
			for b := a + 1; b < a+300; b++ {
				if got := m.grade(b, a, grade); got != uint8(a*31+b) {
					t.Fatalf("%d and %d: %d", a, b, got)
				}
			}
		}
	}
	if computed < memoSize {
		t.Fatalf("%d pairs do not fill the memory", computed)
	}
}

// The short cuts about names written without spaces agree with the texts.
func TestJoinedNamesAgreeWithTheirTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var words []string
		var sizes [2]int
		for k := range sizes {
			sizes[k] = rapid.IntRange(1, 3).Draw(t, "words")
			for range sizes[k] {
				words = append(words, nameWord(t, "word")+"A")
			}
		}
		d := NewDictionary()
		ids := make([]uint32, len(words))
		for i, w := range words {
			ids[i] = d.wordID(w)
		}
		j := newComparer(d).joinedNames(ids[:sizes[0]], ids[sizes[0]:])
		s, text := j.texts()
		if apart := alignmentDistance([]rune(s), []rune(text)); apart < j.atLeastApart() {
			t.Fatalf("%q and %q are %d apart, said to be %d at least", s, text, apart, j.atLeastApart())
		}
		if got, again := j.resemble(), newComparer(d).joinedNames(ids[sizes[0]:], ids[:sizes[0]]); got != again.resemble() {
			t.Fatalf("%q and %q resemble each other one way only", s, text)
		}
	})
}
