package review

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"padan/internal/store"
	"padan/match"
	"padan/normalize"
)

// Pair is two records that a person must decide about.
type Pair struct {
	Case       int // number of the conflict in its run, as in the report of conflicts; duplicates follow
	Kind       match.ConflictKind
	Records    [2]match.Record // central first, unless both are of one side
	Identities [2]match.Identity
	Contents   [2]match.Identity
	Vector     match.Vector
	Weight     float64 // bits
	Proposed   string
	Earlier    *store.Decision // the one in force, nil if there is none
}

// Key names the pair in a sheet.
func (p *Pair) Key() Key { return p.Contents }

// Options choose the pairs of a run.
type Options struct {
	Area  normalize.AreaRange // one of the records lies there; zero = anywhere
	Kinds map[match.ConflictKind]bool
	// Explain weighs a central and a regional record, by their ids, where a
	// conflict has more than two and what is kept of it is of the strongest pair;
	// false if one of them is no longer in use.
	Explain func(central, regional int64) (match.Explanation, bool, error)
	// Review is the weight in bits from which on such a pair is in doubt.
	Review float64
}

// Gather returns the pairs of a run that wait for a decision, those first that may
// give or take most: by severity, then by how near the weight is to even odds. The
// pairs of one conflict stay together. Of conflicts that block a match only those
// are given of which a record is undecided; pairs that were decided for good since
// the run are left out, and of a pair in several conflicts all but the first.
func Gather(ctx context.Context, s *store.Store, run store.RunID, o Options) ([]Pair, error) {
	pairs, err := collect(ctx, s, run, &o)
	if err != nil || len(pairs) == 0 {
		return nil, err
	}
	undecided, err := identify(ctx, s, run, pairs)
	if err != nil {
		return nil, err
	}
	if err := recall(ctx, s, pairs); err != nil {
		return nil, err
	}
	pairs = slices.DeleteFunc(pairs, func(p Pair) bool {
		waits := undecided[p.Records[0].ID] || undecided[p.Records[1].ID] || !p.Kind.Blocks()
		return !waits || p.Earlier != nil && p.Earlier.Verdict != store.VerdictUnsure
	})
	order(pairs)
	return once(pairs), nil
}

// once leaves out pairs that stand in a conflict before: nobody is asked twice.
func once(pairs []Pair) []Pair {
	asked := map[Key]bool{}
	return slices.DeleteFunc(pairs, func(p Pair) bool {
		key := p.Key()
		before := asked[key]
		asked[key] = true
		return before
	})
}

// collect reads the conflicts of the wanted kinds and area, pair by pair.
func collect(ctx context.Context, s *store.Store, run store.RunID, o *Options) ([]Pair, error) {
	var positions []int64
	number := 0 // of the conflict at hand
	for c, err := range s.ConflictRows(ctx, run) {
		if err != nil {
			return nil, err
		}
		if o.Kinds[c.Kind] {
			positions = append(positions, int64(number))
		}
		number++
	}
	picker, err := s.Picker(ctx, run)
	if err != nil {
		return nil, err
	}
	var pairs []Pair
	n := 0
	for c, err := range picker.Conflicts(ctx, len(positions), func(i int) int64 { return positions[i] }) {
		if err != nil {
			return nil, err
		}
		if o.concerns(c.Records) {
			found, err := pairsOf(int(positions[n])+1, &c, o)
			if err != nil {
				return nil, err
			}
			pairs = append(pairs, found...)
		}
		n++
	}
	for d, err := range s.Duplicates(ctx, run) {
		if err != nil {
			return nil, err
		}
		number++
		if records := []match.Record{d.Duplicate, d.Of}; o.Kinds[d.Kind] && o.concerns(records) {
			pairs = append(pairs, Pair{Case: number, Kind: d.Kind, Records: kept(records[0], records[1]), Vector: d.Vector, Weight: d.Weight})
		}
	}
	return pairs, nil
}

func (o *Options) concerns(records []match.Record) bool {
	return o.Area == normalize.AreaRange{} ||
		slices.ContainsFunc(records, func(r match.Record) bool { return o.Area.Holds(r.Area.Code) })
}

