package match

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
)

// Errors of Train.
var (
	ErrEmptySide   = errors.New("a side has no records")
	ErrNotTrained  = errors.New("too few pairs that are likely one person to learn from")
	ErrTrainAmount = errors.New("sample pairs must not be negative")
)

// TrainOptions tune a training.
type TrainOptions struct {
	// Seed chooses the random pairs.
	Seed uint64
	// Workers is the number of goroutines that compare; 0 means one per CPU. The
	// result does not depend on it.
	Workers int
	// SamplePairs is the number of random pairs from which u is estimated, and
	// twice that the most candidate pairs of a session; 0 means 1,000,000.
	SamplePairs int
	// OnProgress, if set, is called now and then with the pairs compared so far
	// in one step of the work.
	OnProgress func(done, total int)
}

// defaultSamplePairs tells chances of one in a million from none.
const defaultSamplePairs = 1_000_000

// Training is the record of how a model was learned.
type Training struct {
	Program     string  `json:"padan,omitempty"` // version of the program; set by whoever writes the file
	Seed        uint64  `json:"seed"`
	Central     int     `json:"central_records"`
	Regional    int     `json:"regional_records"`
	RandomPairs int     `json:"random_pairs"` // from which u is estimated
	Matches     float64 `json:"estimated_matches"`
	Overlap     float64 `json:"estimated_overlap"` // share of the smaller side that stands on the other, 0-1
	Prior       float64 `json:"estimated_prior"`   // log2 of the odds that a random pair is one person
	// Sessions are in the order in which they ran; those that had nothing to
	// teach say why.
	Sessions []TrainingSession `json:"sessions"`
	Levels   []TrainedLevel    `json:"levels"`
}

// TrainingSession is one run of EM over the candidate pairs of one rule.
type TrainingSession struct {
	Rule          string   `json:"rule"`
	Pairs         int64    `json:"pairs"`          // from which it learned
	Usable        int64    `json:"usable_pairs"`   // of which these are all or a sample
	LeftOut       int64    `json:"pairs_left_out"` // of blocks too big
	Patterns      int      `json:"distinct_vectors"`
	Iterations    int      `json:"iterations"`
	Converged     bool     `json:"converged"`
	LogLikelihood float64  `json:"log_likelihood"` // natural logarithm, with that of the prior on m
	FirstLog      float64  `json:"first_log_likelihood"`
	Matches       float64  `json:"estimated_matches"`
	Members       float64  `json:"estimated_household_members"` // pairs of two persons of one household
	Trained       []string `json:"trained,omitempty"`           // comparisons
	Skipped       string   `json:"skipped,omitempty"`           // a Skip code
}

// Why a session taught nothing.
const (
	SkipFewPairs    = "few_pairs"
	SkipFewMatches  = "few_matches"
	SkipManyMatches = "more_matches_than_records"
	SkipUnsure      = "matches_not_told_apart"
	SkipNotNeeded   = "not_needed"
)

// TrainedLevel is the evidence for one level.
type TrainedLevel struct {
	Comparison string  `json:"comparison"`
	Level      string  `json:"level"`
	Matches    float64 `json:"matches"`      // estimated pairs of one person that show it
	Random     float64 `json:"random_pairs"` // pairs of two persons that show it, among RandomPairs
}

// trainer is the state of one Train.
type trainer struct {
	run      *run
	from     *Model
	options  TrainOptions
	order    [2][]int32  // by side: rows in an order that only their content makes
	content  [2][]uint64 // by side and row: hash of the content
	random   levelCounts
	training *Training
	sessions []*mixture    // those that taught something
	rules    []sessionRule // of the sessions
	scales   []float64     // usable pairs for each pair that was taken
}

// levelCounts counts pairs by comparison and level; fractions are shares of
// pairs that are not sure.
type levelCounts [ComparisonCount][]float64

func newLevelCounts() (counts levelCounts) {
	for c := range counts {
		counts[c] = make([]float64, LevelCount(Comparison(c)))
	}
	return counts
}

// known sums the levels of a comparison, Missing left out.
func (l *levelCounts) known(c Comparison) float64 {
	sum := 0.0
	for _, n := range l[c][1:] {
		sum += n
	}
	return sum
}

