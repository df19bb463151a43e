package match

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
)

// Options tune how a run works. Only Decisions and Lookup have a say in what it
// finds.
type Options struct {
	// Decisions are what people decided; nil if nothing.
	Decisions *Decisions
	// Lookup says that the regional side is a list whose persons are looked for in
	// the central one: several of its rows may be one central record, each goes by
	// itself, and neither remarks nor households are made.
	Lookup bool
	// Workers is the number of goroutines that compare; 0 means one per CPU.
	Workers int
	// MaxPairs bounds the candidate pairs that are held at a time, 8 bytes each and
	// as many to sort them; 0 means no bound. Where a stage makes more, its rules
	// are gone through again for one stretch of central records after the other.
	MaxPairs int
	// OnRule, if set, is called with the exact pair count of each blocking rule
	// before its pairs are compared.
	OnRule func(RuleCount)
	// OnProgress, if set, is called now and then with the pairs compared so far.
	OnProgress func(done, total int)
	// OnPair, if set, is called with every compared pair whose weight is above
	// PairFloor, one at a time and in the same order in every run.
	OnPair func(WeighedPair)
}

// PairFloor is the weight in bits below which Options.OnPair is not told of a
// pair.
const PairFloor = -30

// WeighedPair is a compared pair before it competes with others.
type WeighedPair struct {
	Central  int32 // row in the central table
	Regional int32
	Rule     uint8 // see RuleCode
	Vector   Vector
	Weight   float64 // bits
}

// Probability is the chance that the pair is one person, 0-1.
func (p *WeighedPair) Probability() float64 { return Probability(p.Weight) }

// Errors of Run.
var (
	ErrTooManyRecords = errors.New("more records than one run can hold")
	ErrDictionary     = errors.New("tables do not share one dictionary")
)

// run is the state of one Run.
type run struct {
	central, regional *Table
	model             *Model
	options           Options
	rarity            *rarity
	weigher           *weigher
	duplicates        [2]*duplicates
	settled           [2][]bool
	near              [2][]bool // rows with a candidate that just misses the review threshold
	nikSeen           [2][]bool // rows whose NIK stands on the other side
	candidates        []candidate
	decided           *decided
	counts            []RuleCount
}

// Run links the central to the regional records one to one and names every
// conflict. Both tables must be whole, share one Dictionary, and stay untouched
// meanwhile. The result depends on the tables and the model only. It returns
// the context's error if that is cancelled.
func Run(ctx context.Context, central, regional *Table, m *Model, options Options) (*Result, error) {
	r, err := newRun(central, regional, m, options)
	if err != nil {
		return nil, err
	}
	if err := r.setDuplicatesAside(ctx); err != nil {
		return nil, err
	}
	if err := r.search(ctx); err != nil {
		return nil, err
	}
	return r.conclude(), nil
}

// newRun counts the frequencies of two tables.
func newRun(central, regional *Table, m *Model, options Options) (*run, error) {
	if central.dictionary != regional.dictionary {
		return nil, ErrDictionary
	}
	if n := max(central.Len(), regional.Len()); n > maxRows {
		return nil, fmt.Errorf("%w: %d, at most %d", ErrTooManyRecords, n, maxRows)
	}
	if options.Workers <= 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	for _, t := range []*Table{central, regional} {
		for i := range t.rows {
			t.rows[i].shared, t.rows[i].twin = false, false
		}
	}
	together(central.rememberNames, regional.rememberNames)
	countTexts(central, regional)
	if options.Decisions == nil {
		options.Decisions = &Decisions{}
	}
	r := &run{central: central, regional: regional, model: m, options: options, decided: newDecided(options.Decisions)}
	r.rarity = newRarity(central, regional)
	r.weigher = newWeigher(m, r.rarity)
	for side, t := range []*Table{central, regional} {
		r.settled[side] = make([]bool, t.Len())
		r.near[side] = make([]bool, t.Len())
		r.nikSeen[side] = make([]bool, t.Len())
	}
	return r, nil
}

// countTexts counts the records that hold each word and phrase.
func countTexts(central, regional *Table) {
	var words, phrases [2][]uint32
	together(
		func() { words[Central], phrases[Central] = central.countTexts() },
		func() { words[Regional], phrases[Regional] = regional.countTexts() },
	)
	d := central.dictionary
	for i := range d.word {
		d.word[i].count = words[Central][i] + words[Regional][i]
	}
	for i := range d.phrase {
		d.phrase[i].count = phrases[Central][i] + phrases[Regional][i]
	}
}

