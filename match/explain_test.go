package match

import (
	"testing"

	"padan/normalize"
)

// An explanation gives each pair the weight that the run gave it, twins and
// shared NIKs included.
func TestExplainWeighsAsTheRunDoes(t *testing.T) {
	for seed := range uint64(10) {
		central, regional, _ := randomSides(seed, 300)
		one := person(3, "DIKA FAIRUZ", date(2011, 4, 9))
		two := one
		two.NIK.Value, two.Name.Words = two.NIK.Value+1, "DIKI FAIRUZ"
		shown := two
		shown.NIK, shown.Name.Words = normalize.Number{}, "DIKI"
		owner, other := person(47, "BUDI HIDAYAT", date(1991, 1, 9)), person(5, "LESTARI NINGSIH", date(1991, 1, 9))
		withoutNIK, borrower := owner, other
		withoutNIK.NIK, borrower.NIK = normalize.Number{}, owner.NIK
		central = append(central, one, two, owner, other)
		regional = append(regional, one, shown, withoutNIK, borrower)
		c, r := tablesOf(central, regional)
		res, err := Run(t.Context(), c, r, DefaultModel(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		e, err := NewExplainer(t.Context(), c, r, DefaultModel())
		if err != nil {
			t.Fatal(err)
		}
		compared := 0
		check := func(central, regional int32, rule uint8, weight float64) {
			if rule == ruleHousehold {
				return // weighed with what other links showed
			}
			compared++
			if x := e.Explain(int(central), int(regional)); x.Weight != weight {
				t.Errorf("seed %d: pair %d-%d weighs %.2f, explained as %.2f", seed, central, regional, weight, x.Weight)
			}
		}
		for _, l := range res.Links {
			check(l.Central, l.Regional, l.Rule, l.Weight)
		}
		for _, k := range res.Conflicts {
			if k.Kind.Blocks() && len(k.Central) == 1 && len(k.Regional) == 1 {
				check(k.Central[0], k.Regional[0], k.Rule, k.Weight)
			}
		}
		if compared < 100 {
			t.Errorf("seed %d: only %d pairs", seed, compared)
		}
	}
}
