package match

import (
	"iter"
	"slices"
)

// warmPairs is the number of pairs whose records are fetched before they are
// compared: with their words they fit into a core's first cache.
const warmPairs = 64

// warmed yields pairs whose records were fetched.
func (c *comparer) warmed(a, b *Table, pairs []uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for some := range slices.Chunk(pairs, warmPairs) {
			c.warm(a, b, some)
			for _, packed := range some {
				if !yield(packed) {
					return
				}
			}
		}
	}
}

// warm reads what the comparison of some pairs will need first. Records of a pair
// lie far apart in memory; loads that do not wait for one another overlap, while a
// comparison waits for each.
func (c *comparer) warm(a, b *Table, pairs []uint64) {
	sum := uint32(0)
	for _, packed := range pairs {
		i, j, _ := unpackPair(packed)
		ra, rb := &a.rows[i], &b.rows[j]
		sum += ra.names + uint32(ra.nikSex) + rb.names + uint32(rb.nikSex) // both cache lines of each
	}
	for _, packed := range pairs {
		i, j, _ := unpackPair(packed)
		ra, rb := &a.rows[i], &b.rows[j]
		if ra.wordsLen > 0 {
			sum += a.words[ra.names]
		}
		if rb.wordsLen > 0 {
			sum += b.words[rb.names]
		}
		sum += uint32(a.names[i].whole) + uint32(b.names[j].whole)
	}
	for _, packed := range pairs {
		i, j, _ := unpackPair(packed)
		for _, id := range a.nameWords(&a.rows[i]) {
			sum += uint32(c.dictionary.sketch[id].strict)
		}
		for _, id := range b.nameWords(&b.rows[j]) {
			sum += uint32(c.dictionary.sketch[id].strict)
		}
	}
	c.fetched += sum
}
