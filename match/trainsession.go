package match

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// sessionRule makes the candidate pairs of one session of EM. A rule holds some
// fields fixed; these, and what depends on them, are left out of its vectors. Of
// the others it teaches those whose errors have nothing to do with the fields
// that it needs to be right; the rest only helps to tell its pairs apart.
type sessionRule struct {
	name    string
	keys    keyFunc
	holds   []Comparison // equal in every pair of the rule
	left    []Comparison // those that depend on them
	teaches []Comparison
	members bool // other members of a household can be told from strangers
	spare   bool // teaches only what no rule before it could
}

func sessionRules() []sessionRule {
	return []sessionRule{
		{
			name: "nik", keys: trustedNIKKeys, members: true,
			holds:   []Comparison{CompareNIK},
			teaches: []Comparison{CompareName, CompareKK, CompareArea, CompareStreet, CompareMother, CompareBirthPlace, CompareRelation},
		}, {
			name: "name_birth", keys: nameRecordedBirthKeys, members: true,
			holds:   []Comparison{CompareName, CompareBirthDate},
			left:    []Comparison{CompareSex},
			teaches: []Comparison{CompareNIK, CompareKK, CompareArea, CompareStreet, CompareMother, CompareBirthPlace, CompareRelation},
		}, {
			name: "kk", keys: cardKeys,
			holds:   []Comparison{CompareKK},
			left:    []Comparison{CompareArea, CompareStreet, CompareMother, CompareBirthPlace},
			teaches: []Comparison{CompareNIK, CompareName, CompareBirthDate, CompareSex, CompareRelation},
		}, {
			name: "name_area", keys: nameAreaKeys, members: true,
			holds:   []Comparison{CompareName, CompareArea},
			left:    []Comparison{CompareStreet, CompareSex},
			teaches: []Comparison{CompareNIK, CompareBirthDate, CompareMother, CompareBirthPlace, CompareRelation},
		}, {
			name: "birth_area", keys: recordedBirthAreaKeys, members: true,
			holds:   []Comparison{CompareBirthDate, CompareArea},
			left:    []Comparison{CompareStreet},
			teaches: []Comparison{CompareName, CompareSex, CompareMother, CompareBirthPlace, CompareRelation},
		}, {
			name: "birth", keys: recordedBirthKeys, members: true, spare: true,
			holds:   []Comparison{CompareBirthDate},
			teaches: []Comparison{CompareName, CompareSex, CompareArea, CompareStreet, CompareMother, CompareBirthPlace, CompareRelation},
		}, {
			name: "name", keys: nameKeys, members: true, spare: true,
			holds:   []Comparison{CompareName},
			left:    []Comparison{CompareSex},
			teaches: []Comparison{CompareBirthDate, CompareArea, CompareStreet, CompareMother, CompareBirthPlace, CompareRelation},
		},
	}
}

// leavesOut reports whether the vectors of a rule lack a comparison.
func (r *sessionRule) leavesOut(c Comparison) bool {
	return slices.Contains(r.holds, c) || slices.Contains(r.left, c)
}

// Bounds of what a session needs.
const (
	leastSessionPairs = 200
	leastMatches      = 100  // of a session, and of a comparison that is changed
	mostPerRecord     = 1.25 // matches for each record that takes part; duplicates make more than one
	leastCertain      = 0.5  // of the matches must be sure
	priorStrength     = 20   // pairs of prior knowledge in a session
)

// trustedNIKKeys leaves out NIKs of which a digit is lost or that stand on
// several persons.
func trustedNIKKeys(t *Table, i int32, keys []uint64) []uint64 {
	if !t.rows[i].wholeNIK() {
		return keys
	}
	return nikKeys(t, i, keys)
}

// recordedBirthKeys has one key for the birth date as recorded.
func recordedBirthKeys(t *Table, i int32, keys []uint64) []uint64 {
	d := t.rows[i].birth
	if d.Day() == 0 || d.Month() == 0 {
		return keys
	}
	return append(keys, mix(uint64(d))|1)
}

func nameRecordedBirthKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, nameKeys, recordedBirthKeys)
}

func recordedBirthAreaKeys(t *Table, i int32, keys []uint64) []uint64 {
	return cross(t, i, keys, recordedBirthKeys, kelurahanKeys)
}

// sessionPair is one candidate pair of a session.
type sessionPair struct {
	central, regional int32
	stratum           uint8
}

// session runs EM over the candidate pairs of one rule and keeps what it
// learned.
func (t *trainer) session(ctx context.Context, rule sessionRule) error {
	t.training.Sessions = append(t.training.Sessions, TrainingSession{Rule: rule.name})
	note := &t.training.Sessions[len(t.training.Sessions)-1]
	rule.teaches = t.wanted(rule)
	if len(rule.teaches) == 0 {
		note.Skipped = SkipNotNeeded
		return nil
	}
	pairs, usable, total := t.sessionPairs(rule)
	note.Pairs, note.Usable, note.LeftOut = int64(len(pairs)), usable, total-usable
	if len(pairs) < leastSessionPairs {
		note.Skipped = SkipFewPairs
		return nil
	}
	patterns, err := t.patterns(ctx, rule, pairs)
	if err != nil {
		return err
	}
	x := newMixture(patterns, t.from, priorStrength, rule.members)
	x.learn()
	note.describe(x)
	if note.Skipped = x.doubtful(recordsIn(pairs)); note.Skipped != "" {
		return nil
	}
	for _, c := range rule.teaches {
		if x.counts.known(c) >= leastMatches {
			note.Trained = append(note.Trained, c.String())
		}
	}
	t.sessions, t.rules = append(t.sessions, x), append(t.rules, rule)
	t.scales = append(t.scales, float64(note.Usable)/float64(note.Pairs))
	return nil
}

