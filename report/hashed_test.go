package report

import (
	"strings"
	"testing"

	"padan/match"
	"padan/normalize"
)

// TestHashedNumbersAreShownAsLetters: a hash is written whole or shortened, and its
// letters are never taken for digits that differ.
func TestHashedNumbersAreShownAsLetters(t *testing.T) {
	a := normalize.Number{Value: 1 << 62, Digits: 15, Trust: normalize.TrustDoubtful, Damage: normalize.DamageShort, Hashed: true}
	b := a
	b.Value, b.Digits = a.Value+1, 16
	if digits(a) != normalize.HashText(a.Value) {
		t.Errorf("%q", digits(a))
	}
	var v match.Vector
	v[match.CompareNIK] = match.NIKOneApart
	if text := Evidence(English, v, a, b); strings.Contains(text, "position") {
		t.Errorf("%q speaks of a digit", text)
	}
	masked := writer{options: Options{Mask: true}}
	if cell := masked.number(digits(a), a); cell.Text != a.Masked() || !strings.Contains(cell.Text, "******") {
		t.Errorf("masked it is %q", cell.Text)
	}
	full := writer{}
	if cell := full.number(digits(a), a); cell.Text != a.Text() {
		t.Errorf("in full it is %q", cell.Text)
	}
}
