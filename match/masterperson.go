package match

import "padan/normalize"

// MasterPerson is one real person of a run, as far as it is decided, with the
// records that speak of the person: both of a link, or one that has none. Arrays
// are indexed by Side.
type MasterPerson struct {
	Has     [2]bool             // on which sides a record stands
	Records [2]Record           // empty where there is none; Raw is empty where cells are not read
	Persons [2]normalize.Person // their comparable forms
	Outcome Outcome             // Matched, Conflicted or Unmatched
	Reason  Reason
	Kinds   KindSet // of the conflicts in which the records stand
	Link    Link    // if the outcome is Matched; empty where cells are not read
	Aside   []Place // records set aside as duplicates of these, in canonical order; none where cells are not read
}

// Place names a row of a source.
type Place struct {
	Source string // display name of the file
	Sheet  string // "" for a delimited file
	Row    int    // 1-based
}

// MasterKey names a person of a master list by the store's ids of the records, by
// side; 0 where a side has none.
type MasterKey [2]int64

// Key returns the key of the person.
func (p *MasterPerson) Key() MasterKey {
	return MasterKey{p.Records[Central].ID, p.Records[Regional].ID}
}

// person returns the comparable form of a side, nil where no record stands.
func (p *MasterPerson) person(side Side) *normalize.Person {
	if !p.Has[side] {
		return nil
	}
	return &p.Persons[side]
}

// Merge makes one person of the records.
func (p *MasterPerson) Merge(precedence *Precedence) Merged {
	return Merge(p.person(Central), p.person(Regional), precedence)
}

// Leading is the side whose record stands for the person: the central one if
// there is one.
func (p *MasterPerson) Leading() Side {
	if p.Has[Central] {
		return Central
	}
	return Regional
}

// KindSet is a set of conflict kinds, one bit a kind.
type KindSet uint32

// Add puts a kind into the set.
func (k *KindSet) Add(kind ConflictKind) { *k |= 1 << kind }

// Blocking is the part of the set that leaves a record without a link.
func (k KindSet) Blocking() KindSet { return k & (1<<(Review+1) - 1) }

// Each lists the kinds of the set in report order.
func (k KindSet) Each() []ConflictKind {
	var kinds []ConflictKind
	for kind := NIKSamePersonDiffers; kind < kindCount; kind++ {
		if k>>kind&1 != 0 {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// String returns the stable codes of the kinds in report order, joined with "+".
func (k KindSet) String() string {
	var text []byte
	for i, kind := range k.Each() {
		if i > 0 {
			text = append(text, '+')
		}
		text = append(text, kind.String()...)
	}
	return string(text)
}
