package match

import (
	"math/rand/v2"
	"slices"
	"testing"

	"padan/internal/hashid"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
)

func testKey(t testing.TB, secret string) hashid.Key {
	t.Helper()
	key, err := hashid.NewKey([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// hashedNumbers hashes the numbers of persons and remembers which are whose.
type hashedNumbers struct {
	hasher *hashid.Hasher
	value  map[uint64]uint64 // by hash
	text   map[string]string // of 16 digits, by letters
}

func newHashedNumbers(t testing.TB) *hashedNumbers {
	return &hashedNumbers{
		hasher: hashid.New(testKey(t, "a key of thirty-two bytes or more")), value: map[uint64]uint64{}, text: map[string]string{},
	}
}

func (h *hashedNumbers) persons(plain []normalize.Person) []normalize.Person {
	hashed := slices.Clone(plain)
	for i := range hashed {
		p := &hashed[i]
		h.hasher.Person(p)
		for _, pair := range [...][2]normalize.Number{{p.NIK, plain[i].NIK}, {p.KK, plain[i].KK}} {
			h.value[pair[0].Value] = pair[1].Value
			h.text[pair[0].Text()] = pair[1].Text()
		}
	}
	return hashed
}

// open puts the clear numbers back into a result.
func (h *hashedNumbers) open(res *Result) *Result {
	for i := range res.Conflicts {
		if c := &res.Conflicts[i]; c.Proposed != "" {
			c.Proposed = h.text[c.Proposed]
		}
	}
	for i := range res.Households {
		for side, card := range res.Households[i].Cards {
			res.Households[i].Cards[side] = h.value[card]
		}
	}
	return res
}

// slips damages numbers in all the ways that a comparison of them knows.
func slips(random *rand.Rand, persons []normalize.Person) {
	for i := range persons {
		p := &persons[i]
		for _, n := range [...]*normalize.Number{&p.NIK, &p.KK} {
			if n.Value != 0 && random.IntN(6) == 0 {
				*n = slipOf(random, n.Text())
			}
		}
		if random.IntN(40) == 0 {
			p.NIK, p.KK = p.KK, p.NIK
		}
		if random.IntN(30) == 0 {
			p.BirthDate = 0
		}
	}
}

func slipOf(random *rand.Rand, text string) normalize.Number {
	digits, at := []byte(text), random.IntN(len(text)-1)
	numeric := false
	switch random.IntN(7) {
	case 0:
		digits[at] = byte('0' + random.IntN(10))
	case 1:
		digits[at], digits[at+1] = digits[at+1], digits[at]
	case 2:
		digits = slices.Delete(digits, at, at+1)
	case 3:
		digits = slices.Insert(digits, at, digits[at])
	case 4:
		digits[15], numeric = '0', true
	case 5:
		digits[at], digits[at+1] = byte('0'+random.IntN(10)), byte('0'+random.IntN(10))
	default:
		return normalize.ReadNIK("3,17401E+15", false)
	}
	return normalize.ReadNIK(string(digits), numeric)
}

// TestHashedNumbersMatchAsClearOnes is the promise of hashed lists: who is linked
// to whom, with which weight, and every conflict are the same.
func TestHashedNumbersMatchAsClearOnes(t *testing.T) {
	near := map[uint8]int{}
	seeds := uint64(12)
	if testing.Short() {
		seeds = 4
	}
	for seed := range seeds {
		central, regional, _ := randomSides(seed, 250)
		random := rand.New(rand.NewPCG(seed, 2))
		slips(random, central)
		slips(random, regional)
		want := mustRun(t, central, regional, 2)
		h := newHashedNumbers(t)
		hashed := h.open(mustRun(t, h.persons(central), h.persons(regional), 2))
		for _, res := range []*Result{want, hashed} {
			sortConflicts(res)
			// A clear number of two equal neighbours has a key of the length rule
			// twice and makes the same pair twice.
			res.Rules[ruleNIKLength].Pairs = 0
		}
		if diff := cmp.Diff(want, hashed); diff != "" {
			t.Fatalf("seed %d (- clear, + hashed):\n%.4000s", seed, diff)
		}
		for _, l := range want.Links {
			near[l.Vector[CompareNIK]]++
		}
	}
	for level := NIKUnsure; level <= NIKSame; level++ {
		if near[level] == 0 {
			t.Errorf("no link has the level %s", LevelCode(CompareNIK, level))
		}
	}
}

// sortConflicts orders the conflicts by their records: those of family cards come
// in the order of the numbers.
func sortConflicts(res *Result) {
	slices.SortFunc(res.Conflicts, func(a, b Conflict) int {
		return cmpConflict(&a, &b)
	})
}

func cmpConflict(a, b *Conflict) int {
	for _, order := range [...]int{
		slices.Compare(a.Central, b.Central), slices.Compare(a.Regional, b.Regional), int(a.Kind) - int(b.Kind),
	} {
		if order != 0 {
			return order
		}
	}
	return 0
}

// TestHashedNumbersCompareAsClearOnes compares every pair of two small lists.
func TestHashedNumbersCompareAsClearOnes(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	persons := population(random, 30)
	central, regional := slices.Clone(persons), slices.Clone(persons)
	for range 3 {
		central, regional = append(central, persons...), append(regional, persons...)
	}
	slips(random, central)
	slips(random, regional)
	c, r := tablesOf(central, regional)
	h := newHashedNumbers(t)
	hc, hr := tablesOf(h.persons(central), h.persons(regional))
	levels := map[uint8]int{}
	for i := range int32(c.Len()) {
		for j := range int32(r.Len()) {
			nik, kk := levelNIK(c, i, r, j), levelKK(c, i, r, j)
			if got := levelNIK(hc, i, hr, j); got != nik {
				t.Fatalf("pair %d, %d: NIK %s, hashed %s", i, j, LevelCode(CompareNIK, nik), LevelCode(CompareNIK, got))
			}
			if got := levelKK(hc, i, hr, j); got != kk {
				t.Fatalf("pair %d, %d: KK %s, hashed %s", i, j, LevelCode(CompareKK, kk), LevelCode(CompareKK, got))
			}
			p := pair{a: c, b: r, i: i, j: j, ra: &c.rows[i], rb: &r.rows[j], vector: Vector{CompareNIK: nik}}
			q := pair{a: hc, b: hr, i: i, j: j, ra: &hc.rows[i], rb: &hr.rows[j], vector: Vector{CompareNIK: nik}}
			if p.oneOffSerials() != q.oneOffSerials() || p.consecutiveNIKs() != q.consecutiveNIKs() || p.endsInZero() != q.endsInZero() {
				t.Fatalf("pair %d, %d: twins are told otherwise", i, j)
			}
			if sameCard(c, i, r, j) != sameCard(hc, i, hr, j) || nearCards(c, i, r, j) != nearCards(hc, i, hr, j) {
				t.Fatalf("pair %d, %d: cards are told otherwise", i, j)
			}
			levels[nik]++
		}
	}
	for level := NIKDiffers; level <= NIKSame; level++ {
		if levels[level] == 0 {
			t.Errorf("no pair has the level %s", LevelCode(CompareNIK, level))
		}
	}
}

// TestMergedPersonKeepsTheNeighboursOfItsNumbers: the neighbourhood goes with the
// number that is chosen.
func TestMergedPersonKeepsTheNeighboursOfItsNumbers(t *testing.T) {
	persons := population(rand.New(rand.NewPCG(7, 8)), 2)
	short := persons[0]
	short.NIK, short.KK = normalize.ReadNIK(short.NIK.Text()[1:], false), normalize.Number{}
	h := newHashedNumbers(t)
	hashed := h.persons([]normalize.Person{persons[0], short})
	for _, pair := range [...][2]int{{0, 1}, {1, 0}} {
		merged := Merge(&hashed[pair[0]], &hashed[pair[1]], &Precedence{})
		if merged.Person.NIK != hashed[0].NIK || merged.Person.NIKNear != hashed[0].NIKNear || merged.Person.KKNear != hashed[0].KKNear {
			t.Errorf("%v: the neighbours of another number", pair)
		}
	}
}

// TestDroppedDatesLeaveTheContradiction: without birth dates a hashed NIK that
// contradicts its record is doubted all the same.
func TestDroppedDatesLeaveTheContradiction(t *testing.T) {
	persons := population(rand.New(rand.NewPCG(5, 6)), 1)
	persons = append(persons, persons[0], persons[0])
	persons[1].BirthDate = normalize.NewDate(1950, 2, 3)
	persons[2].NIK = normalize.ReadNIK("3174010101909999", false)
	h := newHashedNumbers(t)
	hashed := h.persons(persons)
	for i := range hashed {
		hashid.Drop(&hashed[i], []normalize.Field{normalize.FieldBirthDate})
		if hashed[i].BirthDate != 0 {
			t.Fatal("a birth date is left")
		}
		if _, told := hashed[i].NIK.Stated.DatePart(); told {
			t.Fatal("the NIK tells the date that was dropped")
		}
	}
	c, r := tablesOf(hashed, hashed)
	if c.rows[0].contradictsNIK() || !c.rows[1].contradictsNIK() {
		t.Error("the contradiction is not kept, or made")
	}
	if levelNIK(c, 0, r, 1) != NIKSame {
		t.Error("one NIK is not the same")
	}
	if got := levelNIK(c, 1, r, 2); got != NIKUnsure {
		t.Errorf("level %d", got)
	}
}
