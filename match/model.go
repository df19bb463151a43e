package match

import (
	"math"

	"padan/normalize"
)

// Model holds what a comparison vector is worth: for each comparison and level
// the probability m that a pair of records of one person shows it and the
// probability u that a pair of two persons does (Fellegi and Sunter 1969), and
// the thresholds of the decision. Where the run itself knows how rare a value
// is (names, dates, areas), its count replaces u.
type Model struct {
	Version int `json:"version"`
	// Link and Review are total weights in bits, prior included: from Link on
	// a pair is a link, from Review on a case for a person.
	Link   float64 `json:"link"`
	Review float64 `json:"review"`
	// Margin is the weight in bits by which a link must beat every other
	// assignment of its records; a smaller one is a tie.
	Margin float64                    `json:"margin"`
	M      [ComparisonCount][]float64 `json:"m"`
	U      [ComparisonCount][]float64 `json:"u"`
}

// DefaultModel returns the model that ships with padan, for lists that share
// most of their persons. The values of level Missing are not used.
func DefaultModel() *Model {
	return &Model{
		Version: 1, Link: 8, Review: -1, Margin: 3,
		M: [ComparisonCount][]float64{
			CompareNIK:        {0, .007, .05, .01, .02, .9},
			CompareKK:         {0, .15, .02, .05, .78},
			CompareName:       {0, .01, .01, .01, .01, .04, .06, .06, .08, .72},
			CompareBirthDate:  {0, .02, .01, .01, .03, .02, .03, .88},
			CompareSex:        {0, .01, .99},
			CompareArea:       {0, .08, .05, .05, .2, .12, .5},
			CompareStreet:     {0, .25, .15, .35, .25},
			CompareMother:     {0, .1, .15, .75},
			CompareBirthPlace: {0, .1, .05, .85},
			CompareRelation:   {0, .2, .8},
			CompareIdentifier: {0, .06, .06, .88},
		},
		U: [ComparisonCount][]float64{
			CompareNIK:        {0, .999, .1, 1.5e-5, 1.5e-4, 1e-6},
			CompareKK:         {0, .999, 2e-4, 4.4e-6, 4.4e-6},
			CompareName:       {0, .93, .16, .7, .01, 1, 4, 2, .3, 1},
			CompareBirthDate:  {0, .98, .014, .0005, .003, .0004, 1, 1},
			CompareSex:        {0, .5, .5},
			CompareArea:       {0, 1, 1, 1, 1, 1, 1},
			CompareStreet:     {0, .98, .01, .003, .0003},
			CompareMother:     {0, .98, .004, 1},
			CompareBirthPlace: {0, .7, .02, 1},
			CompareRelation:   {0, .7, .3},
			CompareIdentifier: {0, .998, 1e-3, 1},
		},
	}
}

// bits returns log2(m/u) of a level.
func (m *Model) bits(c Comparison, level uint8) float64 {
	return math.Log2(m.M[c][level] / m.U[c][level])
}

// weigher turns comparison vectors into weights for one run: the model's table
// of log2(m/u), and the run's own frequencies.
type weigher struct {
	table  [ComparisonCount][]float64
	rarity *rarity
	// household caps what a shared household can say: it leaves the choice
	// among its members open.
	household float64
}

func newWeigher(m *Model, r *rarity) *weigher {
	w := &weigher{rarity: r, household: max(2, -r.prior-math.Log2(r.members))}
	for c := range w.table {
		w.table[c] = make([]float64, len(m.M[c]))
		for level := 1; level < len(m.M[c]); level++ {
			w.table[c][level] = m.bits(Comparison(c), uint8(level))
		}
	}
	return w
}

// weigh returns the weight of each comparison and their sum with the prior, in
// bits. The comparisons that speak of the household together (family card,
// area, street, mother) are capped, and so is what the others add to them; the
// cap is taken from the last of them, so the parts always add up.
func (w *weigher) weigh(p *pair) (Weights, float64) {
	var parts [ComparisonCount]float64
	for c, level := range p.vector {
		if level != Missing {
			parts[c] = w.table[c][level]
		}
	}
	w.addRarity(p, &parts)
	home := capSum(&parts, w.household, CompareKK, CompareArea, CompareStreet, CompareMother)
	kinshipOf(p).limit(p, &parts, w.household-max(0, home))
	total := w.rarity.prior
	var weights Weights
	for c, bits := range parts {
		weights[c] = float32(bits)
		total += float64(weights[c])
	}
	return weights, total
}

// addRarity puts the frequency of the agreeing value in the place of u.
func (w *weigher) addRarity(p *pair, parts *[ComparisonCount]float64) {
	parts[CompareName] += w.nameRarity(p.a, p.i, p.b, p.j, nameMatch{p.vector[CompareName], p.agreed})
	parts[CompareBirthDate] += w.birthRarity(p.vector[CompareBirthDate], p.ra.birth)
	if p.vector[CompareIdentifier] == IdentifierSame {
		parts[CompareIdentifier] += float64(w.rarity.phrase[p.a.foreignOf(p.i).identifier])
	}
	if level := p.vector[CompareArea]; level != Missing {
		parts[CompareArea] -= w.rarity.area[level]
	}
	if p.vector[CompareMother] == TextSame {
		parts[CompareMother] += float64(w.rarity.phrase[p.ra.mother])
	}
	if p.vector[CompareBirthPlace] == TextSame {
		parts[CompareBirthPlace] += float64(min(w.rarity.phrase[p.ra.place], w.rarity.phrase[p.rb.place]))
	}
}

// nameRarity is what the frequency of the names adds to what their level weighs.
func (w *weigher) nameRarity(a *Table, i int32, b *Table, j int32, name nameMatch) float64 {
	switch {
	case name.level >= NameLoose:
		return max(float64(min(w.rarity.name[a.side][i], w.rarity.name[b.side][j])), name.agreed)
	case name.level >= NameCommon:
		return name.agreed
	default:
		return 0
	}
}

// birthRarity does the same for a birth date.
func (w *weigher) birthRarity(level uint8, date normalize.Date) float64 {
	if level == BirthSame || level == BirthSameHeaped {
		return float64(w.rarity.birth[date])
	}
	return 0
}

// Probability is the chance, 0-1, that a pair of this total weight in bits is one
// person. A Link's Probability is that of its Weight.
func Probability(weight float64) float64 { return 1 / (1 + math.Exp2(-weight)) }
