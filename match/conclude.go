package match

import "slices"

// conclude turns the candidates into the result: assignment, conflicts,
// outcomes and reasons.
func (r *run) conclude() *Result {
	r.sortCandidates()
	res := &Result{Rules: r.counts}
	for side, t := range []*Table{r.central, r.regional} {
		res.Outcomes[side] = make([]Outcome, t.Len())
		res.Reasons[side] = make([]Reason, t.Len())
		res.Duplicates[side] = r.duplicates[side].of
		for i, aside := range r.duplicates[side].aside {
			if aside {
				res.Outcomes[side][i] = Duplicate
			}
		}
	}
	contenders, clashes := r.split()
	chosen := r.assign(contenders)
	res.Links = make([]Link, 0, len(chosen.links))
	for _, e := range chosen.links {
		if c := &contenders[e]; c.verdict == accept {
			res.Links = append(res.Links, c.link())
			res.Outcomes[Central][c.central] = Matched
			res.Outcomes[Regional][c.regional] = Matched
		}
	}
	for _, e := range chosen.links {
		if c := &contenders[e]; c.verdict == review {
			res.addBlocking(Review, []candidate{*c})
		}
	}
	for _, tie := range chosen.ties {
		competing := make([]candidate, len(tie))
		for k, e := range tie {
			competing[k] = contenders[e]
		}
		res.addBlocking(kindOfTie(competing), competing)
	}
	r.addContested(res)
	r.addClashes(res, clashes)
	if r.options.Lookup {
		r.addReasons(res)
		res.sortConflicts()
		return res
	}
	together( // of the result, the households read the outcomes and links only
		func() {
			r.addReasons(res)
			r.addRemarks(res)
			res.sortConflicts()
		},
		func() { r.addHouseholds(res) },
	)
	return res
}

// assign chooses among the contenders. In a lookup they compete for their regional
// record only.
func (r *run) assign(contenders []candidate) assignment {
	if !r.options.Lookup {
		return assign(contenders, r.central.Len(), r.regional.Len(), r.model.Margin)
	}
	apart := slices.Clone(contenders)
	for i := range apart {
		apart[i].central = int32(i)
	}
	return assign(apart, len(apart), r.regional.Len(), r.model.Margin)
}

// sortCandidates puts candidates in canonical order and keeps each pair once,
// with the evidence that weighs most.
func (r *run) sortCandidates() {
	order := make([]keyed, len(r.candidates))
	for i := range r.candidates {
		c := &r.candidates[i]
		order[i] = keyed{packPair(c.central, c.regional, 0), int32(i)}
	}
	sortKeyed(order)
	sorted := make([]candidate, 0, len(order))
	runs(order, func(from, to int) {
		best := order[from].row
		for _, k := range order[from+1 : to] {
			if r.candidates[k.row].weight > r.candidates[best].weight {
				best = k.row
			}
		}
		sorted = append(sorted, r.candidates[best])
	})
	r.candidates = sorted
}

// split tells the candidates that compete for a link from those that contradict
// themselves.
func (r *run) split() (contenders, clashes []candidate) {
	contenders = make([]candidate, 0, len(r.candidates))
	for i := range r.candidates {
		if r.candidates[i].verdict == clash {
			clashes = append(clashes, r.candidates[i])
		} else {
			contenders = append(contenders, r.candidates[i])
		}
	}
	return contenders, clashes
}

// addClashes records the pairs whose evidence contradicts itself. They block what
// is still undecided. One NIK on two persons is also told where one of them is
// linked, unless a link shows whose NIK it is: then the other bearer's own side
// tells of it.
func (r *run) addClashes(res *Result, clashes []candidate) {
	owned := r.ownedNIKs(res, clashes)
	for i := range clashes {
		c := &clashes[i]
		switch {
		case (r.options.Lookup || res.undecided(Central, c.central)) && res.undecided(Regional, c.regional):
			res.addBlocking(c.kind, []candidate{*c})
		case c.kind == NIKSamePersonDiffers && !owned[r.central.rows[c.central].nik]:
			pair := c.link()
			res.Conflicts = append(res.Conflicts, pair.conflict(c.kind, ""))
		}
	}
}

