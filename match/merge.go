package match

import (
	"slices"
	"strings"

	"padan/normalize"
)

// MergeRule says why the value of a side was chosen for the master list.
type MergeRule uint8

// The rules, in the order in which they are tried.
const (
	MergeNothing    MergeRule = iota // neither side says anything
	MergeSame                        // both say the same in comparable form
	MergeOnly                        // the other side says nothing
	MergeValid                       // it is whole and agrees with what else is known
	MergeComplete                    // it says what the other side says, and more
	MergePrecedence                  // the side comes first for this field
	mergeRuleCount
)

var mergeRuleCodes = [mergeRuleCount]string{"", "same", "only", "valid", "complete", "precedence"}

// String returns the rule's stable code, "" for MergeNothing.
func (r MergeRule) String() string { return mergeRuleCodes[r] }

// Choice is the side whose value of a field was chosen, and the rule that chose
// it. Where neither side says anything, Side is the one that comes first.
type Choice struct {
	Side Side
	Rule MergeRule
}

// From names where a value comes from: "central", "regional", "both" if they say
// the same, "" if neither says anything.
func (c Choice) From() string {
	switch c.Rule {
	case MergeNothing:
		return ""
	case MergeSame:
		return "both"
	default:
		return c.Side.String()
	}
}

// Differs reports whether both sides speak and say different things.
func (c Choice) Differs() bool { return c.Rule >= MergeValid }

// Merged is what is known of one person.
type Merged struct {
	Person  normalize.Person
	Choices [MasterFieldCount]Choice // but for MasterCentralID, see ChooseText
}

// Merge makes one person of what both sides say, field by field; a side that
// does not know the person is nil. Exchanging the sides, in the precedence as
// well, gives the same person.
func Merge(central, regional *normalize.Person, precedence *Precedence) Merged {
	m := merger{persons: [2]*normalize.Person{central, regional}, precedence: precedence}
	for side, p := range m.persons {
		if p == nil {
			only := everywhere(Regional - Side(side))
			m.persons[side], m.precedence = &normalize.Person{}, &only
		}
	}
	m.mergeNumbers()
	m.mergeNames()
	m.mergeBirth()
	m.mergeRest()
	m.mergeAddress()
	return m.merged
}

// ChooseText chooses among two texts of a field that has no comparable form of
// its own.
func ChooseText(central, regional string, first Side) Choice {
	return choose(first, central != "", regional != "", central == regional)
}

// MergeCards chooses the KK number of a household by those of both sides; a side
// on which it does not stand gives the zero value.
func MergeCards(central, regional normalize.Number, first Side) (normalize.Number, Choice) {
	numbers := [2]normalize.Number{central, regional}
	return mergeNumber(central, regional, first, func(side Side) int { return wholeness(numbers[side]) })
}

// choose applies the rules that all fields share. What it leaves to the
// precedence, a rule of the field may decide otherwise.
func choose(first Side, central, regional, same bool) Choice {
	switch {
	case central && regional && same:
		return Choice{first, MergeSame}
	case central && regional:
		return Choice{first, MergePrecedence}
	case central:
		return Choice{Central, MergeOnly}
	case regional:
		return Choice{Regional, MergeOnly}
	default:
		return Choice{first, MergeNothing}
	}
}

// prefer gives a choice that is left to the precedence to the side of the higher
// rank, under a rule. Other choices need no ranks.
func (c *Choice) prefer(rank func(Side) int, rule MergeRule) {
	if c.Rule != MergePrecedence {
		return
	}
	switch central, regional := rank(Central), rank(Regional); {
	case central > regional:
		c.Side, c.Rule = Central, rule
	case central < regional:
		c.Side, c.Rule = Regional, rule
	}
}

// merger merges the persons of both sides.
type merger struct {
	persons    [2]*normalize.Person
	precedence *Precedence
	merged     Merged
}

// person returns the person whose value of a field was chosen.
func (m *merger) person(f MasterField, c Choice) *normalize.Person {
	m.merged.Choices[f] = c
	return m.persons[c.Side]
}

func (m *merger) choose(f MasterField, central, regional, same bool) Choice {
	return choose(m.precedence[f], central, regional, same)
}

func (m *merger) chooseText(f MasterField, central, regional string) Choice {
	return ChooseText(central, regional, m.precedence[f])
}

