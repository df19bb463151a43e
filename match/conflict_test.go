package match

import (
	"math/rand/v2"
	"testing"

	"padan/normalize"
)

func TestConflicts(t *testing.T) {
	base := person(1, "BUDI HIDAYAT", date(1980, 5, 17))
	with := func(change func(*normalize.Person)) normalize.Person {
		p := base
		change(&p)
		return p
	}
	tests := []struct {
		name     string
		central  []normalize.Person
		regional []normalize.Person
		kind     ConflictKind
		outcome  Outcome // of the first regional record
	}{
		{
			"one NIK on two persons",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) {
				p.Name.Words, p.BirthDate = "LESTARI NINGSIH", date(1991, 1, 9)
			})},
			NIKSamePersonDiffers, Conflicted,
		},
		{
			"one person under two NIKs",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.NIK = number(3273051705809444) })},
			PersonSameNIKDiffers, Conflicted,
		},
		{
			"a father's NIK on his namesake son",
			[]normalize.Person{with(func(p *normalize.Person) { p.Relation = normalize.RelationHead })},
			[]normalize.Person{with(func(p *normalize.Person) {
				p.BirthDate, p.Relation = date(2007, 11, 2), normalize.RelationChild
			})},
			Review, Conflicted,
		},
		{
			"one person under two NIKs, without a birth date",
			[]normalize.Person{with(func(p *normalize.Person) { p.Name.Words = "KARTINAH SUBEKTI" })},
			[]normalize.Person{with(func(p *normalize.Person) {
				p.Name.Words, p.NIK, p.BirthDate = "KARTINAH SUBEKTI", number(3273051705809444), 0
			})},
			PersonSameNIKDiffers, Conflicted,
		},
		{
			"a NIK that its own record contradicts",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.NIK = number(3273050204649444) })},
			PersonSameNIKDiffers, Matched,
		},
		{
			"one NIK and hardly one name, without a birth date",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.Name.Words, p.BirthDate = "BUDI GUNAWAN", 0 })},
			Review, Conflicted,
		},
		{
			"columns exchanged and a slip besides",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.NIK, p.KK = number(p.KK.Value+30), p.NIK })},
			ColumnsSwapped, Matched,
		},
		{
			"one digit of the NIK wrong",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.NIK.Value += 20 })},
			NIKNear, Matched,
		},
		{
			"another family card",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.KK = number(3171020304109777) })},
			KKDiffers, Matched,
		},
		{
			"another sex",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.Sex = normalize.Female })},
			SexDiffers, Matched,
		},
		{
			"another kelurahan",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.Area.Code = 3174021003 })},
			Moved, Matched,
		},
		{
			"marked as deceased",
			[]normalize.Person{base},
			[]normalize.Person{with(func(p *normalize.Person) { p.Status = normalize.StatusDeceased })},
			DeceasedOrMovedFlag, Matched,
		},
	}
	tests = append(tests, struct {
		name     string
		central  []normalize.Person
		regional []normalize.Person
		kind     ConflictKind
		outcome  Outcome
	}{
		"the head's NIK copied to a member",
		[]normalize.Person{base, with(func(p *normalize.Person) {
			p.NIK, p.Name.Words, p.BirthDate = number(3174014907029005), "LESTARI NINGSIH", date(2002, 7, 9)
		})},
		[]normalize.Person{with(func(p *normalize.Person) {
			p.Name.Words, p.BirthDate = "LESTARI NINGSIH", date(2002, 7, 9)
		})},
		NIKBirthDateDiffers, Matched,
	})
	crowd := population(rand.New(rand.NewPCG(5, 5)), 3000)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := mustRun(t, append(tt.central, crowd...), append(tt.regional, crowd...), 2)
			if got := res.Outcomes[Regional][0]; got != tt.outcome {
				t.Errorf("outcome %v, want %v", got, tt.outcome)
			}
			for _, c := range res.Conflicts {
				if c.Kind == tt.kind && len(c.Regional) > 0 && c.Regional[0] == 0 {
					return
				}
			}
			t.Errorf("no conflict %v", tt.kind)
		})
	}
}

// The NIK of one person who is linked stands on another one of the other side.
func TestSharedNIKIsToldBesideLinks(t *testing.T) {
	owner := person(1, "BUDI HIDAYAT", date(1980, 5, 17))
	withoutNIK := owner
	withoutNIK.NIK = normalize.Number{}
	other := person(700, "LESTARI NINGSIH", date(1991, 1, 9))
	borrower := other
	borrower.NIK = owner.NIK
	told := func(regional ...normalize.Person) int {
		res := mustRun(t, beside(owner, other), beside(regional...), 2)
		n := 0
		for i := range regional {
			if res.Outcomes[Regional][i] != Matched {
				t.Errorf("record %d of %d is %v", i, len(regional), res.Outcomes[Regional][i])
			}
		}
		for _, c := range res.Conflicts {
			if c.Kind == NIKSamePersonDiffers && c.Central[0] == 0 && c.Regional[0] == int32(len(regional)-1) {
				n++
			}
		}
		return n
	}
	if got := told(withoutNIK, borrower); got != 1 {
		t.Errorf("told %d times, want once", got)
	}
	if got := told(owner, borrower); got != 0 {
		t.Errorf("told %d times although the owner's link shows whose NIK it is", got)
	}
}

// Two persons of one household are no case for a reviewer where each has a NIK.
func TestSiblingsAreNotReviewed(t *testing.T) {
	rifki := person(1, "RIFKI GUNAWAN", date(2011, 4, 9))
	for _, nik := range []uint64{rifki.NIK.Value + 1, 3273050904119444} {
		rifka := rifki
		rifka.NIK, rifka.Name.Words = number(nik), "RIFKA GUNAWAN"
		central, regional := beside(rifki), beside(rifka)
		for range 20 { // both names are in use
			central = append(central, person(900, "RIFKI LESTARI", date(1990, 1, 2)), person(901, "RIFKA HIDAYAT", date(1991, 1, 2)))
		}
		res := mustRun(t, central, regional, 2)
		if res.Outcomes[Central][0] != Unmatched || res.Outcomes[Regional][0] != Unmatched {
			t.Errorf("%v and %v, want both unmatched", res.Outcomes[Central][0], res.Outcomes[Regional][0])
		}
	}
}
