package match

import "math"

// class is what the two records of a candidate pair are.
type class uint8

const (
	classMatch    class = iota // one person
	classMember                // two persons of one household
	classStranger              // two persons
	classCount
)

// pattern is a comparison vector, with what else decides about a pair in
// training, and the number of candidate pairs that show it. Comparisons that the
// rule holds fixed are Missing.
type pattern struct {
	vector  Vector
	bits    int16 // rarity of the agreeing values, in steps of 1/bitSteps bits
	stratum uint8 // size of the block: the pairs of a block of 2^(stratum-1) and more
	count   int64
}

const (
	bitSteps = 2
	strata   = 14 // enough for blocks of maxBlock pairs
)

// homeComparisons speak of the household and not of the person.
var homeComparisons = [ComparisonCount]bool{
	CompareKK: true, CompareArea: true, CompareStreet: true, CompareMother: true,
}

// mixture is a Fellegi-Sunter model of the candidate pairs of one rule with the
// chances of the three classes by size of block. EM learns m and the chances; u
// is known. The other members of a household agree like a match in what speaks
// of the household and like strangers in everything else: without that class the
// pairs of a copied NIK or of namesakes in one house would teach what matches
// look like.
type mixture struct {
	patterns []pattern
	m, u     levelTable // of matches, of strangers; by level
	home     levelTable // of members, for homeComparisons
	prior    levelTable // pseudo-counts of m: a Dirichlet prior
	share    [strata][classCount]float64
	members  bool // the class of members can be told from strangers at all

	counts    levelCounts // expected matches by level, after learn
	expected  [classCount]float64
	certain   float64 // expected matches among the pairs of which at most one in ten is none
	trace     []float64
	converged bool
}

// levelTable holds a number for each level of each comparison.
type levelTable = levelCounts

// EM stops when the log-likelihood gains less than this share of itself.
const (
	maxIterations = 500
	smallestGain  = 1e-9
	leastChance   = 1e-12
)

// newMixture starts from the values of a model. strength is the weight of its m
// as prior knowledge, in pairs for each comparison.
func newMixture(patterns []pattern, from *Model, strength float64, members bool) *mixture {
	x := &mixture{patterns: patterns, members: members, m: newLevelCounts(), u: newLevelCounts(), home: newLevelCounts(), prior: newLevelCounts()}
	for c := range ComparisonCount {
		sum := 0.0
		for _, m := range from.M[c][1:] {
			sum += m
		}
		for level := 1; level < LevelCount(c); level++ {
			x.m[c][level] = from.M[c][level] / sum
			x.home[c][level] = x.m[c][level]
			x.u[c][level] = from.U[c][level]
			x.prior[c][level] = strength * x.m[c][level]
		}
	}
	for s := range x.share {
		match := 0.5 / math.Sqrt(float64(uint(1)<<max(s-1, 0)))
		member := 0.0
		if members {
			member = 0.05
		}
		x.share[s] = [classCount]float64{match, member, 1 - match - member}
	}
	return x
}

// learn runs EM until the log-likelihood, with that of the prior, stands still.
func (x *mixture) learn() {
	for range maxIterations {
		gained := x.step()
		n := len(x.trace)
		x.trace = append(x.trace, gained)
		if n > 0 && gained-x.trace[n-1] <= smallestGain*math.Abs(gained) {
			x.converged = true
			return
		}
	}
}

// step takes the expectation under the present values, then the values that
// make it most likely; it returns the log-likelihood of the values before.
func (x *mixture) step() float64 {
	counts := newLevelCounts()
	var shares [strata][classCount]float64
	expected, certain := [classCount]float64{}, 0.0
	logs := x.logarithms()
	sum := x.logPrior()
	for i := range x.patterns {
		p := &x.patterns[i]
		n := float64(p.count)
		chances, log := x.expect(p, &logs)
		sum += n * log
		for k, chance := range chances {
			shares[p.stratum][k] += n * chance
			expected[k] += n * chance
		}
		match := n * chances[classMatch]
		if chances[classMatch] >= 0.9 {
			certain += match
		}
		for c, level := range p.vector {
			counts[c][level] += match
		}
	}
	x.counts, x.expected, x.certain = counts, expected, certain
	x.maximise(&shares)
	return sum
}

// size is the number of pairs.
func (x *mixture) size() float64 {
	return x.expected[classMatch] + x.expected[classMember] + x.expected[classStranger]
}

// logTables holds the natural logarithms of the values of a mixture.
type logTables struct{ m, u, home levelTable }

func (x *mixture) logarithms() logTables {
	return logTables{logarithmsOf(&x.m), logarithmsOf(&x.u), logarithmsOf(&x.home)}
}

func logarithmsOf(values *levelTable) levelTable {
	logs := newLevelCounts()
	for c := range values {
		for level := 1; level < len(values[c]); level++ {
			logs[c][level] = math.Log(max(values[c][level], leastChance))
		}
	}
	return logs
}

// logPrior is the logarithm of the prior of m, up to a constant.
func (x *mixture) logPrior() float64 {
	sum := 0.0
	for c := range x.prior {
		for level, weight := range x.prior[c] {
			if weight > 0 {
				sum += weight * math.Log(max(x.m[c][level], leastChance))
			}
		}
	}
	return sum
}

// expect returns the chances that the pairs of a pattern are of each class, and
// the logarithm of the likelihood of the pattern.
func (x *mixture) expect(p *pattern, logs *logTables) (chances [classCount]float64, log float64) {
	rarity := -float64(p.bits) / bitSteps * math.Ln2
	sums := [classCount]float64{classMember: rarity, classStranger: rarity}
	for c, level := range p.vector {
		if level == Missing {
			continue
		}
		sums[classMatch] += logs.m[c][level]
		sums[classStranger] += logs.u[c][level]
		if homeComparisons[c] {
			sums[classMember] += logs.home[c][level]
		} else {
			sums[classMember] += logs.u[c][level]
		}
	}
	top := math.Inf(-1)
	for k := range sums {
		sums[k] += math.Log(max(x.share[p.stratum][k], 0))
		top = max(top, sums[k])
	}
	total := 0.0
	for k := range sums {
		chances[k] = math.Exp(sums[k] - top)
		total += chances[k]
	}
	for k := range chances {
		chances[k] /= total
	}
	return chances, top + math.Log(total)
}

// maximise sets m and the shares to what the expectation makes most likely.
func (x *mixture) maximise(shares *[strata][classCount]float64) {
	for c := range ComparisonCount {
		known := x.counts.known(c)
		for _, weight := range x.prior[c] {
			known += weight
		}
		if known == 0 {
			continue
		}
		for level := 1; level < len(x.m[c]); level++ {
			x.m[c][level] = (x.counts[c][level] + x.prior[c][level]) / known
		}
	}
	for s := range shares {
		total := shares[s][classMatch] + shares[s][classMember] + shares[s][classStranger]
		if total == 0 {
			continue
		}
		for k := range shares[s] {
			x.share[s][k] = shares[s][k] / total
		}
	}
}
