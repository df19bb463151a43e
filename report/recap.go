package report

import (
	"padan/match"
	"padan/normalize"
)

// Counts are the records or households of one area on one side, by outcome.
type Counts [len(match.Outcomes)]int64

// Total is the number of records or households.
func (c Counts) Total() int64 {
	total := int64(0)
	for _, n := range c {
		total += n
	}
	return total
}

func (c *Counts) add(more Counts) {
	for o, n := range more {
		c[o] += n
	}
}

// Percent is the share that is matched, 0-100; 0 for an empty area. It is 100
// only if all are matched, however many they are: no rounding to two decimals
// makes it so.
func (c Counts) Percent() float64 {
	total := c.Total()
	switch {
	case total == 0:
		return 0
	case c[match.Matched] == total:
		return 100
	}
	return min(100*float64(c[match.Matched])/float64(total), 99.99)
}

// AreaCounts are the counts of one area: persons and KK, by side. Households
// count the same KK as Cards.
type AreaCounts struct {
	Persons    [2]Counts
	Cards      [2]Counts
	Households [2]HouseholdCounts
}

func (a *AreaCounts) add(b *AreaCounts) {
	for side := range a.Persons {
		a.Persons[side].add(b.Persons[side])
		a.Cards[side].add(b.Cards[side])
		for i := range a.Households[side] {
			a.Households[side][i] += b.Households[side][i]
		}
	}
}

// Recap counts the records of a run by area. Each record is counted in the area
// of its own row; each KK number of a side once, in the area of its first
// record, with one outcome for all members: conflict if any member is one, else
// matched if any is, else unmatched if any is, else duplicate. Records without a
// usable KK number count as persons only.
type Recap struct {
	areas map[uint64]*AreaCounts // by ten-digit code; 0 = outside DKI or unknown
	cards [2]map[uint64]card

	households bool // some were added
}

// card is a KK number while it is counted; there may be a million of them.
type card struct {
	area    uint32 // a code of DKI Jakarta, which fits, or 0
	outcome match.Outcome
	counted bool // as a household
}

// NewRecap returns an empty recap.
func NewRecap() *Recap {
	return &Recap{areas: map[uint64]*AreaCounts{}, cards: [2]map[uint64]card{{}, {}}}
}

// Add counts one record. Records must come in canonical order.
func (r *Recap) Add(o *match.RecordOutcome) {
	side := o.Record.Side
	code := recapArea(o.Record.Area.Code)
	r.area(code).Persons[side][o.Outcome]++
	kk := o.Record.KK
	if kk.Trust == normalize.TrustNone {
		return
	}
	seen, ok := r.cards[side][kk.Value]
	switch {
	case !ok:
		r.cards[side][kk.Value] = card{area: uint32(code), outcome: o.Outcome}
		r.area(code).Cards[side][o.Outcome]++
	case rank(o.Outcome) < rank(seen.outcome):
		counts := &r.area(uint64(seen.area)).Cards[side]
		counts[seen.outcome]--
		counts[o.Outcome]++
		seen.outcome = o.Outcome
		r.cards[side][kk.Value] = seen
	}
}

// rank orders the outcomes of members by which one their household takes.
func rank(o match.Outcome) int {
	switch o {
	case match.Conflicted:
		return 0
	case match.Matched:
		return 1
	case match.Unmatched:
		return 2
	case match.Duplicate:
	}
	return 3
}

// jakarta is the code of the province.
const jakarta uint64 = 3_100_000_000

// recapArea is the code under which an area is counted: the smallest area of
// DKI Jakarta that contains it, else 0.
func recapArea(code uint64) uint64 {
	for _, level := range [...]uint64{1, 10_000, 1_000_000} {
		area := code / level * level
		if _, ok := normalize.AreaOf(area); ok {
			return area
		}
	}
	if code/100_000_000 == jakarta/100_000_000 {
		return jakarta
	}
	return 0
}

func (r *Recap) area(code uint64) *AreaCounts {
	a := r.areas[code]
	if a == nil {
		a = &AreaCounts{}
		r.areas[code] = a
	}
	return a
}

// RecapLevel tells what a row of the recap stands for.
type RecapLevel uint8

// The levels of rows.
const (
	RecapKelurahan RecapLevel = iota
	RecapKecamatan            // sum of a kecamatan
	RecapKota                 // sum of a kota
	RecapTotal
)

// RecapRow is one row of the recap.
type RecapRow struct {
	Level RecapLevel
	Area  normalize.AreaName
	AreaCounts
}

// Rows lists the recap by area, see areaRows.
func (r *Recap) Rows() []RecapRow {
	rows := areaRows(r.areas, (*AreaCounts).add)
	recap := make([]RecapRow, len(rows))
	for i := range rows {
		recap[i] = RecapRow{Level: rows[i].level, Area: rows[i].area, AreaCounts: rows[i].counts}
	}
	return recap
}
