package match

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"padan/normalize"
)

// person returns an invented person; n makes NIK, card and street distinct.
func person(n int, name string, birth normalize.Date) normalize.Person {
	return normalize.Person{
		NIK:       number(uint64(3174010000000000) + uint64(birth.Day())*1e8 + uint64(birth.Month())*1e6 + uint64(birth.Year()%100)*1e4 + 9000 + uint64(n%1000)),
		KK:        number(uint64(3174011201159000) + uint64(n)),
		Name:      normalize.Name{Words: name},
		BirthDate: birth,
		Sex:       normalize.Male,
		Area:      normalize.Area{Code: 3174011001},
		Address:   normalize.Address{Street: fmt.Sprintf("MELATI %d", n), RT: 3, RW: 4},
	}
}

func number(value uint64) normalize.Number {
	return normalize.Number{Value: value, Digits: 16, Trust: normalize.TrustFull}
}

func date(year, month, day int) normalize.Date {
	return normalize.Date(year*10_000 + month*100 + day)
}

var testWords = []string{
	"BUDI", "SLAMET", "WAHYUNI", "LESTARI", "RAHMAT", "HIDAYAT", "KURNIAWAN", "SUPARDI", "NINGSIH",
	"YULIANTI", "FIRMANSYAH", "PERMATA", "HASANUDIN", "MAHARANI", "GUNAWAN", "PRATIWI", "SITORUS",
}

// population returns n invented persons.
func population(random *rand.Rand, n int) []normalize.Person {
	persons := make([]normalize.Person, n)
	for i := range persons {
		name := testWords[random.IntN(len(testWords))] + " " + testWords[random.IntN(len(testWords))]
		persons[i] = person(i, name, date(1950+random.IntN(60), 1+random.IntN(12), 1+random.IntN(28)))
	}
	return persons
}

// damage changes one thing a typist would get wrong.
func damage(random *rand.Rand, p normalize.Person) normalize.Person {
	switch random.IntN(12) {
	case 0:
		p.NIK = normalize.Number{Damage: normalize.DamageEmpty}
	case 1:
		p.NIK.Value += (p.NIK.Value+3)%10 - p.NIK.Value%10 // another last digit
	case 2:
		p.BirthDate = 0
	case 3:
		p.KK.Value += 7000
	case 4:
		p.Address = normalize.Address{}
	}
	return p
}

func tablesOf(central, regional []normalize.Person) (*Table, *Table) {
	d := NewDictionary()
	c, r := NewTable(Central, d, len(central)), NewTable(Regional, d, len(regional))
	for i := range central {
		c.Add(&central[i], 0)
	}
	for i := range regional {
		r.Add(&regional[i], 0)
	}
	return c, r
}

