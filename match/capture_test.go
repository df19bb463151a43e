package match

import "testing"

// Every pair that a rule makes is among those that RulesOf names for it.
func TestRulesOfNamesTheRuleOfEachPair(t *testing.T) {
	central, regional, _ := randomSides(3, 300)
	c, r := tablesOf(central, regional)
	pairs := 0
	_, err := Run(t.Context(), c, r, DefaultModel(), Options{OnPair: func(p WeighedPair) {
		pairs++
		if p.Rule != ruleHousehold && RulesOf(c, r, p.Central, p.Regional)>>p.Rule&1 == 0 {
			t.Errorf("rule %s made the pair %d-%d and is not named", RuleCode(p.Rule), p.Central, p.Regional)
		}
	}})
	if err != nil || pairs == 0 {
		t.Fatalf("%d pairs, %v", pairs, err)
	}
}
