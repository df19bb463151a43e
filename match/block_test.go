package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padan/normalize"
)

func TestSortKeyedIsAStableSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfN(rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 5), rapid.Uint64Range(0, 600)), 0, 400).Draw(t, "keys")
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
		if sortKeyed(items); !slices.Equal(items, want) {
			t.Fatalf("got %v, want %v", items, want)
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

// A record that lacks the field by which a big block is split goes with every
// part of it.
func TestRefinementKeepsWhoLacksTheField(t *testing.T) {
	persons := make([]normalize.Person, 100)
	for i := range persons {
		persons[i] = normalize.Person{Name: normalize.Name{Words: "SITI AMINAH"}, BirthDate: date(1950+i%50, 3, 9)}
	}
	persons[7].BirthDate = 0
	c, r := tablesOf(persons, persons)
	rows := make([]int32, len(persons))
	for i := range rows {
		rows[i] = int32(i)
	}
	b := &blocker{central: c, activeC: rows, regional: r, activeR: rows}
	count := b.block(blockingRule{ruleName, nameKeys, []keyFunc{birthKeys}})
	if count.Pairs != 10_000 || count.Refined != 1 || count.Dropped != 0 {
		t.Errorf("%+v", count)
	}
	partners := map[int32]int{}
	for _, p := range b.pairs {
		i, j, _ := unpackPair(p)
		if i == 7 || j == 7 {
			partners[i]++
		}
	}
	if len(partners) != 100 || partners[7] != 100 {
		t.Errorf("row 7 goes with %d rows, has %d candidates", len(partners), partners[7])
	}
}

// Where one side is much smaller, most keys of the other are not even kept; the
// blocks are the same.
func TestSharedKeysOfALopsidedRun(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	words := NewDictionary()
	many, few := NewTable(Central, words, 800), NewTable(Regional, words, 20)
	for i, p := range population(random, 800) {
		many.Add(&p, 0)
		if i%40 == 0 {
			changed := damage(random, p)
			few.Add(&changed, 0)
		}
	}
	blocks := func(c, r []keyed) [][2]int32 {
		var pairs [][2]int32
		joined(c, r, func(c, r []keyed) {
			for _, x := range c {
				for _, y := range r {
					pairs = append(pairs, [2]int32{x.row, y.row})
				}
			}
		})
		return pairs
	}
	found := 0
	for _, rule := range rowRules() {
		want := blocks(everyKey(many, rule.keys), everyKey(few, rule.keys))
		b := &blocker{central: many, regional: few, activeC: everyRow(many), activeR: everyRow(few)}
		shared := b.sharedKeys(rule)
		if got := blocks(shared[Central], shared[Regional]); !slices.Equal(got, want) {
			t.Errorf("rule %s: %d pairs, want %d", RuleCode(rule.rule), len(got), len(want))
		}
		turned := &blocker{central: few, regional: many, activeC: everyRow(few), activeR: everyRow(many)}
		shared = turned.sharedKeys(rule)
		if got := len(blocks(shared[Central], shared[Regional])); got != len(want) {
			t.Errorf("rule %s turned round: %d pairs, want %d", RuleCode(rule.rule), got, len(want))
		}
		if len(b.keys[Central]) > many.Len()/2 && len(want) < many.Len()/4 {
			t.Errorf("rule %s: %d keys are kept", RuleCode(rule.rule), len(b.keys[Central]))
		}
		found += len(want)
	}
	if found == 0 {
		t.Error("no pairs at all")
	}
}
