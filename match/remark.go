package match

import "padan/normalize"

// addRemarks names what must be corrected at the source although it blocks no
// link: differences between linked records, records that contradict their own
// NIK, shared NIKs and households that do not agree.
func (r *run) addRemarks(res *Result) {
	half := len(res.Links) / 2
	remarks := []func() []Conflict{
		func() []Conflict { return r.remarkLinks(res.Links[:half]) },
		func() []Conflict { return r.remarkLinks(res.Links[half:]) },
	}
	for i, t := range []*Table{r.central, r.regional} {
		side := Side(i)
		remarks = append(remarks,
			func() []Conflict { return remarkUnlinked(res.Outcomes[side], side, t) },
			func() []Conflict { return r.remarkSharedNIK(side, t) },
			func() []Conflict { return remarkHeads(res.Outcomes[side], side, t) },
		)
	}
	remarks = append(remarks,
		func() []Conflict { return r.remarkSplitCards(res, Central) },
		func() []Conflict { return r.remarkSplitCards(res, Regional) },
	)
	res.Conflicts = append(res.Conflicts, gather(remarks)...)
}

func (r *run) remarkLinks(links []Link) []Conflict {
	var remarks []Conflict
	for i := range links {
		remarks = r.remarkLink(remarks, &links[i])
	}
	return remarks
}

// remarkLink appends what there is to say of a link.
func (r *run) remarkLink(remarks []Conflict, l *Link) []Conflict {
	a, b := &r.central.rows[l.Central], &r.regional.rows[l.Regional]
	add := func(kind ConflictKind, proposed string) { remarks = append(remarks, l.conflict(kind, proposed)) }
	v := &l.Vector
	if v[CompareNIK] == NIKOneApart || v[CompareNIK] == NIKLostDigit {
		add(NIKNear, proposedNIK(a, b))
	}
	if r.twoNIKs(l.Central, l.Regional) {
		add(PersonSameNIKDiffers, "")
	}
	if v[CompareKK] == KKDiffer || v[CompareKK] == KKNear {
		add(KKDiffers, "")
	}
	if level := v[CompareBirthDate]; level != Missing && level <= BirthNear {
		add(BirthDateDiffers, "")
	}
	if v[CompareSex] == SexDiffer {
		add(SexDiffers, "")
	}
	swapped := crossed(a, b) || nearlyCross(r.central, l.Central, r.regional, l.Regional) // what stands as the NIK of one is none
	if !swapped && (a.contradictsBirth() || b.contradictsBirth()) {
		add(NIKBirthDateDiffers, "")
	}
	if !swapped && (a.contradictsSex() || b.contradictsSex()) {
		add(NIKSexDiffers, "")
	}
	if a.area%10_000 != 0 && b.area%10_000 != 0 && a.area != b.area {
		add(Moved, "")
	}
	if a.status != b.status && (a.status != normalize.StatusUnknown || b.status != normalize.StatusUnknown) {
		add(DeceasedOrMovedFlag, "")
	}
	if a.crossed || b.crossed || swapped {
		add(ColumnsSwapped, "")
	}
	return remarks
}

// conflict is a conflict of the two records of a pair.
func (l *Link) conflict(kind ConflictKind, proposed string) Conflict {
	return Conflict{
		Kind: kind, Central: []int32{l.Central}, Regional: []int32{l.Regional},
		Rule: l.Rule, Vector: l.Vector, Weights: l.Weights, Weight: l.Weight, Proposed: proposed,
	}
}

// twoNIKs reports whether two linked records bear two whole NIKs that no slip
// explains: one of them is then wrong, or another person's.
func (r *run) twoNIKs(i, j int32) bool {
	a, b := &r.central.rows[i], &r.regional.rows[j]
	return a.wholeNIK() && b.wholeNIK() && levelNIK(r.central, i, r.regional, j) <= NIKUnsure
}

// remarkUnlinked reports what is wrong with a record by itself where no link
// tells it.
func remarkUnlinked(outcomes []Outcome, side Side, t *Table) []Conflict {
	var remarks []Conflict
	for i := range t.rows {
		if o := outcomes[i]; o == Matched || o == Duplicate {
			continue
		}
		row := &t.rows[i]
		for _, remark := range [...]struct {
			kind ConflictKind
			is   bool
		}{
			{NIKBirthDateDiffers, row.contradictsBirth()},
			{NIKSexDiffers, row.contradictsSex()},
			{DeceasedOrMovedFlag, row.status != normalize.StatusUnknown},
			{ColumnsSwapped, row.crossed},
		} {
			if remark.is {
				remarks = append(remarks, within(remark.kind, side, []int32{int32(i)}, Conflict{}))
			}
		}
	}
	return remarks
}

