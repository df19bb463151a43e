package match

// Pairing tells which records of one side of two runs are the same person. Rows
// are those of the run before or of the run after; NoRow stands for a person that
// the other run does not have.
type Pairing struct {
	after   []int32 // by row before
	before  []int32 // by row after
	changed []bool  // by row after: it says something else of the person
}

// NewPairing returns the pairing of two runs with so many records that have
// nobody in common yet.
func NewPairing(before, after int) *Pairing {
	p := &Pairing{after: make([]int32, before), before: make([]int32, after), changed: make([]bool, after)}
	for _, rows := range [][]int32{p.after, p.before} {
		for i := range rows {
			rows[i] = NoRow
		}
	}
	return p
}

// Join states that a row of the run before and one of the run after, neither of
// them joined yet, are the same person; changed, that the latter says something
// else of it.
func (p *Pairing) Join(before, after int32, changed bool) {
	p.after[before], p.before[after], p.changed[after] = after, before, changed
}

func (p *Pairing) isNew(after int32) bool { return after != NoRow && p.before[after] == NoRow }

func (p *Pairing) isGone(before int32) bool { return before != NoRow && p.after[before] == NoRow }

// isChanged reports whether a row after, NoRow for none, says something else of its
// person than the run before.
func (p *Pairing) isChanged(after int32) bool { return after != NoRow && p.changed[after] }

// IdentityIndex finds records by their identity. Those that share one are given
// out in the order in which they were added.
type IdentityIndex struct {
	last    map[Identity]int32 // entry added last
	entries []identityEntry
}

// identityEntry is a record; those of one identity form a ring.
type identityEntry struct {
	row     int32
	next    int32
	content Identity
}

// NewIdentityIndex returns an empty index for about capacity records.
func NewIdentityIndex(capacity int) *IdentityIndex {
	return &IdentityIndex{last: make(map[Identity]int32, capacity), entries: make([]identityEntry, 0, capacity)}
}

// Add takes a row with its identity and its content, see ContentOf.
func (x *IdentityIndex) Add(row int32, id, content Identity) {
	entry := int32(len(x.entries))
	first := entry
	if last, ok := x.last[id]; ok {
		first, x.entries[last].next = x.entries[last].next, entry
	}
	x.entries = append(x.entries, identityEntry{row: row, next: first, content: content})
	x.last[id] = entry
}

// Take gives out a row of an identity and its content; false if none is left.
func (x *IdentityIndex) Take(id Identity) (row int32, content Identity, ok bool) {
	last, ok := x.last[id]
	if !ok {
		return NoRow, content, false
	}
	first := x.entries[last].next
	if first == last {
		delete(x.last, id)
	}
	x.entries[last].next = x.entries[first].next
	return x.entries[first].row, x.entries[first].content, true
}
