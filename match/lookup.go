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
// the strongest pair of the conflict or, for a duplicate, of the two rows of the list.
type Hit struct {
	Status  LookupStatus
	Persons []int32      // rows of the master list: the one found, or all that it may be; of a duplicate, those of the row that stands for it
	Reason  Reason       // why nobody was found
	Kind    ConflictKind // of a doubt or a duplicate
	Of      int32        // the row of the list that stands for a duplicate, else NoRow
	Vector  Vector
	Weight  float64 // bits
}

// Hits is the result of a Run with Options.Lookup, of a master list as its central
// side and a list as its regional one, row by row of the list. Of several rows that
// are one person the one with the greatest weight is in, or the first of them. The
// others are its duplicates where the evidence bears that one person stands twice
// in a list, which is rarer than that two lists have one person; else they are in
// doubt.
type Hits struct {
	result                     *Result
	link, conflict, duplicates []int32         // by row of the list: index in the result, NoRow if there is none
	first                      map[int32]int32 // of central rows with several links: that of the row that is in
	least                      float64         // weight of a further link from which on it is a duplicate, bits
}

// NewHits makes the result of a lookup by a model accessible by row.
func NewHits(res *Result, m *Model) *Hits {
	rows := len(res.Outcomes[Regional])
	h := &Hits{
		result: res, link: nowhere(rows), conflict: nowhere(rows), duplicates: nowhere(rows),
		first: map[int32]int32{}, least: m.Link + duplicatePriorBits,
	}
	best := 0 // the strongest link of a person
	for i := range res.Links {
		l := &res.Links[i]
		h.link[l.Regional] = int32(i)
		if i == 0 || l.Central != res.Links[best].Central {
			best = i
			continue
		}
		if l.Weight > res.Links[best].Weight {
			best = i
		}
		h.first[l.Central] = int32(best)
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
		h.addLink(&hit, &res.Links[h.link[row]])
		return hit
	case Duplicate:
		d := &res.Duplicates[Regional][h.duplicates[row]]
		kept := h.Of(d.Of)
		hit.Status, hit.Persons, hit.Kind, hit.Of, hit.Vector, hit.Weight = LookupDuplicate, kept.Persons, d.Kind, d.Of, d.Vector, d.Weight
		if kept.Status == LookupDuplicate {
			hit.Of = kept.Of
		}
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

// addLink tells of a row that is linked.
func (h *Hits) addLink(hit *Hit, l *Link) {
	hit.Persons, hit.Vector, hit.Weight = []int32{l.Central}, l.Vector, l.Weight
	first, several := h.first[l.Central]
	switch {
	case !several || h.result.Links[first].Regional == l.Regional:
		hit.Status = LookupIn
	case l.Weight >= h.least:
		hit.Status, hit.Kind, hit.Of = LookupDuplicate, DuplicatePerson, h.result.Links[first].Regional
	default:
		hit.Status, hit.Kind = LookupDoubt, OneToMany
	}
}
