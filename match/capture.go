package match

// RulesOf returns the blocking rules that find a pair by themselves: bit i is set
// if the two rows share a key of the rule with code RuleCode(i). The household
// rule, which needs other links, is never among them.
func RulesOf(central, regional *Table, c, r int32) uint32 {
	found := uint32(0)
	for _, rules := range append(firstRules(true), rowRules(), lastRules()) {
		for _, rule := range rules {
			if shareKey(central, c, regional, r, rule.keys) {
				found |= 1 << rule.rule
			}
		}
	}
	return found
}

// CountRules is the number of blocking rules.
func CountRules() int { return int(ruleCount) }

func shareKey(a *Table, i int32, b *Table, j int32, keys keyFunc) bool {
	var x, y [64]uint64
	theirs := keys(b, j, y[:0])
	for _, key := range keys(a, i, x[:0]) {
		for _, other := range theirs {
			if key == other {
				return true
			}
		}
	}
	return false
}
