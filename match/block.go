package match

import (
	"math/bits"
	"slices"
)

// candidate pairs are packed so that sorting them puts the records of one
// central row side by side and the earliest rule of a pair first.
const (
	ruleBits    = 8
	rowBits     = 28
	rowMask     = 1<<rowBits - 1
	regionShift = ruleBits
	centerShift = ruleBits + rowBits
)

// maxRows is the largest table a run accepts.
const maxRows = rowMask

func packPair(c, r int32, rule uint8) uint64 {
	return uint64(c)<<centerShift | uint64(r)<<regionShift | uint64(rule)
}

func unpackPair(p uint64) (c, r int32, rule uint8) {
	return int32(p >> centerShift), int32(p >> regionShift & rowMask), uint8(p)
}

// maxBlock is the number of pairs of one block above which it is refined.
const maxBlock = 4096

// blocker makes candidate pairs between two tables, or within one.
type blocker struct {
	central, regional *Table
	activeC, activeR  []int32    // rows that take part
	within            bool       // one table with itself: each pair once, lower row first
	keys              [2][]keyed // of the rule at hand; memory for the next
	limit             int        // of pairs held at a time; 0 = none
	full              int        // number of pairs at which the pass is shortened
	pass              pass
	// sift, if set, drops pairs that cannot matter. It is given those of a block
	// one after the other, whose records are near in memory.
	sift  func(pairs []uint64) ([]uint64, error)
	pairs []uint64
	count RuleCount
}

// block appends the pairs of one rule. Blocks of more than maxBlock pairs are
// split by the rule's further fields, where a row that lacks the field goes with
// every part; what is still too big then is left out and counted in
// RuleCount.Dropped.
func (b *blocker) block(rule blockingRule) RuleCount {
	if b.within {
		return b.blockWithin(rule)
	}
	b.count = RuleCount{Rule: rule.rule}
	shared := b.sharedKeys(rule)
	joined(shared[Central], shared[Regional], func(c, r []keyed) {
		b.count.Pairs += int64(len(c)) * int64(len(r))
		b.emit(c, r, rule, rule.refine)
	})
	return b.count
}

// lopsided is how many times as many rows as the other a side has from which on its
// keys are sifted while they are made.
const lopsided = 8

// sharedKeys returns the keys of both sides, sorted, without most of those that one
// side lacks.
func (b *blocker) sharedKeys(rule blockingRule) (shared [2][]keyed) {
	tables, rows := [2]*Table{b.central, b.regional}, [2][]int32{b.activeC, b.activeR}
	var seen [2]sieve
	makeKeys := func(side Side, wanted *sieve) func() {
		return func() {
			b.keys[side] = appendKeyed(b.keys[side], tables[side], rows[side], rule.keys, wanted)
			seen[side] = sieveOf(b.keys[side])
		}
	}
	small := Central
	if len(rows[Regional]) < len(rows[Central]) {
		small = Regional
	}
	if large := Regional - small; len(rows[large]) >= lopsided*len(rows[small]) {
		makeKeys(small, nil)()
		makeKeys(large, &seen[small])()
	} else {
		together(makeKeys(Central, nil), makeKeys(Regional, nil))
	}
	keepShared := func(side Side) func() {
		return func() {
			shared[side] = seen[Regional-side].sift(b.keys[side])
			sortKeyed(shared[side])
		}
	}
	together(keepShared(Central), keepShared(Regional))
	return shared
}

// blockWithin is block for the rows of one table among themselves.
func (b *blocker) blockWithin(rule blockingRule) RuleCount {
	b.count = RuleCount{Rule: rule.rule}
	b.keys[Central] = appendKeyed(b.keys[Central], b.central, b.activeC, rule.keys, nil)
	shared := repeated(b.keys[Central])
	items := shared.sift(b.keys[Central])
	sortKeyed(items)
	runs(items, func(from, to int) {
		n := int64(to - from)
		b.count.Pairs += n * (n - 1) / 2
		if n > 1 {
			b.emit(items[from:to], items[from:to], rule, rule.refine)
		}
	})
	return b.count
}

// keysSample is the number of rows after which the number of all keys is estimated.
const keysSample = 1024

// keyedRows returns the keys of the given rows, sorted.
func keyedRows(t *Table, rows []int32, keys keyFunc) []keyed {
	items := appendKeyed(nil, t, rows, keys, nil)
	sortKeyed(items)
	return items
}

