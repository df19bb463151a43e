package match

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

// Explainer weighs single pairs with the frequencies of whole tables.
type Explainer struct {
	central, regional *Table
	model             *Model
	weigher           *weigher
	comparer          *comparer
}

// NewExplainer counts the frequencies of two tables that share one Dictionary.
func NewExplainer(central, regional *Table, m *Model) (*Explainer, error) {
	if central.dictionary != regional.dictionary {
		return nil, ErrDictionary
	}
	countTexts(central, regional)
	return &Explainer{
		central: central, regional: regional, model: m,
		weigher:  newWeigher(m, newRarity(central, regional)),
		comparer: newComparer(central.dictionary),
	}, nil
}

// Explain weighs the pair of a central and a regional row.
func (e *Explainer) Explain(central, regional int) Explanation {
	p := e.comparer.compare(e.weigher.rarity, e.central, int32(central), e.regional, int32(regional))
	weights, weight := e.weigher.weigh(&p)
	verdict, kind := e.model.judge(&p, &weights, weight)
	if verdict == review {
		kind = Review
	}
	return Explanation{
		Vector: p.vector, Weights: weights, Prior: e.weigher.rarity.prior, Weight: weight,
		Probability: probability(weight), Accepted: verdict == accept, Kind: kind,
	}
}
