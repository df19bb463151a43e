package evaluate

import (
	"cmp"
	"slices"
	"strings"

	"padan/match"
	"padan/normalize"
)

// GroupRate is the rate of links of one group of persons: whom does the matching
// leave out?
type GroupRate struct {
	By    string `json:"by"` // fault, kota, sex, age, name or nik
	Group string `json:"group"`
	Rate
}

// group is how links are grouped.
type group struct{ by, name string }

// asOfYear is the year that ages are counted from: that of the lists is not
// known, and a band of years bears one more or less.
const asOfYear = 2025

// groupsOf lists the groups of a person as one side has them.
func (t *trait) groupsOf() []group {
	groups := []group{{"kota", cmp.Or(t.kota, "unknown")}, {"sex", t.sex.String()}, {"age", ageBand(t.birth)}}
	if t.words == 1 {
		groups = append(groups, group{"name", "one_word"})
	} else {
		groups = append(groups, group{"name", "several_words"})
	}
	if region := t.nik / 1e14; region >= 91 && region <= 97 {
		groups = append(groups, group{"nik", "papua"})
	}
	return groups
}

func ageBand(birth normalize.Date) string {
	if birth == 0 {
		return "unknown"
	}
	switch age := asOfYear - birth.Year(); {
	case age < 5:
		return "00-04"
	case age < 18:
		return "05-17"
	case age < 40:
		return "18-39"
	case age < 60:
		return "40-59"
	default:
		return "60+"
	}
}

// groups measures the links by group of the central record, and by what the
// truth says was wrong with the rows. Only decidable links count as missed.
func (p *population) groups(f *facts, links []match.Link) []GroupRate {
	type count struct{ claimed, right, known, found int }
	counts := map[group]*count{}
	at := func(g group) *count {
		if counts[g] == nil {
			counts[g] = &count{}
		}
		return counts[g]
	}
	found := make(map[*trueLink]bool, len(links))
	for i := range links {
		l := f.link(links[i].Central, links[i].Regional)
		groups := p.traits[match.Central][links[i].Central].groupsOf()
		if l != nil {
			found[l] = true
			groups = append(groups, faultGroups(l)...)
		}
		for _, g := range groups {
			c := at(g)
			c.claimed++
			if l != nil {
				c.right++
			}
		}
	}
	for rows, l := range f.links {
		if l.ambiguous {
			continue
		}
		for _, g := range append(p.traits[match.Central][rows[0]].groupsOf(), faultGroups(l)...) {
			c := at(g)
			c.known++
			if found[l] {
				c.found++
			}
		}
	}
	rates := make([]GroupRate, 0, len(counts))
	for g, c := range counts {
		rates = append(rates, GroupRate{g.by, g.name, newRate(c.claimed, c.right, c.known, c.found)})
	}
	slices.SortFunc(rates, func(a, b GroupRate) int {
		return cmp.Or(cmp.Compare(groupOrder(a.By), groupOrder(b.By)), strings.Compare(a.Group, b.Group))
	})
	return rates
}

func groupOrder(by string) int {
	return slices.Index([]string{"kota", "sex", "age", "name", "nik", "fault"}, by)
}

func faultGroups(l *trueLink) []group {
	if l.faults == "" {
		return nil
	}
	var groups []group
	for code := range strings.SplitSeq(l.faults, "+") {
		groups = append(groups, group{"fault", code})
	}
	return groups
}