// mergeNumbers chooses NIK and KK.
func (m *merger) mergeNumbers() {
	a, b := m.persons[Central], m.persons[Regional]
	out := &m.merged
	out.Person.NIK, out.Choices[MasterNIK] = mergeNumber(a.NIK, b.NIK, m.precedence[MasterNIK], m.nikRank)
	out.Person.KK, out.Choices[MasterKK] = MergeCards(a.KK, b.KK, m.precedence[MasterKK])
	out.Person.NIKNear, out.Person.KKNear = b.NIKNear, b.KKNear
	if out.Person.NIK == a.NIK {
		out.Person.NIKNear = a.NIKNear
	}
	if out.Person.KK == a.KK {
		out.Person.KKNear = a.KKNear
	}
}

// mergeNumber chooses the number of the higher rank. Of one number read twice the
// reading that is trusted more stands.
func mergeNumber(central, regional normalize.Number, first Side, rank func(Side) int) (normalize.Number, Choice) {
	same := central.Value == regional.Value && central.Digits == regional.Digits
	c := choose(first, usable(central), usable(regional), same)
	c.prefer(rank, MergeValid)
	numbers := [2]normalize.Number{central, regional}
	if other := numbers[Regional-c.Side]; c.Rule == MergeSame && other.Trust > numbers[c.Side].Trust {
		return other, c
	}
	return numbers[c.Side], c
}

// usable reports whether a number says anything.
func usable(n normalize.Number) bool { return n.Trust != normalize.TrustNone && n.Value != 0 }

func wholeness(n normalize.Number) int {
	if n.Trust == normalize.TrustFull {
		return 1
	}
	return 0
}

// nikRank ranks the NIK of a side: whether it is whole, then whether it agrees
// with birth date and sex, those of the same record or, where that is silent, of
// the other.
func (m *merger) nikRank(side Side) int {
	own, other := m.persons[side], m.persons[Regional-side]
	birth, sex := own.BirthDate, own.Sex
	if birth == 0 {
		birth = other.BirthDate
	}
	if sex == normalize.SexMissing {
		sex = other.Sex
	}
	rank := 2 * wholeness(own.NIK)
	if !contradicts(own.NIK, birth, sex) {
		rank++
	}
	return rank
}

// contradicts reports whether a NIK states another birth date or sex.
func contradicts(nik normalize.Number, birth normalize.Date, sex normalize.Sex) bool {
	if _, _, _, dated := nik.BirthParts(); dated && birth.Day() != 0 && !nik.MatchesBirth(birth) {
		return true
	}
	if nik.Hashed && nik.Stated&normalize.StatedContradicts != 0 {
		return true
	}
	inside, ok := nik.Sex()
	return ok && sex != normalize.SexMissing && sex != inside
}

func (m *merger) mergeNames() {
	a, b := m.persons[Central], m.persons[Regional]
	m.merged.Person.Name = m.person(MasterName, m.chooseName(MasterName, a.Name.Words, b.Name.Words)).Name
	m.merged.Person.Mother = m.person(MasterMother, m.chooseName(MasterMother, a.Mother.Words, b.Mother.Words)).Mother
}

// chooseName prefers the name that has the words of the other written out, or
// more of them.
func (m *merger) chooseName(f MasterField, central, regional string) Choice {
	c := m.chooseText(f, central, regional)
	if c.Rule == MergePrecedence {
		words := [2][]string{strings.Fields(central), strings.Fields(regional)}
		c.prefer(func(side Side) int { return containedIn(words[Regional-side], words[side]) }, MergeComplete)
	}
	return c
}

// containedIn reports, as 1 or 0, whether the words of a short name stand in a
// longer one in their order, whole or abbreviated to half their length or less: a
// word that lacks a letter is spelled otherwise.
func containedIn(short, long []string) int {
	for _, word := range short {
		at := slices.IndexFunc(long, func(w string) bool { return w == word || 2*len(word) <= len(w) && strings.HasPrefix(w, word) })
		if at < 0 {
			return 0
		}
		long = long[at+1:]
	}
	return 1
}