// wanted lists what a rule has to teach: a spare one what no other rule could.
func (t *trainer) wanted(rule sessionRule) []Comparison {
	if !rule.spare {
		return rule.teaches
	}
	return slices.DeleteFunc(slices.Clone(rule.teaches), func(c Comparison) bool { return t.support(c) >= leastMatches })
}

// support counts the matches from which a comparison was learned so far.
func (t *trainer) support(c Comparison) float64 {
	sum := 0.0
	for k, x := range t.sessions {
		if slices.Contains(t.rules[k].teaches, c) {
			sum += x.counts.known(c)
		}
	}
	return sum
}

// describe notes what EM found.
func (s *TrainingSession) describe(x *mixture) {
	s.Patterns, s.Iterations, s.Converged = len(x.patterns), len(x.trace), x.converged
	s.FirstLog, s.LogLikelihood = x.trace[0], x.trace[len(x.trace)-1]
	s.Matches, s.Members = x.expected[classMatch], x.expected[classMember]
}

// doubtful returns the Skip code of a result that is no sound ground, "" for a
// sound one. records is the number of records of the smaller side that take
// part.
func (x *mixture) doubtful(records int) string {
	switch n := x.expected[classMatch]; {
	case n < leastMatches:
		return SkipFewMatches
	case n > mostPerRecord*float64(records):
		return SkipManyMatches
	case x.certain < leastCertain*n:
		return SkipUnsure
	default:
		return ""
	}
}

func recordsIn(pairs []sessionPair) int {
	seen := [2]map[int32]bool{{}, {}}
	for i := range pairs {
		seen[Central][pairs[i].central], seen[Regional][pairs[i].regional] = true, true
	}
	return min(len(seen[Central]), len(seen[Regional]))
}

// sessionPairs lists the candidate pairs of a rule. Blocks of more than maxBlock
// pairs are left out; of more pairs than a session may have, those of a part of
// the central records are taken, chosen by their content. It returns
// how many there are in blocks that are not too big, and in all.
func (t *trainer) sessionPairs(rule sessionRule) (pairs []sessionPair, usable, total int64) {
	c, r := everyKey(t.run.central, rule.keys), everyKey(t.run.regional, rule.keys)
	joined(c, r, func(c, r []keyed) {
		n := int64(len(c)) * int64(len(r))
		total += n
		if n <= maxBlock {
			usable += n
		}
	})
	bound := t.sampleBound(usable)
	joined(c, r, func(c, r []keyed) {
		if len(c)*len(r) > maxBlock {
			return
		}
		stratum := uint8(bits.Len(uint(len(c) * len(r))))
		for _, i := range c {
			if mix(t.content[Central][i.row]^t.options.Seed) > bound {
				continue
			}
			for _, j := range r {
				pairs = append(pairs, sessionPair{i.row, j.row, stratum})
			}
		}
	})
	return pairs, usable, total
}

// sampleBound is the greatest hash of a central record whose pairs are taken.
func (t *trainer) sampleBound(pairs int64) uint64 {
	const all = ^uint64(0)
	if most := int64(2 * t.options.SamplePairs); pairs > most {
		return all / 1024 * uint64(max(1, most*1024/pairs))
	}
	return all
}

// patterns compares the pairs of a session and counts their distinct vectors.
func (t *trainer) patterns(ctx context.Context, rule sessionRule, pairs []sessionPair) ([]pattern, error) {
	chunks, err := inChunks(ctx, len(pairs), t.options.Workers, func() func(int, int) map[pattern]int64 {
		c := newComparer(t.run.central.dictionary)
		return func(from, to int) map[pattern]int64 {
			counts := map[pattern]int64{}
			for _, p := range pairs[from:to] {
				counts[t.patternOf(c, rule, p)]++
			}
			return counts
		}
	}, t.progress(len(pairs)))
	if err != nil {
		return nil, err
	}
	counts := map[pattern]int64{}
	for _, chunk := range chunks {
		for p, n := range chunk {
			counts[p] += n
		}
	}
	patterns := make([]pattern, 0, len(counts))
	for p, n := range counts {
		p.count = n
		patterns = append(patterns, p)
	}
	slices.SortFunc(patterns, func(a, b pattern) int {
		return cmp.Or(slices.Compare(a.vector[:], b.vector[:]), cmp.Compare(a.bits, b.bits), cmp.Compare(a.stratum, b.stratum))
	})
	return patterns, nil
}

// patternOf compares one pair; its count is 0.
func (t *trainer) patternOf(c *comparer, rule sessionRule, s sessionPair) pattern {
	p := c.compare(t.run.rarity, t.run.central, s.central, t.run.regional, s.regional)
	var parts [ComparisonCount]float64
	t.run.weigher.addRarity(&p, &parts)
	for _, left := range [...][]Comparison{rule.holds, rule.left} {
		for _, c := range left {
			p.vector[c], parts[c] = Missing, 0
		}
	}
	rarity := 0.0
	for _, bits := range parts {
		rarity += bits
	}
	return pattern{vector: p.vector, bits: int16(roundToSteps(rarity)), stratum: min(s.stratum, strata-1)}
}
