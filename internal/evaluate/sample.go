package evaluate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"padan/internal/store"
	"padan/match"
)

// stratum is a class of links by weight, from (bits) to the next.
type stratum struct {
	From  float64 `json:"from"`
	Links int     `json:"links"`
	Drawn int     `json:"drawn"`
	Right int     `json:"right"`
}

// strataFrom are the lower bounds of the strata, in bits: where links may be
// wrong, more of them are drawn.
var strataFrom = [...]float64{math.Inf(-1), 12, 16, 20, 26}

func stratumOf(weight float64) int {
	k := 0
	for k+1 < len(strataFrom) && weight >= strataFrom[k+1] {
		k++
	}
	return k
}

// Sample is links of a run that are drawn to be judged by a person.
type Sample struct {
	Run    store.RunID
	Strata []stratum
	Pairs  []match.LinkedPair // in random order
	Class  []int              // by pair: its stratum
}

// ErrSample says that more links are asked for than there are, or none.
var ErrSample = errors.New("the run has fewer links than are to be drawn")

// Draw draws size links of a run, equally from the strata as far as they have
// links. The same seed draws the same links.
func Draw(ctx context.Context, s *store.Store, run *store.Run, size int, seed uint64) (*Sample, error) {
	if size < 1 || int64(size) > run.Links {
		return nil, fmt.Errorf("%w: %d of %d", ErrSample, size, run.Links)
	}
	type drawn struct {
		hash  uint64
		index int
	}
	var classes [len(strataFrom)][]drawn
	index := 0
	for pair, err := range s.LinkedPairs(ctx, run.ID) {
		if err != nil {
			return nil, err
		}
		k := stratumOf(pair.Link.Weight)
		classes[k] = append(classes[k], drawn{spread(seed, uint64(index)), index})
		index++
	}
	sample := &Sample{Run: run.ID, Strata: make([]stratum, len(strataFrom))}
	wanted := map[int]drawn{}
	for k, take := range allocate(size, classSizes(classes[:], func(c []drawn) int { return len(c) })) {
		slices.SortFunc(classes[k], func(a, b drawn) int { return cmp.Or(cmp.Compare(a.hash, b.hash), a.index-b.index) })
		sample.Strata[k] = stratum{From: strataFrom[k], Links: len(classes[k]), Drawn: take}
		for _, d := range classes[k][:take] {
			wanted[d.index] = d
		}
	}
	order := make([]drawn, 0, size)
	index = 0
	for pair, err := range s.LinkedPairs(ctx, run.ID) {
		if err != nil {
			return nil, err
		}
		if d, ok := wanted[index]; ok {
			order = append(order, drawn{d.hash, len(sample.Pairs)})
			sample.Pairs = append(sample.Pairs, pair)
		}
		index++
	}
	slices.SortFunc(order, func(a, b drawn) int { return cmp.Or(cmp.Compare(a.hash, b.hash), a.index-b.index) })
	pairs := make([]match.LinkedPair, 0, size)
	for _, d := range order {
		pairs = append(pairs, sample.Pairs[d.index])
		sample.Class = append(sample.Class, stratumOf(sample.Pairs[d.index].Link.Weight))
	}
	sample.Pairs = pairs
	return sample, nil
}

func classSizes[T any](classes []T, size func(T) int) []int {
	sizes := make([]int, len(classes))
	for i, c := range classes {
		sizes[i] = size(c)
	}
	return sizes
}

// allocate divides size draws equally among classes, none beyond its size; what
// small classes cannot give goes to the others. The sizes add up to size or more.
func allocate(size int, sizes []int) []int {
	taken := make([]int, len(sizes))
	for left := size; left > 0; {
		open := 0
		for k := range sizes {
			if taken[k] < sizes[k] {
				open++
			}
		}
		each := max(1, left/max(1, open))
		for k := range sizes {
			add := min(each, sizes[k]-taken[k], left)
			taken[k] += add
			left -= add
		}
		if open == 0 {
			break
		}
	}
	return taken
}

// spread is a hash of a seed and a number (SplitMix64).
func spread(seed, n uint64) uint64 {
	x := seed*0x9E3779B97F4A7C15 + n + 0x632BE59BD9B4E019
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}

// Judged is the precision of a run as persons judged a sample of its links.
type Judged struct {
	Run       int64   `json:"run"`
	Links     int     `json:"links"`
	Judged    int     `json:"judged"`
	Same      int     `json:"same"`
	Different int     `json:"different"`
	Unsure    int     `json:"unsure"` // count as wrong
	Open      int     `json:"open"`   // without a decision; left out
	Precision float64 `json:"precision"`
	Low       float64 `json:"low"` // of the 95 % interval
	High      float64 `json:"high"`
}

// judge weighs the strata by their links: the precision is the stratified mean,
// and its interval Wilson's with the effective sample size p(1-p)/variance
// (Kish 1965; Korn and Graubard 1998).
func (j *Judged) judge(strata []stratum) {
	total, drawn := 0, 0
	for _, s := range strata {
		if s.Drawn > 0 {
			total += s.Links
			drawn += s.Drawn
		}
	}
	p, variance := 0.0, 0.0
	for _, s := range strata {
		if s.Drawn == 0 {
			continue
		}
		weight, right := float64(s.Links)/float64(total), float64(s.Right)/float64(s.Drawn)
		p += weight * right
		variance += weight * weight * right * (1 - right) / float64(s.Drawn)
	}
	n := float64(drawn)
	if variance > 0 {
		n = min(n, p*(1-p)/variance)
	}
	j.Links, j.Precision = total, p
	j.Low, j.High = Wilson(p*n, n)
}
