package match

import (
	"cmp"
	"slices"

	"padan/normalize"
)

// household is the records of one side under one KK number.
type household struct {
	card      uint64
	first     int32
	head      int32
	heads     int32
	members   int32
	linked    int32 // members that are linked to anybody
	near      int32 // of these, to somebody under a KK number one digit apart
	undecided int32
	relations int32 // members whose relation to the head is known
	best      int32 // the strongest of its bonds, NoRow if it has none
	partners  int32 // accepted bonds
}

// bond is what linked persons say of a central and a regional household.
type bond struct {
	central, regional int32 // households
	linked            int32
	known, moved      int32   // linked persons of known kelurahan, and those of two
	lone              int32   // a link between the two households
	weight            float64 // of all links, bits
	same              bool    // one KK number
	near              bool    // two KK numbers one digit apart
	accepted          bool
}

// householdMatcher finds which households are the same.
type householdMatcher struct {
	tables [2]*Table
	res    *Result
	homes  [2][]household // in the order of their first members
	homeOf [2][]int32     // by row: its household, NoRow if it has none
	bonds  []bond         // by central, then regional household
}

// addHouseholds links households by their linked persons.
func (r *run) addHouseholds(res *Result) {
	m := &householdMatcher{tables: [2]*Table{r.central, r.regional}, res: res}
	together(func() { m.gather(Central) }, func() { m.gather(Regional) })
	m.bind()
	m.choose()
	m.conclude()
}

// gather groups the records of a side by KK number.
func (m *householdMatcher) gather(side Side) {
	t, outcomes := m.tables[side], m.res.Outcomes[side]
	cards := make([]keyed, 0, t.Len())
	for i := range t.rows {
		if r := &t.rows[i]; r.hasCard() && outcomes[i] != Duplicate {
			cards = append(cards, keyed{r.kk, int32(i)})
		}
	}
	sortKeyed(cards)
	starts := make([]keyed, 0, len(cards)/3)
	runs(cards, func(from, _ int) { starts = append(starts, keyed{uint64(cards[from].row), int32(from)}) })
	sortKeyed(starts)
	homes, homeOf := make([]household, len(starts)), make([]int32, t.Len())
	for i := range homeOf {
		homeOf[i] = NoRow
	}
	for i, start := range starts {
		h := &homes[i]
		*h = household{card: cards[start.row].key, first: int32(start.key), head: NoRow, best: NoRow}
		for _, member := range cards[start.row:] {
			if member.key != h.card {
				break
			}
			homeOf[member.row] = int32(i)
			h.add(member.row, &t.rows[member.row], outcomes[member.row])
		}
	}
	m.homes[side], m.homeOf[side] = homes, homeOf
}

func (r *row) hasCard() bool { return r.kkTrust != normalize.TrustNone && r.kk != 0 }

func (h *household) add(i int32, r *row, outcome Outcome) {
	h.members++
	if r.relation == normalize.RelationHead {
		h.heads++
		h.head = i
	}
	if r.relation != normalize.RelationMissing {
		h.relations++
	}
	if outcome == Conflicted {
		h.undecided++
	}
	if outcome == Matched {
		h.linked++
	}
}

// theHead is the row of the head, NoRow unless exactly one member is marked.
func (h *household) theHead() int32 {
	if h.heads != 1 {
		return NoRow
	}
	return h.head
}

// bind makes a bond of each pair of households that linked persons connect.
func (m *householdMatcher) bind() {
	links := m.res.Links
	pairs := make([]keyed, 0, len(links))
	for i := range links {
		c, r := m.homeOf[Central][links[i].Central], m.homeOf[Regional][links[i].Regional]
		if c != NoRow && r != NoRow {
			pairs = append(pairs, keyed{uint64(c)<<32 | uint64(r), int32(i)})
		}
	}
	sortKeyed(pairs)
	runs(pairs, func(from, to int) {
		b := bond{
			central: int32(pairs[from].key >> 32), regional: int32(pairs[from].key & (1<<32 - 1)),
			linked: int32(to - from), lone: pairs[from].row,
		}
		for _, p := range pairs[from:to] {
			m.addLink(&b, &links[p.row])
		}
		c, r := &m.homes[Central][b.central], &m.homes[Regional][b.regional]
		if b.near = !b.same && nearCards(m.tables[Central], c.first, m.tables[Regional], r.first); b.near {
			c.near += b.linked
			r.near += b.linked
		}
		m.bonds = append(m.bonds, b)
	})
}