// countTexts counts the records of a table that hold each word and phrase, by id.
func (t *Table) countTexts() (words, phrases []uint32) {
	words, phrases = make([]uint32, len(t.dictionary.word)), make([]uint32, len(t.dictionary.phrase))
	for _, id := range t.words {
		words[id]++
	}
	for i := range t.rows {
		r := &t.rows[i]
		for _, id := range [...]uint32{r.street, r.house, r.place, r.village, r.mother} {
			phrases[id]++
		}
	}
	for _, f := range t.foreign {
		phrases[f.identifier]++
	}
	return words, phrases
}

func (r *run) setDuplicatesAside(ctx context.Context) error {
	var errs [2]error
	side := func(side Side, t *Table) func() {
		return func() { r.duplicates[side], errs[side] = r.findDuplicates(ctx, t) }
	}
	together(side(Central, r.central), side(Regional, r.regional))
	if err := cmp.Or(errs[0], errs[1]); err != nil {
		return err
	}
	c, g := r.duplicates[Central], r.duplicates[Regional]
	twinsC, twinsG := c.twins, g.twins
	c.tellTwins(r.central, r.regional, twinsG)
	g.tellTwins(r.regional, r.central, twinsC)
	together(func() { r.setAside(r.central, c) }, func() { r.setAside(r.regional, g) })
	if len(r.decided.between) > 0 {
		r.decided.resolve([2]map[int32]int32{c.standIns(), g.standIns()})
	}
	for side, t := range []*Table{r.central, r.regional} {
		for i, shared := range r.duplicates[side].sharedAt {
			t.rows[i].shared, t.rows[i].twin = shared, r.duplicates[side].twinAt[i]
		}
	}
	return nil
}

// search makes and compares candidate pairs in stages: exact NIK, what people
// decided, exact family card with name and birth date, for the records that these leave open all other
// rules, and last the other members of the households that were found.
func (r *run) search(ctx context.Context) error {
	stages := append(firstRules(r.rarity.sharedIdentifiers), rowRules())
	for i, rules := range stages {
		if err := r.stage(ctx, rules, r.open(Central), r.open(Regional)); err != nil {
			return err
		}
		if i == 0 { // it is known by now which NIKs are in doubt
			if err := r.honour(ctx); err != nil {
				return err
			}
		}
	}
	if err := r.stage(ctx, lastRules(), r.lonely(Central), r.lonely(Regional)); err != nil {
		return err
	}
	return r.rejoin(ctx)
}

// stage makes the candidate pairs of some rules among the given rows and
// compares them.
func (r *run) stage(ctx context.Context, rules []blockingRule, central, regional []int32) error {
	b := &blocker{central: r.central, activeC: central, regional: r.regional, activeR: regional, limit: r.options.MaxPairs}
	if rules[0].rule != ruleNIK { // one NIK is never hopeless
		b.sift = func(pairs []uint64) ([]uint64, error) { return r.hopeful(ctx, pairs) }
	}
	var found []compared
	counts, err := b.eachPass(ctx, rules, r.options.OnRule, func(pairs []uint64) error {
		chunks, err := r.compare(ctx, pairs)
		found = append(found, chunks...)
		return err
	})
	if err != nil {
		return err
	}
	r.counts = append(r.counts, counts...)
	r.collect(found)
	return nil
}

// open lists the rows of a side that still look for their person; in a lookup
// every central row may be one's more than once.
func (r *run) open(side Side) []int32 {
	aside, settled := r.duplicates[side].aside, r.settled[side]
	rows := make([]int32, 0, len(settled)/4)
	for i := range settled {
		if !settled[i] && !aside[i] {
			rows = append(rows, int32(i))
		}
	}
	return rows
}

// lonely lists the open rows of a side that no candidate would link.
func (r *run) lonely(side Side) []int32 {
	if r.options.Lookup && side == Central {
		return r.open(side)
	}
	wanted := make([]bool, len(r.settled[side]))
	for i := range r.candidates {
		if c := &r.candidates[i]; c.verdict == accept {
			wanted[[2]int32{c.central, c.regional}[side]] = true
		}
	}
	return slices.DeleteFunc(r.open(side), func(i int32) bool { return wanted[i] })
}

// nearMiss is how far below the review threshold, in bits, a rejected pair
// still counts as "somebody like it".
const nearMiss = 8

