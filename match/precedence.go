package match

import (
	"errors"
	"slices"
	"strings"
)

// MasterField is what the master list says of a person and chooses by itself.
type MasterField uint8

// The fields of the master list.
const (
	MasterNIK MasterField = iota
	MasterKK
	MasterName
	MasterBirthPlace
	MasterBirthDate
	MasterSex
	MasterRelation
	MasterMother
	MasterAddress // street, house, RT, RW and area, which belong together
	MasterStatus
	MasterIdentifier
	MasterCentralID  // of the raw values only: a normalize.Person has none
	MasterFieldCount // number of fields, not one itself
)

var masterFieldCodes = [MasterFieldCount]string{
	"nik", "kk", "name", "birth_place", "birth_date", "sex", "relation", "mother", "address", "status", "identifier", "central_id",
}

// String returns the field's stable code.
func (f MasterField) String() string { return masterFieldCodes[f] }

// MasterFields lists every field in report order.
func MasterFields() []MasterField {
	fields := make([]MasterField, MasterFieldCount)
	for f := range fields {
		fields[f] = MasterField(f)
	}
	return fields
}

// Precedence says of each field which side is believed where both speak, say
// different things, and nothing else tells which of them is right.
type Precedence [MasterFieldCount]Side

// DefaultPrecedence believes the central side who somebody is, and the regional
// one where and whether somebody lives, which it learns first.
func DefaultPrecedence() Precedence {
	var p Precedence
	p[MasterAddress], p[MasterStatus] = Regional, Regional
	return p
}

// everywhere believes one side in everything.
func everywhere(side Side) (p Precedence) {
	for f := range p {
		p[f] = side
	}
	return p
}

// ErrPrecedence says that a text names no field and side.
var ErrPrecedence = errors.New("must be FIELD=central, FIELD=regional, central or regional")

// Prefer changes the precedence of one field ("name=regional") or of all
// ("regional"). The error is ErrPrecedence.
func (p *Precedence) Prefer(text string) error {
	code, name, one := strings.Cut(text, "=")
	if !one {
		name = code
	}
	side, ok := parseSide(strings.TrimSpace(name))
	if !ok {
		return ErrPrecedence
	}
	if !one {
		*p = everywhere(side)
		return nil
	}
	f := slices.Index(masterFieldCodes[:], strings.TrimSpace(code))
	if f < 0 {
		return ErrPrecedence
	}
	p[f] = side
	return nil
}

func parseSide(code string) (Side, bool) {
	for _, side := range [...]Side{Central, Regional} {
		if side.String() == code {
			return side, true
		}
	}
	return 0, false
}

// Sides names the side that comes first for each field, by the codes of both.
func (p *Precedence) Sides() map[string]string {
	sides := make(map[string]string, len(p))
	for f, side := range p {
		sides[MasterField(f).String()] = side.String()
	}
	return sides
}
