package match

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

// benchTables are two lists of the same 20,000 invented persons, a few of them
// damaged.
func benchTables() (*Table, *Table) {
	central, regional, _ := randomSides(1, 20_000)
	return tablesOf(central, regional)
}

func perItem(b *testing.B, items int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(items), "ns/item")
}

func BenchmarkSortKeyed(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	keys := make([]keyed, 1_000_000)
	for i := range keys {
		keys[i] = keyed{random.Uint64(), int32(i)}
	}
	items := make([]keyed, len(keys))
	for b.Loop() {
		copy(items, keys)
		sortKeyed(items)
	}
	perItem(b, len(keys))
}

func BenchmarkSortPairs(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	pairs := make([]uint64, 1_000_000)
	for i := range pairs {
		pairs[i] = packPair(random.Int32N(1_600_000), random.Int32N(1_600_000), uint8(random.UintN(uint(ruleCount))))
	}
	for b.Loop() {
		sortPairs(slices.Clone(pairs))
	}
	perItem(b, len(pairs))
}

func BenchmarkTypingErrors(b *testing.B) {
	for _, pair := range [][2]string{{"SUPARNI", "SUPARMI"}, {"NURHAYATI", "NURHIDAYATI"}, {"ZULFIKAR", "SUPARNI"}} {
		b.Run(pair[0]+"/"+pair[1], func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				typingErrors(pair[0], pair[1], 2)
			}
		})
	}
}

// BenchmarkDistance is of names written together, by the bits of a word and by the
// library.
func BenchmarkDistance(b *testing.B) {
	s, t := "DWINURYANTILESTARI", "DWYNURIYANTISUTARI"
	b.Run("bits", func(b *testing.B) {
		for b.Loop() {
			levenshteinBits(s, t)
		}
	})
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			distance(s+"É", t+"É")
		}
	})
}

func BenchmarkGradeWords(b *testing.B) {
	x, y := newWord("NURHAYATI"), newWord("NURHIDAYATI")
	b.ReportAllocs()
	for b.Loop() {
		gradeWords(&x, &y)
	}
}

func BenchmarkGradePhrases(b *testing.B) {
	x, y := newPhrase("KEMUNING RAYA DALAM"), newPhrase("KEMUNING DALAM")
	b.ReportAllocs()
	for b.Loop() {
		gradePhrases(&x, &y)
	}
}

func BenchmarkTableAdd(b *testing.B) {
	persons := population(rand.New(rand.NewPCG(1, 2)), 20_000)
	for b.Loop() {
		tablesOf(persons, nil)
	}
	perItem(b, len(persons))
}

func BenchmarkBlock(b *testing.B) {
	central, regional := benchTables()
	for _, rule := range rowRules() {
		b.Run(RuleCode(rule.rule), func(b *testing.B) {
			blocker := &blocker{central: central, regional: regional, activeC: everyRow(central), activeR: everyRow(regional)}
			for b.Loop() {
				blocker.pairs = blocker.pairs[:0]
				blocker.block(rule)
			}
			perItem(b, central.Len()+regional.Len())
		})
	}
}

// BenchmarkHopeful is of pairs that have little in common, as most of those that a
// rule makes of strangers.
func BenchmarkHopeful(b *testing.B) {
	central, regional := benchTables()
	r, err := newRun(central, regional, DefaultModel(), Options{Workers: 1})
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	made := make([]uint64, 1_000_000)
	for i := range made {
		made[i] = packPair(random.Int32N(int32(central.Len())), random.Int32N(int32(regional.Len())), ruleName)
	}
	pairs := make([]uint64, len(made))
	for b.Loop() {
		copy(pairs, made)
		if _, err := r.hopeful(context.Background(), pairs); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, len(made))
}

func BenchmarkRarity(b *testing.B) {
	central, regional := benchTables()
	countTexts(central, regional)
	for b.Loop() {
		newRarity(central, regional)
	}
	perItem(b, central.Len()+regional.Len())
}

func BenchmarkRun(b *testing.B) {
	central, regional := benchTables()
	for b.Loop() {
		if _, err := Run(context.Background(), central, regional, DefaultModel(), Options{}); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, central.Len()+regional.Len())
}
