package normalize

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// testHasher hashes with a key of its own.
type testHasher string

func (h testHasher) Hash(part, place byte, value uint64) uint64 {
	mac := hmac.New(sha256.New, []byte(h))
	mac.Write(binary.BigEndian.AppendUint64([]byte{part, place}, value))
	return binary.BigEndian.Uint64(mac.Sum(nil))
}

func (h testHasher) Exact(value uint64) uint64 { return h.Hash('x', 0, value) >> 1 }

// hashed is a number and its neighbourhood.
func (h testHasher) hashed(n Number) (Number, Neighbourhood) {
	m := n
	m.Value, m.Hashed, m.Stated = h.Exact(n.Value), true, StateOf(n)
	return m, NeighbourhoodOf(n, true, h)
}

// clearKeys are the blocking keys of clear NIKs, by which near ones meet: the pair
// of neighbouring digits left out, and one digit more or less.
func clearKeys(n Number) (near, lengths map[[2]uint64]bool) {
	near, lengths = map[[2]uint64]bool{}, map[[2]uint64]bool{}
	if n.Digits == 16 {
		for position, power := uint64(1), uint64(1); position < 16; position, power = position+1, power*10 {
			near[[2]uint64{n.Value - n.Value/power%100*power, position}] = true
		}
	}
	lengths[[2]uint64{n.Value, uint64(n.Digits)}] = true
	for place := uint64(1); n.Digits > 15 && place <= n.Value; place *= 10 {
		lengths[[2]uint64{n.Value/place/10*place + n.Value%place, uint64(n.Digits - 1)}] = true
	}
	return near, lengths
}

func share[K comparable](a, b map[K]bool) bool {
	for key := range a {
		if b[key] {
			return true
		}
	}
	return false
}

func hashedKeys(n Number, h Neighbourhood) (near map[[2]uint64]bool, lengths map[uint64]bool) {
	near, lengths = map[[2]uint64]bool{}, map[uint64]bool{}
	for p := 1; p < 16 && n.Digits == 16; p++ {
		near[[2]uint64{h.Blank(p), uint64(p)}] = true
	}
	for _, key := range h.Lengths(nil) {
		lengths[key] = true
	}
	return near, lengths
}

// TestNeighbourhoodsAreNearWhereNumbersAre is the promise of hashed numbers: what
// is near in the clear is near hashed, and nothing else is.
func TestNeighbourhoodsAreNearWhereNumbersAre(t *testing.T) {
	h := testHasher("a key")
	var near, sameLength, otherLength, swapped int
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawNear(t)
		n, m := read(t, a), read(t, b)
		if n.Value == 0 || m.Value == 0 || len(b) < 15 || len(b) > 17 {
			return
		}
		hn, x := h.hashed(n)
		hm, y := h.hashed(m)
		want := n.OneApart(m)
		if got := HashedOneApart(hn, hm, x, y); got != want || HashedOneApart(hm, hn, y, x) != want {
			t.Fatalf("%s and %s: hashed %v, clear %v", a, b, got, want)
		}
		highest, slip := x.Slip(y)
		if n.Value != m.Value && slip != OneApart(n.Value, m.Value) {
			t.Fatalf("%s and %s: slip %v", a, b, slip)
		}
		serial := n.Value/e4 == m.Value/e4
		if want && n.Digits == m.Digits && serial != (highest < 4) {
			t.Fatalf("%s and %s differ at place %d", a, b, highest)
		}
		if x.SameButLast(y) != (n.Value/10 == m.Value/10) {
			t.Fatalf("%s and %s: the last digit", a, b)
		}
		nearN, lengthsN := clearKeys(n)
		nearM, lengthsM := clearKeys(m)
		hashedNearN, hashedLengthsN := hashedKeys(n, x)
		hashedNearM, hashedLengthsM := hashedKeys(m, y)
		if got, want := share(hashedNearN, hashedNearM), share(nearN, nearM); got != want {
			t.Fatalf("%s and %s share a near key: hashed %v, clear %v", a, b, got, want)
		}
		if got, want := share(hashedLengthsN, hashedLengthsM), share(lengthsN, lengthsM); got != want {
			t.Fatalf("%s and %s share a length key: hashed %v, clear %v", a, b, got, want)
		}
		switch {
		case want && n.Digits != m.Digits:
			otherLength++
		case want:
			near++
		case n.Digits == m.Digits && n.Value != m.Value:
			sameLength++
		}
		if want && x.sorted(max(highest, 1)) == y.sorted(max(highest, 1)) {
			swapped++
		}
	})
	for name, count := range map[string]int{
		"near": near, "not near": sameLength, "of other lengths": otherLength, "swapped": swapped,
	} {
		if count == 0 && !testing.Short() {
			t.Errorf("no pair that is %s was drawn", name)
		}
	}
}

