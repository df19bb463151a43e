package match

// verdict is what one pair deserves by itself, before it competes with others.
type verdict uint8

const (
	reject verdict = iota
	review         // a person must look: weight between the thresholds, or a doubt no weight settles
	accept
	clash // evidence that contradicts itself: one NIK and two persons, or the reverse
)

// candidate is a compared pair that may matter for the outcome.
type candidate struct {
	central, regional int32
	rule              uint8
	verdict           verdict
	kind              ConflictKind // of a clash
	vector            Vector
	weights           Weights
	weight            float64
}

// judge decides one pair by its vector and weight.
func (m *Model) judge(p *pair, weight float64) (verdict, ConflictKind) {
	v := &p.vector
	if v[CompareNIK] == NIKSame {
		return m.judgeSameNIK(p, weight)
	}
	switch {
	case weight < m.Review:
		return reject, KindNone
	case v[CompareNIK] == NIKDiffers && v[CompareName] >= NameSimilar && v[CompareBirthDate] >= BirthNear:
		return clash, PersonSameNIKDiffers
	case v[CompareNIK] == NIKDiffers, weight < m.Link, p.maybeSiblings(), p.maybeTwins():
		return review, KindNone
	default:
		return accept, KindNone
	}
}

// judgeSameNIK verifies an exact NIK: it is evidence, not proof, since numbers
// are reused and copied to other members (DOMAIN 1.1, 1.4).
func (m *Model) judgeSameNIK(p *pair, weight float64) (verdict, ConflictKind) {
	v := &p.vector
	birthAgrees := v[CompareBirthDate] >= BirthNear
	birthClashes := v[CompareBirthDate] == BirthDiffers
	switch name := v[CompareName]; {
	case name == NameDiffers,
		name == NameWeak && !birthAgrees,
		birthClashes && (v[CompareSex] == SexDiffer || v[CompareMother] == TextDiffers):
		return clash, NIKSamePersonDiffers
	case name == Missing && !birthAgrees, weight < m.Link,
		// A father's NIK on his namesake son.
		birthClashes && (v[CompareRelation] == RelationDiffers || v[CompareMother] == Missing && v[CompareRelation] == Missing):
		return review, KindNone
	default:
		return accept, KindNone
	}
}

// maybeSiblings reports whether two records of one household bear names that
// could be those of two of its members: no weight of the household or the NIK
// then says which one is meant. Names that nothing contradicts are told apart by
// the birth date, unless the household is known to have twins; names that are
// both in use need the NIK as well.
func (p *pair) maybeSiblings() bool {
	v := &p.vector
	home := v[CompareKK] == KKSame || v[CompareMother] == TextSame || v[CompareArea] == AreaRT
	switch name := v[CompareName]; name {
	case NameDiffers, NameWeak:
		return home
	case NameCommon:
		return home && (v[CompareBirthDate] != BirthSame || p.ra.twin || p.rb.twin)
	case NameConfusable:
		return home && (v[CompareBirthDate] != BirthSame || v[CompareNIK] < NIKLostDigit || p.twinNIKs())
	default:
		return false
	}
}

// maybeTwins reports whether two records could be twins of a household that is
// known to have some: two whole NIKs, given out one after the other, that differ
// in their serial only, and names that are not letter for letter the same.
func (p *pair) maybeTwins() bool {
	return (p.ra.twin || p.rb.twin) && p.twinNIKs()
}

// twinNIKs reports whether two NIKs are those that twins of one household would
// get. A slip of the pen makes the same; twins of whom each list holds one are
// far rarer.
func (p *pair) twinNIKs() bool {
	v := &p.vector
	home := v[CompareKK] == KKSame || v[CompareMother] == TextSame || v[CompareArea] >= AreaRW
	return home && v[CompareNIK] == NIKOneApart && p.ra.wholeNIK() && p.rb.wholeNIK() &&
		p.ra.nik/10_000 == p.rb.nik/10_000 && v[CompareName] != NameSame
}

// firm reports whether a pair is so certain that its records need no further
// candidates: a whole NIK or a family card with name and birth date, and
// nothing against it.
func (p *pair) firm() bool {
	v := &p.vector
	if v[CompareSex] == SexDiffer || v[CompareName] < NameSimilar {
		return false
	}
	if v[CompareNIK] == NIKSame && p.ra.wholeNIK() && p.rb.wholeNIK() {
		return v[CompareBirthDate] == Missing || v[CompareBirthDate] >= BirthNear
	}
	return v[CompareNIK] != NIKDiffers && !p.maybeTwins() && v[CompareKK] == KKSame &&
		v[CompareName] >= NameLoose && v[CompareBirthDate] >= BirthSameHeaped
}
