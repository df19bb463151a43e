package match

import (
	"testing"

	"padan/normalize"
)

// Two members of one household are never taken for one person by what members
// share: a copied NIK, a birthday, a family name, a father's name.
func TestMembersOfOneHouseholdAreTwo(t *testing.T) {
	head := person(7, "RAHMAT SITORUS", date(1979, 5, 2))
	with := func(change func(p *normalize.Person)) normalize.Person {
		p := head
		change(&p)
		return p
	}
	tests := []struct {
		name  string
		other normalize.Person
		most  float64 // probability that they are one
	}{
		{"the head's NIK on a child", with(func(p *normalize.Person) {
			p.Name.Words, p.BirthDate = "LESTARI SITORUS", date(2011, 8, 21)
		}), 0.05},
		{"a son named after his father", with(func(p *normalize.Person) {
			p.NIK, p.BirthDate = normalize.Number{}, date(2011, 8, 21)
		}), 0.5},
		{"a twin", with(func(p *normalize.Person) {
			p.NIK, p.Name.Words = normalize.Number{}, "SLAMET SITORUS"
		}), 0.99}, // it takes another twin of whom each list knows one
		{"a child without any number or date", with(func(p *normalize.Person) {
			p.NIK, p.Name.Words, p.BirthDate = normalize.Number{}, "BUDI SITORUS", 0
		}), 0.05},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, r := tablesOf(beside(head), beside(tt.other))
			e, err := NewExplainer(t.Context(), c, r, DefaultModel())
			if err != nil {
				t.Fatal(err)
			}
			got := e.Explain(0, 0)
			if got.Accepted || got.Probability > tt.most {
				t.Errorf("accepted %v, probability %.3f, %v", got.Accepted, got.Probability, got.Weights)
			}
		})
	}
}

// The weights of the parts and the prior always add up to the whole.
func TestWeightsAddUp(t *testing.T) {
	central, regional, _ := randomSides(9, 200)
	c, r := tablesOf(central, regional)
	e, err := NewExplainer(t.Context(), c, r, DefaultModel())
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.Len() {
		got := e.Explain(i, i%r.Len())
		sum := got.Prior
		for _, w := range got.Weights {
			sum += float64(w)
		}
		if diff := sum - got.Weight; diff > 1e-9 || diff < -1e-9 {
			t.Fatalf("row %d: parts and prior are %v, the whole is %v", i, sum, got.Weight)
		}
	}
}
