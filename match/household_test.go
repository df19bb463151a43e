package match

import (
	"math/rand/v2"
	"testing"

	"padan/normalize"
)

// Numbers of family cards; near is one digit apart from that of family.
const (
	familyCard = 3174011201209777
	nearCard   = 3174011201209717
	otherCard  = 3174012504209888
)

func stranger(card uint64) normalize.Person {
	p := person(77, "GUNAWAN SITORUS", date(1966, 3, 4))
	p.KK = number(card)
	p.Relation = normalize.RelationOtherKin
	return p
}

// on puts persons on a card.
func on(card uint64, persons ...normalize.Person) []normalize.Person {
	for i := range persons {
		persons[i].KK = number(card)
	}
	return persons
}

func TestHouseholds(t *testing.T) {
	type sides = [2][]normalize.Person
	type want struct {
		cards   [2]uint64
		kinds   HouseholdKinds
		members [2]int32
		linked  int32
	}
	both := [2]uint64{familyCard, familyCard}
	changed := [2]uint64{familyCard, otherCard}
	tests := []struct {
		name    string
		prepare func(s *sides)
		want    []want
	}{
		{"the same", func(*sides) {}, []want{{both, HouseholdWhole, [2]int32{4, 4}, 4}}},
		{"one more", func(s *sides) { s[Regional] = append(s[Regional], stranger(familyCard)) },
			[]want{{both, HouseholdGrown, [2]int32{4, 5}, 4}}},
		{"one less", func(s *sides) { s[Regional] = s[Regional][:3] },
			[]want{{both, HouseholdShrunk, [2]int32{4, 3}, 3}}},
		{"one for another", func(s *sides) { s[Regional][3] = stranger(familyCard) },
			[]want{{both, HouseholdGrown | HouseholdShrunk, [2]int32{4, 4}, 3}}},
		{"half under another card", func(s *sides) { on(otherCard, s[Regional][2:]...) }, []want{
			{both, HouseholdSplit, [2]int32{4, 2}, 2},
			{changed, HouseholdSplit | HouseholdCardChanged, [2]int32{4, 2}, 2},
		}},
		{"two cards are one", func(s *sides) { on(otherCard, s[Central][2:]...) }, []want{
			{both, HouseholdMerged, [2]int32{2, 4}, 2},
			{[2]uint64{otherCard, familyCard}, HouseholdMerged | HouseholdCardChanged, [2]int32{2, 4}, 2},
		}},
		{"another kelurahan", func(s *sides) {
			for i := range s[Regional] {
				s[Regional][i].Area.Code = 3174011005
			}
		}, []want{{both, HouseholdWhole | HouseholdMoved, [2]int32{4, 4}, 4}}},
		{"another head", func(s *sides) {
			s[Regional][0].Relation, s[Regional][1].Relation = normalize.RelationParent, normalize.RelationHead
		}, []want{{both, HouseholdWhole | HouseholdNewHead, [2]int32{4, 4}, 4}}},
		{"the head is gone", func(s *sides) { s[Regional] = s[Regional][1:] },
			[]want{{both, HouseholdShrunk | HouseholdNewHead, [2]int32{4, 3}, 3}}},
		{"no relations on a side", func(s *sides) {
			for i := range s[Regional] {
				s[Regional][i].Relation = normalize.RelationMissing
			}
			s[Regional] = s[Regional][1:]
		}, []want{{both, HouseholdShrunk, [2]int32{4, 3}, 3}}},
		{"another number", func(s *sides) { on(otherCard, s[Regional]...) },
			[]want{{changed, HouseholdWhole | HouseholdCardChanged, [2]int32{4, 4}, 4}}},
		{"a digit lost in a spreadsheet", func(s *sides) {
			for i := range s[Regional] {
				s[Regional][i].KK = normalize.Number{
					Value: familyCard / 10 * 10, Digits: 16, Trust: normalize.TrustDoubtful, Damage: normalize.DamageNumericCell,
				}
			}
		}, []want{{[2]uint64{familyCard, familyCard / 10 * 10}, HouseholdWhole, [2]int32{4, 4}, 4}}},
		{"a daughter has married", func(s *sides) {
			on(otherCard, s[Regional][3:]...)
			s[Regional] = append(s[Regional], stranger(otherCard))
		}, []want{
			{both, HouseholdShrunk, [2]int32{4, 3}, 3},
			{[2]uint64{0, otherCard}, HouseholdOnlyRegional, [2]int32{0, 2}, 0},
		}},
		{"a daughter has married, her parents are unknown here", func(s *sides) {
			s[Regional] = append(on(otherCard, s[Regional][3]), stranger(otherCard))
		}, []want{
			{[2]uint64{familyCard, 0}, HouseholdOnlyCentral, [2]int32{4, 0}, 0},
			{[2]uint64{0, otherCard}, HouseholdOnlyRegional, [2]int32{0, 2}, 0},
		}},
		{"one number is mistyped", func(s *sides) { on(nearCard, s[Regional][3:]...) }, []want{
			{both, HouseholdShrunk, [2]int32{4, 3}, 3},
			{[2]uint64{0, nearCard}, HouseholdOnlyRegional | HouseholdCardMistyped, [2]int32{0, 1}, 0},
		}},
		{"two have moved in with others", func(s *sides) {
			elsewhere := on(otherCard, person(81, "SLAMET KURNIAWAN", date(1955, 2, 3)), person(82, "MAHARANI PRATIWI", date(1959, 8, 7)),
				person(83, "YULIANTI KURNIAWAN", date(1989, 1, 9)))
			s[Central] = append(s[Central], append([]normalize.Person(nil), elsewhere...)...)
			s[Central] = append(s[Central], on(familyCard, person(84, "FIRMANSYAH HIDAYAT", date(2003, 6, 6)))...)
			s[Regional] = append(s[Regional], elsewhere...)
			s[Regional] = append(s[Regional], on(familyCard, person(84, "FIRMANSYAH HIDAYAT", date(2003, 6, 6)))...)
			on(otherCard, s[Regional][2:4]...)
		}, []want{
			{both, HouseholdShrunk, [2]int32{5, 3}, 3},
			{[2]uint64{otherCard, otherCard}, HouseholdGrown, [2]int32{3, 5}, 3},
		}},
		{"a lone head under another number", func(s *sides) {
			s[Central], s[Regional] = s[Central][:2], on(otherCard, s[Regional][0])
		}, []want{{changed, HouseholdShrunk | HouseholdCardChanged, [2]int32{2, 1}, 1}}},
		{"somebody twice", func(s *sides) { s[Regional] = append(s[Regional], s[Regional][2]) },
			[]want{{both, HouseholdWhole, [2]int32{4, 4}, 4}}},
	}
	crowd := population(rand.New(rand.NewPCG(9, 9)), 500)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := sides{family(), family()}
			tt.prepare(&s)
			res := mustRun(t, append(s[Central], crowd...), append(s[Regional], crowd...), 2)
			var got []want
			for _, h := range res.Households {
				for _, card := range h.Cards {
					if card == familyCard || card == nearCard || card == otherCard {
						got = append(got, want{h.Cards, h.Kinds, h.Members, h.Linked})
						break
					}
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %v, want %v", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("got %v, want %v", got[i], tt.want[i])
				}
			}
		})
	}
}

