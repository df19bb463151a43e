package match

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"padan/normalize"
)

func decide(t *testing.T, central, regional []normalize.Person, d *Decisions, workers int) *Result {
	t.Helper()
	c, r := tablesOf(central, regional)
	res, err := Run(context.Background(), c, r, DefaultModel(), Options{Workers: workers, Decisions: d})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// doubtful returns two records that a run leaves to a person.
func doubtful() (normalize.Person, normalize.Person) {
	a := person(1, "BUDI SUPARDI HIDAYAT", date(1980, 5, 17))
	b := a
	b.NIK, b.KK.Value, b.BirthDate = normalize.Number{}, b.KK.Value+77, date(1980, 7, 9)
	return a, b
}

func TestDecisionsOverrideEvidence(t *testing.T) {
	a, b := doubtful()
	sure := person(7, "WAHYUNI LESTARI", date(1971, 2, 3))
	twin := person(8, "RAHMAT KURNIAWAN", date(1999, 9, 9)) // nothing like the others
	for _, c := range []struct {
		name              string
		central, regional []normalize.Person
		decisions         Decisions
		outcome           Outcome // of the first central row
		reason            Reason
		partner           int32 // of that row, if it is matched
	}{
		{"doubt stays without a decision", beside(a), beside(b), Decisions{}, Conflicted, ReasonNone, 0},
		{"a doubtful pair is one person", beside(a), beside(b), Decisions{Between: []DecidedPair{{0, 0, true}}}, Matched, ReasonNone, 0},
		{"a doubtful pair is two persons", beside(a), beside(b), Decisions{Between: []DecidedPair{{0, 0, false}}}, Unmatched, ReasonDecided, 0},
		{"strangers are one person", beside(twin), beside(sure), Decisions{Between: []DecidedPair{{0, 0, true}}}, Matched, ReasonNone, 0},
		{"a sure pair is two persons", beside(sure), beside(sure), Decisions{Between: []DecidedPair{{0, 0, false}}}, Unmatched, ReasonDecided, 0},
		{"the other record is taken", beside(sure, twin), beside(sure, twin), Decisions{Between: []DecidedPair{{0, 1, true}}}, Matched, ReasonNone, 1},
		{"one person who stands twice on the other side", beside(sure), beside(twin, a), Decisions{Between: []DecidedPair{{0, 0, true}, {0, 1, true}}}, Matched, ReasonNone, 1},
		{"two persons who are one record", beside(sure, a), beside(twin), Decisions{
			Between: []DecidedPair{{0, 0, true}, {1, 0, true}}, Within: [2][]DecidedPair{{{0, 1, false}}, nil},
		}, Conflicted, ReasonNone, 0},
		{"two records of evidently one person are two", beside(sure, twin), beside(a, a), Decisions{Between: []DecidedPair{{0, 0, true}, {1, 1, true}}}, Conflicted, ReasonNone, 0},
		{"decisions contradict each other", beside(sure), beside(sure), Decisions{Between: []DecidedPair{{0, 0, true}, {0, 0, false}}}, Conflicted, ReasonNone, 0},
		{"a decision said twice", beside(a), beside(b), Decisions{Between: []DecidedPair{{0, 0, true}, {0, 0, true}}}, Matched, ReasonNone, 0},
		{"a decision about a duplicate", beside(twin), beside(sure, sure), Decisions{Between: []DecidedPair{{0, 1, true}}}, Matched, ReasonNone, 0},
	} {
		res := decide(t, c.central, c.regional, &c.decisions, 1)
		if res.Outcomes[Central][0] != c.outcome || res.Reasons[Central][0] != c.reason {
			t.Errorf("%s: %v for %v", c.name, res.Outcomes[Central][0], res.Reasons[Central][0])
		}
		if c.outcome == Matched && (res.Links[0].Regional != c.partner || RuleCode(res.Links[0].Rule) != "decision") {
			t.Errorf("%s: with row %d by rule %s", c.name, res.Links[0].Regional, RuleCode(res.Links[0].Rule))
		}
	}
}

// A NIK that stands on somebody who is another person by decision does not tell
// against that somebody's own record.
func TestDecidedPersonsShareANIK(t *testing.T) {
	central := beside(person(1, "BUDI HIDAYAT", date(1980, 5, 17)), person(57, "SLAMET GUNAWAN", date(1980, 5, 17)))
	borrowed := central[1]
	borrowed.NIK = central[0].NIK
	res := decide(t, central, beside(borrowed), &Decisions{Between: []DecidedPair{{0, 0, false}}}, 1)
	if l := res.Links[0]; l.Central != 1 || l.Regional != 0 {
		t.Errorf("row %d is linked to row %d", l.Central, l.Regional)
	}
}

func TestDecisionsWithinOneSide(t *testing.T) {
	one := person(1, "BUDI HIDAYAT", date(1980, 5, 17))
	other := person(2, "SLAMET GUNAWAN", date(1991, 3, 2))
	for _, c := range []struct {
		name       string
		persons    []normalize.Person
		decided    []DecidedPair
		duplicates int
	}{
		{"by evidence", beside(one, one), nil, 1},
		{"two persons", beside(one, one), []DecidedPair{{0, 1, false}}, 0},
		{"two persons, said the other way round", beside(one, one), []DecidedPair{{1, 0, false}}, 0},
		{"one person", beside(one, other), []DecidedPair{{0, 1, true}}, 1},
		{"both", beside(one, one), []DecidedPair{{0, 1, true}, {0, 1, false}}, 0},
		{"two of three", beside(one, one, one), []DecidedPair{{0, 2, false}}, 0},
		{"two of three, and one", beside(one, one, one), []DecidedPair{{0, 2, false}, {0, 1, true}}, 1},
	} {
		res := decide(t, c.persons, beside(person(9, "RAHMAT PERMATA", date(1950, 1, 1))), &Decisions{Within: [2][]DecidedPair{c.decided, nil}}, 1)
		if n := len(res.Duplicates[Central]); n != c.duplicates {
			t.Errorf("%s: %d duplicates", c.name, n)
		}
	}
}

// Whatever is decided, a run keeps to it, one to one, with any number of workers.
func TestDecisionsHoldInARun(t *testing.T) {
	for seed := range uint64(20) {
		central, regional, _ := randomSides(seed, 300)
		random := rand.New(rand.NewPCG(seed, 5))
		d := &Decisions{}
		for range 40 {
			d.Between = append(d.Between, DecidedPair{int32(random.IntN(len(central))), int32(random.IntN(len(regional))), random.IntN(2) == 0})
			side := random.IntN(2)
			n := []int{len(central), len(regional)}[side]
			d.Within[side] = append(d.Within[side], DecidedPair{int32(random.IntN(n / 2)), int32(n/2 + random.IntN(n/2)), random.IntN(2) == 0})
		}
		res := decide(t, central, regional, d, 1)
		if again := decide(t, central, regional, d, 4); !reflect.DeepEqual(res, again) {
			t.Fatalf("seed %d: the result depends on the workers", seed)
		}
		checkDecisions(t, seed, d, res)
	}
}

func checkDecisions(t *testing.T, seed uint64, d *Decisions, res *Result) {
	t.Helper()
	partner := map[int32]int32{}
	for _, l := range res.Links {
		partner[l.Central] = l.Regional
	}
	same, taken := map[int32]int{}, map[int32]int{} // decisions for a row
	for _, p := range d.Between {
		if p.Same {
			same[p.A]++
			taken[p.B]++
		}
	}
	within := [2]map[int32]bool{{}, {}}
	for side := range d.Within {
		for _, p := range d.Within[side] {
			within[side][p.A], within[side][p.B] = true, true
		}
	}
	for _, p := range d.Between {
		linked, is := partner[p.A]
		switch aside := res.Outcomes[Central][p.A] == Duplicate || res.Outcomes[Regional][p.B] == Duplicate; {
		case !p.Same && is && linked == p.B:
			t.Errorf("seed %d: two persons by decision are linked", seed)
		case p.Same && same[p.A] == 1 && taken[p.B] == 1 && !within[Central][p.A] && !within[Regional][p.B] && !aside && (!is || linked != p.B) && res.Outcomes[Central][p.A] != Conflicted:
			t.Errorf("seed %d: one person by decision is not linked", seed)
		}
	}
	for side := range d.Within {
		of := map[int32]int32{}
		for _, dup := range res.Duplicates[side] {
			of[dup.Record] = dup.Of
		}
		for _, p := range d.Within[side] {
			if best, aside := of[p.A]; !p.Same && (aside && best == p.B || of[p.B] == p.A && res.Outcomes[side][p.B] == Duplicate) {
				t.Errorf("seed %d: two persons by decision are duplicates", seed)
			}
		}
	}
}
