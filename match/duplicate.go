package match

import "context"

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
	same     []pairOfRows // one person
	doubtful []pairOfRows // one person, unless the household has twins
	of       []DuplicateOf
	aside    []bool       // by row: another record stands for it
	shared   []pairOfRows // one NIK on two different persons
	sharedAt []bool       // by row: its NIK stands on another person of the side too
	twins    []pairOfRows // two persons with one family card and birth date
	twinAt   []bool       // by row: it is one of twins
}

type pairOfRows struct{ a, b int32 }

// findDuplicates compares the records of one side with each other.
func (r *run) findDuplicates(ctx context.Context, t *Table) (*duplicates, error) {
	d := &duplicates{aside: make([]bool, t.Len()), sharedAt: make([]bool, t.Len()), twinAt: make([]bool, t.Len())}
	b := &blocker{central: t, regional: t, activeC: everyRow(t), within: true, limit: r.options.MaxPairs}
	_, err := b.eachPass(ctx, duplicateRules(), nil, func(pairs []uint64) error {
		chunks, err := r.comparePairsWithin(ctx, t, pairs)
		for _, found := range chunks {
			d.same = append(d.same, found.same...)
			d.doubtful = append(d.doubtful, found.doubtful...)
			d.shared = append(d.shared, found.shared...)
			d.twins = append(d.twins, found.twins...)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for p, same := range r.decided.within[t.side] {
		if same {
			d.same = append(d.same, p)
		}
	}
	for _, p := range d.shared {
		d.sharedAt[p.a], d.sharedAt[p.b] = true, true
	}
	return d, nil
}

func (r *run) comparePairsWithin(ctx context.Context, t *Table, pairs []uint64) ([]duplicates, error) {
	return inChunks(ctx, len(pairs), r.options.Workers, func() func(int, int) duplicates {
		c := newComparer(t.dictionary)
		return func(from, to int) (found duplicates) {
			for _, packed := range pairs[from:to] {
				a, b, _ := unpackPair(packed)
				p := c.compare(r.rarity, t, a, t, b)
				r.noteDuplicate(&found, &p)
			}
			return found
		}
	}, nil)
}

// noteDuplicate records what a pair of one side is.
func (r *run) noteDuplicate(found *duplicates, p *pair) {
	same, sharedNIK := r.judgeDuplicate(p)
	decidedSame, isDecided := r.decided.within[p.a.side][pairOfRows{p.i, p.j}]
	if isDecided {
		same, sharedNIK = false, !decidedSame && p.vector[CompareNIK] == NIKSame && p.ra.wholeNIK() && p.rb.wholeNIK()
	}
	rows := pairOfRows{p.i, p.j}
	if sharedNIK {
		found.shared = append(found.shared, rows)
	}
	v := &p.vector
	oneBirth := v[CompareKK] == KKSame && v[CompareBirthDate] >= BirthSameHeaped
	switch {
	case same && oneBirth && v[CompareName] < NameSame && v[CompareNIK] < NIKLostDigit:
		found.doubtful = append(found.doubtful, rows)
	case same:
		found.same = append(found.same, rows)
	case oneBirth && !decidedSame:
		found.twins = append(found.twins, rows)
	}
}

// standIns maps each row set aside to the row that stands for it.
func (d *duplicates) standIns() map[int32]int32 {
	of := make(map[int32]int32, len(d.of))
	for i := range d.of {
		of[d.of[i].Record] = d.of[i].Of
	}
	return of
}

// tellTwins decides the doubtful pairs of a side: where the other side has
// twins under the family card with that birth date, they are those.
func (d *duplicates) tellTwins(t, other *Table, twins []pairOfRows) {
	known := make(map[uint64]bool, len(twins))
	for _, p := range twins {
		known[other.rows[p.a].birthUnderCard()] = true
	}
	for _, p := range d.doubtful {
		if known[t.rows[p.a].birthUnderCard()] {
			d.twins = append(d.twins, p)
		} else {
			d.same = append(d.same, p)
		}
	}
	for _, p := range d.twins {
		d.twinAt[p.a], d.twinAt[p.b] = true, true
	}
}

func (r *row) birthUnderCard() uint64 { return join(r.kk, uint64(r.birth)) }

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
	case weight < r.model.Link, v[CompareName] < NameSimilar, p.birthDoubtful(),
		v[CompareNIK] == NIKDiffers && v[CompareKK] != KKSame, p.maybeSiblings(), p.twinNIKs() && !p.endsInZero():
		return false, false
	}
	return true, false
}

// birthDoubtful reports whether the birth dates of two records do not show one
// person; a near NIK under one family card may stand for one that is missing.
func (p *pair) birthDoubtful() bool {
	v := &p.vector
	return v[CompareBirthDate] < BirthNear &&
		(v[CompareBirthDate] != Missing || v[CompareKK] != KKSame || v[CompareNIK] < NIKLostDigit)
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
