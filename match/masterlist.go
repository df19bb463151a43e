package match

// MasterList is what is known of the persons of a master list before their rows
// are written: how they are merged, their ids and their households. It takes some
// 12 bytes a person and 100 a household.
type MasterList struct {
	Precedence Precedence
	Homes      *MasterHomes

	ids    masterIDs
	homeOf []int32 // by position: index of the household, NoHome for none
}

// NewMasterList returns a list for about the given numbers of persons and
// households. The households are added to Homes before the persons to the list;
// without any, nobody has one.
func NewMasterList(precedence Precedence, persons, households int) *MasterList {
	return &MasterList{
		Precedence: precedence, Homes: newMasterHomes(households),
		ids: make(masterIDs, 0, persons), homeOf: make([]int32, 0, persons),
	}
}

// Add appends the next person, and returns what their records make together.
func (l *MasterList) Add(p *MasterPerson) Merged {
	merged := p.Merge(&l.Precedence)
	l.homeOf = append(l.homeOf, l.Homes.addPerson(p, &merged, int32(len(l.ids))))
	l.ids = l.ids.add(p)
	return merged
}

// Finish tells persons with equal ids apart. All persons must have been added.
func (l *MasterList) Finish() {
	l.ids.finish()
	l.Homes.finish()
}

// Len returns the number of persons.
func (l *MasterList) Len() int { return len(l.ids) }

// ID returns the id of the person at a position, from 0: the first twelve
// hexadecimal digits of the Identity of the leading record. Where several persons
// have the same, those after the first get their count as a suffix:
// "1f0c26a7d9e4-2". It depends on what the record says and, where it is not the
// only one, on the order of the list; it does not depend on databases.
func (l *MasterList) ID(position int) string { return l.ids.id(position) }

// HomeOf returns the index of a person's household in Homes.All, NoHome if there
// is none.
func (l *MasterList) HomeOf(position int) int32 { return l.homeOf[position] }
