package match

import (
	"encoding/binary"
	"strconv"
)

// masterIDs holds by position the first digits of an Identity and, in the upper
// bits, the count of those before it that have the same.
type masterIDs []uint64

const prefixBits = 48

func (m masterIDs) add(p *MasterPerson) masterIDs {
	side := p.Leading()
	id := IdentityOf(side, &p.Persons[side])
	return append(m, binary.BigEndian.Uint64(id[:])>>(64-prefixBits))
}

// finish counts those that have the same digits.
func (m masterIDs) finish() {
	order := make([]keyed, len(m))
	for i, prefix := range m {
		order[i] = keyed{prefix, int32(i)}
	}
	sortKeyed(order)
	runs(order, func(from, to int) {
		for i := from + 1; i < to; i++ {
			m[order[i].row] |= uint64(min(i-from, 1<<(64-prefixBits)-1)) << prefixBits
		}
	})
}

func (m masterIDs) id(position int) string {
	const mask = 1<<prefixBits - 1
	value := m[position]
	var text [24]byte
	digits := strconv.AppendUint(text[:0], 1<<prefixBits|value&mask, 16)[1:]
	if before := value >> prefixBits; before > 0 {
		digits = strconv.AppendUint(append(digits, '-'), before+1, 10)
	}
	return string(digits)
}
