package match

import (
	"strings"
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

// mistype replaces, drops or doubles up to errors letters of a text.
func mistype(t *rapid.T, text string, errors int) string {
	letters := []rune(text)
	for range rapid.IntRange(0, errors).Draw(t, "errors") {
		if len(letters) == 0 {
			break
		}
		at := rapid.IntRange(0, len(letters)-1).Draw(t, "at")
		switch rapid.IntRange(0, 2).Draw(t, "error") {
		case 0:
			letters[at] = rapid.RuneFrom([]rune("BCGJKMOQSTVWXYZÉ")).Draw(t, "letter")
		case 1:
			letters = append(letters[:at:at], letters[at+1:]...)
		default:
			letters = append(letters[:at+1:at+1], letters[at:]...)
		}
	}
	return string(letters)
}

// Long texts with many slips take no longer than their lengths explain.
func TestTypingErrorsInLongTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Repeat("JALAN MELATI RAYA ", rapid.IntRange(3, 20).Draw(t, "times"))
		other := mistype(t, text, 12)
		limit := rapid.IntRange(0, 30).Draw(t, "limit")
		want := min(alignmentDistance([]rune(text), []rune(other)), limit+1)
		if got := typingErrors(text, other, limit); got != want {
			t.Fatalf("within %d: %d, want %d", limit, got, want)
		}
	})
}

func TestFarWordsAreUnlike(t *testing.T) {
	far := func(a, b *word) bool {
		x, y := newSketch(a), newSketch(b)
		return x.farFrom(&y)
	}
	if a, b := newWord("ZULFIKRANDO"), newWord("ZUBFICRANDO"); far(&a, &b) {
		t.Error("two letters replaced are too far")
	}
	rapid.Check(t, func(t *rapid.T) {
		text := nameWord(t, "a")
		a, b := newWord(text), newWord(mistype(t, text, 4))
		if far(&a, &b) && gradeWords(&a, &b) != unlike {
			t.Fatalf("%q and %q are graded %d", a.text.text, b.text.text, gradeWords(&a, &b))
		}
	})
}

func TestFarPhrasesDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var first, second []string
		for range rapid.IntRange(1, 4).Draw(t, "words") {
			text := nameWord(t, "word") + "UNDUH"
			first = append(first, text)
			if rapid.Bool().Draw(t, "both") {
				second = append(second, mistype(t, text, 2))
			}
		}
		a, b := newPhrase(strings.Join(first, " ")), newPhrase(strings.Join(second, " "))
		if farPhrases(&a, &b) && gradePhrases(&a, &b) != TextDiffers {
			t.Fatalf("%q and %q are graded %d", a.text, b.text, gradePhrases(&a, &b))
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
