package match

import (
	"strings"
	"testing"

	"padan/normalize"
)

// masterPerson is a person with records on the sides where a KK is given; 0 is a
// record without one, -1 no record.
func masterPerson(outcome Outcome, central, regional int, relation normalize.Relation) *MasterPerson {
	p := &MasterPerson{Outcome: outcome}
	for side, card := range [2]int{central, regional} {
		if card < 0 {
			continue
		}
		p.Has[side] = true
		p.Persons[side] = someone()
		p.Persons[side].Relation = relation
		if card > 0 {
			p.Persons[side].KK = number(uint64(card))
		}
	}
	return p
}

func homeOf(kinds HouseholdKinds, linked int32, central, regional uint64) *HouseholdCase {
	c := &HouseholdCase{Household: HouseholdLink{Kinds: kinds, Linked: linked, First: [2]int32{NoRow, NoRow}}}
	for side, card := range [2]uint64{central, regional} {
		if card > 0 {
			c.Household.First[side], c.First[side].KK = 0, number(card)
		}
	}
	return c
}

// Every person with a usable KK belongs to exactly one household, that of both
// numbers if they are one household.
func TestMasterHomes(t *testing.T) {
	const matchedOnly, head, child = Matched, normalize.RelationHead, normalize.RelationChild
	l := NewMasterList(DefaultPrecedence(), 10, 10)
	for _, c := range []*HouseholdCase{
		homeOf(HouseholdWhole, 2, 1, 1),
		homeOf(HouseholdSplit, 1, 2, 2),
		homeOf(HouseholdSplit, 3, 2, 3), // the main household of 2
		homeOf(HouseholdSplit, 3, 2, 4),
		homeOf(HouseholdOnlyCentral, 0, 5, 0),
		homeOf(HouseholdOnlyRegional, 0, 0, 6),
	} {
		l.Homes.Add(c)
	}
	for _, c := range []struct {
		name   string
		person *MasterPerson
		want   int32
	}{
		{"both numbers", masterPerson(matchedOnly, 1, 1, child), 0},
		{"a split household", masterPerson(Matched, 2, 2, child), 1},
		{"the last part of it", masterPerson(Matched, 2, 4, child), 3},
		{"the main one", masterPerson(Unmatched, 2, -1, head), 2},
		{"numbers of two households", masterPerson(Matched, 5, 6, child), 4},
		{"the second number, since the first is none", masterPerson(Matched, 0, 6, child), 5},
		{"undecided", masterPerson(Conflicted, -1, 6, head), 5},
		{"no number", masterPerson(Matched, 0, 0, child), NoHome},
		{"a number of nobody's", masterPerson(Unmatched, 7, -1, child), NoHome},
		{"a second head", masterPerson(Unmatched, 2, -1, head), 2},
	} {
		l.Add(c.person)
		if got := l.HomeOf(l.Len() - 1); got != c.want {
			t.Errorf("%s: household %d, want %d", c.name, got, c.want)
		}
	}
	homes := l.Homes.All()
	persons := int32(0)
	for i := range homes {
		persons += homes[i].Persons()
	}
	if persons != 8 || len(homes) != 6 {
		t.Errorf("%d persons in %d households", persons, len(homes))
	}
	if h := homes[2]; h.Only != [2]int32{2, 0} || !h.HasHead || h.Shown != 3 {
		t.Errorf("%+v", h)
	}
	if h := homes[5]; h.Matched != 1 || h.Undecided != 1 || !h.HasHead || h.Shown != 6 {
		t.Errorf("the head comes after the first person: %+v", h)
	}
	if h := homes[0]; h.HasHead || h.Shown != 0 || h.Persons() != 1 {
		t.Errorf("%+v", h)
	}
}

// An id is of the leading record; equal ones are told apart in the order of the
// list.
func TestMasterIDs(t *testing.T) {
	namesake := masterPerson(Unmatched, 1, -1, 0)
	other := masterPerson(Unmatched, 1, -1, 0)
	other.Persons[Central].Name.Words = "RINA"
	linked := masterPerson(Matched, 1, 2, 0)
	regional := masterPerson(Unmatched, -1, 1, 0)
	l := NewMasterList(DefaultPrecedence(), 5, 0)
	for _, p := range []*MasterPerson{namesake, other, linked, regional, namesake} {
		l.Add(p)
	}
	l.Finish()
	first := IdentityOf(Central, &namesake.Persons[Central]).String()[:12]
	want := []string{
		first, IdentityOf(Central, &other.Persons[Central]).String()[:12], first + "-2",
		IdentityOf(Regional, &regional.Persons[Regional]).String()[:12], first + "-3",
	}
	for i := range want {
		if l.ID(i) != want[i] {
			t.Errorf("person %d is %s, want %s", i, l.ID(i), want[i])
		}
	}
	if strings.Contains(l.ID(1), "-") {
		t.Error("a single one has a suffix")
	}
}

func TestKindSet(t *testing.T) {
	var s KindSet
	for _, kind := range []ConflictKind{Moved, NIKSamePersonDiffers, Review} {
		s.Add(kind)
	}
	if s.String() != "nik_same_person_differs+review+moved" || s.Blocking().String() != "nik_same_person_differs+review" {
		t.Errorf("%s, %s", s, s.Blocking())
	}
	if KindSet(0).String() != "" {
		t.Error("an empty set has a name")
	}
}
