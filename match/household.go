package match

import (
	"slices"
	"strings"
)

// HouseholdKinds is a set of what is known about a household, one bit a kind.
// Of the kinds from whole to merged a linked household has one, or two together:
// grown and shrunk where each side lists members that the other lacks, split and
// merged where both cards have several counterparts.
type HouseholdKinds uint16

// The kinds of household. Grown and shrunk look from the central side at the
// regional one.
const (
	HouseholdWhole        HouseholdKinds = 1 << iota // the same members on both sides
	HouseholdGrown                                   // regional has members that central lacks
	HouseholdShrunk                                  // central has members that regional lacks
	HouseholdUndecided                               // neither, but members stand in a conflict that a person must decide
	HouseholdSplit                                   // the central card stands for several regional ones
	HouseholdMerged                                  // the regional card stands for several central ones
	HouseholdMoved                                   // another kelurahan
	HouseholdNewHead                                 // another person is head, or the head is gone
	HouseholdCardChanged                             // another KK number
	HouseholdCardMistyped                            // no counterpart, since its members stand under a KK number one digit apart
	HouseholdOnlyCentral                             // no counterpart on the regional side
	HouseholdOnlyRegional                            // no counterpart on the central side
	householdKindEnd
)

var householdCodes = [...]string{
	"whole", "grown", "shrunk", "undecided", "split", "merged", "moved", "new_head", "card_changed", "card_mistyped", "only_central", "only_regional",
}

// Each lists the single kinds of the set in report order.
func (k HouseholdKinds) Each() []HouseholdKinds {
	var kinds []HouseholdKinds
	for one := HouseholdWhole; one < householdKindEnd; one <<= 1 {
		if k&one != 0 {
			kinds = append(kinds, one)
		}
	}
	return kinds
}

// Has reports whether the set holds all of the given kinds.
func (k HouseholdKinds) Has(kinds HouseholdKinds) bool { return k&kinds == kinds }

// String returns the stable codes of the kinds, joined with "+".
func (k HouseholdKinds) String() string {
	text := ""
	for i, code := range householdCodes {
		if k>>i&1 != 0 {
			if text != "" {
				text += "+"
			}
			text += code
		}
	}
	return text
}

// HouseholdLink is a household that stands on both sides or, with a kind of
// HouseholdOnlyCentral or HouseholdOnlyRegional, on one of them. A household is
// the records of a side under one KK number; records set aside as duplicates do
// not count. Arrays are indexed by Side; all that is said of a side on which the
// household does not stand is 0, or NoRow.
type HouseholdLink struct {
	Cards     [2]uint64 // KK numbers as read
	Kinds     HouseholdKinds
	First     [2]int32 // row of the first member
	Head      [2]int32 // row of the head, NoRow unless exactly one is marked
	Members   [2]int32 // records under the card
	Linked    int32    // members of one side that are linked to members of the other
	Elsewhere [2]int32 // members that are linked to somebody outside this pair of cards
	Undecided [2]int32 // members that stand in a conflict that a person must decide
}

// NoRow stands for a row that there is not.
const NoRow int32 = -1

// Only is the number of members of a side that the other side lacks under its
// card, those linked elsewhere included.
func (h *HouseholdLink) Only(side Side) int32 {
	return h.Members[side] - h.linkedOn(side) - h.Undecided[side]
}

// linkedOn is Linked for a side on which the household stands.
func (h *HouseholdLink) linkedOn(side Side) int32 {
	if h.First[side] == NoRow {
		return 0
	}
	return h.Linked
}

// HouseholdCase is a household with the records that stand for it: by side its
// first member and its head, empty where there is none.
type HouseholdCase struct {
	Household HouseholdLink
	First     [2]Record
	Head      [2]Record
}

// ParseHouseholdKinds is the inverse of String; ok is false for codes that this
// version does not know.
func ParseHouseholdKinds(text string) (kinds HouseholdKinds, ok bool) {
	for text != "" {
		code, rest, _ := strings.Cut(text, "+")
		i := slices.Index(householdCodes[:], code)
		if i < 0 {
			return 0, false
		}
		kinds |= 1 << i
		text = rest
	}
	return kinds, true
}
