package match

import (
	"cmp"
	"slices"
)

// keyed is a record and one of its blocking keys; key 0 means "no key" and is
// never made.
type keyed struct {
	key uint64
	row int32
}

// sortKeyed sorts by key, keeping the order of rows within a key (a radix sort,
// least significant byte first). It returns the sorted slice, which is either
// items or spare; spare must be as long as items.
func sortKeyed(items, spare []keyed) []keyed {
	if len(items) < 2 {
		return items
	}
	spare = spare[:len(items)]
	var counts [8][256]int32
	for i := range items {
		k := items[i].key
		for b := range counts {
			counts[b][byte(k>>(8*b))]++
		}
	}
	for b := range counts {
		count, shift := &counts[b], 8*b
		if int(count[byte(items[0].key>>shift)]) == len(items) {
			continue // every key has the same byte here
		}
		at := int32(0)
		for v := range count {
			at, count[v] = at+count[v], at
		}
		for i := range items {
			v := byte(items[i].key >> shift)
			spare[count[v]] = items[i]
			count[v]++
		}
		items, spare = spare, items
	}
	return items
}

// searchKey returns the index of the first of the sorted items whose key is at
// least key.
func searchKey(items []keyed, key uint64) int {
	at, _ := slices.BinarySearchFunc(items, key, func(k keyed, key uint64) int { return cmp.Compare(k.key, key) })
	return at
}

// runs calls visit for each maximal stretch of items with one key.
func runs(items []keyed, visit func(from, to int)) {
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].key == items[from].key {
			to++
		}
		visit(from, to)
		from = to
	}
}

// joined calls visit for each key that both sorted slices hold.
func joined(central, regional []keyed, visit func(c, r []keyed)) {
	i, j := 0, 0
	for i < len(central) && j < len(regional) {
		switch a, b := central[i].key, regional[j].key; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			ei, ej := i+1, j+1
			for ei < len(central) && central[ei].key == a {
				ei++
			}
			for ej < len(regional) && regional[ej].key == a {
				ej++
			}
			visit(central[i:ei], regional[j:ej])
			i, j = ei, ej
		}
	}
}
