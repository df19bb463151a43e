package normalize

import (
	"encoding/binary"
	"errors"
	"math"
)

// The first byte of an encoded Person is its version: 1 without the texts that
// lists of Indonesia do not have, 2 with them, 3 with the neighbourhoods of hashed
// numbers too.
const (
	personVersion     = 1
	personVersionFull = 2
	personVersionNear = 3
)

// personStrings is the number of text fields of a Person in each version.
var personStrings = [...]int{personVersion: 10, personVersionFull: 13, personVersionNear: mostStrings}

// mostStrings is the number of text fields of a Person.
const mostStrings = 15

// ErrCodec reports bytes that are not an encoded Person: damaged, cut short, or
// written by a newer version.
var ErrCodec = errors.New("damaged or unknown person encoding")

// AppendBinary appends the compact form of p to b: a version byte, the numbers
// as varints, the lengths of the texts, then the texts without separators.
func (p *Person) AppendBinary(b []byte) []byte {
	all := p.texts()
	version := byte(personVersion)
	switch {
	case p.NIKNear != "" || p.KKNear != "":
		version = personVersionNear
	case p.Identifier != "" || p.Area.Postcode != "" || p.Area.State != "":
		version = personVersionFull
	}
	texts := all[:personStrings[version]]
	b = append(b, version)
	b = appendNumber(b, p.NIK)
	b = appendNumber(b, p.KK)
	b = append(b, byte(p.Sex)|byte(p.Relation)<<2|byte(p.Status)<<6)
	b = binary.AppendUvarint(b, uint64(p.BirthDate))
	b = binary.AppendUvarint(b, uint64(p.Address.RT))
	b = binary.AppendUvarint(b, uint64(p.Address.RW))
	b = binary.AppendUvarint(b, p.Area.Code)
	for _, text := range texts {
		b = binary.AppendUvarint(b, uint64(len(*text)))
	}
	for _, text := range texts {
		b = append(b, *text...)
	}
	return b
}

// Keys returns a person of nothing but the NIK, the KK and the area of p.
func (p *Person) Keys() Person { return Person{NIK: p.NIK, KK: p.KK, Area: p.Area} }

// DecodePerson is the inverse of AppendBinary. All texts of the result share the
// memory of encoded. The error wraps ErrCodec.
func DecodePerson(encoded string) (Person, error) {
	if encoded == "" || encoded[0] < personVersion || encoded[0] > personVersionNear {
		return Person{}, ErrCodec
	}
	var p Person
	r := codecReader{rest: encoded[1:]}
	p.NIK = r.number()
	p.KK = r.number()
	codes := r.byte()
	p.Sex, p.Relation, p.Status = Sex(codes&3), Relation(codes>>2&15), Status(codes>>6)
	if p.Sex > Female || p.Relation > RelationOther || p.Status > StatusMoved {
		r.bad = true
	}
	p.BirthDate = Date(r.uvarint(math.MaxUint32))
	p.Address.RT = uint16(r.uvarint(math.MaxUint16))
	p.Address.RW = uint16(r.uvarint(math.MaxUint16))
	p.Area.Code = r.uvarint(math.MaxUint64)
	texts := p.texts()
	r.strings(texts[:personStrings[encoded[0]]])
	if r.bad || !p.NIKNear.Valid() || !p.KKNear.Valid() {
		return Person{}, ErrCodec
	}
	return p, nil
}

// texts lists the text fields in the order of the encoding.
func (p *Person) texts() [mostStrings]*string {
	return [...]*string{
		&p.Name.Words, &p.Name.Alias, &p.Name.Father,
		&p.Mother.Words, &p.Mother.Alias, &p.Mother.Father,
		&p.BirthPlace, &p.Address.Street, &p.Address.House, &p.Area.Place,
		&p.Identifier, &p.Area.Postcode, &p.Area.State, (*string)(&p.NIKNear), (*string)(&p.KKNear),
	}
}

// hashedNumber marks the codes of a number that is hashed; what it states follows
// the value.
const hashedNumber = 1 << 7

func appendNumber(b []byte, n Number) []byte {
	codes := byte(n.Trust) | byte(n.Damage)<<2
	if !n.Hashed {
		return binary.AppendUvarint(append(b, codes, n.Digits), n.Value)
	}
	b = binary.AppendUvarint(append(b, codes|hashedNumber, n.Digits), n.Value)
	return binary.AppendUvarint(b, uint64(n.Stated))
}

// codecReader takes fields from the front of rest; after the first fault it is
// bad and gives zero values.
type codecReader struct {
	rest string
	bad  bool
}

func (r *codecReader) byte() byte {
	if r.bad || r.rest == "" {
		r.bad = true
		return 0
	}
	value := r.rest[0]
	r.rest = r.rest[1:]
	return value
}

// uvarint reads what binary.AppendUvarint wrote.
func (r *codecReader) uvarint(largest uint64) uint64 {
	value := uint64(0)
	for i := 0; i < len(r.rest) && i < binary.MaxVarintLen64 && !r.bad; i++ {
		group := uint64(r.rest[i])
		if i == binary.MaxVarintLen64-1 && group > 1 {
			break // more than 64 bits
		}
		value |= group & 0x7f << (7 * i)
		if group < 0x80 {
			r.rest, r.bad = r.rest[i+1:], value > largest
			return value
		}
	}
	r.bad = true
	return 0
}

func (r *codecReader) number() Number {
	codes := r.byte()
	n := Number{Trust: Trust(codes & 3), Damage: Damage(codes &^ hashedNumber >> 2), Digits: r.byte(), Value: r.uvarint(math.MaxUint64)}
	if n.Hashed = codes&hashedNumber != 0; n.Hashed {
		n.Stated = Stated(r.uvarint(math.MaxUint32))
	}
	if n.Trust > TrustFull || n.Damage > DamageUnreadable {
		r.bad = true
	}
	return n
}

func (r *codecReader) strings(texts []*string) {
	var sizes [mostStrings]int
	total := 0
	for i := range texts {
		sizes[i] = int(r.uvarint(uint64(len(r.rest))))
		total += sizes[i]
	}
	if r.bad || total != len(r.rest) {
		r.bad = true
		return
	}
	all := r.rest
	for i, size := range sizes[:len(texts)] {
		*texts[i], all = all[:size], all[size:]
	}
}