// proposedNIK is the NIK of the record whose number is whole and agrees with
// its own birth date and sex, "" if neither or both do equally.
func proposedNIK(a, b *row) string {
	switch x, y := a.nikQuality(), b.nikQuality(); {
	case x > y:
		return a.nikNumber().Text()
	case y > x:
		return b.nikNumber().Text()
	default:
		return ""
	}
}

func (r *row) nikQuality() int {
	quality := 0
	if r.wholeNIK() {
		quality += 2
	}
	if r.birth != 0 && !r.contradictsBirth() {
		quality++
	}
	if r.sex != normalize.SexMissing && !r.contradictsSex() {
		quality++
	}
	return quality
}

// contradictsBirth reports whether the recorded birth date is another than the
// one inside the NIK, which states two digits of the year.
func (r *row) contradictsBirth() bool {
	d := r.birth
	if r.nikBirth == contradicted {
		return true
	}
	if r.nikBirth == 0 || d == 0 || d.Day() == 0 || d.Month() == 0 {
		return false
	}
	recorded := uint32(d.Day()*10_000 + d.Month()*100 + d.Year()%100)
	return recorded+1 != r.nikBirth
}

// contradictsNIK reports whether a record's own birth date or sex tells against
// its NIK, which then proves nothing against another record.
func (r *row) contradictsNIK() bool { return r.contradictsBirth() || r.contradictsSex() }

func (r *row) contradictsSex() bool {
	return r.nikSex != normalize.SexMissing && r.sex != normalize.SexMissing && r.sex != r.nikSex
}

// remarkSharedNIK reports two persons of one side under one NIK.
func (r *run) remarkSharedNIK(side Side, t *Table) []Conflict {
	var remarks []Conflict
	c := newComparer(t.dictionary)
	for _, pair := range r.duplicates[side].shared {
		p := c.compare(r.rarity, t, pair.a, t, pair.b)
		weights, weight := r.weigher.weigh(&p)
		remarks = append(remarks, within(DuplicateNIK, side, []int32{pair.a, pair.b}, Conflict{
			Rule: ruleNIK, Vector: p.vector, Weights: weights, Weight: weight,
		}))
	}
	return remarks
}

// within makes c a conflict among records of one side.
func within(kind ConflictKind, side Side, rows []int32, c Conflict) Conflict {
	c.Kind = kind
	if side == Central {
		c.Central = rows
	} else {
		c.Regional = rows
	}
	return c
}

// remarkHeads reports family cards of one side with more than one head.
func remarkHeads(outcomes []Outcome, side Side, t *Table) []Conflict {
	heads := make([]keyed, 0, t.Len()/4)
	for i := range t.rows {
		r := &t.rows[i]
		if r.relation == normalize.RelationHead && r.kkTrust == normalize.TrustFull && outcomes[i] != Duplicate {
			heads = append(heads, keyed{r.kk, int32(i)})
		}
	}
	sortKeyed(heads)
	var remarks []Conflict
	runs(heads, func(from, to int) {
		if to-from > 1 {
			remarks = append(remarks, within(KKManyHeads, side, rowsOf(heads[from:to]), Conflict{}))
		}
	})
	return remarks
}

// remarkSplitCards reports households of one side whose linked members stand
// under several family cards on the other.
func (r *run) remarkSplitCards(res *Result, side Side) []Conflict {
	members := make([]keyed, 0, len(res.Links))
	for i := range res.Links {
		a, b := &r.central.rows[res.Links[i].Central], &r.regional.rows[res.Links[i].Regional]
		if a.kkTrust != normalize.TrustFull || b.kkTrust != normalize.TrustFull {
			continue
		}
		card := a.kk
		if side == Regional {
			card = b.kk
		}
		members = append(members, keyed{card, int32(i)})
	}
	sortKeyed(members)
	var remarks []Conflict
	runs(members, func(from, to int) {
		if household := members[from:to]; r.isSplit(res, side, household) {
			remarks = append(remarks, splitCard(res, household))
		}
	})
	return remarks
}

// isSplit reports whether at least two members of a household of the given side
// share each of two cards of the other side: a single member under another card
// has moved out or is mistyped, which KKDiffers tells.
func (r *run) isSplit(res *Result, side Side, members []keyed) bool {
	if len(members) < 4 {
		return false
	}
	sizes := map[uint64]int{}
	for _, m := range members {
		sizes[r.otherCard(res, side, m.row)]++
	}
	shared := 0
	for _, n := range sizes {
		if n > 1 {
			shared++
		}
	}
	return shared >= 2
}

func splitCard(res *Result, members []keyed) Conflict {
	c := Conflict{Kind: KKSplit}
	for _, m := range members {
		c.Central = append(c.Central, res.Links[m.row].Central)
		c.Regional = append(c.Regional, res.Links[m.row].Regional)
	}
	return c
}

func (r *run) otherCard(res *Result, side Side, link int32) uint64 {
	if side == Central {
		return r.regional.rows[res.Links[link].Regional].kk
	}
	return r.central.rows[res.Links[link].Central].kk
}