// Train learns m and u of the model's levels from two tables themselves, without
// any known truth. u comes from value counts and random pairs, m from EM over
// the candidate pairs of several rules, none of which teaches the fields it
// holds fixed (Winkler 1988, 2000). Levels that the tables say too little of
// keep the value of from; so do the thresholds, and factors on frequencies that
// every run counts itself. Both tables must be whole, share one Dictionary and
// stay untouched meanwhile. The result depends on the records, from and the seed
// only, not on the order of the records. It returns ErrNotTrained where no rule
// finds enough pairs to learn from.
func Train(ctx context.Context, central, regional *Table, from *Model, options TrainOptions) (*Model, *Training, error) {
	t, err := newTrainer(central, regional, from, options)
	if err != nil {
		return nil, nil, err
	}
	if err := t.markShared(ctx); err != nil {
		return nil, nil, err
	}
	if err := t.sampleRandom(ctx); err != nil {
		return nil, nil, err
	}
	for _, rule := range sessionRules() {
		if err := t.session(ctx, rule); err != nil {
			return nil, nil, err
		}
	}
	if len(t.sessions) == 0 {
		return nil, t.training, ErrNotTrained
	}
	m, err := t.model()
	return m, t.training, err
}

func newTrainer(central, regional *Table, from *Model, options TrainOptions) (*trainer, error) {
	switch {
	case central.dictionary != regional.dictionary:
		return nil, ErrDictionary
	case central.Len() == 0 || regional.Len() == 0:
		return nil, ErrEmptySide
	case max(central.Len(), regional.Len()) > maxRows:
		return nil, fmt.Errorf("%w: at most %d", ErrTooManyRecords, maxRows)
	case options.SamplePairs < 0:
		return nil, ErrTrainAmount
	}
	if err := from.Check(); err != nil {
		return nil, err
	}
	options.SamplePairs = cmp.Or(options.SamplePairs, defaultSamplePairs)
	if options.Workers <= 0 {
		options.Workers = runtime.GOMAXPROCS(0)
	}
	t := &trainer{from: from, options: options, training: &Training{
		Seed: options.Seed, Central: central.Len(), Regional: regional.Len(),
	}}
	t.run = &run{central: central, regional: regional, model: from, options: Options{Workers: options.Workers}, decided: newDecided(&Decisions{})}
	for side, table := range []*Table{central, regional} {
		for i := range table.rows {
			table.rows[i].shared, table.rows[i].twin = false, false
		}
		t.content[side] = table.contents()
		t.order[side] = byContent(t.content[side])
	}
	countTexts(central, regional)
	t.run.rarity = newRarity(central, regional)
	t.run.weigher = newWeigher(from, t.run.rarity)
	return t, nil
}

// markShared marks the rows whose NIK stands on another person too, and twins,
// as Run does before it compares.
func (t *trainer) markShared(ctx context.Context) error {
	tables := [2]*Table{t.run.central, t.run.regional}
	var found [2]*duplicates
	for side, table := range tables {
		var err error
		if found[side], err = t.run.findDuplicates(ctx, table); err != nil {
			return err
		}
	}
	twins := [2][]pairOfRows{found[0].twins, found[1].twins}
	for side, table := range tables {
		found[side].tellTwins(table, tables[1-side], twins[1-side])
	}
	for side, table := range tables {
		for i := range table.rows {
			table.rows[i].shared, table.rows[i].twin = found[side].sharedAt[i], found[side].twinAt[i]
		}
	}
	return nil
}

// contents returns a hash of what each row holds. Equal rows share it, and it
// does not depend on how the dictionary was filled.
func (t *Table) contents() []uint64 {
	d := t.dictionary
	phrases := make([]uint64, len(d.phrase))
	for id := range phrases {
		phrases[id] = hashText(d.phrase[id].text)
	}
	hashes := make([]uint64, len(t.rows))
	for i := range t.rows {
		r := &t.rows[i]
		h := join(r.nik, r.kk)
		for _, value := range [...]uint64{
			r.area, uint64(r.birth), uint64(r.rt)<<16 | uint64(r.rw), uint64(r.digits)<<24 | uint64(r.nikHurt)<<16 | uint64(r.nikTrust)<<8 | uint64(r.kkTrust),
			uint64(r.sex)<<8 | uint64(r.relation),
			phrases[r.street], phrases[r.house], phrases[r.place], phrases[r.village], phrases[r.mother],
		} {
			h = join(h, value)
		}
		for _, words := range [...][]uint32{t.nameWords(r), t.alias[int32(i)], t.father[int32(i)]} {
			h = join(h, uint64(len(words)))
			for _, id := range words {
				h = join(h, d.word[id].text.hash)
			}
		}
		hashes[i] = h
	}
	return hashes
}

// byContent lists rows in the order of their content.
func byContent(hashes []uint64) []int32 {
	items := make([]keyed, len(hashes))
	for i, h := range hashes {
		items[i] = keyed{h, int32(i)}
	}
	sortKeyed(items)
	return rowsOf(items)
}
