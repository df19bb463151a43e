package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"padan/match"
)

// rateFigures draw the match rates of the kota, and of the kecamatan of each kota
// that has several.
func (w *pageWriter) rateFigures(rows []pageArea) []figure {
	var kota []pageArea
	var parts [][]pageArea
	for _, row := range rows[:len(rows)-1] {
		switch row.depth {
		case 0:
			kota = append(kota, row)
			parts = append(parts, nil)
		case 1:
			parts[len(parts)-1] = append(parts[len(parts)-1], row)
		}
	}
	figures := []figure{w.rateFigure("rate", w.text.AllAreas, kota)}
	for i, part := range parts {
		if filled := inhabited(part); len(filled) > 1 {
			slices.SortStableFunc(filled, func(a, b pageArea) int { return cmp.Compare(lowerRate(&a), lowerRate(&b)) })
			figures = append(figures, w.rateFigure("rate-"+strconv.Itoa(i+1), kota[i].name, filled))
		}
	}
	return figures
}

// inhabited leaves out areas without persons.
func inhabited(rows []pageArea) []pageArea {
	return slices.DeleteFunc(slices.Clone(rows), func(r pageArea) bool { return r.Persons[0].Total()+r.Persons[1].Total() == 0 })
}

// lowerRate is the lower match rate of the sides that have persons, in percent.
func lowerRate(r *pageArea) float64 {
	rate := 100.0
	for _, c := range r.Persons {
		if c.Total() > 0 {
			rate = min(rate, c.Percent())
		}
	}
	return rate
}

// rateRow is the height of an area in a chart of rates, in pixels.
const rateRow = 34

func (w *pageWriter) rateFigure(id, area string, rows []pageArea) figure {
	f := figure{ID: id, Title: fmt.Sprintf(w.text.RateTitle, area), Spoken: true}
	rows = inhabited(rows)
	if len(rows) == 0 {
		f.Instead = w.text.NoAreas
		return f
	}
	var d drawing
	var spoken []string
	for i := range rows {
		y := float64(i * rateRow)
		central, regional := w.percent(rows[i].Persons[match.Central]), w.percent(rows[i].Persons[match.Regional])
		spoken = append(spoken, fmt.Sprintf(w.text.RateDesc, rows[i].name, central, regional))
		d.text("name", 0, y+12, 0, rows[i].name)
		d.text("end", 100, y+12, 0, central+" · "+regional)
		d.line("track", 0, y+22, 100, y+22)
		for side, c := range rows[i].Persons {
			if c.Total() > 0 {
				d.dot(sideClasses[side], c.Percent(), y+22)
			}
		}
	}
	f.Marks, f.Height = d.marks, pixels(float64(len(rows)*rateRow))
	f.Legend = w.sideLegend(shapeDot, shapeTile)
	f.Text = strings.Join(spoken, " ")
	return f
}

func (w *pageWriter) sideLegend(shapes ...shape) []legendEntry {
	var legend []legendEntry
	for side, shape := range shapes {
		legend = append(legend, legendEntry{shape, sideClasses[side], w.side(match.Side(side))})
	}
	return legend
}
