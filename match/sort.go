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

// sortKeyed sorts by key, then row, in place.
func sortKeyed(items []keyed) { sortDigits(items, 56) }

// fewItems is the number of items up to which an insertion sort is the fastest.
const fewItems = 24

// sortDigits sorts items that differ in the byte of the key at shift and in what
// follows it only: a radix sort, most significant byte first, so that its parts
// soon fit into the caches.
func sortDigits(items []keyed, shift int) {
	if len(items) <= fewItems {
		insertionSort(items)
		return
	}
	if shift < 0 {
		slices.SortFunc(items, func(a, b keyed) int { return cmp.Compare(a.row, b.row) })
		return
	}
	var ends [256]int32
	for i := range items {
		ends[byte(items[i].key>>shift)]++
	}
	if int(ends[byte(items[0].key>>shift)]) == len(items) { // every key has the same byte here
		sortDigits(items, shift-8)
		return
	}
	for v := 1; v < 256; v++ {
		ends[v] += ends[v-1]
	}
	permute(items, shift, &ends)
	from := int32(0)
	for _, to := range ends {
		if to-from > 1 {
			sortDigits(items[from:to], shift-8)
		}
		from = to
	}
}

// permute brings each item to the part of its byte (the American flag sort of
// McIlroy, Bostic and McIlroy 1993). ends holds where the parts end.
func permute(items []keyed, shift int, ends *[256]int32) {
	var next [256]int32
	copy(next[1:], ends[:])
	for v := range next {
		for next[v] < ends[v] {
			item := items[next[v]]
			for d := byte(item.key >> shift); int(d) != v; d = byte(item.key >> shift) {
				item, items[next[d]] = items[next[d]], item
				next[d]++
			}
			items[next[v]] = item
			next[v]++
		}
	}
}

// insertionSort sorts a few items by key, then row.
func insertionSort(items []keyed) {
	for i := 1; i < len(items); i++ {
		item, j := items[i], i
		for ; j > 0 && (items[j-1].key > item.key || items[j-1].key == item.key && items[j-1].row > item.row); j-- {
			items[j] = items[j-1]
		}
		items[j] = item
	}
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

// either calls visit for each key that one of two sorted slices holds.
func either(central, regional []keyed, visit func(c, r []keyed)) {
	for len(central) > 0 || len(regional) > 0 {
		key := ^uint64(0)
		for _, items := range [2][]keyed{central, regional} {
			if len(items) > 0 {
				key = min(key, items[0].key)
			}
		}
		i, j := lengthOf(central, key), lengthOf(regional, key)
		visit(central[:i], regional[:j])
		central, regional = central[i:], regional[j:]
	}
}

// lengthOf is the number of items with a key at the start of sorted ones.
func lengthOf(items []keyed, key uint64) int {
	n := 0
	for n < len(items) && items[n].key == key {
		n++
	}
	return n
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
			ei, ej := i+lengthOf(central[i:], a), j+lengthOf(regional[j:], a)
			visit(central[i:ei], regional[j:ej])
			i, j = ei, ej
		}
	}
}
