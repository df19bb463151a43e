package report

import (
	"strconv"

	"padan/match"
)

// trendRuns is the number of runs that the page looks back.
const trendRuns = 12

// Heights in the chart of the trend, in pixels.
const (
	trendTop    = 8
	trendHeight = 140
	trendBottom = trendTop + trendHeight
)

// trendFigure draws the match rates of both sides over the last runs.
func (w *pageWriter) trendFigure() figure {
	points := w.summary.Trend
	points = points[max(0, len(points)-trendRuns):]
	f := figure{ID: "trend", Title: w.text.TrendTitle, Instead: w.phrase(phraseTrendNote)}
	if len(points) < 2 {
		return f
	}
	var d drawing
	for percent := 0.0; percent <= 100; percent += 25 {
		d.line("grid", plotLeft, trendY(percent), plotRight, trendY(percent))
		d.text("tick end", plotLeft, trendY(percent)+4, -4, w.numbers.Sprintf("%.0f %%", percent))
	}
	for i := range points {
		d.text("tick middle", trendX(i, len(points)), trendBottom+17, 0, strconv.FormatInt(points[i].Run, 10))
	}
	d.text("tick end", plotRight, trendBottom+34, 0, w.text.TrendAxis)
	for side, class := range sideClasses {
		w.trendLine(&d, points, match.Side(side), class)
	}
	first, last := &points[0].Persons, &points[len(points)-1].Persons
	f.Text = w.numbers.Sprintf(w.text.TrendDesc, len(points), w.percent(first[0]), w.percent(last[0]), w.percent(first[1]), w.percent(last[1]))
	f.Marks, f.Height, f.Instead = d.marks, strconv.Itoa(trendBottom+axisHeight), ""
	f.Legend, f.Table = w.sideLegend(shapeDot, shapeTile), w.trendTable(points)
	return f
}

// trendLine connects the rates of a side; runs without persons on it leave a gap.
func (w *pageWriter) trendLine(d *drawing, points []TrendPoint, side match.Side, class string) {
	for i := range points {
		c := points[i].Persons[side]
		if c.Total() == 0 {
			continue
		}
		x, y := trendX(i, len(points)), trendY(c.Percent())
		if i > 0 {
			if before := points[i-1].Persons[side]; before.Total() > 0 {
				d.line("path "+class, trendX(i-1, len(points)), trendY(before.Percent()), x, y)
			}
		}
		d.dot(class, x, y)
	}
}

func trendX(i, points int) float64 {
	const margin = 4
	return plotLeft + margin + (plotRight-plotLeft-2*margin)*float64(i)/float64(points-1)
}

func trendY(percent float64) float64 { return trendBottom - trendHeight*percent/100 }

func (w *pageWriter) trendTable(points []TrendPoint) *dataTable {
	persons, percent := w.phrase(phrasePersons), w.phrase(phrasePercent)
	t := &dataTable{Title: w.text.Figures, Columns: []tableColumn{{w.phrase(phraseRun), true}, {w.phrase(phraseTime), true}}}
	for _, side := range []match.Side{match.Central, match.Regional} {
		t.Columns = append(t.Columns, tableColumn{w.side(side) + ": " + persons, false}, tableColumn{w.side(side) + ": " + percent, false})
	}
	for i := range points {
		p := &points[i]
		cells := []string{strconv.FormatInt(p.Run, 10), w.language.moment(p.Started)}
		for _, c := range p.Persons {
			cells = append(cells, w.count(c.Total()), w.percent(c))
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
