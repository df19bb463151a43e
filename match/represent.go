package match

import "slices"

// setAside chooses, in each group of records of one person, the one that stands
// for all: the best NIK, then the one in the kelurahan where the other side has
// that NIK, then the most complete, then the first.
func (r *run) setAside(t *Table, d *duplicates) {
	groups := groupsOf(t.Len(), d.same, r.decided.within[t.side])
	members := map[int32][]int32{}
	for i := range int32(t.Len()) {
		if root := groups.find(i); root != i {
			members[root] = append(members[root], i)
		}
	}
	roots := make([]int32, 0, len(members))
	for root := range members {
		roots = append(roots, root)
	}
	slices.Sort(roots)
	groupOf := func(root int32) []int32 { return slices.Sorted(slices.Values(append(members[root], root))) }
	homes := map[uint64]uint64{}
	for _, root := range roots {
		for _, i := range groupOf(root) {
			homes[t.rows[i].nik] = 0
		}
	}
	r.counterpart(t).homesOf(homes)
	c := newComparer(t.dictionary)
	for _, root := range roots {
		group := groupOf(root)
		best := group[0]
		for _, i := range group[1:] {
			if t.rows[i].standing(homes) > t.rows[best].standing(homes) {
				best = i
			}
		}
		for _, i := range group {
			if i != best {
				d.aside[i] = true
				d.of = append(d.of, r.duplicateOf(c, t, i, best))
			}
		}
	}
	slices.SortFunc(d.of, func(a, b DuplicateOf) int { return int(a.Record) - int(b.Record) })
}

func (r *run) duplicateOf(c *comparer, t *Table, i, best int32) DuplicateOf {
	p := c.compare(r.rarity, t, i, t, best)
	_, weight := r.weigher.weigh(&p)
	kind := DuplicatePerson
	switch {
	case p.ra.source != p.rb.source && p.vector[CompareArea] != Missing && p.vector[CompareArea] < AreaKecamatan:
		kind = ClaimedByTwoRegions
	case p.vector[CompareNIK] == NIKSame:
		kind = DuplicateNIK
	}
	return DuplicateOf{Record: i, Of: best, Kind: kind, Vector: p.vector, Weight: weight - duplicatePriorBits}
}

// counterpart returns the table of the other side.
func (r *run) counterpart(t *Table) *Table {
	if t == r.central {
		return r.regional
	}
	return r.central
}

// homesOf fills in, for each NIK of a map, the area of the table's record with
// that NIK.
func (t *Table) homesOf(areas map[uint64]uint64) {
	for i := range t.rows {
		if r := &t.rows[i]; r.wholeNIK() {
			if _, wanted := areas[r.nik]; wanted {
				areas[r.nik] = r.area
			}
		}
	}
}

// standing ranks the records of one person: a whole NIK before all else. homes
// holds, by NIK, where the other side has the person.
func (r *row) standing(homes map[uint64]uint64) int {
	n := int(r.nikTrust) * 1000
	if r.area != 0 && r.area == homes[r.nik] {
		n += 100
	}
	for _, has := range []bool{
		r.kkTrust == 2, r.birth != 0, r.sex != 0, r.area%10_000 != 0, r.rt != 0, r.street != 0, r.mother != 0,
	} {
		if has {
			n += 5
		}
	}
	return n + int(r.wordsLen)
}
