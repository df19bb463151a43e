package evaluate

import (
	"math/bits"

	"padan/match"
)

// RuleMeasure is what one blocking rule is worth.
type RuleMeasure struct {
	Rule    string  `json:"rule"`
	Pairs   int64   `json:"pairs"`   // that share its key
	New     int64   `json:"new"`     // of these, compared in full, and first by this rule
	Reaches int     `json:"reaches"` // true links whose rows share its key
	Recall  float64 `json:"recall"`  // the same as a share
	Gain    int     `json:"gain"`    // true links that no other rule reaches
	Refined int64   `json:"refined"` // blocks split by a further field
	Dropped int64   `json:"dropped"` // pairs not compared
}

// CandidateMeasure is the blocking as a whole.
type CandidateMeasure struct {
	Pairs           int64   `json:"pairs"` // of all rules; a pair counts for each rule that makes it
	PairsPerCentral float64 `json:"pairs_per_central_record"`
	Reached         int     `json:"true_links_reached"`
	Recall          float64 `json:"recall"`
}

// blocking measures which true links the rules reach by their keys. All true
// links count, ambiguous ones too.
func (p *population) blocking(f *facts, counts []match.RuleCount) ([]RuleMeasure, CandidateMeasure) {
	reaches, gain := make([]int, match.CountRules()), make([]int, match.CountRules())
	reached := 0
	for rows := range f.links {
		found := match.RulesOf(p.tables[match.Central], p.tables[match.Regional], rows[0], rows[1])
		if found != 0 {
			reached++
		}
		if bits.OnesCount32(found) == 1 {
			gain[bits.TrailingZeros32(found)]++
		}
		for ; found != 0; found &= found - 1 {
			reaches[bits.TrailingZeros32(found)]++
		}
	}
	whole := CandidateMeasure{Reached: reached, Recall: share(reached, len(f.links))}
	var rules []RuleMeasure
	for _, c := range counts {
		rules = append(rules, RuleMeasure{
			Rule: match.RuleCode(c.Rule), Pairs: c.Pairs, New: c.New, Refined: c.Refined, Dropped: c.Dropped,
			Reaches: reaches[c.Rule], Recall: share(reaches[c.Rule], len(f.links)), Gain: gain[c.Rule],
		})
		whole.Pairs += c.Pairs
	}
	whole.PairsPerCentral = float64(whole.Pairs) / max(1, float64(p.tables[match.Central].Len()))
	return rules, whole
}
