package match

import (
	"context"
	"slices"
)

// duplicatePriorBits is how much rarer a second record of a person is inside
// one list than a record of the person on the other side.
const duplicatePriorBits = 5

// duplicateRules find records of one side that may be one person.
func duplicateRules() []blockingRule {
	return []blockingRule{
		{ruleNIK, nikKeys, []keyFunc{nameKeys, birthKeys}},
		{ruleCard, cardBirthKeys, []keyFunc{nameKeys}},
		{ruleNameBirth, nameBirthKeys, []keyFunc{kelurahanKeys, rtKeys}},
		{ruleNameArea, nameRTKeys, []keyFunc{birthKeys, houseKeys}},
	}
}

func cardBirthKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, cardKeys, birthKeys)
}

func nameRTKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, nameKeys, rtKeys)
}

// duplicates is what the search inside one side found.
type duplicates struct {
	of       []DuplicateOf
	aside    []bool       // by row: another record stands for it
	shared   []pairOfRows // one NIK on two different persons
	sharedAt []bool       // by row: its NIK stands on another person of the side too
	twinAt   []bool       // by row: another person of the side has its family card and birth date
}

type pairOfRows struct{ a, b int32 }

// findDuplicates compares the records of one side with each other.
func (r *run) findDuplicates(ctx context.Context, t *Table) (*duplicates, error) {
	pairs := r.pairsWithin(t)
	type found struct{ same, shared, twins []pairOfRows }
	chunks, err := inChunks(ctx, len(pairs), r.options.Workers, func() func(int, int) found {
		c := newComparer(t.dictionary)
		return func(from, to int) (f found) {
			for _, packed := range pairs[from:to] {
				a, b, _ := unpackPair(packed)
				p := c.compare(r.rarity, t, a, t, b)
				same, sharedNIK := r.judgeDuplicate(&p)
				if same {
					f.same = append(f.same, pairOfRows{a, b})
				}
				if sharedNIK {
					f.shared = append(f.shared, pairOfRows{a, b})
				}
				if !same && p.vector[CompareKK] == KKSame && p.vector[CompareBirthDate] >= BirthSameHeaped {
					f.twins = append(f.twins, pairOfRows{a, b})
				}
			}
			return f
		}
	}, nil)
	if err != nil {
		return nil, err
	}
	d := &duplicates{aside: make([]bool, t.Len()), sharedAt: make([]bool, t.Len()), twinAt: make([]bool, t.Len())}
	groups := newGroups(t.Len())
	for _, f := range chunks {
		for _, p := range f.same {
			groups.unite(p.a, p.b)
		}
		d.shared = append(d.shared, f.shared...)
		for _, p := range f.twins {
			d.twinAt[p.a], d.twinAt[p.b] = true, true
		}
	}
	for _, p := range d.shared {
		d.sharedAt[p.a], d.sharedAt[p.b] = true, true
	}
	r.setAside(t, groups, d)
	return d, nil
}

// pairsWithin makes the candidate pairs inside one side, lower row first.
func (r *run) pairsWithin(t *Table) []uint64 {
	rows := make([]int32, t.Len())
	for i := range rows {
		rows[i] = int32(i)
	}
	b := &blocker{central: t, regional: t, activeC: rows, within: true}
	var counts []RuleCount
	for _, rule := range duplicateRules() {
		counts = append(counts, b.blockWithin(rule))
	}
	return b.distinct(counts)
}

// judgeDuplicate tells whether two records of one side are one person, and
// whether they are two persons under one NIK.
func (r *run) judgeDuplicate(p *pair) (same, sharedNIK bool) {
	_, weight := r.weigher.weigh(p)
	weight -= duplicatePriorBits
	v := &p.vector
	if v[CompareNIK] == NIKSame {
		verdict, _ := r.model.judgeSameNIK(p, weight)
		same = verdict == accept
		return same, !same && p.ra.wholeNIK() && p.rb.wholeNIK()
	}
	switch {
	case weight < r.model.Link, v[CompareName] < NameSimilar, v[CompareBirthDate] < BirthNear,
		v[CompareNIK] == NIKDiffers && v[CompareKK] != KKSame, p.maybeSiblings(), p.twinNIKs():
		return false, false
	}
	return true, false
}

// setAside chooses, in each group of records of one person, the one that stands
// for all: the best NIK, then the one in the kelurahan where the other side has
// that NIK, then the most complete, then the first.
func (r *run) setAside(t *Table, groups *groups, d *duplicates) {
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

// groups is a union-find forest over rows; the root is the lowest row.
type groups struct{ parent []int32 }

func newGroups(n int) *groups {
	g := &groups{parent: make([]int32, n)}
	for i := range g.parent {
		g.parent[i] = int32(i)
	}
	return g
}

func (g *groups) find(i int32) int32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g *groups) unite(a, b int32) {
	a, b = g.find(a), g.find(b)
	if a > b {
		a, b = b, a
	}
	g.parent[b] = a
}
