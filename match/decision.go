package match

import (
	"context"
	"slices"
)

// Decisions are what people decided about pairs of records. A run follows them
// whatever the evidence says.
type Decisions struct {
	Between []DecidedPair    // a central and a regional row
	Within  [2][]DecidedPair // two rows of one side
}

// DecidedPair is two rows and whether they are one person.
type DecidedPair struct {
	A, B int32
	Same bool
}

// decided is what a run keeps of the decisions.
type decided struct {
	within    [2]map[pairOfRows]bool // two rows of one side, the lower one first: whether they are one person
	between   []DecidedPair          // what follows for rows of both sides
	apart     map[pairOfRows]bool    // central and regional row that are two persons
	partner   [2]map[int32]int32     // the row that is the same person; NoRow where decisions contradict each other
	contested [][]DecidedPair        // decisions that contradict each other, a group each
}

// newDecided draws the conclusions: who is the same person as a third one is the
// same as the other, so that two records of one side that are one record of the
// other side are duplicates. Among records of which two are different persons
// nobody is the same as anybody.
func newDecided(d *Decisions) *decided {
	out := &decided{within: [2]map[pairOfRows]bool{{}, {}}, apart: map[pairOfRows]bool{}, partner: [2]map[int32]int32{{}, {}}}
	persons := newDecidedPersons(d)
	for side := range d.Within {
		for _, p := range d.Within[side] {
			if !p.Same {
				out.within[side][ordered(p.A, p.B)] = false
			}
		}
	}
	for _, p := range d.Between {
		if !p.Same {
			out.between = append(out.between, p)
		}
	}
	for _, rows := range persons.consistent() {
		for side := range rows {
			for _, row := range rows[side][min(1, len(rows[side])):] {
				out.within[side][ordered(rows[side][0], row)] = true
			}
		}
		if len(rows[Central]) > 0 && len(rows[Regional]) > 0 {
			out.between = append(out.between, DecidedPair{rows[Central][0], rows[Regional][0], true})
		}
	}
	out.contest(persons.contradictory())
	return out
}

func ordered(a, b int32) pairOfRows { return pairOfRows{min(a, b), max(a, b)} }

// contest leaves the pairs of persons about whom decisions contradict each other
// to a person.
func (d *decided) contest(pairs [][]DecidedPair) {
	for _, group := range pairs {
		for _, p := range group {
			d.partner[Central][p.A], d.partner[Regional][p.B] = NoRow, NoRow
		}
		d.contested = append(d.contested, group)
	}
}

// resolve applies the decisions about rows of both sides to the rows that stand
// for them, once those are known. One to one holds for people's decisions as well:
// what breaks it is contested, and so is a pair that is both the same and not.
func (d *decided) resolve(of [2]map[int32]int32) {
	standing := func(side Side, row int32) int32 {
		if best, aside := of[side][row]; aside {
			return best
		}
		return row
	}
	var same []DecidedPair
	for _, p := range d.between {
		pair := pairOfRows{standing(Central, p.A), standing(Regional, p.B)}
		if p.Same {
			same = append(same, DecidedPair{pair.a, pair.b, true})
		} else {
			d.apart[pair] = true
		}
	}
	slices.SortFunc(same, compareDecided)
	for _, group := range componentsOf(slices.Compact(same)) {
		p := group[0]
		_, contested := d.partner[Central][p.A]
		if len(group) == 1 && !d.apart[pairOfRows{p.A, p.B}] && !contested {
			d.partner[Central][p.A], d.partner[Regional][p.B] = p.B, p.A
			continue
		}
		d.contest([][]DecidedPair{group})
	}
}

