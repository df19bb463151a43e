package match

// LookupStatus is what looking a row of a list up in a master list says of it.
type LookupStatus uint8

// The statuses; every row of a list has exactly one.
const (
	LookupIn        LookupStatus = iota // a person of the master list
	LookupDoubt                         // perhaps one: a person must decide
	LookupNotIn                         // nobody of the master list
	LookupDuplicate                     // another row of the list is the same person
	LookupRejected                      // it could not be read as a person
	lookupStatusCount
)

var lookupStatusCodes = [lookupStatusCount]string{"in", "doubt", "not_in", "duplicate", "rejected"}

// String returns the status's stable code.
func (s LookupStatus) String() string { return lookupStatusCodes[s] }

// LookupStatuses lists every status in report order.
func LookupStatuses() []LookupStatus {
	return []LookupStatus{LookupIn, LookupDoubt, LookupNotIn, LookupDuplicate, LookupRejected}
}

// Hit is what was found for a row of a list. The evidence is that of the link, of
// the strongest pair of the conflict or, for a duplicate, of the two rows.
type Hit struct {
	Status  LookupStatus
	Persons []int32      // rows of the master list: the one found, or all that it may be
	Reason  Reason       // why nobody was found
	Kind    ConflictKind // of a doubt or a duplicate
	Of      int32        // the row of the list that stands for a duplicate, else NoRow
	Vector  Vector
	Weight  float64 // bits
}

// Hits is the result of a Run of a master list, as its central side, with a list,
// as its regional one, row by row of the list.
type Hits struct {
	result                     *Result
	link, conflict, duplicates []int32 // by row of the list: index in the result, NoRow if there is none
}

// NewHits makes the result of a lookup accessible by row.
func NewHits(res *Result) *Hits {
	rows := len(res.Outcomes[Regional])
	h := &Hits{result: res, link: nowhere(rows), conflict: nowhere(rows), duplicates: nowhere(rows)}
	for i := range res.Links {
		h.link[res.Links[i].Regional] = int32(i)
	}
	for i, d := range res.Duplicates[Regional] {
		h.duplicates[d.Record] = int32(i)
	}
	for i := range res.Conflicts {
		c := &res.Conflicts[i]
		if !c.Kind.Blocks() {
			continue
		}
		for _, row := range c.Regional {
			if best := h.conflict[row]; best == NoRow || c.Weight > res.Conflicts[best].Weight {
				h.conflict[row] = int32(i)
			}
		}
	}
	return h
}

func nowhere(rows int) []int32 {
	indexes := make([]int32, rows)
	for i := range indexes {
		indexes[i] = NoRow
	}
	return indexes
}

// Len returns the number of rows.
func (h *Hits) Len() int { return len(h.link) }

// Of returns what was found for a row. A NIK that the master list has on somebody
// else is a doubt, not an absence.
func (h *Hits) Of(row int32) Hit {
	res := h.result
	hit := Hit{Of: NoRow, Reason: res.Reasons[Regional][row]}
	switch res.Outcomes[Regional][row] {
	case Matched:
		l := &res.Links[h.link[row]]
		hit.Status, hit.Persons, hit.Vector, hit.Weight = LookupIn, []int32{l.Central}, l.Vector, l.Weight
		return hit
	case Duplicate:
		d := &res.Duplicates[Regional][h.duplicates[row]]
		hit.Status, hit.Kind, hit.Of, hit.Vector, hit.Weight = LookupDuplicate, d.Kind, d.Of, d.Vector, d.Weight
		return hit
	case Conflicted:
		hit.Status = LookupDoubt
	case Unmatched:
		hit.Status = LookupNotIn
		if hit.Reason == ReasonNIKTaken {
			hit.Status = LookupDoubt
		}
	}
	if i := h.conflict[row]; i != NoRow && hit.Status == LookupDoubt {
		c := &res.Conflicts[i]
		hit.Persons, hit.Kind, hit.Vector, hit.Weight = c.Central, c.Kind, c.Vector, c.Weight
	}
	return hit
}
