package match

// The blocking rules, in the order in which they claim a pair. A Link's Rule is
// one of them, or ruleDecision where a person made the pair.
const (
	ruleNIK uint8 = iota
	ruleCardNameBirth
	ruleCard
	ruleNIKNear
	ruleNIKLength
	ruleSwapped
	ruleNameBirth
	ruleWordBirth
	ruleNameArea
	ruleBirthArea
	ruleWordStreet
	ruleNameYear
	ruleName
	ruleBirth
	ruleWordArea
	ruleStreet
	ruleHousehold
	ruleIdentifier
	ruleDecision
	ruleCount
)

var ruleCodes = [ruleCount]string{
	ruleNIK:           "nik",
	ruleCardNameBirth: "kk_name_birth",
	ruleCard:          "kk",
	ruleNIKNear:       "nik_near",
	ruleNIKLength:     "nik_length",
	ruleSwapped:       "nik_kk_swapped",
	ruleNameBirth:     "name_birth",
	ruleWordBirth:     "word_birth",
	ruleNameArea:      "name_area",
	ruleBirthArea:     "birth_area",
	ruleWordStreet:    "word_rt",
	ruleNameYear:      "name_year",
	ruleName:          "name",
	ruleBirth:         "birth",
	ruleWordArea:      "word_area",
	ruleStreet:        "street",
	ruleHousehold:     "household",
	ruleIdentifier:    "identifier",
	ruleDecision:      "decision",
}

// RuleCode returns the stable code of a blocking rule, "" if there is none.
func RuleCode(rule uint8) string {
	if rule >= ruleCount {
		return ""
	}
	return ruleCodes[rule]
}
