package match

import "context"

// Explanation is what one pair is worth, comparison by comparison.
type Explanation struct {
	Vector      Vector
	Weights     Weights // bits
	Prior       float64 // bits: the chance that a random pair is one person
	Weight      float64 // total, bits
	Probability float64 // 0-1
	Accepted    bool    // would be a link if nothing competes with it
	Kind        ConflictKind
}

// Explainer weighs single pairs as a run of whole tables would.
type Explainer struct {
	run      *run
	comparer *comparer
}

// NewExplainer learns from two tables that share one Dictionary what a pair alone
// does not show: how frequent its values are, which records are twins, and which
// NIKs stand on several persons.
func NewExplainer(ctx context.Context, central, regional *Table, m *Model) (*Explainer, error) {
	r, err := newRun(central, regional, m, Options{})
	if err != nil {
		return nil, err
	}
	if err := r.setDuplicatesAside(ctx); err != nil {
		return nil, err
	}
	if err := r.stage(ctx, firstRules(false)[0], r.open(Central), r.open(Regional)); err != nil {
		return nil, err
	}
	return &Explainer{run: r, comparer: newComparer(central.dictionary)}, nil
}

// Explain weighs the pair of a central and a regional row.
func (e *Explainer) Explain(central, regional int) Explanation {
	r := e.run
	p := e.comparer.compare(r.rarity, r.central, int32(central), r.regional, int32(regional))
	weights, weight := r.weigher.weigh(&p)
	verdict, kind := r.model.judge(&p, &weights, weight)
	if verdict == review {
		kind = Review
	}
	return Explanation{
		Vector: p.vector, Weights: weights, Prior: r.rarity.prior, Weight: weight,
		Probability: Probability(weight), Accepted: verdict == accept, Kind: kind,
	}
}
