package match

import (
	"testing"

	"padan/normalize"
)

// Every pair that a rule makes is among those that RulesOf names for it.
func TestRulesOfNamesTheRuleOfEachPair(t *testing.T) {
	central, regional, _ := randomSides(3, 300)
	for _, side := range [][]normalize.Person{central, regional} {
		for i := range side {
			side[i].Identifier = "NO" + side[i].KK.Text()
		}
	}
	c, r := tablesOf(central, regional)
	pairs, byIdentifier := 0, 0
	_, err := Run(t.Context(), c, r, DefaultModel(), Options{OnPair: func(p WeighedPair) {
		pairs++
		if p.Rule == ruleIdentifier {
			byIdentifier++
		}
		if p.Rule != ruleHousehold && RulesOf(c, r, p.Central, p.Regional)>>p.Rule&1 == 0 {
			t.Errorf("rule %s made the pair %d-%d and is not named", RuleCode(p.Rule), p.Central, p.Regional)
		}
	}})
	if err != nil || pairs == 0 || byIdentifier == 0 {
		t.Fatalf("%d pairs, %d by identifier, %v", pairs, byIdentifier, err)
	}
}
