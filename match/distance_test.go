package match

import (
	"testing"

	"github.com/agnivade/levenshtein"
	"pgregory.net/rapid"
)

// fewLetters draws texts in which letters repeat, so that all the ways to edit
// one into the other compete.
func fewLetters() *rapid.Generator[string] { return rapid.StringMatching(`[A-D]{1,64}`) }

// TestBitParallelDistances compares the bit-parallel distances with those of a
// table.
func TestBitParallelDistances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := fewLetters().Draw(t, "x"), fewLetters().Draw(t, "y")
		if got, want := levenshteinBits(x, y), levenshtein.ComputeDistance(x, y); got != want {
			t.Errorf("Levenshtein %d instead of %d", got, want)
		}
		if got, want := alignmentBits(x, y), editsWithin([]byte(x), []byte(y), 64); got != want {
			t.Errorf("alignment %d instead of %d", got, want)
		}
	})
}

// TestTypingErrorsFastPath compares the bound that words take with the table.
func TestTypingErrorsFastPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.StringMatching(`[A-C]{0,9}`).Draw(t, "x"), rapid.StringMatching(`[A-C]{0,9}`).Draw(t, "y")
		limit := rapid.IntRange(1, 4).Draw(t, "limit")
		if got, want := typingErrors(x, y, limit), editsWithin([]byte(x), []byte(y), limit); got != want {
			t.Errorf("%d instead of %d", got, want)
		}
	})
}
