package store

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"padan/match"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/s2"
	"pgregory.net/rapid"
)

// drawLinks invents the links of one pack.
func drawLinks(t *rapid.T) []packedLink {
	links := make([]packedLink, rapid.IntRange(1, linksPerPack).Draw(t, "links"))
	central := int64(0)
	for i := range links {
		central += rapid.OneOf(rapid.Int64Range(1, 5), rapid.Int64Range(1, keyMask/linksPerPack)).Draw(t, "gap")
		weight := rapid.Float64().Draw(t, "weight")
		links[i] = packedLink{
			central: central, regional: rapid.Int64Range(0, keyMask).Draw(t, "regional"),
			rule: rapid.Int64Range(1, 1<<40).Draw(t, "rule"), weight: weight, probability: match.Probability(weight),
			evidence: rapid.SliceOfN(rapid.Byte(), 0, 60).Draw(t, "evidence"),
		}
		if rapid.IntRange(0, 9).Draw(t, "other") == 0 {
			links[i].probability = rapid.Float64Range(0, 1).Draw(t, "probability")
		}
	}
	return links
}

// packOf packs links that one pack takes.
func packOf(t *rapid.T, links []packedLink) *linkPack {
	pack := &linkPack{}
	for i := range links {
		if !pack.takes(links[i].central) {
			t.Fatalf("link %d is not taken", i)
		}
		pack.add(&links[i])
	}
	return pack
}

func TestLinkPackRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		links := drawLinks(t)
		pack := packOf(t, links)
		plain, ok := inflate(nil, s2.Encode(nil, pack.plain), maxLinkBytes)
		if !ok {
			t.Fatal("the block is damaged")
		}
		got, ok := cutLinks(nil, plain, pack.links, pack.first, pack.last)
		if !ok {
			t.Fatal("the pack is damaged")
		}
		if diff := cmp.Diff(links, got, cmp.AllowUnexported(packedLink{}), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		size := len(pack.plain)
		for i := range links {
			if math.Float64bits(links[i].probability) != math.Float64bits(match.Probability(links[i].weight)) {
				size -= 8
			}
			size -= len(links[i].evidence)
		}
		if size > len(links)*(8+6+6+7+1) {
			t.Fatalf("%d bytes beside evidence and probabilities of other versions", size)
		}
	})
}

func TestLinkPackTakes(t *testing.T) {
	var pack linkPack
	for i := range int64(linksPerPack) {
		if pack.takes(i+1) != true || i > 0 && pack.takes(i) {
			t.Fatalf("link %d", i)
		}
		pack.add(&packedLink{central: i + 1})
	}
	if pack.takes(linksPerPack + 1) {
		t.Error("a full pack takes another")
	}
	if pack.reset(); !pack.takes(1) {
		t.Error("an empty pack takes none")
	}
	for _, central := range []int64{5, 5, 6} { // the second is not taken
		pack.add(&packedLink{central: central})
	}
	if _, ok := cutLinks(nil, pack.plain, 3, 5, 6); ok {
		t.Error("two links of one record are taken for sound")
	}
}

// TestLinkPackDamage cuts, lengthens and changes packs: what is shorter or longer
// than it should be is an error, and nothing ends in a panic.
func TestLinkPackDamage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pack := packOf(t, drawLinks(t))
		cut := func(plain []byte, count int, first, last int64) bool {
			_, ok := cutLinks(nil, plain, count, first, last)
			return ok
		}
		at := rapid.IntRange(0, len(pack.plain)-1).Draw(t, "at")
		for what, sound := range map[string]bool{
			"cut":        cut(pack.plain[:at], pack.links, pack.first, pack.last),
			"longer":     cut(append(slices.Clone(pack.plain), 1), pack.links, pack.first, pack.last),
			"one less":   cut(pack.plain, pack.links-1, pack.first, pack.last),
			"one more":   cut(pack.plain, pack.links+1, pack.first, pack.last),
			"none":       cut(nil, 0, 0, 0),
			"below none": cut(nil, -1, 0, 0),
			"first":      cut(pack.plain, pack.links, pack.first+1, pack.last),
			"last":       cut(pack.plain, pack.links, pack.first, pack.last+1),
		} {
			if sound {
				t.Fatalf("%s: taken for sound", what)
			}
		}
		changed := slices.Clone(pack.plain)
		changed[at] ^= rapid.ByteRange(1, 255).Draw(t, "change")
		expectLinks(t, changed, pack)
		block := s2.Encode(nil, pack.plain)
		block[rapid.IntRange(0, len(block)-1).Draw(t, "block")] ^= rapid.ByteRange(1, 255).Draw(t, "change")
		if plain, ok := inflate(nil, block, maxLinkBytes); ok {
			expectLinks(t, plain, pack)
		}
	})
}

// expectLinks reads a changed pack: an error, or as many links in ascending order
// between the same ends.
func expectLinks(t *rapid.T, plain []byte, pack *linkPack) {
	links, ok := cutLinks(nil, plain, pack.links, pack.first, pack.last)
	if !ok {
		return
	}
	ascending := slices.IsSortedFunc(links, func(a, b packedLink) int { return int(a.central - b.central) })
	if len(links) != pack.links || !ascending || links[0].central != pack.first || links[len(links)-1].central != pack.last {
		t.Fatalf("%d links from %d to %d", len(links), links[0].central, links[len(links)-1].central)
	}
}

// FuzzPacks reads any bytes as each kind of pack.
func FuzzPacks(f *testing.F) {
	pack := linkPack{}
	for i := range int64(5) {
		pack.add(&packedLink{central: i*3 + 1, regional: 9 - i, rule: i, weight: float64(i), evidence: []byte{1, 2, 3}})
	}
	f.Add(s2.Encode(nil, pack.plain), pack.plain, 5)
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f}, bytes.Repeat([]byte{0xff}, 12), 1)
	f.Add([]byte(nil), []byte(nil), 0)
	f.Fuzz(func(t *testing.T, block, plain []byte, count int) {
		if inflated, ok := inflate(nil, block, maxLinkBytes); ok {
			if len(inflated) > maxLinkBytes {
				t.Errorf("%d bytes", len(inflated))
			}
			plain = inflated
		}
		if links, ok := cutLinks(nil, plain, count, 1, 13); ok && len(links) != count {
			t.Errorf("%d links instead of %d", len(links), count)
		}
		if ids, ok := cutRecords(nil, plain); ok && len(ids) == 0 {
			t.Error("a list of none")
		}
		cut := packCutter{rest: plain}
		for range count % 1000 {
			if row := cut.nextRow(); row < 0 || row > math.MaxInt32 {
				t.Errorf("row %d", row)
			}
			if data := cut.sized(); len(data) > len(plain) {
				t.Errorf("%d bytes", len(data))
			}
		}
	})
}