// appendKeyed returns the keys of the given rows in the memory of items, which are
// gone; only those that may be among the wanted ones, if it is not nil.
func appendKeyed(items []keyed, t *Table, rows []int32, keys keyFunc, wanted *sieve) []keyed {
	items = items[:0]
	var scratch [64]uint64
	for n, i := range rows {
		if n == keysSample { // a rule may make many keys of a row
			items = slices.Grow(items, len(items)*(len(rows)/keysSample)*9/8)
		}
		for _, k := range keys(t, i, scratch[:0]) {
			if wanted == nil || wanted.has(k) {
				items = append(items, keyed{k, i})
			}
		}
	}
	return items
}

// emit adds the pairs of one block, or of its parts if it is too big.
func (b *blocker) emit(c, r []keyed, rule blockingRule, refine []keyFunc) {
	if len(c)*len(r) <= maxBlock {
		for i := range c {
			for j := range r {
				if b.within && c[i].row >= r[j].row {
					continue
				}
				b.add(c[i].row, r[j].row, rule.rule)
			}
		}
		return
	}
	if len(refine) == 0 {
		b.emitAlike(c, r, rule)
		return
	}
	b.count.Refined++
	partsC := keyedRows(b.central, rowsOf(c), refine[0])
	partsR := keyedRows(b.regional, rowsOf(r), refine[0])
	joined(partsC, partsR, func(c, r []keyed) { b.emit(c, r, rule, refine[1:]) })
	unknownC, knownC := apart(b.central, c, refine[0])
	unknownR, _ := apart(b.regional, r, refine[0])
	b.emit(unknownC, r, rule, refine[1:])
	b.emit(knownC, unknownR, rule, refine[1:])
}

// apart tells the rows of a block that lack a field, which may belong to any
// part of it, from those that have it.
func apart(t *Table, block []keyed, keys keyFunc) (without, with []keyed) {
	var scratch [64]uint64
	for _, k := range block {
		if len(keys(t, k.row, scratch[:0])) == 0 {
			without = append(without, k)
		} else {
			with = append(with, k)
		}
	}
	return without, with
}

func rowsOf(block []keyed) []int32 {
	rows := make([]int32, len(block))
	for i := range block {
		rows[i] = block[i].row
	}
	return rows
}

// emitAlike handles a block whose records agree in every field that could split
// it. Inside one list they are most likely one person listed many times: each is
// paired with the first and with the one before it, which is enough to unite
// them. Between two lists nothing tells which of them belong together.
func (b *blocker) emitAlike(c, r []keyed, rule blockingRule) {
	b.count.Dropped += int64(len(c)) * int64(len(r))
	if !b.within || c[0].row != r[0].row || len(c) != len(r) {
		return
	}
	for k := 1; k < len(c); k++ {
		b.add(c[0].row, c[k].row, rule.rule)
		if k > 1 {
			b.add(c[k-1].row, c[k].row, rule.rule)
		}
	}
}

// distinct sorts the collected pairs, keeps each pair once under its first
// rule, and counts what each rule contributed.
func (b *blocker) distinct(counts []RuleCount) []uint64 {
	pairs := firstOfEach(sortPairs(b.pairs))
	var fresh [ruleCount]int64
	for _, p := range pairs {
		fresh[uint8(p)]++
	}
	for i := range counts {
		counts[i].New += fresh[counts[i].Rule]
	}
	b.pairs = nil
	return pairs
}

// firstOfEach keeps of sorted pairs each once, under its first rule, in place.
func firstOfEach(sorted []uint64) []uint64 {
	return slices.CompactFunc(sorted, func(p, q uint64) bool { return p>>regionShift == q>>regionShift })
}

// sortPairs sorts by value (a radix sort, least significant byte first).
func sortPairs(pairs []uint64) []uint64 {
	used := uint64(0)
	for _, p := range pairs {
		used |= p
	}
	spare := make([]uint64, len(pairs))
	for shift := 0; shift < bits.Len64(used); shift += 8 {
		var at [257]int
		for _, p := range pairs {
			at[int(byte(p>>shift))+1]++
		}
		for v := range 256 {
			at[v+1] += at[v]
		}
		for _, p := range pairs {
			v := byte(p >> shift)
			spare[at[v]] = p
			at[v]++
		}
		pairs, spare = spare, pairs
	}
	return pairs
}
