package report

import (
	"cmp"
	"slices"

	"padan/match"
)

// barRoom is the share of a chart's width, in percent, that the longest bar takes;
// the rest is for its number.
const barRoom = 74

// barChart stacks labelled bars, all on one scale.
type barChart struct {
	drawing
	writer *pageWriter
	most   int64 // the greatest number
	y      float64
}

// heading sets a line apart from the bars above it.
func (c *barChart) heading(text string) {
	if c.y > 0 {
		c.y += 8
	}
	c.lines("name strong", text)
}

// lines writes a text over as many lines as it needs.
func (c *barChart) lines(class, text string) {
	for _, line := range wrapped(text) {
		c.text(class, 0, c.y+12, 0, line)
		c.y += textHeight
	}
}

// bar draws a number.
func (c *barChart) bar(class string, n int64) {
	width := 0.0
	if c.most > 0 {
		width = barRoom * float64(n) / float64(c.most)
	}
	c.box(class, 0, c.y+2, width, barHeight)
	c.text("value", width, c.y+12, 6, c.writer.count(n))
	c.y += barHeight + 5
}

// reasonFigure draws how many persons of each side are unmatched for each reason,
// the most frequent first.
func (w *pageWriter) reasonFigure() figure {
	f := figure{ID: "reasons", Title: w.text.ReasonTitle, Instead: w.text.NoReasons}
	type reason struct {
		text   string
		counts [2]int64
	}
	var reasons []reason
	chart := barChart{writer: w}
	for i, r := range match.Reasons() {
		counts := [2]int64{w.summary.Reasons[match.Central][i].Count, w.summary.Reasons[match.Regional][i].Count}
		if counts != [2]int64{} {
			reasons = append(reasons, reason{at(w.words.reasons, r), counts})
			chart.most = max(chart.most, counts[0], counts[1])
		}
	}
	if len(reasons) == 0 {
		return f
	}
	slices.SortStableFunc(reasons, func(a, b reason) int { return cmp.Compare(b.counts[0]+b.counts[1], a.counts[0]+a.counts[1]) })
	f.Table = &dataTable{Title: w.text.Figures, Columns: []tableColumn{
		{w.phrase(phraseExplanation), true}, {w.side(match.Central), false}, {w.side(match.Regional), false},
	}}
	for _, r := range reasons {
		chart.lines("name", r.text)
		for side, n := range r.counts {
			chart.bar(sideClasses[side], n)
		}
		chart.y += 6
		f.Table.Rows = append(f.Table.Rows, []string{r.text, w.count(r.counts[0]), w.count(r.counts[1])})
	}
	most := &reasons[0]
	f.Text = w.numbers.Sprintf(w.text.ReasonDesc, most.text, most.counts[0], most.counts[1])
	f.Marks, f.Height, f.Instead, f.Legend = chart.marks, pixels(chart.y), "", w.sideLegend(shapeTile, shapeTile)
	return f
}

// severityClasses color kinds of conflicts by severity, from 1 on.
var severityClasses = [...]string{1: "severity1", 2: "severity2", 3: "severity3"}

// kindFigure draws the kinds of conflicts by severity, the most frequent first.
func (w *pageWriter) kindFigure() figure {
	f := figure{ID: "kinds", Title: w.text.KindTitle, Instead: w.text.NoKinds}
	counts, sum := map[string]int64{}, int64(0)
	chart := barChart{writer: w}
	for _, c := range w.summary.Conflicts {
		counts[c.Code] = c.Count
		chart.most = max(chart.most, c.Count)
	}
	if chart.most == 0 {
		return f
	}
	f.Table = &dataTable{Title: w.text.Figures, Columns: []tableColumn{
		{w.phrase(phraseKind), true}, {w.phrase(phraseSeverity), false}, {w.phrase(phraseCases), false},
	}}
	for severity := len(w.words.severities) - 1; severity > 0; severity-- {
		kinds := slices.DeleteFunc(match.ConflictKinds(), func(k match.ConflictKind) bool { return k.Severity() != severity || counts[k.String()] == 0 })
		slices.SortStableFunc(kinds, func(a, b match.ConflictKind) int { return cmp.Compare(counts[b.String()], counts[a.String()]) })
		if len(kinds) > 0 {
			chart.heading(w.phrase(phraseSeverity) + " " + w.words.severities[severity])
		}
		for _, kind := range kinds {
			text, n := at(w.words.kinds, kind), counts[kind.String()]
			chart.lines("name", text)
			chart.bar(severityClasses[severity], n)
			chart.y += 4
			sum += n
			f.Table.Rows = append(f.Table.Rows, []string{text, w.count(int64(severity)), w.count(n)})
		}
	}
	f.Text = w.numbers.Sprintf(w.text.KindDesc, len(f.Table.Rows), sum)
	f.Marks, f.Height, f.Instead = chart.marks, pixels(chart.y), ""
	return f
}
