package match

import (
	"math"
	"slices"
)

// levelPrior is how often each level counts as seen before training, at the rate
// of the model from which it starts: a level never seen among n pairs is given
// the chance that n pairs could have missed (the rule of three).
const levelPrior = 3

// leastRandom is the number of random pairs at a level below which chance alone
// could explain it.
const leastRandom = 5

func roundToSteps(bits float64) int { return int(math.Round(bits * bitSteps)) }

// fromRelatives reports whether the u of a level speaks of relatives and
// neighbours, who meet as candidates far more often than random pairs show it:
// training may raise it and never lowers it.
func fromRelatives(c Comparison, level uint8) bool {
	switch c {
	case CompareNIK:
		return level == NIKLostDigit || level == NIKOneApart
	case CompareKK:
		return level == KKNear
	case CompareName:
		return level == NameWeak
	default:
		return false
	}
}

// byHousehold reports whether a level is given by the household pass only, and
// to pairs that would otherwise be of level instead.
func byHousehold(c Comparison, level uint8) (instead uint8, ok bool) {
	if c == CompareKK && level == KKLinked {
		return KKDiffer, true
	}
	return Missing, false
}

// model pools what the sessions learned.
func (t *trainer) model() (*Model, error) {
	pooled := newLevelCounts()
	for k, x := range t.sessions {
		for _, c := range t.rules[k].teaches {
			for level := range x.counts[c] {
				pooled[c][level] += x.counts[c][level]
			}
		}
	}
	t.estimateMatches()
	m := &Model{Version: modelFileVersion, Link: t.from.Link, Review: t.from.Review, Margin: t.from.Margin}
	for c := range ComparisonCount {
		m.M[c], m.U[c] = slices.Clone(t.from.M[c]), slices.Clone(t.from.U[c])
		if pooled.known(c) >= leastMatches {
			m.M[c] = t.trainedM(c, pooled[c], pooled.known(c))
			m.U[c] = t.trainedU(c, m.M[c], pooled[c])
		}
		for level := 1; level < LevelCount(c); level++ {
			t.training.Levels = append(t.training.Levels, TrainedLevel{
				Comparison: c.String(), Level: LevelCode(c, uint8(level)),
				Matches: tenths(pooled[c][level]), Random: tenths(t.random[c][level]),
			})
		}
	}
	return m, m.Check()
}

// tenths rounds a count of pairs to what can be read.
func tenths(n float64) float64 { return math.Round(n*10) / 10 }

// trainedM returns the m of a comparison from the matches at each level.
func (t *trainer) trainedM(c Comparison, counts []float64, known float64) []float64 {
	start := t.from.M[c]
	m := make([]float64, len(start))
	sum := 0.0
	for level := 1; level < len(m); level++ {
		if _, ok := byHousehold(c, uint8(level)); !ok {
			m[level] = (counts[level] + levelPrior) / (known + levelPrior/start[level])
			sum += m[level]
		}
	}
	for level := 1; level < len(m); level++ {
		m[level] /= sum
	}
	for level := 1; level < len(m); level++ {
		if instead, ok := byHousehold(c, uint8(level)); ok {
			both := m[instead]
			m[level] = both * start[level] / (start[level] + start[instead])
			m[instead] = both - m[level]
		}
	}
	return m
}

// trainedU returns the u of a comparison from value counts where a level is
// equality and from random pairs elsewhere. Where neither matches nor random
// pairs say anything, the weight of the level stays.
func (t *trainer) trainedU(c Comparison, m, matches []float64) []float64 {
	start, known := t.from.U[c], t.random.known(c)
	u := slices.Clone(start)
	if known == 0 {
		return u
	}
	for level := 1; level < len(u); level++ {
		if _, ok := byHousehold(c, uint8(level)); ok || byFrequency(c, uint8(level)) {
			continue
		}
		seen, relatives := t.random[c][level], fromRelatives(c, uint8(level))
		u[level] = smoothed(seen, known, start[level])
		switch {
		case matches[level] < leastRandom && (seen < leastRandom || relatives):
			u[level] = min(1, m[level]*start[level]/t.from.M[c][level])
		case relatives:
			u[level] = max(u[level], start[level])
		}
	}
	t.countEqual(c, m, u)
	for level := range u {
		if _, ok := byHousehold(c, uint8(level)); ok {
			u[level] = min(1, start[level]*u[len(u)-1]/start[len(u)-1])
		}
	}
	return u
}

