package match

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"

	"padan/normalize"
)

// Identity tells by what a record says of its person whether a record of another
// file or time is the same one: who was decided about, or who is new in a run.
type Identity [16]byte

// String is the identity in hexadecimal.
func (id Identity) String() string { return hex.EncodeToString(id[:]) }

// ErrIdentity says that a text is no identity.
var ErrIdentity = errors.New("not an identity")

// ParseIdentity is the inverse of String.
func ParseIdentity(text string) (Identity, error) {
	var id Identity
	bytes, err := hex.DecodeString(text)
	if err != nil || len(bytes) != len(id) {
		return id, ErrIdentity
	}
	copy(id[:], bytes)
	return id, nil
}

// IdentityOf is the identity of a record: of its NIK, name and birth date where the
// NIK is whole, so that a new address or card leaves it as it is; else of all that
// it says, since less would not tell two persons apart.
func IdentityOf(side Side, p *normalize.Person) Identity {
	if p.NIK.Trust != normalize.TrustFull {
		return ContentOf(side, p)
	}
	b := make([]byte, 0, 96)
	b = append(b, 'i', byte(side))
	b = binary.LittleEndian.AppendUint64(b, p.NIK.Value)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.BirthDate))
	return sum(append(b, p.Name.Words...))
}

// ContentOf is the identity of all that a record says in comparable form: it
// changes whenever anything does that a comparison looks at.
func ContentOf(side Side, p *normalize.Person) Identity {
	b := make([]byte, 0, 256)
	return sum(p.AppendBinary(append(b, 'c', byte(side))))
}

func sum(b []byte) Identity {
	full := sha256.Sum256(b)
	return Identity(full[:16])
}