// mergeBirth chooses birth place, birth date and sex. A NIK that both sides have
// tells which of two dates and sexes is right.
func (m *merger) mergeBirth() {
	a, b := m.persons[Central], m.persons[Regional]
	out := &m.merged.Person
	out.BirthPlace = m.person(MasterBirthPlace, m.chooseText(MasterBirthPlace, a.BirthPlace, b.BirthPlace)).BirthPlace
	nik := normalize.Number{}
	if m.merged.Choices[MasterNIK].Rule == MergeSame {
		nik = out.NIK
	}
	birth := m.choose(MasterBirthDate, a.BirthDate != 0, b.BirthDate != 0, a.BirthDate == b.BirthDate)
	dates := [2]normalize.Date{a.BirthDate, b.BirthDate}
	birth.prefer(func(side Side) int { return one(nik.MatchesBirth(dates[side])) }, MergeValid)
	birth.prefer(func(side Side) int { return exactness(dates[side], dates[Regional-side]) }, MergeComplete)
	out.BirthDate = m.person(MasterBirthDate, birth).BirthDate
	sex := m.choose(MasterSex, a.Sex != normalize.SexMissing, b.Sex != normalize.SexMissing, a.Sex == b.Sex)
	if inside, ok := nik.Sex(); ok {
		sex.prefer(func(side Side) int { return one(m.persons[side].Sex == inside) }, MergeValid)
	}
	out.Sex = m.person(MasterSex, sex).Sex
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// exactness counts the parts of a date that are known. A day that stands for an
// unknown one is no part beside another date of its year.
func exactness(d, beside normalize.Date) int {
	switch {
	case d.Month() == 0 || d.Heaped() && d.Year() == beside.Year():
		return 1
	case d.Day() == 0:
		return 2
	default:
		return 3
	}
}

// mergeRest chooses the fields of which no rule tells more.
func (m *merger) mergeRest() {
	a, b := m.persons[Central], m.persons[Regional]
	out := &m.merged.Person
	relation := m.choose(MasterRelation, a.Relation != normalize.RelationMissing, b.Relation != normalize.RelationMissing, a.Relation == b.Relation)
	out.Relation = m.person(MasterRelation, relation).Relation
	status := m.choose(MasterStatus, a.Status != normalize.StatusUnknown, b.Status != normalize.StatusUnknown, a.Status == b.Status)
	out.Status = m.person(MasterStatus, status).Status
	out.Identifier = m.person(MasterIdentifier, m.chooseText(MasterIdentifier, a.Identifier, b.Identifier)).Identifier
}

// mergeAddress chooses address and area of one side: the street of one with the
// RT of the other is nobody's home.
func (m *merger) mergeAddress() {
	a, b := home{m.persons[Central]}, home{m.persons[Regional]}
	c := m.choose(MasterAddress, a.known(), b.known(), a.equals(b))
	if c.Rule == MergePrecedence && !a.elsewhere(b) {
		homes := [2]home{a, b}
		c.prefer(func(side Side) int { return one(homes[side].hasUnits()) }, MergeComplete)
		c.prefer(func(side Side) int { return one(homes[side].contains(homes[Regional-side])) }, MergeComplete)
	}
	chosen := m.person(MasterAddress, c)
	m.merged.Person.Address, m.merged.Person.Area = chosen.Address, chosen.Area
}

// home is where a person lives.
type home struct{ *normalize.Person }

func (h home) known() bool {
	return h.Address != (normalize.Address{}) || h.Area != (normalize.Area{})
}

func (h home) equals(other home) bool { return h.Address == other.Address && h.Area == other.Area }

// hasUnits reports whether RT or RW is known.
func (h home) hasUnits() bool { return h.Address.RT != 0 || h.Address.RW != 0 }

// elsewhere reports whether the areas of two homes exclude each other.
func (h home) elsewhere(other home) bool {
	return !covers(h.Area, other.Area) && !covers(other.Area, h.Area)
}

// contains reports whether a home says all that another says.
func (h home) contains(other home) bool {
	a, b := &h.Address, &other.Address
	return (b.Street == "" || a.Street == b.Street) && (b.House == "" || a.House == b.House) &&
		(b.RT == 0 || a.RT == b.RT) && (b.RW == 0 || a.RW == b.RW) && covers(other.Area, h.Area)
}

// covers reports whether an area holds another, as far as it is known.
func covers(larger, smaller normalize.Area) bool {
	for _, part := range [...][2]string{
		{larger.Place, smaller.Place}, {larger.Postcode, smaller.Postcode}, {larger.State, smaller.State},
	} {
		if part[0] != "" && part[0] != part[1] {
			return false
		}
	}
	for _, level := range [...]uint64{1, 10_000, 1_000_000, 100_000_000} {
		if larger.Code%level == 0 && larger.Code/level == smaller.Code/level {
			return true
		}
	}
	return larger.Code == 0
}
