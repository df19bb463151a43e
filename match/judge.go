package match

import (
	"slices"

	"padan/normalize"
)

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

// judge decides one pair by its vector, its weights and their sum. Two whole NIKs
// are a conflict of their own where all else would make a link.
func (m *Model) judge(p *pair, weights *Weights, weight float64) (verdict, ConflictKind) {
	v := &p.vector
	if v[CompareNIK] == NIKSame {
		return m.judgeSameNIK(p, weight)
	}
	switch {
	case weight < m.Review, p.areSiblings():
		return reject, KindNone
	case v[CompareNIK] == NIKDiffers && weight-float64(weights[CompareNIK]) >= m.Link:
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
		name == NameWeak && !birthAgrees && v[CompareBirthDate] != Missing,
		birthClashes && (v[CompareSex] == SexDiffer || v[CompareMother] == TextDiffers):
		return clash, NIKSamePersonDiffers
	case p.verifiedNIK():
		return accept, KindNone
	case name <= NameWeak && !birthAgrees, weight < m.Link,
		// A father's NIK on his namesake son.
		birthClashes && (v[CompareRelation] == RelationDiffers || v[CompareMother] == Missing && v[CompareRelation] == Missing):
		return review, KindNone
	default:
		return accept, KindNone
	}
}

// verifiedNIK reports whether a whole NIK, name, birth date and sex all agree. That
// is one person however frequent the values are, since a person who is listed
// many times makes them so.
func (p *pair) verifiedNIK() bool {
	v := &p.vector
	return v[CompareNIK] == NIKSame && p.ra.wholeNIK() && p.rb.wholeNIK() && v[CompareName] >= NameLoose &&
		v[CompareBirthDate] >= BirthSameHeaped && v[CompareSex] != SexDiffer
}

// areSiblings reports whether two records are of two persons of one household, or
// of one day and office: names that could be those of two of its members, and two
// whole NIKs that no slip makes of each other, or that were given out one after
// the other.
func (p *pair) areSiblings() bool {
	apart := p.vector[CompareNIK] == NIKDiffers || p.consecutiveNIKs()
	return apart && (p.vector[CompareName] == NameDiffers || p.maybeSiblings())
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

// maybeTwins reports whether two records could be twins: two whole NIKs that
// differ in their serial only, and names that are not letter for letter the same.
// Where the household is not known to have twins, the serials must be
// consecutive, as an office gives them to twins, and the names a letter or two
// apart.
func (p *pair) maybeTwins() bool {
	return p.twinNIKs() && (p.ra.twin || p.rb.twin || p.consecutiveNIKs() && !p.oneNameHoldsTheOther())
}

// twinNIKs reports whether two NIKs are those that twins would get who bear
// different names. A slip of the pen makes the same. NIKs that follow each other
// show one office on one day; others need one household.
func (p *pair) twinNIKs() bool {
	v := &p.vector
	home := v[CompareKK] == KKSame || v[CompareMother] == TextSame || v[CompareArea] >= AreaRW || v[CompareStreet] == StreetHouse
	return v[CompareName] != NameSame && p.oneOffSerials() && (home || p.consecutiveNIKs())
}

// oneOffSerials reports whether two NIKs differ by one digit of their serial.
func (p *pair) oneOffSerials() bool {
	full := p.ra.nikTrust == normalize.TrustFull && p.rb.nikTrust == normalize.TrustFull
	return full && p.vector[CompareNIK] == NIKOneApart && p.sameButSerial()
}

// consecutiveNIKs reports whether the NIK of one record follows that of the other.
func (p *pair) consecutiveNIKs() bool {
	return p.follow() && p.oneOffSerials() && !p.endsInZero()
}

// oneNameHoldsTheOther reports whether each word of the shorter name stands, letter
// for letter, in the longer one.
func (p *pair) oneNameHoldsTheOther() bool {
	x, y := p.a.nameWords(p.ra), p.b.nameWords(p.rb)
	if len(y) < len(x) {
		x, y = y, x
	}
	return len(x) < len(y) && !slices.ContainsFunc(x, func(id uint32) bool { return !slices.Contains(y, id) })
}

// endsInZero reports whether a NIK has rather lost its last digit in a spreadsheet
// than been given out so.
func (p *pair) endsInZero() bool { return p.ra.endsIn0 || p.rb.endsIn0 }

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
	if v[CompareIdentifier] == IdentifierSame && v[CompareNIK] != NIKDiffers {
		return v[CompareBirthDate] >= BirthNear
	}
	return v[CompareNIK] != NIKDiffers && !p.maybeTwins() && v[CompareKK] == KKSame &&
		v[CompareName] >= NameLoose && v[CompareBirthDate] >= BirthSameHeaped
}
