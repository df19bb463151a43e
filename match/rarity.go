package match

import (
	"math"

	"padan/normalize"
)

// rarity knows how rare each value is among the records of a run: the term
// frequencies. What two records share says as much as it is rare (Fellegi and
// Sunter 1969; Winkler 2000). All values are in bits, -log2 of a probability.
type rarity struct {
	prior   float64      // log2 of the odds that a random pair is one person
	members float64      // mean number of persons of one side among whom a shared household leaves the choice
	name    [2][]float32 // by side and row: the whole name, in crude spelling
	word    []float32    // by word id
	local   localWords
	phrase  []float32 // by phrase id
	birth   map[normalize.Date]float32
	area    [AreaRT + 1]float64 // log2 of the chance that a random pair agrees at the level
	// sharedIdentifiers says that the identifiers of the sides are of one kind.
	sharedIdentifiers bool
}

// overlapGuess is the share of the larger side expected to stand on the other
// side; the prior is insensitive to it (a factor of two is one bit).
const overlapGuess = 0.8

func newRarity(central, regional *Table) *rarity {
	n := float64(central.Len() + regional.Len())
	r := &rarity{
		prior: math.Log2(overlapGuess / max(1, float64(max(central.Len(), regional.Len())))),
	}
	d := central.dictionary
	r.word = make([]float32, len(d.word))
	for i := range d.word {
		r.word[i] = bitsOf(d.word[i].count, n)
	}
	r.phrase = make([]float32, len(d.phrase))
	for i := range d.phrase {
		r.phrase[i] = bitsOf(d.phrase[i].count, n)
	}
	together(
		func() {
			r.local = newLocalWords(r.word, central, regional)
			r.name = r.nameRarity(central, regional, n)
		},
		func() {
			r.birth = birthRarity(central, regional)
			r.area = areaChance(central, regional)
			r.members = householdMembers(central, regional)
			r.sharedIdentifiers = shareIdentifiers(central, regional)
		},
	)
	return r
}

// bitsOf is the rarity of a value that count of n records hold. Two of the
// holders are the pair at hand, which is no evidence of the value's frequency.
func bitsOf(count uint32, n float64) float32 {
	others := max(0, float64(count)-2)
	return float32(-math.Log2((others + 0.5) / max(1, n)))
}

// birthRarity smooths the frequency of a date towards one in sixty years.
func birthRarity(central, regional *Table) map[normalize.Date]float32 {
	const weight, base = 500, 1.0 / (60 * 365)
	counts := map[normalize.Date]int{}
	total := 0
	for _, t := range []*Table{central, regional} {
		for i := range t.rows {
			if d := t.rows[i].birth; d != 0 {
				counts[d]++
				total++
			}
		}
	}
	bits := make(map[normalize.Date]float32, len(counts))
	for d, c := range counts {
		p := (max(0, float64(c)-2) + weight*base) / (float64(total) + weight)
		bits[d] = float32(-math.Log2(p))
	}
	return bits
}

// leastShared is the share of the identifiers of a side that must stand on the
// other side too, so that another one speaks against a pair.
const leastShared = 0.1

// shareIdentifiers reports whether both sides give persons numbers of one kind.
// Numbers of two registries hardly ever meet, and tell nothing.
func shareIdentifiers(central, regional *Table) bool {
	known := map[uint32]bool{}
	for _, f := range central.foreign {
		known[f.identifier] = f.identifier != 0
	}
	shared, present := 0, 0
	for _, f := range regional.foreign {
		if f.identifier != 0 {
			present++
		}
		if known[f.identifier] {
			shared++
		}
	}
	return float64(shared) > leastShared*float64(min(present, len(known)))
}

// nameRarity takes the frequency of the whole name where it was seen, and never
// less than the product of its words' frequencies.
func (s *rarity) nameRarity(central, regional *Table, n float64) [2][]float32 {
	var c, r []keyed
	together(func() { c = everyKey(central, nameKeys) }, func() { r = everyKey(regional, nameKeys) })
	bits := [2][]float32{make([]float32, central.Len()), make([]float32, regional.Len())}
	either(c, r, func(c, r []keyed) {
		whole := bitsOf(uint32(len(c)+len(r)), n)
		for side, named := range [2][]keyed{c, r} {
			for _, k := range named {
				bits[side][k.row] = whole
			}
		}
	})
	together(func() { s.boundByWords(bits[Central], central) }, func() { s.boundByWords(bits[Regional], regional) })
	return bits
}

