package match

// kinship bounds what the fields of a person can say beside a shared household,
// whose members have much in common: in bits, -log2 of the chance that two
// different members agree so. Fields depend on each other there; a sum of
// weights without these bounds would be far too sure (the dependence problem of
// Fellegi and Sunter's model).
type kinship struct {
	nik, nearNIK, birth float64
	name                [NameSame + 1]float64
}

// members are any two members of a household: offices copy the head's NIK to
// others, twins are born, sons are named after fathers (DOMAIN 1.4).
var members = kinship{
	nik: 9, nearNIK: 7, birth: 9,
	name: [...]float64{
		NameWeak: -5.5, NameCommon: 5, NameConfusable: 6, NameSimilar: 9, NameCompatible: 9,
		NameLoose: 11, NameSpelling: 11, NameSame: 11,
	},
}

// twins are two members of one birth date in a household that is known to have
// them; their NIKs follow each other and their names are chosen to go together.
var twins = kinship{
	nik: 9, nearNIK: 1, birth: 1,
	name: [...]float64{
		NameWeak: -6, NameCommon: 0, NameConfusable: -4, NameSimilar: 2, NameCompatible: 3,
		NameLoose: 9.5, NameSpelling: 9.5, NameSame: 11,
	},
}

// twinsApart is by how many bits twins of whom each list holds another one are
// rarer than twins; namesake is what one name of two members who were not born
// on one day says less, since they may be father and son; oneName is what one
// name of two who were says more, since nobody gives twins the same.
const (
	twinsApart = 3
	namesake   = 2
	oneName    = 3
)

// kinshipOf returns the bounds for a pair. Twins under one NIK are no more likely
// than other members under one.
func kinshipOf(p *pair) *kinship {
	if (p.ra.twin || p.rb.twin) && p.vector[CompareNIK] != NIKSame {
		return &twins
	}
	return &members
}

// limit lowers the weights of the person's own fields to what they can say
// beside the household; room is how many bits the household's evidence falls
// short of a certain household.
func (k *kinship) limit(p *pair, parts *[ComparisonCount]float64, room float64) {
	nik, birth := k.nearNIK, k.birth
	if p.vector[CompareNIK] == NIKSame {
		nik = k.nik
	}
	if k == &members && p.a.side != p.b.side && p.vector[CompareKK] == KKSame {
		birth += twinsApart
	}
	name := k.name[p.vector[CompareName]]
	switch birth := p.vector[CompareBirthDate]; {
	case birth == BirthDiffers:
		name -= namesake
	case birth == BirthSame && p.vector[CompareName] == NameSame:
		name += oneName
	}
	parts[CompareNIK] = min(parts[CompareNIK], room+nik)
	parts[CompareName] = min(parts[CompareName], room+name)
	parts[CompareBirthDate] = min(parts[CompareBirthDate], room+birth)
}

// capSum lowers the positive weights of the named comparisons, last first, until
// their sum is at most limit; it returns the sum.
func capSum(parts *[ComparisonCount]float64, limit float64, members ...Comparison) float64 {
	sum := 0.0
	for _, c := range members {
		sum += parts[c]
	}
	for k := len(members) - 1; k >= 0 && sum > limit; k-- {
		if cut := min(sum-limit, parts[members[k]]); cut > 0 {
			parts[members[k]] -= cut
			sum -= cut
		}
	}
	return sum
}