// TestHashedNumbersFollow goes through all last digits of two neighbours.
func TestHashedNumbersFollow(t *testing.T) {
	h := testHasher("a key")
	for last := range uint64(100) {
		n, _ := h.hashed(Number{Value: 3174010101909000 + last, Digits: 16})
		for step := range uint64(4) {
			_, near := h.hashed(Number{Value: 3174010101909000 + last + step, Digits: 16})
			want := step == 1 && last%10 != 0 && last%10 != 9
			if near.Follows(n.Value) != want {
				t.Errorf("the number %d after ...%02d: follows %v", step, last, !want)
			}
		}
	}
}

func read(t *rapid.T, text string) Number {
	value, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return Number{Value: value, Digits: uint8(len(text)), Trust: TrustDoubtful}
}

func FuzzNeighbourhood(f *testing.F) {
	f.Add(uint64(3174010101909001), uint64(3174010101909010))
	f.Add(uint64(3174010101909001), uint64(317401010190901))
	f.Add(uint64(953010101609001), uint64(9953010101609001))
	h := testHasher("a key")
	f.Fuzz(func(t *testing.T, a, b uint64) {
		a, b = a%(10*e16), b%(10*e16)
		if a < e12 || b < e12 || a == b {
			return
		}
		_, slip := NeighbourhoodOf(Number{Value: a, Digits: 16}, false, h).Slip(NeighbourhoodOf(Number{Value: b, Digits: 17}, false, h))
		if want := OneApart(a, b); slip != want {
			t.Fatalf("%d and %d: hashed %v, clear %v", a, b, slip, want)
		}
	})
}

// TestNeighbourhoodsOfTwoKeysShareNothing: hashes say nothing to who has another key.
func TestNeighbourhoodsOfTwoKeysShareNothing(t *testing.T) {
	n := ReadNIK("3174010101909001", false)
	a, x := testHasher("one").hashed(n)
	b, y := testHasher("two").hashed(n)
	if _, slip := x.Slip(y); a.Value == b.Value || slip || HashedOneApart(a, b, x, y) || x.SameButLast(y) {
		t.Error("two keys agree")
	}
	for p := 1; p < 16; p++ {
		if x.Blank(p) == y.Blank(p) || x.sorted(p) == y.sorted(p) {
			t.Errorf("two keys agree at place %d", p)
		}
	}
}

// TestNeighbourhoodHidesEqualDigits: what a number looks like without a key does
// not depend on its digits.
func TestNeighbourhoodHidesEqualDigits(t *testing.T) {
	h := testHasher("a key")
	for _, text := range []string{"3174010101909001", "3333331111119999", "0953010101609001"} {
		value, _ := parseDigits(text)
		near := NeighbourhoodOf(Number{Value: value, Digits: 16}, true, h)
		if len(near) != 1+4*(18+16+1)+6*17 || !near.Valid() {
			t.Errorf("%s: %d bytes", text, len(near))
		}
		seen := map[uint64]bool{}
		for _, key := range near.Lengths(nil) {
			if seen[key] {
				t.Errorf("%s: a hash comes twice", text)
			}
			seen[key] = true
		}
	}
}

func TestNeighbourhoodIsChecked(t *testing.T) {
	near := NeighbourhoodOf(ReadNIK("3174010101909001", false), true, testHasher("a key"))
	for _, bad := range []Neighbourhood{near[:1], near[:40], near[:len(near)-1], "\x03" + near[1:], "\x40" + near[1:]} {
		if bad.Valid() {
			t.Errorf("%d bytes with %d places pass", len(bad), bad.places())
		}
	}
}

func BenchmarkSlip(b *testing.B) {
	h := testHasher("a key")
	x := NeighbourhoodOf(ReadNIK("3174010101909001", false), true, h)
	y := NeighbourhoodOf(ReadNIK("3174010111909002", false), true, h)
	b.ReportAllocs()
	for b.Loop() {
		x.Slip(y)
	}
}
