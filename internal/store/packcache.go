package store

import (
	"sync"
	"sync/atomic"
)

// packCache keeps opened packs by every id that they hold, for all readers of a
// catalog: who reads the records of one list in the order of another soon comes
// back to the same packs. Packs do not change once they are made, so that readers
// may share them. The zero value is empty.
type packCache[P any] struct {
	making sync.Once
	slots  []atomic.Pointer[P] // by the last bits of an id
}

// keptIDs is the number of ids whose packs are kept: the records of one or two
// kecamatan.
const keptIDs = 1 << 16

// get returns the pack that was last kept for an id or for another one with the
// same slot; nil if there is none.
func (c *packCache[P]) get(id int64) *P { return c.slot(id).Load() }

// keep takes a pack that holds the ids from first to last.
func (c *packCache[P]) keep(pack *P, first, last int64) {
	for id := first; id <= last; id++ {
		c.slot(id).Store(pack)
	}
}

func (c *packCache[P]) slot(id int64) *atomic.Pointer[P] {
	c.making.Do(func() { c.slots = make([]atomic.Pointer[P], keptIDs) })
	return &c.slots[uint64(id)%keptIDs]
}
