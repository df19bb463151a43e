package match

import "context"

// sampleRandom counts the levels of seeded random pairs. What the model already
// takes for one person counts by the share of doubt that is left.
func (t *trainer) sampleRandom(ctx context.Context) error {
	n := t.options.SamplePairs
	chunks, err := inChunks(ctx, n, t.options.Workers, func() func(int, int) map[randomKey]int64 {
		c := newComparer(t.run.central.dictionary)
		return func(from, to int) map[randomKey]int64 { return t.compareRandom(c, from, to) }
	}, t.progress(n))
	if err != nil {
		return err
	}
	counts := map[randomKey]int64{}
	for _, chunk := range chunks {
		for key, pairs := range chunk {
			counts[key] += pairs
		}
	}
	t.random = newLevelCounts()
	for c := range ComparisonCount {
		for level := range LevelCount(c) {
			for doubt := range uint8(doubtSteps + 1) {
				share := float64(doubt) / doubtSteps
				t.random[c][level] += share * float64(counts[randomKey{c, uint8(level), doubt}])
			}
		}
	}
	t.training.RandomPairs = n
	return nil
}

// randomKey is what is counted of random pairs. doubt is the chance that they
// are two persons, in steps of 1/doubtSteps: whole counts do not depend on the
// order of adding.
type randomKey struct {
	comparison   Comparison
	level, doubt uint8
}

const doubtSteps = 100

func (t *trainer) compareRandom(c *comparer, from, to int) map[randomKey]int64 {
	counts := map[randomKey]int64{}
	central, regional := t.order[Central], t.order[Regional]
	for k := from; k < to; k++ {
		h := join(t.options.Seed, uint64(k))
		i := central[mix(h)%uint64(len(central))]
		j := regional[mix(h^polynomialBase)%uint64(len(regional))]
		p := c.compare(t.run.rarity, t.run.central, i, t.run.regional, j)
		_, weight := t.run.weigher.weigh(&p)
		doubt := uint8((1-Probability(weight))*doubtSteps + 0.5)
		for c, level := range p.vector {
			counts[randomKey{Comparison(c), level, doubt}]++
		}
	}
	return counts
}

func (t *trainer) progress(total int) func(done int) {
	if t.options.OnProgress == nil {
		return nil
	}
	return func(done int) { t.options.OnProgress(done, total) }
}

// equalShare returns the share of all pairs whose keys are equal, and the number
// of pairs that have both keys.
func (t *trainer) equalPairs(keys keyFunc) (equal, known float64) {
	c, r := everyKey(t.run.central, keys), everyKey(t.run.regional, keys)
	joined(c, r, func(c, r []keyed) { equal += float64(len(c)) * float64(len(r)) })
	return equal, float64(len(c)) * float64(len(r))
}

// sexKeys and relationKeys have one key for a value of few.
func sexKeys(t *Table, i int32, keys []uint64) []uint64 {
	return appendKey(keys, uint64(t.rows[i].sex))
}

func relationKeys(t *Table, i int32, keys []uint64) []uint64 {
	return appendKey(keys, uint64(t.rows[i].relation))
}