// compared is what one chunk of pairs gave.
type compared struct {
	candidates []candidate
	firm       []pairOfRows
	near       []pairOfRows
	sameNIK    []pairOfRows
	sharedNIK  []pairOfRows // two persons by decision
	weighed    []WeighedPair
}

// compare weighs and judges pairs, and returns those that matter.
func (r *run) compare(ctx context.Context, pairs []uint64) ([]compared, error) {
	var progress func(int)
	if r.options.OnProgress != nil {
		progress = func(done int) { r.options.OnProgress(done, len(pairs)) }
	}
	return inChunks(ctx, len(pairs), r.options.Workers, func() func(int, int) compared {
		c := newComparer(r.central.dictionary)
		return func(from, to int) compared { return r.compareChunk(c, pairs[from:to]) }
	}, progress)
}

func (r *run) compareChunk(c *comparer, pairs []uint64) (out compared) {
	for packed := range c.warmed(r.central, r.regional, pairs) {
		i, j, rule := unpackPair(packed)
		p := c.compare(r.rarity, r.central, i, r.regional, j)
		if rule == ruleHousehold {
			p.vector[CompareKK] = KKLinked
		}
		weights, weight := r.weigher.weigh(&p)
		if r.options.OnPair != nil && weight > PairFloor {
			out.weighed = append(out.weighed, WeighedPair{i, j, rule, p.vector, weight})
		}
		if p.vector[CompareNIK] == NIKSame {
			out.sameNIK = append(out.sameNIK, pairOfRows{i, j})
		}
		if r.decided.settles(i, j) {
			if p.vector[CompareNIK] == NIKSame && !r.decided.areOne(i, j) {
				out.sharedNIK = append(out.sharedNIK, pairOfRows{i, j})
			}
			continue
		}
		verdict, kind := r.model.judge(&p, &weights, weight)
		if verdict == reject {
			if weight > r.model.Review-nearMiss {
				out.near = append(out.near, pairOfRows{i, j})
			}
			continue
		}
		out.candidates = append(out.candidates, candidate{i, j, rule, verdict, kind, p.vector, weights, weight})
		if verdict == accept && p.firm() {
			out.firm = append(out.firm, pairOfRows{i, j})
		}
	}
	return out
}

// doubtSharedNIKs lowers the trust in a NIK that stands on another person of the
// other side: offices copy the head's NIK to all members and give out old ones
// again (DOMAIN 1.4), so it does not tell against the person's own record.
func (r *run) doubtSharedNIKs(candidates []candidate, decided []pairOfRows) {
	doubt := func(central, regional int32) {
		r.central.rows[central].shared = true
		r.regional.rows[regional].shared = true
	}
	for i := range candidates {
		if c := &candidates[i]; c.kind == NIKSamePersonDiffers {
			doubt(c.central, c.regional)
		}
	}
	for _, p := range decided {
		doubt(p.a, p.b)
	}
}

// collect merges the chunks of a stage in order. Records of a firm pair are
// settled unless a second firm pair claims one of them.
func (r *run) collect(chunks []compared) {
	var claims [2][]uint8 // firm pairs of each record: none, one, more
	for side := range claims {
		claims[side] = make([]uint8, len(r.settled[side]))
	}
	more := 0
	for i := range chunks {
		more += len(chunks[i].candidates)
	}
	r.candidates = slices.Grow(r.candidates, more)
	for i := range chunks {
		c := &chunks[i]
		r.candidates = append(r.candidates, c.candidates...)
		r.doubtSharedNIKs(c.candidates, c.sharedNIK)
		for _, p := range c.weighed {
			r.options.OnPair(p)
		}
		c.candidates, c.weighed = nil, nil // they are many
		for _, p := range c.near {
			r.near[Central][p.a], r.near[Regional][p.b] = true, true
		}
		for _, p := range c.sameNIK {
			r.nikSeen[Central][p.a], r.nikSeen[Regional][p.b] = true, true
		}
		for _, p := range c.firm {
			claims[Central][p.a] = min(2, claims[Central][p.a]+1)
			claims[Regional][p.b] = min(2, claims[Regional][p.b]+1)
		}
	}
	for i := range chunks {
		for _, p := range chunks[i].firm {
			switch {
			case claims[Regional][p.b] != 1:
			case r.options.Lookup:
				r.settled[Regional][p.b] = true
			case claims[Central][p.a] == 1:
				r.settled[Central][p.a], r.settled[Regional][p.b] = true, true
			}
		}
	}
}
