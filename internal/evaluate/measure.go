package evaluate

import (
	"context"

	"padan/internal/store"
	"padan/match"
)

// Options of Run.
type Options struct {
	Truth    string // a folder of padan generate, or a file of true links
	IDHeader string // title of the column with the ids of a truth by id
	Model    *match.Model
	Workers  int
}

// Measures is what a run is worth, measured against a truth.
type Measures struct {
	Run         int64            `json:"run"`
	Links       Rate             `json:"links"`     // of all true links
	Decidable   Rate             `json:"decidable"` // of those that the rows say enough about
	Households  *Rate            `json:"households,omitempty"`
	Duplicates  *Rate            `json:"duplicates,omitempty"`
	Conflicts   []KindRate       `json:"conflicts,omitempty"`
	Groups      []GroupRate      `json:"groups"`
	Curve       []Point          `json:"curve"`
	Threshold   float64          `json:"threshold"` // bits: the model's own
	Reliability []Bin            `json:"reliability"`
	Calibration float64          `json:"calibration_error"` // mean distance of predicted and true share, by pairs
	Blocking    []RuleMeasure    `json:"blocking"`
	Candidates  CandidateMeasure `json:"candidates"`
}

// Measure measures the links, households, duplicates and conflicts of a run. It
// matches what is loaded again with the run's model, which gives the same
// result, and a second time with the threshold of a link at lowestThreshold.
func Measure(ctx context.Context, s *store.Store, run *store.Run, o Options) (*Measures, error) {
	t, err := readTruth(o.Truth)
	if err != nil {
		return nil, err
	}
	p, err := readPopulation(ctx, s, run, o.IDHeader)
	if err != nil {
		return nil, err
	}
	f, err := p.facts(t)
	if err != nil {
		return nil, err
	}
	bins := newBins()
	res, err := match.Run(ctx, p.tables[match.Central], p.tables[match.Regional], o.Model, match.Options{
		Workers: o.Workers,
		OnPair:  func(pair match.WeighedPair) { bins.add(pair.Probability(), f.link(pair.Central, pair.Regional) != nil) },
	})
	if err != nil {
		return nil, err
	}
	if int64(len(res.Links)) != run.Links {
		return nil, errMoved
	}
	m := &Measures{Run: int64(run.ID), Threshold: o.Model.Link, Reliability: bins.list(), Calibration: bins.error()}
	m.Links, m.Decidable = f.rateLinks(res.Links)
	m.Groups = p.groups(f, res.Links)
	m.Blocking, m.Candidates = p.blocking(f, res.Rules)
	if t.households != nil {
		rate := rateHouseholds(t.households, res.Households)
		m.Households = &rate
	}
	if t.whole {
		rate := p.rateDuplicates(f, res)
		m.Duplicates = &rate
		m.Conflicts = p.rateConflicts(t, res)
	}
	m.Curve, err = p.curve(ctx, f, o)
	return m, err
}

// rateLinks compares links with all true links and with the decidable ones. A
// second row of a person counts as the person.
func (f *facts) rateLinks(links []match.Link) (all, decidable Rate) {
	found := make(map[*trueLink]bool, len(links))
	right, sure := 0, 0
	for i := range links {
		l := f.link(links[i].Central, links[i].Regional)
		if l == nil {
			continue
		}
		right++
		if !found[l] && !l.ambiguous {
			sure++
		}
		found[l] = true
	}
	return newRate(len(links), right, len(f.links), len(found)), newRate(len(links), right, f.decidable, sure)
}

// rateHouseholds compares pairs of KK numbers; pairs whose truth is ambiguous
// count as right if found, and are not missed.
func rateHouseholds(known map[cardPair]bool, households []match.HouseholdLink) Rate {
	claimed, right, found, sure := 0, 0, 0, 0
	for i := range households {
		h := &households[i]
		if h.First[match.Central] == match.NoRow || h.First[match.Regional] == match.NoRow {
			continue
		}
		claimed++
		if ambiguous, is := known[cardPair(h.Cards)]; is {
			right++
			if !ambiguous {
				found++
			}
		}
	}
	for _, ambiguous := range known {
		if !ambiguous {
			sure++
		}
	}
	return newRate(claimed, right, sure, found)
}

// rateDuplicates compares records set aside with the second rows of the truth.
func (p *population) rateDuplicates(f *facts, res *match.Result) Rate {
	claimed, right, known, found := 0, 0, 0, 0
	for side := range res.Duplicates {
		of := map[int32]int32{}
		for _, d := range res.Duplicates[side] {
			of[d.Record] = d.Of
			claimed++
			if f.person(match.Side(side), d.Record) == f.person(match.Side(side), d.Of) {
				right++
			}
		}
		stands := func(row int32) int32 {
			if other, aside := of[row]; aside {
				return other
			}
			return row
		}
		for row, first := range f.first[side] {
			known++
			if stands(row) == stands(first) {
				found++
			}
		}
	}
	return newRate(claimed, right, known, found)
}
