package match

import (
	"cmp"
	"slices"
)

// sideRow is a row of either side.
type sideRow struct {
	side Side
	row  int32
}

// decidedPersons groups the rows that decisions make one person.
type decidedPersons struct {
	decisions *Decisions
	rows      []sideRow // all that decisions speak of, in order
	groups    *groups   // over rows
	torn      map[int32]bool
}

func newDecidedPersons(d *Decisions) *decidedPersons {
	p := &decidedPersons{decisions: d, torn: map[int32]bool{}}
	d.each(func(a, b sideRow, _ bool) { p.rows = append(p.rows, a, b) })
	slices.SortFunc(p.rows, compareSideRows)
	p.rows = slices.Compact(p.rows)
	p.groups = newGroups(len(p.rows))
	d.each(func(a, b sideRow, same bool) {
		if same {
			p.groups.unite(p.indexOf(a), p.indexOf(b))
		}
	})
	d.each(func(a, b sideRow, same bool) {
		if root := p.rootOf(a); !same && root == p.rootOf(b) {
			p.torn[root] = true
		}
	})
	return p
}

// each calls f with the two rows of every decision.
func (d *Decisions) each(f func(a, b sideRow, same bool)) {
	for _, p := range d.Between {
		f(sideRow{Central, p.A}, sideRow{Regional, p.B}, p.Same)
	}
	for _, side := range []Side{Central, Regional} {
		for _, p := range d.Within[side] {
			f(sideRow{side, p.A}, sideRow{side, p.B}, p.Same)
		}
	}
}

func compareSideRows(a, b sideRow) int {
	return cmp.Or(cmp.Compare(a.side, b.side), cmp.Compare(a.row, b.row))
}

func (p *decidedPersons) indexOf(r sideRow) int32 {
	i, _ := slices.BinarySearchFunc(p.rows, r, compareSideRows)
	return int32(i)
}

func (p *decidedPersons) rootOf(r sideRow) int32 { return p.groups.find(p.indexOf(r)) }

// consistent lists the rows of each person, by side and in order, about whom no
// decision says otherwise.
func (p *decidedPersons) consistent() [][2][]int32 {
	var persons [][2][]int32
	position := map[int32]int{}
	for i, r := range p.rows {
		root := p.groups.find(int32(i))
		if p.torn[root] {
			continue
		}
		at, ok := position[root]
		if !ok {
			at = len(persons)
			position[root] = at
			persons = append(persons, [2][]int32{})
		}
		persons[at][r.side] = append(persons[at][r.side], r.row)
	}
	return persons
}

// contradictory lists the pairs of both sides that are one person by one decision,
// where others say otherwise, a group for each such person.
func (p *decidedPersons) contradictory() [][]DecidedPair {
	var pairs []DecidedPair
	for _, d := range p.decisions.Between {
		if d.Same && p.torn[p.rootOf(sideRow{Central, d.A})] {
			pairs = append(pairs, d)
		}
	}
	slices.SortFunc(pairs, compareDecided)
	return componentsOf(slices.Compact(pairs))
}

func compareDecided(p, q DecidedPair) int {
	return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
}
