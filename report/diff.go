package report

import (
	"cmp"
	"slices"

	"padan/match"
	"padan/normalize"
)

// Diff holds every figure about what changed between two runs. Whatever shows one
// takes it from here. The caller adds every person that one of the runs has,
// changed or not. Arrays are indexed by side, or by match.Before and match.After.
type Diff struct {
	Info DiffInfo

	all     [2][2]Counts // by side and run, all areas
	moves   map[match.Change]int64
	reasons map[reasonOf]int64
	areas   map[uint64]*AreaDiff // by the codes of recapArea
	codes   map[uint64]*AreaDiff // the same by the codes of records
}

// reasonOf is why persons are unmatched in one of the runs.
type reasonOf struct {
	side   match.Side
	when   int
	reason match.Reason
}

// DiffInfo is what is known of two runs before their persons are compared.
type DiffInfo struct {
	Runs    [2]RunInfo
	Model   bool        // their models or thresholds differ
	Added   [2][]string // by side: the files that only the run after has
	Removed [2][]string // those that only the run before has
	Sides   []match.Side
	Area    normalize.AreaRange // only persons of this area are counted; zero = all
}

// Within reports whether an area is among those that count.
func (i *DiffInfo) Within(area uint64) bool {
	return i.Area == normalize.AreaRange{} || i.Area.Holds(area)
}

// parts is the level of the areas into which the area that counts is divided.
func (i *DiffInfo) parts() RecapLevel {
	switch size := i.Area.To - i.Area.From + 1; {
	case i.Area.From == 0 || size > 1_000_000:
		return RecapKota
	case size > 10_000:
		return RecapKecamatan
	}
	return RecapKelurahan
}

// AreaDiff counts the persons of one area by side.
type AreaDiff struct {
	Persons [2][2]Counts                    // by side and run
	Kinds   [2][match.ChangeKindCount]int64 // of those whom the run after has here, and those who are gone
	Left    [RecapTotal + 1][2]int64        // by level: in both runs, but now outside this kelurahan, kecamatan, kota, or all areas that count
	Arrived [RecapTotal + 1][2]int64        // the same, outside before
}

func (a *AreaDiff) add(b *AreaDiff) {
	for side := range a.Persons {
		for when := range a.Persons[side] {
			for o := range a.Persons[side][when] {
				a.Persons[side][when][o] += b.Persons[side][when][o]
			}
		}
		for k := range a.Kinds[side] {
			a.Kinds[side][k] += b.Kinds[side][k]
		}
		for level := range a.Left {
			a.Left[level][side] += b.Left[level][side]
			a.Arrived[level][side] += b.Arrived[level][side]
		}
	}
}

// total is the number of persons of each side in one of the runs.
func (a *AreaDiff) total(when int) [2]int64 {
	return [2]int64{a.Persons[match.Central][when].Total(), a.Persons[match.Regional][when].Total()}
}

// kind is the number of persons of each side with a kind of change.
func (a *AreaDiff) kind(k match.ChangeKind) [2]int64 {
	return [2]int64{a.Kinds[match.Central][k], a.Kinds[match.Regional][k]}
}

// Changed is the number of persons of a side who changed.
func (a *AreaDiff) Changed(side match.Side) int64 {
	n := int64(0)
	for _, kind := range match.ChangeKinds() {
		n += a.Kinds[side][kind]
	}
	return n
}

// Some reports whether anybody of the sides changed, or belongs to another
// kelurahan now.
func (a *AreaDiff) Some(sides []match.Side) bool {
	return slices.ContainsFunc(sides, func(side match.Side) bool {
		return a.Changed(side)+a.Left[RecapKelurahan][side]+a.Arrived[RecapKelurahan][side] > 0
	})
}

// AreaDiffRow is one row of the diff by area.
type AreaDiffRow struct {
	Level RecapLevel
	Area  normalize.AreaName
	AreaDiff
}

// NewDiff returns a diff to which no person is added yet.
func NewDiff(info DiffInfo) *Diff {
	return &Diff{
		Info: info, moves: map[match.Change]int64{}, reasons: map[reasonOf]int64{},
		areas: map[uint64]*AreaDiff{}, codes: map[uint64]*AreaDiff{},
	}
}

// Add counts one person. In each run a person counts in the area of that run's
// record; how the person changed, in the area that is known last.
func (d *Diff) Add(c *match.Change) {
	move := *c
	for when := range c.Standing {
		s := &c.Standing[when]
		if !s.Known {
			continue
		}
		d.all[c.Side][when][s.Outcome]++
		if d.Info.Within(s.Area) {
			d.area(s.Area).Persons[c.Side][when][s.Outcome]++
			d.reasons[reasonOf{c.Side, when, s.Reason}]++
		}
		move.Standing[when].Area = 0
	}
	if area := c.Area(); d.Info.Within(area) {
		d.moves[move]++
		d.area(area).Kinds[c.Side][c.Kind]++
	}
	if before, after := &c.Standing[match.Before], &c.Standing[match.After]; before.Known && after.Known && before.Area != after.Area {
		d.addMoved(c.Side, before.Area, after.Area)
	}
}

