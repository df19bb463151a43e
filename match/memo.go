package match

// memo remembers the grades of pairs of ids. It has a fixed size and forgets an
// old pair for a new one; since a grade depends on its pair alone, nothing else
// does.
type memo struct {
	pairs  []uint64
	grades []uint8
}

// memoSize is a power of two: a memory beyond the processor's own caches costs
// more than most grades.
const memoSize = 1 << 16

func newMemo() memo {
	return memo{pairs: make([]uint64, memoSize), grades: make([]uint8, memoSize)}
}

// grade returns the grade of two ids other than 0, in whichever order, from the
// memory or from compute.
func (m *memo) grade(a, b uint32, compute func(a, b uint32) uint8) uint8 {
	if a > b {
		a, b = b, a
	}
	pair := uint64(a)<<32 | uint64(b)
	at := mix(pair) & (memoSize - 1)
	if m.pairs[at] != pair {
		m.pairs[at], m.grades[at] = pair, compute(a, b)
	}
	return m.grades[at]
}
