package match

import "context"

// rejoin compares the members of two households again that a candidate pair
// connects although their family cards differ: who stands under the new card of
// a household, or moved house with it, is vouched for by another member (the
// household pass of historical censuses, Fu, Christen and Zhou 2014). A pair is
// never vouched for by one that shares a record with it.
func (r *run) rejoin(ctx context.Context) error {
	count := RuleCount{Rule: ruleHousehold}
	members := [2][]keyed{
		keyedRows(r.central, r.open(Central), cardKeys),
		keyedRows(r.regional, r.open(Regional), cardKeys),
	}
	b := &blocker{}
	ties := r.householdTies()
	runs(ties, func(from, to int) {
		first := &r.candidates[ties[from].row]
		central := membersOf(members[Central], r.central.rows[first.central].kk)
		regional := membersOf(members[Regional], r.regional.rows[first.regional].kk)
		pairs := int64(len(central)) * int64(len(regional))
		count.Pairs += pairs
		if pairs > maxBlock {
			count.Dropped += pairs
			return
		}
		for _, c := range central {
			for _, g := range regional {
				if r.vouched(ties[from:to], c.row, g.row) {
					b.pairs = append(b.pairs, packPair(c.row, g.row, ruleHousehold))
				}
			}
		}
	})
	if r.options.OnRule != nil {
		r.options.OnRule(count)
	}
	counts := []RuleCount{count}
	pairs := b.distinct(counts)
	r.counts = append(r.counts, counts...)
	found, err := r.compare(ctx, pairs)
	if err != nil {
		return err
	}
	r.collect(found)
	return nil
}

// householdTies lists the candidates that connect two different family cards,
// by the pair of cards.
func (r *run) householdTies() []keyed {
	var ties []keyed
	for i := range r.candidates {
		c := &r.candidates[i]
		a, b := &r.central.rows[c.central], &r.regional.rows[c.regional]
		level := levelKK(r.central, c.central, r.regional, c.regional)
		if c.verdict == clash || level != KKDiffer && level != KKNear {
			continue
		}
		ties = append(ties, keyed{join(a.kk, b.kk), int32(i)})
	}
	sortKeyed(ties)
	return ties
}

// membersOf returns the rows of a family card among rows sorted by cardKeys.
func membersOf(sorted []keyed, card uint64) []keyed {
	key := mix(card) | 1
	from := searchKey(sorted, key)
	to := from
	for to < len(sorted) && sorted[to].key == key {
		to++
	}
	return sorted[from:to]
}

// vouched reports whether a candidate of two other records is among the ties.
func (r *run) vouched(ties []keyed, central, regional int32) bool {
	for _, t := range ties {
		if c := &r.candidates[t.row]; c.central != central && c.regional != regional {
			return true
		}
	}
	return false
}