// pairsOf lists the pairs of a conflict that are in doubt: each central record with
// each regional one; of records of one side, each with the first.
func pairsOf(number int, c *match.ConflictCase, o *Options) ([]Pair, error) {
	base := Pair{Case: number, Kind: c.Conflict.Kind, Vector: c.Conflict.Vector, Weight: c.Conflict.Weight, Proposed: c.Conflict.Proposed}
	central, regional := bySide(c.Records)
	if len(central) == 0 || len(regional) == 0 {
		var pairs []Pair
		for _, r := range c.Records[min(1, len(c.Records)):] {
			p := base
			p.Records = kept(c.Records[0], r)
			pairs = append(pairs, p)
		}
		return pairs, nil
	}
	var pairs []Pair
	for _, a := range central {
		for _, b := range regional {
			p := base
			p.Records = kept(a, b)
			if len(c.Records) > 2 {
				x, known, err := o.Explain(a.ID, b.ID)
				if err != nil {
					return nil, err
				}
				if !known || x.Weight < o.Review && x.Kind == match.KindNone {
					continue
				}
				p.Vector, p.Weight = x.Vector, x.Weight
			}
			pairs = append(pairs, p)
		}
	}
	return pairs, nil
}

func bySide(records []match.Record) (central, regional []match.Record) {
	for _, r := range records {
		if r.Side == match.Central {
			central = append(central, r)
		} else {
			regional = append(regional, r)
		}
	}
	return central, regional
}

// kept are two records with texts of their own: those that the store gives share
// memory with many others.
func kept(a, b match.Record) [2]match.Record {
	records := [2]match.Record{a, b}
	for i := range records {
		for f := range records[i].Raw {
			records[i].Raw[f] = strings.Clone(records[i].Raw[f])
		}
	}
	return records
}

// identify fills in what the records say, and tells which of them are undecided.
func identify(ctx context.Context, s *store.Store, run store.RunID, pairs []Pair) (undecided map[int64]bool, err error) {
	type ends struct{ identity, content match.Identity }
	wanted := map[int64]*ends{}
	for i := range pairs {
		for k := range pairs[i].Records {
			wanted[pairs[i].Records[k].ID] = nil
		}
	}
	undecided = map[int64]bool{}
	for _, side := range []match.Side{match.Central, match.Regional} {
		for r, err := range s.RecordOutcomes(ctx, run, side) {
			if err != nil {
				return nil, err
			}
			if _, is := wanted[r.Record.ID]; is {
				wanted[r.Record.ID] = &ends{match.IdentityOf(side, &r.Person), match.ContentOf(side, &r.Person)}
				undecided[r.Record.ID] = r.Outcome == match.Conflicted
			}
		}
	}
	for i := range pairs {
		for k := range pairs[i].Records {
			if known := wanted[pairs[i].Records[k].ID]; known != nil {
				pairs[i].Identities[k], pairs[i].Contents[k] = known.identity, known.content
			}
		}
	}
	return undecided, nil
}

// recall fills in the decisions in force.
func recall(ctx context.Context, s *store.Store, pairs []Pair) error {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return err
	}
	byPair := map[store.Pair]*store.Decision{}
	for i := range decisions {
		if decisions[i].InForce() {
			byPair[decisions[i].Pair] = &decisions[i]
		}
	}
	for i := range pairs {
		p := &pairs[i]
		p.Earlier = byPair[store.NewPair(p.Records[0].Side, p.Identities[0], p.Records[1].Side, p.Identities[1])]
	}
	return nil
}

// order sorts cases by severity, then by their greatest doubt, then by number.
func order(pairs []Pair) {
	type rank struct {
		severity int
		doubt    float64 // bits from even odds
	}
	ranks := map[int]rank{}
	for i := range pairs {
		p := &pairs[i]
		doubt := math.Abs(p.Weight)
		if before, ok := ranks[p.Case]; ok {
			doubt = min(doubt, before.doubt)
		}
		ranks[p.Case] = rank{p.Kind.Severity(), doubt}
	}
	slices.SortStableFunc(pairs, func(a, b Pair) int {
		x, y := ranks[a.Case], ranks[b.Case]
		return cmp.Or(cmp.Compare(y.severity, x.severity), cmp.Compare(x.doubt, y.doubt), cmp.Compare(a.Case, b.Case), cmp.Compare(b.Weight, a.Weight))
	})
}
