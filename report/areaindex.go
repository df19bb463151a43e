package report

import (
	"cmp"
	"math"
	"slices"

	"padan/match"
	"padan/normalize"
)

// AreaIndex finds out what the workbook of each area holds and in which order. Each
// record lies in the area in which the recap counts it. A link stands in the
// workbook of its central record and, if its regional record lies in another, there
// too; a conflict stands in that of each of its records. The index keeps some bytes
// for each of them and no text.
type AreaIndex struct {
	level      AreaLevel
	sides      [2]areaSide
	links      []areaLink
	elsewhere  []int32 // links whose records lie in two workbooks
	matched    []int32 // all links
	conflicts  []areaConflict
	conflicted int32 // conflicts added
	persons    []areaPerson
}

// areaSide says where the records of one side lie, by row.
type areaSide struct {
	areas   []uint32 // as the recap has it: a code of DKI Jakarta, which fits, or 0
	cards   []uint64 // order within an area, see cardOrder
	reasons []match.Reason

	unmatched, duplicates []int32 // rows
}

// areaLink is a link as far as its row in a workbook needs it.
type areaLink struct {
	rows   [2]int32
	vector match.Vector
}

// areaConflict is a conflict that stands in the workbook of an area.
type areaConflict struct {
	area     uint32
	position int32
}

// NewAreaIndex returns an empty index for workbooks of areas of a level.
func NewAreaIndex(level AreaLevel) *AreaIndex { return &AreaIndex{level: level} }

// Add takes one record. The records of a side must come in canonical order.
func (x *AreaIndex) Add(o *match.RecordOutcome) {
	s := &x.sides[o.Record.Side]
	row := int32(len(s.areas))
	s.areas = append(s.areas, uint32(recapArea(o.Record.Area.Code)))
	s.cards = append(s.cards, cardOrder(o.Record.KK, o.Person.Relation == normalize.RelationHead))
	s.reasons = append(s.reasons, o.Reason)
	switch o.Outcome {
	case match.Unmatched:
		s.unmatched = append(s.unmatched, row)
	case match.Duplicate:
		s.duplicates = append(s.duplicates, row)
	case match.Matched, match.Conflicted: // their links and conflicts are added
	}
}

// noCard comes after every card.
const noCard = math.MaxUint64

// cardOrder orders the records of an area by household, the head first; those
// without a usable KK number come last.
func cardOrder(kk normalize.Number, head bool) uint64 {
	if kk.Trust == normalize.TrustNone {
		return noCard
	}
	order := min(kk.Value, math.MaxInt64-1) << 1 // a number of 19 digits may be greater
	if !head {
		order++
	}
	return order
}

// AddLink takes one link. Links must come in canonical order, after all records.
func (x *AreaIndex) AddLink(l *match.Link) {
	link := areaLink{[2]int32{l.Central, l.Regional}, l.Vector}
	position := int32(len(x.links))
	x.links = append(x.links, link)
	x.matched = append(x.matched, position)
	if x.workbook(match.Central, l.Central) != x.workbook(match.Regional, l.Regional) {
		x.elsewhere = append(x.elsewhere, position)
	}
}

// AddConflict takes the rows of one conflict. Conflicts must come in canonical
// order, after all records.
func (x *AreaIndex) AddConflict(c *match.Conflict) {
	first := len(x.conflicts)
	for side, rows := range [2][]int32{c.Central, c.Regional} {
		for _, row := range rows {
			found := areaConflict{x.workbook(match.Side(side), row), x.conflicted}
			if !slices.Contains(x.conflicts[first:], found) {
				x.conflicts = append(x.conflicts, found)
			}
		}
	}
	x.conflicted++
}

// workbook returns the area in whose workbook a record stands.
func (x *AreaIndex) workbook(side match.Side, row int32) uint32 {
	return uint32(x.level.of(uint64(x.sides[side].areas[row])))
}

// Parts sorts what was added and returns what the workbook of each area holds, in
// Kemendagri order; areas without a record have none. Nothing may be added after it.
func (x *AreaIndex) Parts() []*AreaPart {
	parts := map[uint32]*AreaPart{}
	part := func(area uint32) *AreaPart {
		p := parts[area]
		if p == nil {
			p = &AreaPart{Code: uint64(area), Level: x.level, index: x}
			parts[area] = p
		}
		return p
	}
	x.cut(x.matched, match.Central, x.central, part, func(p *AreaPart) *[]int32 { return &p.Matched })
	x.cut(x.elsewhere, match.Regional, x.regional, part, func(p *AreaPart) *[]int32 { return &p.Elsewhere })
	row := func(item int32) int32 { return item }
	for _, side := range [...]match.Side{match.Central, match.Regional} {
		s := &x.sides[side]
		x.cut(s.unmatched, side, row, part, func(p *AreaPart) *[]int32 { return &p.Unmatched[side] })
		x.cut(s.duplicates, side, row, part, func(p *AreaPart) *[]int32 { return &p.Duplicates[side] })
	}
	x.cutPersons(part)
	slices.SortStableFunc(x.conflicts, func(a, b areaConflict) int { return cmp.Compare(a.area, b.area) })
	for _, c := range x.conflicts {
		p := part(c.area)
		p.Conflicts = append(p.Conflicts, c.position)
	}
	x.conflicts = nil
	for side := range x.sides { // sorted by, and no more needed
		x.sides[side].areas, x.sides[side].cards = nil, nil
	}
	sorted := make([]*AreaPart, 0, len(parts))
	for _, p := range parts {
		sorted = append(sorted, p)
	}
	slices.SortFunc(sorted, func(a, b *AreaPart) int { return cmp.Compare(areaOrder(uint32(a.Code)), areaOrder(uint32(b.Code))) })
	return sorted
}

func (x *AreaIndex) central(link int32) int32  { return x.links[link].rows[match.Central] }
func (x *AreaIndex) regional(link int32) int32 { return x.links[link].rows[match.Regional] }

// cut sorts items by area, household and row of their record on a side, and gives
// each part its own.
func (x *AreaIndex) cut(items []int32, side match.Side, rowOf func(item int32) int32, part func(area uint32) *AreaPart, list func(*AreaPart) *[]int32) {
	s := &x.sides[side]
	slices.SortFunc(items, func(a, b int32) int {
		i, j := rowOf(a), rowOf(b)
		return cmp.Or(
			cmp.Compare(areaOrder(s.areas[i]), areaOrder(s.areas[j])), cmp.Compare(s.cards[i], s.cards[j]), cmp.Compare(i, j),
		)
	})
	for from := 0; from < len(items); {
		area := x.workbook(side, rowOf(items[from]))
		to := from + 1
		for to < len(items) && x.workbook(side, rowOf(items[to])) == area {
			to++
		}
		*list(part(area)) = items[from:to:to]
		from = to
	}
}

// areaOrder orders areas as the recap does: what is not known in an area comes
// after the areas in it.
func areaOrder(code uint32) uint32 {
	switch {
	case code == 0:
		return math.MaxUint32
	case uint64(code) == jakarta:
		return code + 99_999_999
	case code%1_000_000 == 0:
		return code + 999_999
	case code%10_000 == 0:
		return code + 9_999
	}
	return code
}