// addMoved counts a person in both runs who belongs to another area now.
func (d *Diff) addMoved(side match.Side, before, after uint64) {
	from, to := recapArea(before), recapArea(after)
	crossed := [RecapTotal + 1]bool{
		RecapKelurahan: from != to, RecapKecamatan: from/10_000 != to/10_000, RecapKota: from/1_000_000 != to/1_000_000,
		RecapTotal: d.Info.Within(before) != d.Info.Within(after),
	}
	for level, yes := range crossed {
		if yes && d.Info.Within(before) {
			d.area(before).Left[level][side]++
		}
		if yes && d.Info.Within(after) {
			d.area(after).Arrived[level][side]++
		}
	}
}

// area returns the counts of the area of a record.
func (d *Diff) area(code uint64) *AreaDiff {
	a := d.codes[code]
	if a != nil {
		return a
	}
	listed := recapArea(code)
	if a = d.areas[listed]; a == nil {
		a = &AreaDiff{}
		d.areas[listed] = a
	}
	d.codes[code] = a
	return a
}

// Rows lists the diff by area, see areaRows. Of areas that do not count only the
// total is listed.
func (d *Diff) Rows() []AreaDiffRow {
	var rows []AreaDiffRow
	for _, r := range areaRows(d.areas, (*AreaDiff).add) {
		if r.level == RecapTotal || d.Info.Within(r.area.Code) {
			rows = append(rows, AreaDiffRow{r.level, r.area, r.counts})
		}
	}
	return rows
}

// Total is the row that sums up all areas that count.
func (d *Diff) Total() AreaDiffRow {
	rows := d.Rows()
	return rows[len(rows)-1]
}

// All counts all persons of a side of one of the runs, whatever their area.
func (d *Diff) All(side match.Side, when int) Counts { return d.all[side][when] }

// Changed is the number of persons who changed.
func (d *Diff) Changed() int64 {
	n := int64(0)
	for move, count := range d.moves {
		if move.Kind != match.Unchanged {
			n += count
		}
	}
	return n
}

// Move is how many persons of each side went one way. The side of the change is
// of no meaning.
type Move struct {
	Change match.Change
	Count  [2]int64
}

// Moves adds up the persons who changed: as leaves of a change what tells one sum
// from another.
func (d *Diff) Moves(as func(match.Change) match.Change) []Move {
	sums := map[match.Change]*[2]int64{}
	for move, count := range d.moves {
		if move.Kind == match.Unchanged {
			continue
		}
		key := as(move)
		key.Side = match.Central
		if sums[key] == nil {
			sums[key] = &[2]int64{}
		}
		sums[key][move.Side] += count
	}
	list := make([]Move, 0, len(sums))
	for key, count := range sums {
		list = append(list, Move{key, *count})
	}
	slices.SortFunc(list, func(a, b Move) int { return compareChanges(&a.Change, &b.Change) })
	return list
}

// compareChanges orders changes by kind, by standing before and after, and by
// cause.
func compareChanges(a, b *match.Change) int {
	return cmp.Or(
		cmp.Compare(a.Kind, b.Kind),
		compareStandings(&a.Standing[match.Before], &b.Standing[match.Before]),
		compareStandings(&a.Standing[match.After], &b.Standing[match.After]),
		cmp.Compare(a.Cause, b.Cause),
	)
}

// compareStandings orders standings in report order, that of nobody first.
func compareStandings(a, b *match.Standing) int {
	order := func(s *match.Standing) int {
		if !s.Known {
			return -1
		}
		return slices.Index(match.Outcomes[:], s.Outcome)
	}
	return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.Reason, b.Reason))
}

// ByCause is what Moves needs to add up the changes by cause alone.
func ByCause(c match.Change) match.Change { return match.Change{Cause: c.Cause} }

// ByOutcome is what Moves needs to add up the changes by kind and outcome.
func ByOutcome(c match.Change) match.Change {
	c.Cause = match.CauseNone
	for when := range c.Standing {
		c.Standing[when].Reason = match.ReasonNone
	}
	return c
}

// Whole is what Moves needs to tell all changes apart.
func Whole(c match.Change) match.Change { return c }

// Reason is the number of persons of a side who are unmatched for a reason in one
// of the runs.
func (d *Diff) Reason(side match.Side, when int, reason match.Reason) int64 {
	return d.reasons[reasonOf{side, when, reason}]
}

// AddsUp reports whether the persons of each run are those who stayed, those who
// changed, and those whom only this run has, in all areas and in each.
func (d *Diff) AddsUp() bool {
	for _, row := range d.Rows() {
		for side := range row.Persons {
			before, after := row.Persons[side][match.Before].Total(), row.Persons[side][match.After].Total()
			kinds := &row.Kinds[side]
			both := kinds[match.Unchanged] + row.Changed(match.Side(side)) - kinds[match.PersonNew] - kinds[match.PersonGone]
			if after != both+kinds[match.PersonNew] || before-row.Left[row.Level][side]+row.Arrived[row.Level][side] != both+kinds[match.PersonGone] {
				return false
			}
		}
	}
	return true
}
