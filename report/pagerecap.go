package report

import (
	"cmp"

	"padan/match"
	"padan/normalize"
)

// rateBand is the colour of some match rates with what it means.
type rateBand struct{ Class, Text string }

func (w *pageWriter) bands() []rateBand {
	var bands []rateBand
	for i, text := range bandLabels(w.language) {
		if i > 0 {
			bands = append(bands, rateBand{bandClasses[i], text})
		}
	}
	return bands
}

// bandClasses are the colours of bandOf in the style of the page.
var bandClasses = [len(bandFills)]string{"", "b1", "b2", "b3", "b4", "b5"}

// bandClass is the colour of a match rate; "" for an empty area.
func bandClass(c Counts) string {
	if c.Total() == 0 {
		return ""
	}
	return bandClasses[bandOf(c.Percent())]
}

// pageArea is a row of the recap in the tree of areas.
type pageArea struct {
	RecapRow
	depth int // 0 kota, 1 kecamatan, 2 kelurahan; the total has none
	name  string
}

// areas names the rows of the recap and says where they stand in the tree.
func (w *pageWriter) areas() []pageArea {
	var rows []pageArea
	for _, row := range w.summary.Recap.Rows() {
		a := pageArea{RecapRow: row, depth: depthOf(row.Level, row.Area)}
		kota, _, _ := w.language.areaNames(row.Level, row.Area)
		unknown := w.phrase(phraseUnknown)
		switch a.depth {
		case 0:
			a.name = kota
		case 1:
			a.name = cmp.Or(row.Area.Kecamatan, unknown)
		default:
			a.name = cmp.Or(row.Area.Kelurahan, unknown)
		}
		rows = append(rows, a)
	}
	return rows
}

// depthOf places persons of whom only the kota is known beside its kecamatan.
func depthOf(level RecapLevel, area normalize.AreaName) int {
	switch {
	case level == RecapKota || level == RecapTotal:
		return 0
	case level == RecapKecamatan || area.Kecamatan == "":
		return 1
	}
	return 2
}

// pageRecap is a table of areas on the page; the last row is the total.
type pageRecap struct {
	ID, Title string
	Open      bool
	Groups    []string // one for each side
	Columns   []recapColumn
	Rows      []recapLine
	Total     recapLine
}

// recapColumn is a column of numbers; that of the areas is number 0.
type recapColumn struct {
	Number int
	Title  string
}

type recapLine struct {
	Depth int
	Name  string
	Cells []recapCell
}

// recapCell is a number; Band colours a rate.
type recapCell struct{ Text, Band string }

func (w *pageWriter) recapTable(id, title string, unit phrase, rows []pageArea, counts func(*RecapRow) *[2]Counts) pageRecap {
	t := pageRecap{ID: id, Title: title}
	for _, side := range []match.Side{match.Central, match.Regional} {
		t.Groups = append(t.Groups, w.side(side)+" ("+w.words.phrases[unit]+")")
		for _, p := range recapPhrases {
			t.Columns = append(t.Columns, recapColumn{len(t.Columns) + 1, w.phrase(p)})
		}
	}
	for i := range rows {
		line := recapLine{Depth: rows[i].depth, Name: rows[i].name}
		for _, c := range counts(&rows[i].RecapRow) {
			line.Cells = append(line.Cells, recapCell{Text: w.count(c.Total())})
			for _, outcome := range match.Outcomes {
				line.Cells = append(line.Cells, recapCell{Text: w.count(c[outcome])})
			}
			line.Cells = append(line.Cells, recapCell{w.percent(c), bandClass(c)})
		}
		t.Rows = append(t.Rows, line)
	}
	last := len(t.Rows) - 1
	t.Rows, t.Total = t.Rows[:last], t.Rows[last]
	return t
}
