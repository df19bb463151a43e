package match

// localWords holds how rare name words are inside single kota, where that is
// less than overall: a name may be everybody's in one kota and nobody's in the
// next.
type localWords map[uint64][]float32 // by kota, then word id: bits

// A kota has its own frequencies if it holds this share of all records, and a
// word if this many of them bear it.
const (
	leastLocalShare = 0.02
	leastLocalCount = 30
)

// kota is the Kemendagri code of the row's kota, 0 if it is unknown.
func (r *row) kota() uint64 {
	if k := r.area / 1_000_000; k%100 != 0 {
		return k
	}
	return 0
}

// newLocalWords counts the words of each large kota; overall holds their bits in
// both tables together.
func newLocalWords(overall []float32, tables ...*Table) localWords {
	sizes, total := map[uint64]int{}, 0
	for _, t := range tables {
		total += t.Len()
		for i := range t.rows {
			sizes[t.rows[i].kota()]++
		}
	}
	counts := map[uint64][]uint32{}
	for kota, n := range sizes {
		if kota != 0 && float64(n) >= leastLocalShare*float64(total) {
			counts[kota] = make([]uint32, len(overall))
		}
	}
	for _, t := range tables {
		for i := range t.rows {
			if count := counts[t.rows[i].kota()]; count != nil {
				for _, id := range t.nameWords(&t.rows[i]) {
					count[id]++
				}
			}
		}
	}
	local := make(localWords, len(counts))
	for kota, count := range counts {
		bits := make([]float32, len(overall))
		for id := range bits {
			bits[id] = overall[id]
			if count[id] >= leastLocalCount {
				bits[id] = min(bits[id], bitsOf(count[id], float64(sizes[kota])))
			}
		}
		local[kota] = bits
	}
	return local
}

// wordBits returns the rarity of each word for a pair: that of their kota if it
// is one.
func (s *rarity) wordBits(a, b *row) []float32 {
	if len(s.local) > 0 {
		if k := a.kota(); k != 0 && k == b.kota() {
			if bits := s.local[k]; bits != nil {
				return bits
			}
		}
	}
	return s.word
}
