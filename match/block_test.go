package match

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSortKeyedIsAStableSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 5))).Draw(t, "keys")
		items := make([]keyed, len(keys))
		for i, k := range keys {
			items[i] = keyed{k, int32(i)}
		}
		want := slices.Clone(items)
		slices.SortStableFunc(want, func(a, b keyed) int {
			switch {
			case a.key < b.key:
				return -1
			case a.key > b.key:
				return 1
			}
			return 0
		})
		if got := sortKeyed(items, make([]keyed, len(items))); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestSortPairsSorts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOf(rapid.Uint64()).Draw(t, "pairs")
		want := slices.Clone(pairs)
		slices.Sort(want)
		if got := sortPairs(pairs); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestPackPairRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.Int32Range(0, maxRows).Draw(t, "c")
		r := rapid.Int32Range(0, maxRows).Draw(t, "r")
		rule := rapid.Uint8().Draw(t, "rule")
		gotC, gotR, gotRule := unpackPair(packPair(c, r, rule))
		if gotC != c || gotR != r || gotRule != rule {
			t.Fatalf("got %d %d %d, want %d %d %d", gotC, gotR, gotRule, c, r, rule)
		}
	})
}
