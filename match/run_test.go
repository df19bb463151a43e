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

// TestRunIsTheSameForAnyLimitOfPairs makes the pairs of a stage in many passes.
func TestRunIsTheSameForAnyLimitOfPairs(t *testing.T) {
	people, others, _ := randomSides(7, 3000)
	central, regional := tablesOf(people, others)
	run := func(limit int) *Result {
		res, err := Run(context.Background(), central, regional, DefaultModel(), Options{Workers: 2, MaxPairs: limit})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	all := run(0)
	for _, limit := range []int{400, 3000, 1 << 30} {
		if res := run(limit); !reflect.DeepEqual(res, all) {
			t.Errorf("at most %d pairs at a time: another result", limit)
		}
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

// A person whom both sides list many times is one link; blocks that nothing can
// split hide nobody.
func TestOnePersonListedManyTimes(t *testing.T) {
	many := make([]normalize.Person, 300)
	for i := range many {
		many[i] = person(1, "KARTINAH SUBEKTI", date(1980, 5, 17))
	}
	res := mustRun(t, beside(many...), beside(many...), 2)
	linked := 0
	for _, l := range res.Links {
		if l.Central < 300 && l.Regional < 300 {
			linked++
		}
	}
	if duplicates := len(res.Duplicates[Central]); linked != 1 || duplicates < 299 {
		t.Errorf("%d links and %d duplicates", linked, duplicates)
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
		e, err := NewExplainer(t.Context(), c, r, DefaultModel())
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