// componentsOf groups pairs that share rows, in the order of their first pairs.
func componentsOf(pairs []DecidedPair) [][]DecidedPair {
	g := newGroups(len(pairs))
	first := map[[2]int32]int32{}
	for i, p := range pairs {
		for _, node := range [][2]int32{{0, p.A}, {1, p.B}} {
			if other, ok := first[node]; ok {
				g.unite(int32(i), other)
			} else {
				first[node] = int32(i)
			}
		}
	}
	position := map[int32]int{}
	var groups [][]DecidedPair
	for i, p := range pairs {
		root := g.find(int32(i))
		at, ok := position[root]
		if !ok {
			at = len(groups)
			position[root] = at
			groups = append(groups, nil)
		}
		groups[at] = append(groups[at], p)
	}
	return groups
}

// settles reports whether people decided about a pair, or about one of its rows
// together with another: then no evidence is asked.
func (d *decided) settles(central, regional int32) bool {
	if len(d.partner[Central]) == 0 && len(d.partner[Regional]) == 0 && len(d.apart) == 0 {
		return false
	}
	_, c := d.partner[Central][central]
	_, r := d.partner[Regional][regional]
	return c || r || d.apart[pairOfRows{central, regional}]
}

// areOne reports whether people decided that two rows are one person.
func (d *decided) areOne(central, regional int32) bool {
	partner, decided := d.partner[Central][central]
	return decided && partner == regional
}

// rowsApart lists the rows of each side of which people decided that somebody of
// the other side is not their person.
func (d *decided) rowsApart() (rows [2]map[int32]bool) {
	rows = [2]map[int32]bool{{}, {}}
	for p := range d.apart {
		rows[Central][p.a], rows[Regional][p.b] = true, true
	}
	return rows
}

// honour makes the pairs that people decided to be one person candidates that
// nothing competes with.
func (r *run) honour(ctx context.Context) error {
	var pairs []uint64
	for central, regional := range r.decided.partner[Central] {
		if regional != NoRow {
			pairs = append(pairs, packPair(central, regional, ruleDecision))
		}
	}
	slices.Sort(pairs)
	if len(pairs) == 0 {
		return ctx.Err()
	}
	c := newComparer(r.central.dictionary)
	for _, packed := range pairs {
		found := r.decidedCandidate(c, packed)
		r.candidates = append(r.candidates, found)
		r.settled[Central][found.central], r.settled[Regional][found.regional] = true, true
	}
	count := RuleCount{Rule: ruleDecision, Pairs: int64(len(pairs)), New: int64(len(pairs))}
	if r.options.OnRule != nil {
		r.options.OnRule(count)
	}
	r.counts = append(r.counts, count)
	return ctx.Err()
}

// decidedCandidate weighs a pair for the record of what was known, whatever it
// weighs.
func (r *run) decidedCandidate(c *comparer, packed uint64) candidate {
	i, j, rule := unpackPair(packed)
	p := c.compare(r.rarity, r.central, i, r.regional, j)
	weights, weight := r.weigher.weigh(&p)
	return candidate{i, j, rule, accept, KindNone, p.vector, weights, weight}
}

// addContested records the decisions that contradict each other as conflicts.
func (r *run) addContested(res *Result) {
	if len(r.decided.contested) == 0 {
		return
	}
	c := newComparer(r.central.dictionary)
	for _, group := range r.decided.contested {
		pairs := make([]candidate, len(group))
		for k, p := range group {
			pairs[k] = r.decidedCandidate(c, packPair(p.A, p.B, ruleDecision))
		}
		res.addBlocking(Contested, pairs)
	}
}

// groupsOf groups the rows of a side that are one person. Where that would unite
// two rows that people decided to be two, only what people decided unites.
func groupsOf(rows int, same []pairOfRows, decided map[pairOfRows]bool) *groups {
	g := newGroups(rows)
	for _, p := range same {
		g.unite(p.a, p.b)
	}
	torn := map[int32]bool{}
	for p, one := range decided {
		if !one && g.find(p.a) == g.find(p.b) {
			torn[g.find(p.a)] = true
		}
	}
	if len(torn) == 0 {
		return g
	}
	whole := newGroups(rows)
	for _, p := range same {
		if !torn[g.find(p.a)] || decided[p] {
			whole.unite(p.a, p.b)
		}
	}
	return whole
}