// smoothed is a chance by pairs seen among pairs known, with levelPrior pairs at
// the rate of start.
func smoothed(seen, known, start float64) float64 {
	return min(1, (seen+levelPrior)/(known+levelPrior/start))
}

// countEqual sets the u of levels that are equality from value counts. Among the
// pairs that are equal, those of one person are taken off.
func (t *trainer) countEqual(c Comparison, m, u []float64) {
	keys := map[Comparison]keyFunc{CompareNIK: trustedNIKKeys, CompareKK: cardKeys, CompareSex: sexKeys, CompareRelation: relationKeys}[c]
	if keys == nil {
		return
	}
	same := len(u) - 1
	equal, known := t.equalPairs(keys)
	if known == 0 {
		return
	}
	shareKnown := known / (float64(t.run.central.Len()) * float64(t.run.regional.Len()))
	matches := t.training.Matches * shareKnown * m[same]
	for k, x := range t.sessions {
		if slices.Equal(t.rules[k].holds, []Comparison{c}) {
			matches = equal * x.expected[classMatch] / x.size()
		}
	}
	u[same] = smoothed(max(0, equal-matches), known, t.from.U[c][same])
	if len(u) == int(SexSame)+1 { // a comparison of two levels: the other one is all the rest
		u[SexDiffer] = smoothed(max(0, known-equal), known, t.from.U[c][SexDiffer])
	}
}

// estimateMatches estimates the number of persons who stand on both sides by
// capture-recapture: of the matches of one session the share that agree in the
// fields of another one, too, is the share of all matches that the other finds
// (Lincoln and Petersen). Where no two sessions rest on different fields, it is
// the matches of the largest.
func (t *trainer) estimateMatches() {
	most := float64(min(t.run.central.Len(), t.run.regional.Len()))
	estimate := t.recaptured()
	for k, x := range t.sessions {
		estimate = max(estimate, x.expected[classMatch]*t.scales[k])
	}
	t.training.Matches = tenths(min(estimate, most))
	t.training.Overlap = t.training.Matches / most
	t.training.Prior = math.Log2(max(t.training.Matches, 1) / float64(t.run.central.Len()) / float64(t.run.regional.Len()))
}

// recaptured is the estimate from the first two sessions that rest on different
// fields, 0 if there are none.
func (t *trainer) recaptured() float64 {
	for k, x := range t.sessions {
		for other, y := range t.sessions {
			if other == k || slices.ContainsFunc(t.rules[k].holds, t.rules[other].leavesOut) {
				continue
			}
			if share := y.agreeing(t.rules[k].holds); share > 0 {
				return x.expected[classMatch] * t.scales[k] / share
			}
		}
	}
	return 0
}

// agreeing is the share of the matches that agree in some comparisons.
func (x *mixture) agreeing(holds []Comparison) float64 {
	logs, sum := x.logarithms(), 0.0
	for i := range x.patterns {
		p := &x.patterns[i]
		if !slices.ContainsFunc(holds, func(c Comparison) bool { return p.vector[c] < leastEqual[c] }) {
			chances, _ := x.expect(p, &logs)
			sum += float64(p.count) * chances[classMatch]
		}
	}
	return sum / max(x.expected[classMatch], 1)
}

// leastEqual is the lowest level at which the keys of a session are equal.
var leastEqual = [ComparisonCount]uint8{
	CompareNIK: NIKSame, CompareKK: KKSame, CompareName: NameLoose,
	CompareBirthDate: BirthSameHeaped, CompareArea: AreaKelurahan,
}
