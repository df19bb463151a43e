package match

import (
	"math"
	"math/rand/v2"
	"testing"
)

// simulated draws n pairs from a mixture of matches and strangers with known m,
// u and share of matches, fields independent of each other, and counts their
// patterns.
func simulated(seed uint64, n int, share float64, truth *Model, fields []Comparison) []pattern {
	random := rand.New(rand.NewPCG(seed, 2))
	counts, order := map[pattern]int64{}, []pattern{}
	for range n {
		chances := &truth.U
		if random.Float64() < share {
			chances = &truth.M
		}
		p := pattern{stratum: 1}
		for _, c := range fields {
			if random.Float64() > .05 { // the others are missing
				p.vector[c] = drawn(random, chances[c])
			}
		}
		if counts[p] == 0 {
			order = append(order, p)
		}
		counts[p]++
	}
	for k := range order {
		order[k].count = counts[order[k]]
	}
	return order
}

func drawn(random *rand.Rand, chances []float64) uint8 {
	x := random.Float64()
	for level := 1; level < len(chances)-1; level++ {
		if x -= chances[level]; x < 0 {
			return uint8(level)
		}
	}
	return uint8(len(chances) - 1)
}

// knownModel differs from the default in every m and has u that sum to 1.
func knownModel() *Model {
	m := DefaultModel()
	m.M[CompareNIK] = []float64{0, .1, .05, .02, .08, .75}
	m.U[CompareNIK] = []float64{0, .96, .03, .004, .004, .002}
	m.M[CompareKK] = []float64{0, .3, .05, .05, .6}
	m.U[CompareKK] = []float64{0, .97, .01, .01, .01}
	m.M[CompareSex] = []float64{0, .04, .96}
	m.U[CompareSex] = []float64{0, .5, .5}
	m.M[CompareStreet] = []float64{0, .1, .3, .2, .4}
	m.U[CompareStreet] = []float64{0, .9, .06, .03, .01}
	m.M[CompareRelation] = []float64{0, .1, .9}
	m.U[CompareRelation] = []float64{0, .7, .3}
	return m
}

// EM finds the m and the share of matches from which pairs were drawn, within
// 0.015 and 0.01 at 40,000 pairs.
func TestEMRecoversKnownParameters(t *testing.T) {
	truth := knownModel()
	fields := []Comparison{CompareNIK, CompareKK, CompareSex, CompareStreet, CompareRelation}
	for _, c := range []struct {
		seed  uint64
		share float64
	}{{1, .5}, {2, .2}, {3, .8}, {4, .35}} {
		from := DefaultModel()
		from.U = truth.U
		x := newMixture(simulated(c.seed, 40_000, c.share, truth, fields), from, 1, false)
		x.learn()
		if !x.converged {
			t.Errorf("seed %d: no convergence after %d steps", c.seed, len(x.trace))
		}
		if got := x.share[1][classMatch]; math.Abs(got-c.share) > .01 {
			t.Errorf("seed %d: share of matches %.4f, want %.4f", c.seed, got, c.share)
		}
		for _, field := range fields {
			for level := 1; level < LevelCount(field); level++ {
				if got, want := x.m[field][level], truth.M[field][level]; math.Abs(got-want) > .015 {
					t.Errorf("seed %d: m of %s %s is %.4f, want %.4f", c.seed, field, LevelCode(field, uint8(level)), got, want)
				}
			}
		}
	}
}

func TestLogLikelihoodNeverFalls(t *testing.T) {
	fields := []Comparison{CompareNIK, CompareKK, CompareSex, CompareStreet, CompareRelation}
	for seed := range uint64(8) {
		for _, members := range []bool{false, true} {
			x := newMixture(simulated(seed, 3000, float64(seed)/8, knownModel(), fields), DefaultModel(), 20, members)
			x.learn()
			for k := 1; k < len(x.trace); k++ {
				if x.trace[k] < x.trace[k-1]-1e-9*math.Abs(x.trace[k]) {
					t.Fatalf("seed %d: step %d fell from %v to %v", seed, k, x.trace[k-1], x.trace[k])
				}
			}
		}
	}
}

// Missing fields and no match at all leave the values of the start.
func TestEMWithoutEvidence(t *testing.T) {
	x := newMixture([]pattern{{stratum: 1, count: 500}}, DefaultModel(), 20, true)
	x.learn()
	for c := range ComparisonCount {
		sum := 0.0
		for _, m := range DefaultModel().M[c][1:] {
			sum += m
		}
		for level := 1; level < LevelCount(c); level++ {
			if want := DefaultModel().M[c][level] / sum; math.Abs(x.m[c][level]-want) > 1e-9 {
				t.Errorf("%s %d: m %v, want %v", c, level, x.m[c][level], want)
			}
		}
	}
}