// Members who left are told from those whom the other side lacks, and those in a
// conflict from both.
func TestMembersElsewhereAndUndecided(t *testing.T) {
	central, regional := family(), family()
	regional[3].KK = number(otherCard)
	regional[2].NIK = number(3174011304849555) // a whole NIK of somebody born on the same day
	crowd := population(rand.New(rand.NewPCG(9, 9)), 500)
	res := mustRun(t, append(central, crowd...), append(regional, crowd...), 2)
	for _, h := range res.Households {
		if h.Cards == [2]uint64{familyCard, familyCard} {
			if h.Elsewhere != [2]int32{1, 0} || h.Undecided != [2]int32{1, 1} || h.Only(Central) != 1 || h.Only(Regional) != 0 {
				t.Errorf("%+v", h)
			}
			if res.Outcomes[Central][2] != Conflicted || h.Head != [2]int32{0, 0} || h.First != [2]int32{0, 0} {
				t.Errorf("outcome %v, %+v", res.Outcomes[Central][2], h)
			}
			return
		}
	}
	t.Error("the household is not linked")
}

// Every record with a KK number that is no duplicate is a member of exactly one
// household of its side, and households stand in canonical order.
func TestHouseholdsAddUp(t *testing.T) {
	for seed := range uint64(20) {
		central, regional, _ := randomSides(seed, 300)
		for i := range central {
			central[i].KK.Value = central[i].KK.Value/4*4 + 9000
		}
		for i := range regional {
			regional[i].KK.Value = regional[i].KK.Value/4*4 + 9000
		}
		res := mustRun(t, central, regional, 3)
		last := [2]int32{NoRow, NoRow}
		var members [2]map[uint64]int32
		members[Central], members[Regional] = map[uint64]int32{}, map[uint64]int32{}
		linked := int32(0)
		for i, h := range res.Households {
			here := [2]int32{h.First[Central], h.First[Regional]}
			if h.Kinds.Has(HouseholdOnlyRegional) {
				here[Central] = int32(len(central))
			}
			if i > 0 && (here[Central] < last[Central] || here[Central] == last[Central] && here[Regional] <= last[Regional]) {
				t.Fatalf("seed %d: household %d is out of order", seed, i)
			}
			last = here
			linked += h.Linked
			for side, card := range h.Cards {
				if n, seen := members[side][card]; seen && n != h.Members[side] {
					t.Fatalf("seed %d: %d members and %d", seed, n, h.Members[side])
				}
				members[side][card] = h.Members[side]
				if h.First[side] != NoRow && (h.Only(Side(side)) < h.Elsewhere[side] || h.Only(Side(side)) < 0) {
					t.Fatalf("seed %d: %+v", seed, h)
				}
			}
		}
		if int(linked) > len(res.Links) || linked == 0 {
			t.Errorf("seed %d: %d of %d links connect households", seed, linked, len(res.Links))
		}
		for side, persons := range [2][]normalize.Person{central, regional} {
			for i := range persons {
				if res.Outcomes[side][i] != Duplicate {
					members[side][persons[i].KK.Value]--
				}
			}
			for card, n := range members[side] {
				if n != 0 {
					t.Errorf("seed %d: %d members too many, %v", seed, n, card != 0)
				}
			}
		}
	}
}

