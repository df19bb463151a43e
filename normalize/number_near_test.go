package normalize

import (
	"fmt"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// editDistance is the optimal string alignment distance: substitutions,
// insertions, deletions and exchanges of neighbours cost one each.
func editDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}

// drawNear draws a number of 15 to 17 digits and what one or two random edits make of it.
func drawNear(t *rapid.T) (a, b string) {
	digits := rapid.SliceOfN(rapid.ByteRange('0', '9'), 15, 17).Draw(t, "digits")
	a = string(digits)
	edited := append([]byte(nil), digits...)
	for range rapid.IntRange(0, 2).Draw(t, "edits") {
		at := rapid.IntRange(0, len(edited)-2).Draw(t, "at")
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			edited[at] = rapid.ByteRange('0', '9').Draw(t, "digit")
		case 1:
			edited[at], edited[at+1] = edited[at+1], edited[at]
		case 2:
			edited = append(edited[:at], edited[at+1:]...)
		default:
			edited = append(edited[:at+1], edited[at:]...)
		}
	}
	return a, string(edited)
}

func TestOneApartIsEditDistanceOne(t *testing.T) {
	number := func(text string) Number {
		value, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return Number{Value: value, Digits: uint8(len(text)), Trust: TrustDoubtful}
	}
	near := 0
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawNear(t)
		n, m := number(a), number(b)
		inRange := n.Value != 0 && m.Value != 0 && len(a) <= 17 && len(b) <= 17 && len(a) >= 15 && len(b) >= 15
		want := inRange && editDistance(a, b) == 1
		if got := n.OneApart(m); got != want {
			t.Fatalf("OneApart(%s, %s) = %v", a, b, got)
		}
		if n.OneApart(m) != m.OneApart(n) {
			t.Fatal("not symmetric")
		}
		if want {
			near++
		}
	})
	if near == 0 {
		t.Error("no near pair was drawn")
	}
}

// TestOneApartExhaustively compares all pairs of numbers of few digits.
func TestOneApartExhaustively(t *testing.T) {
	for a := range uint64(1000) {
		for b := range uint64(1000) {
			want := editDistance(pad3(a), pad3(b)) == 1
			if OneApart(a*e4, b*e4) != want {
				t.Fatalf("OneApart(%d, %d) = %v", a, b, !want)
			}
		}
	}
}

func pad3(value uint64) string {
	return fmt.Sprintf("%03d", value)
}

func TestOneApartNeedsKnownDigits(t *testing.T) {
	exact := ReadNIK("3174010000009001", false)
	exact.Value = 3174010000000001
	lost := ReadNIK("3,17401E+15", false)
	if exact.OneApart(lost) {
		t.Error("unknown digits were compared")
	}
}

func BenchmarkOneApart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		OneApart(3174010101909001, 3174010111909001)
	}
}
