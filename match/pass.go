package match

import (
	"context"
	"slices"
)

// pass is a stretch of the rows of a blocker's central table, to the last one if
// to is 0; only their pairs are made.
type pass struct{ from, to int32 }

func (p pass) holds(row int32) bool { return row >= p.from && (p.to == 0 || row < p.to) }

// eachPass makes the distinct pairs of some rules and visits them in order: all at
// once or, where they are more than the blocker's limit, those of one stretch of
// central rows after the other. It returns what each rule contributed; onRule, if
// not nil, is told as soon as it is known.
func (b *blocker) eachPass(ctx context.Context, rules []blockingRule, onRule func(RuleCount), visit func(pairs []uint64) error) ([]RuleCount, error) {
	counts := make([]RuleCount, len(rules))
	for b.pass = (pass{}); ; b.pass = (pass{from: b.pass.to}) {
		b.full = b.limit
		for i, rule := range rules {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			count := b.block(rule)
			if b.pass.from > 0 {
				continue // every pass finds the same
			}
			counts[i] = count
			if onRule != nil {
				onRule(count)
			}
		}
		if b.sift != nil {
			var err error
			if b.pairs, err = b.sift(b.pairs); err != nil {
				return nil, err
			}
		}
		if err := visit(b.distinct(counts)); err != nil {
			return nil, err
		}
		if b.pass.to == 0 {
			return counts, nil
		}
	}
}

// add appends a pair if its central row belongs to the pass.
func (b *blocker) add(c, r int32, rule uint8) {
	if !b.pass.holds(c) {
		return
	}
	b.pairs = append(b.pairs, packPair(c, r, rule))
	if b.limit > 0 && len(b.pairs) >= b.full {
		b.shorten()
	}
}

// shorten keeps each pair once and, if that does not make room, ends the pass at
// an earlier row; it keeps one row at least, whatever its pairs.
func (b *blocker) shorten() {
	b.pairs = firstOfEach(sortPairs(b.pairs))
	if half := b.limit / 2; len(b.pairs) > half {
		row, _, _ := unpackPair(b.pairs[half])
		b.pass.to = max(row, b.pass.from+1)
		end, _ := slices.BinarySearch(b.pairs, packPair(b.pass.to, 0, 0))
		b.pairs = b.pairs[:end]
	}
	b.full = max(b.limit, 2*len(b.pairs))
}