func TestHouseholdKindsRoundTrip(t *testing.T) {
	for kinds := HouseholdKinds(0); kinds < householdKindEnd; kinds++ {
		if got, ok := ParseHouseholdKinds(kinds.String()); !ok || got != kinds {
			t.Fatalf("%q is read as %v, %v", kinds.String(), got, ok)
		}
	}
	if _, ok := ParseHouseholdKinds("whole+a_later_kind"); ok {
		t.Error("an unknown kind is accepted")
	}
	if n := len((householdKindEnd - 1).Each()); n != len(householdCodes) {
		t.Errorf("%d kinds, %d codes", n, len(householdCodes))
	}
}

// BenchmarkHouseholds finds the households of 100,000 persons who are linked.
func BenchmarkHouseholds(b *testing.B) {
	persons := population(rand.New(rand.NewPCG(1, 2)), 100_000)
	for i := range persons {
		persons[i].KK = number(uint64(3174011201150000 + i/7))
	}
	c, r := tablesOf(persons, persons)
	res := &Result{}
	for side := range res.Outcomes {
		res.Outcomes[side] = make([]Outcome, len(persons))
	}
	for i := range int32(len(persons)) {
		res.Outcomes[Central][i], res.Outcomes[Regional][i] = Matched, Matched
		res.Links = append(res.Links, Link{Central: i, Regional: i, Weight: 30})
	}
	b.ReportAllocs()
	for b.Loop() {
		(&run{central: c, regional: r}).addHouseholds(res)
	}
	if len(res.Households) != (len(persons)+6)/7 {
		b.Errorf("%d households", len(res.Households))
	}
}