func mustRun(t *testing.T, central, regional []normalize.Person, workers int) *Result {
	t.Helper()
	c, r := tablesOf(central, regional)
	res, err := Run(context.Background(), c, r, DefaultModel(), Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// randomSides returns two overlapping, damaged lists and, for each regional
// row, the central row of the same person or -1.
func randomSides(seed uint64, n int) (central, regional []normalize.Person, truth []int32) {
	random := rand.New(rand.NewPCG(seed, 1))
	all := population(random, n)
	for i := range all {
		partner := int32(-1)
		if random.IntN(10) > 0 {
			partner = int32(len(central))
			central = append(central, damage(random, all[i]))
		}
		if random.IntN(10) > 0 {
			regional = append(regional, damage(random, all[i]))
			truth = append(truth, partner)
			if random.IntN(20) == 0 {
				regional = append(regional, damage(random, all[i]))
				truth = append(truth, partner)
			}
		}
	}
	return central, regional, truth
}

func TestEveryRecordHasOneOutcome(t *testing.T) {
	for seed := range uint64(20) {
		central, regional, _ := randomSides(seed, 150)
		res := mustRun(t, central, regional, 2)
		linked := [2]map[int32]bool{{}, {}}
		for _, l := range res.Links {
			if linked[Central][l.Central] || linked[Regional][l.Regional] {
				t.Fatalf("seed %d: a record is linked twice", seed)
			}
			linked[Central][l.Central], linked[Regional][l.Regional] = true, true
		}
		blocked := [2]map[int32]bool{{}, {}}
		for _, c := range res.Conflicts {
			if !c.Kind.Blocks() {
				continue
			}
			for _, i := range c.Central {
				blocked[Central][i] = true
			}
			for _, i := range c.Regional {
				blocked[Regional][i] = true
			}
		}
		for side := range res.Outcomes {
			for i, o := range res.Outcomes[side] {
				row := int32(i)
				if linked[side][row] != (o == Matched) {
					t.Fatalf("seed %d: side %d row %d is %v, linked %v", seed, side, i, o, linked[side][row])
				}
				if o == Conflicted && !blocked[side][row] {
					t.Fatalf("seed %d: side %d row %d is a conflict without a case", seed, side, i)
				}
				if (o == Unmatched) != (res.Reasons[side][i] != ReasonNone) {
					t.Fatalf("seed %d: side %d row %d is %v with reason %q", seed, side, i, o, res.Reasons[side][i])
				}
			}
			for _, d := range res.Duplicates[side] {
				if res.Outcomes[side][d.Record] != Duplicate || res.Outcomes[side][d.Of] == Duplicate {
					t.Fatalf("seed %d: duplicate %+v has outcomes %v of %v", seed, d,
						res.Outcomes[side][d.Record], res.Outcomes[side][d.Of])
				}
			}
		}
	}
}

func TestRunIsTheSameForAnyNumberOfWorkers(t *testing.T) {
	central, regional, _ := randomSides(7, 3000)
	one, eight := mustRun(t, central, regional, 1), mustRun(t, central, regional, 8)
	if !reflect.DeepEqual(one, eight) {
		t.Error("1 and 8 workers differ")
	}
}

func TestRunFindsThePersonsAndNoOthers(t *testing.T) {
	central, regional, truth := randomSides(3, 2000)
	res := mustRun(t, central, regional, 2)
	right, expected := 0, map[int32]bool{}
	for _, c := range truth {
		if c >= 0 {
			expected[c] = true
		}
	}
	for _, l := range res.Links {
		if truth[l.Regional] != l.Central {
			t.Errorf("wrong link %d-%d, weight %.1f, vector %v", l.Central, l.Regional, l.Weight, l.Vector)
			continue
		}
		right++
	}
	if recall := float64(right) / float64(len(expected)); recall < 0.97 {
		t.Errorf("recall %.4f, want at least 0.97", recall)
	}
}

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

func TestRunBearsExtremes(t *testing.T) {
	same := make([]normalize.Person, 3000)
	for i := range same {
		same[i] = normalize.Person{Name: normalize.Name{Words: "SITI"}, Area: normalize.Area{Code: 3174011001}}
	}
	tests := map[string][2][]normalize.Person{
		"both sides empty":           {nil, nil},
		"no regional record":         {same[:1], nil},
		"one record a side":          {same[:1], same[:1]},
		"empty records":              {make([]normalize.Person, 50), make([]normalize.Person, 50)},
		"all alike in one kelurahan": {same, same},
	}
	for name, sides := range tests {
		t.Run(name, func(t *testing.T) {
			if res := mustRun(t, sides[0], sides[1], 2); len(res.Links) != 0 && name != "one record a side" {
				t.Errorf("%d links", len(res.Links))
			}
		})
	}
}

func TestRunStopsWhenCancelled(t *testing.T) {
	central, regional, _ := randomSides(1, 200)
	c, r := tablesOf(central, regional)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, c, r, DefaultModel(), Options{}); err != context.Canceled { //nolint:errorlint // Run returns it bare
		t.Errorf("got %v", err)
	}
}

// Blocking loses none of the pairs that a comparison of all with all accepts.
func TestBlockingFindsWhatComparingAllFinds(t *testing.T) {
	for seed := range uint64(5) {
		central, regional, _ := randomSides(100+seed, 250)
		c, r := tablesOf(central, regional)
		res, err := Run(context.Background(), c, r, DefaultModel(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		e, err := NewExplainer(c, r, DefaultModel())
		if err != nil {
			t.Fatal(err)
		}
		for i := range c.Len() {
			for j := range r.Len() {
				if !e.Explain(i, j).Accepted {
					continue
				}
				if res.Outcomes[Central][i] == Unmatched && res.Outcomes[Regional][j] == Unmatched {
					t.Errorf("seed %d: pair %d-%d is acceptable, and both are unmatched", seed, i, j)
				}
			}
		}
	}
}
