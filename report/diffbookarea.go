package report

import (
	"fmt"

	"padan/match"
)

// areaFigure is one column of the sheet of areas: a count of the persons of one
// side.
type areaFigure struct {
	group, title string
	of           func(row *AreaDiffRow) int64
}

// areas counts the persons of one side by area: by outcome before and after, who
// came and went, and who changed.
func (b *diffBook) areas(side match.Side) bookTable {
	name := fmt.Sprintf(b.tables.phrase(phraseDiffByArea), b.tables.side(side))
	t := bookTable{name: name, title: b.title(name), frozen: 3, notes: []string{b.tables.phrase(phraseDiffAreaNote)}}
	for i, c := range areaColumns(b.tables.options.Language) {
		t.columns = append(t.columns, bookColumn{title: c.Title, width: [...]float64{27, 24, 26, 14}[i]})
	}
	figures := b.figures(side)
	for _, f := range figures {
		t.columns = append(t.columns, bookColumn{group: f.group, title: f.title, width: countWidth})
	}
	for _, row := range b.tables.Rows() {
		b.cells.addAreaNames(row.Level, row.Area)
		for _, f := range figures {
			b.cells.add(Integer(f.of(&row)))
		}
		if row.Level == RecapTotal {
			t.sums = append(t.sums, b.end(row.Level))
		} else {
			t.rows = append(t.rows, b.end(row.Level))
		}
	}
	return t
}

// figures lists the columns of areas. Of those who came and went and of the
// changes, what nobody did is left out.
func (b *diffBook) figures(side match.Side) []areaFigure {
	var all []areaFigure
	for when, name := range [...]phrase{phraseBefore, phraseAfter} {
		group := b.tables.phrase(name)
		all = append(all, areaFigure{group, b.tables.phrase(phraseAll), func(row *AreaDiffRow) int64 { return row.Persons[side][when].Total() }})
		for _, outcome := range match.Outcomes {
			all = append(all, areaFigure{group, b.tables.phrase(outcomePhrases[outcome]), func(row *AreaDiffRow) int64 { return row.Persons[side][when][outcome] }})
		}
	}
	some := func(f areaFigure) {
		for _, row := range b.tables.Rows() {
			if f.of(&row) != 0 {
				all = append(all, f)
				return
			}
		}
	}
	kind := func(group phrase, k match.ChangeKind) {
		some(areaFigure{b.tables.phrase(group), b.tables.words.changes[k], func(row *AreaDiffRow) int64 { return row.Kinds[side][k] }})
	}
	kind(phrasePersonsOf, match.PersonGone)
	some(areaFigure{b.tables.phrase(phrasePersonsOf), b.tables.phrase(phraseLeft), func(row *AreaDiffRow) int64 { return row.Left[row.Level][side] }})
	some(areaFigure{b.tables.phrase(phrasePersonsOf), b.tables.phrase(phraseArrived), func(row *AreaDiffRow) int64 { return row.Arrived[row.Level][side] }})
	kind(phrasePersonsOf, match.PersonNew)
	for k := match.Unchanged; k < match.PersonNew; k++ {
		kind(phraseChange, k)
	}
	return all
}
