package match

import (
	"math/rand/v2"
	"testing"

	"padan/normalize"
)

// beside puts some records before a crowd of others, so that frequencies mean
// something.
func beside(persons ...normalize.Person) []normalize.Person {
	return append(persons, population(rand.New(rand.NewPCG(6, 6)), 3000)...)
}

// A serial that is one off is a slip of the pen, unless the names could be those
// of twins: the next serial and almost one name, or a household known to have
// twins.
func TestSerialOneOff(t *testing.T) {
	one := person(3, "AISYAH LESTARI", date(2011, 4, 9))
	slip := one
	slip.NIK.Value++
	slip.Name.Words = "AISYA LESTARI"
	far := slip
	far.NIK.Value += 3
	sameName := slip
	sameName.Name.Words = one.Name.Words
	twin := slip
	third := slip
	third.NIK.Value++
	third.Name.Words = "AISA LESTARI"
	tests := []struct {
		name              string
		central, regional []normalize.Person
		want              Outcome // of the first regional record
	}{
		{"the next serial and almost one name", beside(one), beside(slip), Conflicted},
		{"the next serial and one name", beside(one), beside(sameName), Matched},
		{"another serial and almost one name", beside(one), beside(far), Matched},
		{"the list has twins", beside(one, twin), beside(third), Conflicted},
		{"each twin is listed", beside(one, twin), beside(one, twin), Matched},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := mustRun(t, tt.central, tt.regional, 2)
			if got := res.Outcomes[Regional][0]; got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// Members of a household that moved house and got another card vouch for each
// other; one alone is nobody's proof.
func TestHouseholdsAreRejoined(t *testing.T) {
	head := person(5, "HENI WAHYUNI", date(1965, 1, 25))
	child := person(5, "BAGAS WAHYUNI", date(2013, 9, 29))
	away := func(p normalize.Person) normalize.Person {
		p.NIK, p.KK = normalize.Number{}, number(3173043009259001)
		p.Area.Code, p.Address = 3173041005, normalize.Address{Street: "VILA MELATI", RT: 1, RW: 2}
		p.BirthDate = date(p.BirthDate.Year(), 1, 1)
		return p
	}
	alone := mustRun(t, beside(head, child), beside(away(head)), 2)
	if got := alone.Outcomes[Regional][0]; got == Matched {
		t.Error("one member alone is linked")
	}
	child.NIK = number(3174012909139005)
	movedChild := away(child)
	movedChild.NIK = child.NIK
	both := mustRun(t, beside(head, child), beside(away(head), movedChild), 2)
	for i := range 2 {
		if got := both.Outcomes[Regional][i]; got != Matched {
			t.Errorf("member %d is %v", i, got)
		}
	}
	found := false
	for _, l := range both.Links {
		found = found || l.Rule == ruleHousehold && l.Vector[CompareKK] == KKLinked
	}
	if !found {
		t.Error("no link was found through the household")
	}
}