// boundByWords lowers the bits of each name to the product of its words'
// frequencies.
func (s *rarity) boundByWords(bits []float32, t *Table) {
	for i := range t.rows {
		row := &t.rows[i]
		wordBits := s.wordBits(row, row)
		words := float32(0)
		for _, id := range t.nameWords(row) {
			words += wordBits[id]
		}
		bits[i] = min(bits[i], words)
	}
}

// areaKey returns the key of a row's area at a level, 0 where it is unknown. In
// other countries a postal code stands for a kecamatan and a state for a kota.
func (t *Table) areaKey(i int32, level uint8) uint64 {
	r := &t.rows[i]
	kelurahan := r.area
	if kelurahan%10_000 == 0 {
		kelurahan = 0
		if r.village != 0 {
			kelurahan = uint64(r.village) | 1<<40
		}
	}
	switch {
	case level == AreaRT && kelurahan != 0 && r.rt != 0 && r.rw != 0:
		return join(kelurahan, uint64(r.rt)<<16|uint64(r.rw))
	case level == AreaRW && kelurahan != 0 && r.rw != 0:
		return join(kelurahan, uint64(r.rw))
	case level == AreaKelurahan && kelurahan != 0:
		return join(kelurahan, 0)
	case level == AreaKecamatan && r.area/10_000%100 != 0:
		return join(r.area/10_000, 1)
	case level == AreaKota && r.area/1_000_000%100 != 0:
		return join(r.area/1_000_000, 2)
	}
	switch f := t.foreignOf(i); {
	case level == AreaKecamatan && f.postcode != 0:
		return join(uint64(f.postcode), 3)
	case level == AreaKota && f.state != 0:
		return join(uint64(f.state), 4)
	}
	return 0
}

// areaChance counts, for each level, how often a random pair agrees there and
// at no finer level, among pairs that both know the level.
func areaChance(central, regional *Table) [AreaRT + 1]float64 {
	var cumulative [AreaRT + 1]float64
	for level := AreaKota; level <= AreaRT; level++ {
		c, r := countKeys(central, level), countKeys(regional, level)
		agree, nc, nr := 0.0, 0.0, 0.0
		for k, n := range c {
			nc += float64(n)
			agree += float64(n) * float64(r[k])
		}
		for _, n := range r {
			nr += float64(n)
		}
		cumulative[level] = (agree + 1) / (nc*nr + 1/unknownChance[level])
	}
	var chance [AreaRT + 1]float64
	finer := 0.0
	for level := AreaRT; level >= AreaKota; level-- {
		p := cumulative[level]
		chance[level] = math.Log2(max(p-finer, p/20, 1e-9))
		finer = p
	}
	chance[AreaDiffers] = math.Log2(max(0.5, 1-cumulative[AreaKota]))
	return chance
}

// unknownChance is the chance of agreement assumed where nothing was counted.
var unknownChance = [AreaRT + 1]float64{
	AreaKota: 0.2, AreaKecamatan: 0.03, AreaKelurahan: 0.005, AreaRW: 5e-4, AreaRT: 5e-5,
}

func countKeys(t *Table, level uint8) map[uint64]int {
	counts := map[uint64]int{}
	for i := range int32(t.Len()) {
		if k := t.areaKey(i, level); k != 0 {
			counts[k]++
		}
	}
	return counts
}

// initialBits is what an initial that agrees says.
const initialBits = 3

// agreedBits adds the rarity of the words that agree, less what a typing error
// or an initial leaves open.
func agreedBits(f *alignment, x, y []uint32, rarity []float32) float64 {
	bits := 0.0
	for k := range min(len(x), maxNameWords) {
		p := f.partner[k]
		if p < 0 {
			continue
		}
		b := float64(min(rarity[x[k]], rarity[y[p]]))
		switch f.grade[k] {
		case spelled:
			bits += b
		case sounding:
			bits += max(0, b-1)
		case mistyped:
			bits += max(0, b-1)
		case initial:
			bits += initialBits
		case unlike, confusing:
		}
	}
	if f.crossed {
		bits--
	}
	return max(0, bits)
}