func (m *householdMatcher) addLink(b *bond, l *Link) {
	c, r := &m.tables[Central].rows[l.Central], &m.tables[Regional].rows[l.Regional]
	b.weight += l.Weight
	b.same = b.same || sameCard(m.tables[Central], l.Central, m.tables[Regional], l.Regional)
	if c.area%10_000 != 0 && r.area%10_000 != 0 {
		b.known++
		if c.area != r.area {
			b.moved++
		}
	}
}

// sameCard reports whether two records stand under one KK number, as far as its
// digits are known: a spreadsheet loses the last one of a numeric cell.
func sameCard(a *Table, i int32, b *Table, j int32) bool {
	ra, rb := &a.rows[i], &b.rows[j]
	doubtful := ra.kkTrust != normalize.TrustFull || rb.kkTrust != normalize.TrustFull
	return ra.kk == rb.kk || doubtful && sameButLast(a, i, b, j)
}

// choose finds the main counterpart of each household and accepts the bonds that
// say that two households are one.
func (m *householdMatcher) choose() {
	for i := range m.bonds {
		b := &m.bonds[i]
		for _, h := range []*household{&m.homes[Central][b.central], &m.homes[Regional][b.regional]} {
			if h.best == NoRow || b.stronger(&m.bonds[h.best]) {
				h.best = int32(i)
			}
		}
	}
	for i := range m.bonds {
		b := &m.bonds[i]
		if b.accepted = m.oneHousehold(int32(i)); b.accepted {
			m.homes[Central][b.central].partners++
			m.homes[Regional][b.regional].partners++
		}
	}
}

// stronger orders the bonds of one household: most linked members, then the same
// number, then the greater weight.
func (b *bond) stronger(than *bond) bool {
	switch {
	case b.linked != than.linked:
		return b.linked > than.linked
	case b.same != than.same:
		return b.same
	}
	return b.weight > than.weight
}

// oneHousehold decides whether a household stands under both cards of a bond.
// Persons who share a KK number on both sides are one household. Under another
// number two of them or more are, unless both cards have a stronger counterpart:
// then the persons have moved from one household to the other. One person alone
// may have married, moved in with others or be mistyped, so that more is asked.
func (m *householdMatcher) oneHousehold(i int32) bool {
	b := &m.bonds[i]
	ofCentral, ofRegional := m.homes[Central][b.central].best == i, m.homes[Regional][b.regional].best == i
	switch {
	case b.same:
		return true
	case b.linked > 1:
		return ofCentral || ofRegional
	default:
		return ofCentral && ofRegional && !b.near && m.keepsHousehold(b)
	}
}

// keepsHousehold reports whether one linked person under two KK numbers carries
// the household with them: as its head on both sides, as its only member, or as
// one of the couple at the same address.
func (m *householdMatcher) keepsHousehold(b *bond) bool {
	l := &m.res.Links[b.lone]
	c, r := &m.tables[Central].rows[l.Central], &m.tables[Regional].rows[l.Regional]
	if c.relation == normalize.RelationHead && r.relation == normalize.RelationHead {
		return true
	}
	if !c.leads() || !r.leads() {
		return false
	}
	alone := m.homes[Central][b.central].members == 1 && m.homes[Regional][b.regional].members == 1
	return alone || l.sameAddress()
}

// leads reports whether a person may be one of the couple of a household.
func (r *row) leads() bool {
	switch r.relation {
	case normalize.RelationMissing, normalize.RelationHead, normalize.RelationHusband, normalize.RelationWife:
		return true
	default:
		return false
	}
}

// sameAddress reports whether two linked records live in one RT, or in one
// street of a kelurahan.
func (l *Link) sameAddress() bool {
	area := l.Vector[CompareArea]
	return area == AreaRT || area >= AreaKelurahan && l.Vector[CompareStreet] >= StreetSame
}

