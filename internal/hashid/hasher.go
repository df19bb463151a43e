package hashid

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"padan/normalize"
)

// The parts that a hash can be of; those of neighbourhoods are normalize's. NIK
// and KK are hashed alike: a NIK that stands where the other list has the KK is
// found by that (DOMAIN 1.4), and no NIK is a KK otherwise.
const (
	partExact      byte = 'x'
	partIdentifier byte = 'i'
	partName       byte = 'n'
)

// Hasher hashes the numbers of one list after the other. It is no goroutine's but
// its owner's.
type Hasher struct {
	mac     hash.Hash
	message [10]byte // part, place, value
	sum     []byte
	last    struct { // of a household, whose members follow each other
		kk   normalize.Number
		hash normalize.Number
		near normalize.Neighbourhood
	}
}

// New returns a hasher with a key.
func New(key Key) *Hasher {
	return &Hasher{mac: hmac.New(sha256.New, key.secret), sum: make([]byte, 0, sha256.Size)}
}

// nameBytes is how many bytes of a hash name a key: of a thousand keys two have
// one name with a chance of one in two million.
const nameBytes = 5

// Name is the name of the key: a hash of nothing but the key, by which lists of
// different keys are told apart and from which the key is not found.
func (k Key) Name() string {
	h := New(k)
	h.write([]byte{partName})
	return normalize.HashText(binary.BigEndian.Uint64(h.sum))[:2*nameBytes]
}

func (h *Hasher) write(message []byte) {
	h.mac.Reset()
	_, _ = h.mac.Write(message) // a hash never fails
	h.sum = h.mac.Sum(h.sum[:0])
}

// Hash implements normalize.Hasher.
func (h *Hasher) Hash(part, place byte, value uint64) uint64 {
	h.message[0], h.message[1] = part, place
	binary.BigEndian.PutUint64(h.message[2:], value)
	h.write(h.message[:])
	return binary.BigEndian.Uint64(h.sum)
}

// Exact implements normalize.Hasher. Of twenty million numbers any two have one
// hash of 63 bits with a chance of 2 in 100,000.
func (h *Hasher) Exact(value uint64) uint64 {
	return max(1, h.Hash(partExact, 0, value)>>1)
}

// Person puts hashes in the place of a person's numbers and takes numbers out of
// the other texts.
func (h *Hasher) Person(p *normalize.Person) {
	nik, kk := p.NIK, p.KK
	p.NIK = h.number(nik)
	if p.NIK.Hashed {
		p.NIK.Stated = normalize.StateOf(nik)
		p.NIKNear = normalize.NeighbourhoodOf(nik, true, h)
	}
	if kk != h.last.kk || h.last.near == "" {
		h.last.kk, h.last.hash, h.last.near = kk, h.number(kk), normalize.NeighbourhoodOf(kk, false, h)
	}
	p.KK, p.KKNear = h.last.hash, h.last.near
	p.Identifier = h.identifier(p.Identifier)
	for _, text := range [...]*string{
		&p.Name.Words, &p.Name.Alias, &p.Name.Father, &p.Mother.Words, &p.BirthPlace, &p.Address.Street, &p.Address.House, &p.Area.Place,
		&p.Area.Postcode, &p.Area.State,
	} {
		*text = withoutNumbers(*text)
	}
}

// number hashes a number as it would be compared; what is none stays what it is.
func (h *Hasher) number(n normalize.Number) normalize.Number {
	if n.Value == 0 || n.Hashed {
		return n
	}
	n.Value, n.Hashed = h.Exact(n.Value), true
	return n
}

// identifier hashes another personal number. Of these only equal ones are found.
func (h *Hasher) identifier(id string) string {
	if id == "" {
		return ""
	}
	h.write(append([]byte{partIdentifier}, id...))
	return normalize.HashText(binary.BigEndian.Uint64(h.sum))
}