// ownedNIKs lists the NIKs of clashes that both records of a link bear.
func (r *run) ownedNIKs(res *Result, clashes []candidate) map[uint64]bool {
	clashing := map[uint64]bool{}
	for i := range clashes {
		if c := &clashes[i]; c.kind == NIKSamePersonDiffers {
			clashing[r.central.rows[c.central].nik] = true
		}
	}
	owned := map[uint64]bool{}
	for i := range res.Links {
		l := &res.Links[i]
		if nik := r.central.rows[l.Central].nik; clashing[nik] && l.Vector[CompareNIK] == NIKSame {
			owned[nik] = true
		}
	}
	return owned
}

func (c *candidate) link() Link {
	return Link{
		Central: c.central, Regional: c.regional, Rule: c.rule, Vector: c.vector,
		Weights: c.weights, Weight: c.weight, Probability: Probability(c.weight),
	}
}

// undecided reports whether a record has neither a link nor stands aside.
func (res *Result) undecided(side Side, i int32) bool {
	o := res.Outcomes[side][i]
	return o == Unmatched || o == Conflicted
}

// kindOfTie names a tie by its shape.
func kindOfTie(competing []candidate) ConflictKind {
	records := recordsOf(competing, upTo(len(competing)))
	switch {
	case len(competing) == 1:
		return Review
	case len(records[Central]) == 1:
		return OneToMany
	case len(records[Regional]) == 1:
		return ManyToOne
	default:
		return Contested
	}
}

func upTo(n int) []int {
	indexes := make([]int, n)
	for i := range indexes {
		indexes[i] = i
	}
	return indexes
}

// addBlocking records a conflict that leaves its records without a link.
func (res *Result) addBlocking(kind ConflictKind, pairs []candidate) {
	records := recordsOf(pairs, upTo(len(pairs)))
	strongest := &pairs[0]
	for i := range pairs {
		if pairs[i].weight > strongest.weight {
			strongest = &pairs[i]
		}
	}
	res.Conflicts = append(res.Conflicts, Conflict{
		Kind: kind, Central: records[Central], Regional: records[Regional],
		Rule: strongest.rule, Vector: strongest.vector, Weights: strongest.weights, Weight: strongest.weight,
	})
	for side := range records {
		for _, i := range records[side] {
			if res.Outcomes[side][i] == Unmatched {
				res.Outcomes[side][i] = Conflicted
			}
		}
	}
}

// addReasons says of each unmatched record why it is unmatched.
func (r *run) addReasons(res *Result) {
	apart := r.decided.rowsApart()
	for side, t := range []*Table{r.central, r.regional} {
		for i := range t.rows {
			switch {
			case res.Outcomes[side][i] != Unmatched:
			case apart[side][int32(i)]:
				res.Reasons[side][i] = ReasonDecided
			default:
				res.Reasons[side][i] = r.reason(side, t, i)
			}
		}
	}
}

func (r *run) reason(side int, t *Table, i int) Reason {
	row := &t.rows[i]
	switch {
	case row.wordsLen == 0:
		return ReasonNameMissing
	case r.nikSeen[side][i]:
		return ReasonNIKTaken
	case r.near[side][i]:
		return ReasonBelowThreshold
	case !row.hasNIK():
		return ReasonNIKMissing
	case !row.wholeNIK():
		return ReasonNIKInvalid
	default:
		return ReasonNotFound
	}
}

// sortConflicts orders conflicts by kind, then by their first records.
func (res *Result) sortConflicts() {
	first := func(rows []int32) uint64 {
		if len(rows) == 0 {
			return 0
		}
		return uint64(rows[0]) + 1
	}
	order := make([]keyed, len(res.Conflicts))
	for i := range res.Conflicts {
		c := &res.Conflicts[i]
		key := uint64(c.Kind)<<58 | first(c.Central)<<29 | first(c.Regional)
		order[i] = keyed{key, int32(i)}
	}
	sortKeyed(order)
	sorted := make([]Conflict, len(order))
	for i := range order {
		sorted[i] = res.Conflicts[order[i].row]
	}
	res.Conflicts = sorted
}
