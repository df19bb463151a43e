package match

import (
	"context"
	"math"
	"slices"
)

// bounder tells pairs that weigh too little to matter from a bound on their
// weight, which costs a part of a comparison. It belongs to one worker.
type bounder struct {
	run      *run
	comparer *comparer
	// floor is the weight in bits up to which a pair changes nothing.
	floor float64
	area  [AreaRT + 1]float64 // weights by level
	// mostName is the greatest weight of a level of names, their rarity apart.
	mostName float64
}

// roundingBits is more than a sum of weights can be off.
const roundingBits = 0.01

func (r *run) newBounder() *bounder {
	b := &bounder{run: r, comparer: newComparer(r.central.dictionary), floor: r.model.Review - nearMiss - roundingBits}
	if r.options.OnPair != nil {
		b.floor = min(b.floor, PairFloor-roundingBits)
	}
	b.mostName = max(0, slices.Max(r.weigher.table[CompareName][1:]))
	for level := AreaDiffers; level <= AreaRT; level++ {
		b.area[level] = r.weigher.table[CompareArea][level] - r.rarity.area[level]
	}
	return b
}

// hopeless reports whether a pair weighs too little to be a link, a case for a
// person or somebody alike. It never is under one NIK, which says something
// whatever the weight.
func (b *bounder) hopeless(i, j int32) bool {
	r := b.run
	nik := levelNIK(r.central, i, r.regional, j)
	switch {
	case nik == NIKSame:
		return false
	case b.isBelow(i, j, nik):
		return true
	}
	p := b.comparer.compare(r.rarity, r.central, i, r.regional, j)
	_, weight := r.weigher.weigh(&p)
	return weight <= b.floor
}

// isBelow reports whether a bound on the weight is below the floor.
func (b *bounder) isBelow(i, j int32, nik uint8) bool {
	r := b.run
	ra, rb := &r.central.rows[i], &r.regional.rows[j]
	bits := r.rarity.prior + b.bits(CompareNIK, nik) + b.home(i, j) + b.birth(ra, rb) +
		b.bits(CompareSex, compareSex(ra.sex, rb.sex)) + b.bits(CompareRelation, compareRelation(ra.relation, rb.relation)) +
		b.text(CompareBirthPlace, ra.place, rb.place)
	if r.rarity.sharedIdentifiers {
		bits += b.identifier(r.central.foreignOf(i).identifier, r.regional.foreignOf(j).identifier)
	}
	return bits+b.names(i, j) <= b.floor || bits+b.name(i, j) <= b.floor
}

func (b *bounder) bits(c Comparison, level uint8) float64 {
	if level == Missing {
		return 0
	}
	return b.run.weigher.table[c][level]
}

// home bounds what the household says.
func (b *bounder) home(i, j int32) float64 {
	central, regional := b.run.central, b.run.regional
	ra, rb := &central.rows[i], &regional.rows[j]
	bits := b.bits(CompareKK, levelKK(central, i, regional, j)) + b.text(CompareMother, ra.mother, rb.mother)
	if level, known := areaLevel(ra, rb); known {
		if level != Missing {
			bits += b.area[level]
		}
	} else {
		bits += slices.Max(b.area[:])
	}
	level, known := b.comparer.dictionary.phraseLevel(ra.street, rb.street)
	if level == TextSame {
		level = sameStreet(ra, rb)
	}
	bits += b.upTo(CompareStreet, level, known)
	return min(bits, b.run.weigher.household)
}

func (b *bounder) birth(ra, rb *row) float64 {
	level := compareBirth(ra, rb)
	return b.bits(CompareBirthDate, level) + b.run.weigher.birthRarity(level, ra.birth)
}

// text bounds what two phrases say; equal ones weigh as much as they are rare.
func (b *bounder) text(c Comparison, x, y uint32) float64 {
	level, known := b.comparer.dictionary.phraseLevel(x, y)
	bits := b.upTo(c, level, known)
	if level == TextSame {
		rarity := b.run.rarity.phrase
		bits += float64(max(rarity[x], rarity[y]))
	}
	return bits
}

// upTo is the weight of a level of texts or, where it is not known, the most that
// the levels up to it weigh.
func (b *bounder) upTo(c Comparison, level uint8, known bool) float64 {
	bits := b.bits(c, level)
	if !known {
		bits = max(bits, b.bits(c, TextDiffers))
	}
	return bits
}

func (b *bounder) identifier(x, y uint32) float64 {
	level := b.comparer.compareIdentifier(x, y)
	bits := b.bits(CompareIdentifier, level)
	if level == IdentifierSame {
		bits += float64(b.run.rarity.phrase[x])
	}
	return bits
}

// names bounds what the names of two rows say from the sketches of their words.
func (b *bounder) names(i, j int32) float64 {
	c, g := b.run.central, b.run.regional
	x, y := c.nameWords(&c.rows[i]), g.nameWords(&g.rows[j])
	switch {
	case c.rows[i].extra || g.rows[j].extra: // the alias or the father's name may be the one that agrees
		return math.Inf(1)
	case c.names[i].whole == g.names[j].whole, b.comparer.mayJoin(x, y):
		return b.mostName + min(b.words(x), b.words(y))
	}
	agreed := b.partners(x, y)
	if agreed == 0 {
		return max(b.bits(CompareName, NameDiffers), b.bits(CompareName, NameWeak), 0)
	}
	return b.mostName + agreed
}

// words is the most that words which agree weigh, as they are or as initials.
func (b *bounder) words(ids []uint32) float64 {
	bits := 0.0
	for _, id := range ids {
		bits += max(initialBits, float64(b.run.rarity.word[id]))
	}
	return bits
}

// partners is words for the words of x that may have a partner in y.
func (b *bounder) partners(x, y []uint32) float64 {
	rarity, sketches := b.run.rarity.word, b.comparer.dictionary.sketch
	bits := 0.0
	for _, id := range x {
		most := 0.0
		for _, other := range y {
			if sketches[id].mayPair(&sketches[other]) {
				most = max(most, initialBits, float64(min(rarity[id], rarity[other])))
			}
		}
		bits += most
	}
	return bits
}

// name is what two names say, or a little more.
func (b *bounder) name(i, j int32) float64 {
	c, g := b.run.central, b.run.regional
	found := b.comparer.bestForms(b.run.rarity, c, i, g, j, b.comparer.compareWords)
	if found.level == NameDiffers {
		return max(b.bits(CompareName, NameDiffers), b.bits(CompareName, NameWeak))
	}
	return b.bits(CompareName, found.level) + b.run.weigher.nameRarity(c, i, g, j, found)
}

// hopeful keeps the pairs that may matter, in their order and in place.
func (r *run) hopeful(ctx context.Context, pairs []uint64) ([]uint64, error) {
	parts, err := inChunks(ctx, len(pairs), r.options.Workers, func() func(int, int) []uint64 {
		b := r.newBounder()
		return func(from, to int) []uint64 {
			kept := pairs[from:from]
			for packed := range b.comparer.warmed(r.central, r.regional, pairs[from:to]) {
				if i, j, _ := unpackPair(packed); !b.hopeless(i, j) {
					kept = append(kept, packed)
				}
			}
			return kept
		}
	}, nil)
	if err != nil {
		return nil, err
	}
	kept := pairs[:0]
	for _, part := range parts {
		kept = append(kept, part...)
	}
	return kept, nil
}