// conclude writes the result: linked households and those of the central side
// without counterpart in central order, then the others of the regional side.
func (m *householdMatcher) conclude() {
	households := make([]HouseholdLink, 0, len(m.homes[Central])+len(m.homes[Regional])/8)
	next := 0
	for c := range m.homes[Central] {
		for ; next < len(m.bonds) && m.bonds[next].central == int32(c); next++ {
			if m.bonds[next].accepted {
				households = append(households, m.link(&m.bonds[next]))
			}
		}
		if m.homes[Central][c].partners == 0 {
			households = append(households, m.alone(Central, int32(c)))
		}
	}
	for r := range m.homes[Regional] {
		if m.homes[Regional][r].partners == 0 {
			households = append(households, m.alone(Regional, int32(r)))
		}
	}
	m.res.Households = slices.Clip(households)
}

// describe fills in what is known of a household on its own side.
func (h *HouseholdLink) describe(side Side, home *household) {
	h.Cards[side], h.First[side], h.Head[side] = home.card, home.first, home.theHead()
	h.Members[side], h.Undecided[side] = home.members, home.undecided
	h.Elsewhere[side] = home.linked - h.Linked
}

func (m *householdMatcher) alone(side Side, home int32) HouseholdLink {
	h := HouseholdLink{Kinds: HouseholdOnlyCentral, First: [2]int32{NoRow, NoRow}, Head: [2]int32{NoRow, NoRow}}
	if side == Regional {
		h.Kinds = HouseholdOnlyRegional
	}
	h.describe(side, &m.homes[side][home])
	if near := m.homes[side][home].near; near > 0 && near == m.homes[side][home].linked {
		h.Kinds |= HouseholdCardMistyped
	}
	return h
}

func (m *householdMatcher) link(b *bond) HouseholdLink {
	c, r := &m.homes[Central][b.central], &m.homes[Regional][b.regional]
	h := HouseholdLink{Linked: b.linked}
	h.describe(Central, c)
	h.describe(Regional, r)
	for _, remark := range [...]struct {
		kind HouseholdKinds
		is   bool
	}{
		{HouseholdSplit, c.partners > 1},
		{HouseholdMerged, r.partners > 1},
		{HouseholdMoved, 2*b.moved > b.known},
		{HouseholdCardChanged, !b.same},
	} {
		if remark.is {
			h.Kinds |= remark.kind
		}
	}
	if c.partners > 1 || r.partners > 1 {
		return h
	}
	h.Kinds |= h.composition()
	if m.newHead(b, c, r) {
		h.Kinds |= HouseholdNewHead
	}
	return h
}

// composition compares the members of both sides.
func (h *HouseholdLink) composition() HouseholdKinds {
	kinds := HouseholdKinds(0)
	if h.Only(Regional) > 0 {
		kinds |= HouseholdGrown
	}
	if h.Only(Central) > 0 {
		kinds |= HouseholdShrunk
	}
	switch {
	case kinds != 0:
		return kinds
	case max(h.Undecided[Central], h.Undecided[Regional]) > 0:
		return HouseholdUndecided
	default:
		return HouseholdWhole
	}
}

// newHead reports whether the head of the central side is not the head on the
// regional side. Nothing is said where a side does not say who is head, or where
// it is undecided who the head is.
func (m *householdMatcher) newHead(b *bond, c, r *household) bool {
	before, now := c.theHead(), r.theHead()
	if before == NoRow || m.res.Outcomes[Central][before] == Conflicted {
		return false
	}
	there := m.counterpart(before)
	if now != NoRow {
		return there != now && m.res.Outcomes[Regional][now] != Conflicted
	}
	gone := there == NoRow || m.homeOf[Regional][there] != b.regional
	return gone && r.heads == 0 && r.relations > 0
}

// counterpart is the regional row that a central row is linked to, NoRow if it
// is not linked.
func (m *householdMatcher) counterpart(central int32) int32 {
	links := m.res.Links
	at, found := slices.BinarySearchFunc(links, central, func(l Link, row int32) int { return cmp.Compare(l.Central, row) })
	if !found {
		return NoRow
	}
	return links[at].Regional
}
