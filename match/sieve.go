package match

import "math/bits"

// sieve tells keys that were seen from most that were not: a set of hashed keys
// that takes some for others.
type sieve struct {
	shift uint
	seen  []uint64
}

// sieveBits is how many bits a sieve has for each key at least.
const sieveBits = 8

func newSieve(keys int) sieve {
	size := bits.Len(uint(max(64, keys*sieveBits)))
	return sieve{shift: uint(64 - size), seen: make([]uint64, 1<<(size-6))}
}

// add reports whether the key may have been seen before.
func (s *sieve) add(key uint64) bool {
	at := key >> s.shift
	word, bit := &s.seen[at>>6], uint64(1)<<(at&63)
	before := *word&bit != 0
	*word |= bit
	return before
}

func (s *sieve) has(key uint64) bool {
	at := key >> s.shift
	return s.seen[at>>6]>>(at&63)&1 != 0
}

// sieveOf holds the keys of items.
func sieveOf(items []keyed) sieve {
	s := newSieve(len(items))
	for i := range items {
		s.add(items[i].key)
	}
	return s
}

// repeated holds the keys that stand twice at least among items.
func repeated(items []keyed) sieve {
	once, twice := newSieve(len(items)), newSieve(len(items))
	for i := range items {
		if key := items[i].key; once.add(key) {
			twice.add(key)
		}
	}
	return twice
}

// sift keeps the items whose key may be in the sieve, in place.
func (s *sieve) sift(items []keyed) []keyed {
	kept := items[:0]
	for _, k := range items {
		if s.has(k.key) {
			kept = append(kept, k)
		}
	}
	return kept
}
