package match

import "padan/normalize"

// MasterHomes says to which household of a run each person of the master list
// belongs, and counts them. A household is one HouseholdLink: two KK numbers that
// are one household, or a KK number that the other side lacks.
//
// A person belongs to the household of both of their KK numbers if these are one
// household; else to the main household of the KK number that the master list
// chose for them: of those in which that number stands, the one with the most
// linked members, then the first. A person without a usable KK belongs to none.
type MasterHomes struct {
	homes []MasterHome
	main  [2]map[uint64]int32 // by side and KK number: its main household
	pairs map[[2]uint64]int32 // by both KK numbers, one of which stands in several households
}

// MasterHome is a household of the master list.
type MasterHome struct {
	Kinds     HouseholdKinds
	Cards     [2]normalize.Number // by side; the zero value where it does not stand
	Areas     [2]uint64           // by side: the code of the area of its first member
	Linked    int32               // members of one side that are linked to members of the other
	Matched   int32               // persons of the master list that both sides have
	Undecided int32               // those in a conflict that a person must decide
	Only      [2]int32            // by side: those that the other side lacks
	Shown     int32               // position in the list of its head or, where none is marked, of its first person
	HasHead   bool
}

// Persons is the number of its persons in the master list.
func (h *MasterHome) Persons() int32 {
	return h.Matched + h.Undecided + h.Only[Central] + h.Only[Regional]
}

func newMasterHomes(capacity int) *MasterHomes {
	return &MasterHomes{
		homes: make([]MasterHome, 0, capacity),
		main:  [2]map[uint64]int32{make(map[uint64]int32, capacity), make(map[uint64]int32, capacity)},
		pairs: map[[2]uint64]int32{},
	}
}

// All returns the households in the order in which they were added.
func (m *MasterHomes) All() []MasterHome { return m.homes }

// Add appends a household of the run.
func (m *MasterHomes) Add(c *HouseholdCase) {
	at := int32(len(m.homes))
	h := MasterHome{Kinds: c.Household.Kinds, Linked: c.Household.Linked}
	for side := range h.Cards {
		if c.Household.First[side] != NoRow {
			h.Cards[side], h.Areas[side] = c.First[side].KK, c.First[side].Area.Code
		}
	}
	m.homes = append(m.homes, h)
	if h.Kinds&(HouseholdSplit|HouseholdMerged) != 0 {
		m.pairs[[2]uint64{h.Cards[Central].Value, h.Cards[Regional].Value}] = at
	}
	for side, card := range h.Cards {
		if !usable(card) {
			continue
		}
		if best, known := m.main[side][card.Value]; !known || h.Linked > m.homes[best].Linked {
			m.main[side][card.Value] = at
		}
	}
}

// finish forgets what finds the households of persons.
func (m *MasterHomes) finish() { m.main, m.pairs = [2]map[uint64]int32{}, nil }

// NoHome stands for the household of a person who has none.
const NoHome int32 = -1

// addPerson counts the next person of the master list and returns the index of
// their household, NoHome if they belong to none.
func (m *MasterHomes) addPerson(p *MasterPerson, merged *Merged, position int32) int32 {
	at := m.of(p, merged.Choices[MasterKK].Side)
	if at == NoHome {
		return at
	}
	h := &m.homes[at]
	switch p.Outcome {
	case Matched:
		h.Matched++
	case Conflicted:
		h.Undecided++
	case Unmatched, Duplicate:
		h.Only[p.Leading()]++
	}
	head := merged.Person.Relation == normalize.RelationHead
	if h.Persons() == 1 || head && !h.HasHead {
		h.Shown, h.HasHead = position, head
	}
	return at
}

// of finds the household of a person whose KK was chosen from a side.
func (m *MasterHomes) of(p *MasterPerson, chosen Side) int32 {
	cards := [2]uint64{}
	for side := range cards {
		if number := p.Persons[side].KK; p.Has[side] && usable(number) {
			cards[side] = number.Value
		}
	}
	if at, ok := m.main[Central][cards[Central]]; ok && m.homes[at].Cards[Regional].Value == cards[Regional] {
		return at
	}
	if at, ok := m.pairs[cards]; ok {
		return at
	}
	for _, side := range [...]Side{chosen, Regional - chosen} {
		if at, ok := m.main[side][cards[side]]; ok {
			return at
		}
	}
	return NoHome
}
