package evaluate

import (
	"fmt"
	"strings"
)

// Labels are the words of a plot in the language of the reader.
type Labels struct {
	Title, Across, Up string
	Lines             []string // one a line
}

// line is one line of a plot.
type line struct{ x, y []float64 }

// plot is a line chart; its bounds are chosen by whoever makes it.
type plot struct {
	fromX, toX, stepX float64
	fromY, toY, stepY float64
	percent           bool // y is a share
	diagonal          bool // where predicted and true share agree
	dots              bool
	lines             []line
}

// CurveSVG draws precision and recall over the threshold.
func (m *Measures) CurveSVG(l Labels) []byte {
	var precision, recall line
	least := 1.0
	for _, p := range m.Curve {
		precision.x, precision.y = append(precision.x, p.Threshold), append(precision.y, p.Precision)
		recall.x, recall.y = append(recall.x, p.Threshold), append(recall.y, p.Recall)
		if p.Threshold <= 20 {
			least = min(least, p.Precision, p.Recall)
		}
	}
	from, step := 0.0, 0.2
	for _, zoom := range []struct{ from, step float64 }{{0.98, 0.005}, {0.95, 0.01}, {0.9, 0.02}, {0.5, 0.1}} {
		if least >= zoom.from {
			from, step = zoom.from, zoom.step
			break
		}
	}
	return plot{
		fromX: lowestThreshold, toX: 20, stepX: 2, fromY: from, toY: 1, stepY: step, percent: true,
		lines: []line{precision, recall},
	}.svg(l)
}

// ReliabilitySVG draws the share of true links over the predicted probability.
func (m *Measures) ReliabilitySVG(l Labels) []byte {
	var shown line
	for _, b := range m.Reliability {
		if b.Pairs > 0 {
			shown.x, shown.y = append(shown.x, b.Predicted), append(shown.y, b.True)
		}
	}
	return plot{toX: 1, stepX: 0.1, toY: 1, stepY: 0.1, percent: true, diagonal: true, dots: true, lines: []line{shown}}.svg(l)
}

// The size of a plot, in pixels.
const (
	plotWidth, plotHeight                   = 760, 460
	plotLeft, plotTop, plotRight, plotBelow = 80, 50, 30, 60
)

// lineColours are told apart by colour-blind readers too (Okabe and Ito 2008).
var lineColours = [...]string{"#0072B2", "#D55E00"}

func (p plot) across(x float64) float64 {
	return plotLeft + (x-p.fromX)/(p.toX-p.fromX)*(plotWidth-plotLeft-plotRight)
}

func (p plot) up(y float64) float64 {
	return plotHeight - plotBelow - (y-p.fromY)/(p.toY-p.fromY)*(plotHeight-plotTop-plotBelow)
}

func (p plot) svg(l Labels) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" role="img">`+"\n", plotWidth, plotHeight)
	fmt.Fprintf(&b, `<title>%s</title><rect width="100%%" height="100%%" fill="white"/>`+"\n", escape(l.Title))
	fmt.Fprintf(&b, `<text x="%d" y="26" font-size="16" font-weight="bold">%s</text>`+"\n", plotLeft, escape(l.Title))
	p.grid(&b)
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n", (plotLeft+plotWidth-plotRight)/2, plotHeight-14, escape(l.Across))
	fmt.Fprintf(&b, `<text transform="translate(20 %d) rotate(-90)" text-anchor="middle">%s</text>`+"\n", (plotTop+plotHeight-plotBelow)/2, escape(l.Up))
	if p.diagonal {
		fmt.Fprintf(&b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#999" stroke-dasharray="5 4"/>`+"\n", p.across(p.fromX), p.up(p.fromY), p.across(p.toX), p.up(p.toY))
	}
	for i, line := range p.lines {
		p.draw(&b, line, lineColours[i%len(lineColours)])
		if i < len(l.Lines) {
			y := plotHeight - plotBelow - 20*(len(p.lines)-i)
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="14" height="4" fill="%s"/><text x="%d" y="%d">%s</text>`+"\n",
				plotLeft+16, y-5, lineColours[i%len(lineColours)], plotLeft+38, y, escape(l.Lines[i]))
		}
	}
	b.WriteString("</svg>\n")
	return []byte(b.String())
}

func (p plot) grid(b *strings.Builder) {
	for x := p.fromX; x <= p.toX+p.stepX/1e6; x += p.stepX {
		at := p.across(x)
		fmt.Fprintf(b, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%.3g</text>`+"\n",
			at, plotTop, plotHeight-plotBelow, at, plotHeight-plotBelow+18, x)
	}
	for y := p.fromY; y <= p.toY+p.stepY/1e6; y += p.stepY {
		at, text := p.up(y), fmt.Sprintf("%.3g", y)
		if p.percent {
			text = fmt.Sprintf("%.4g %%", 100*y)
		}
		fmt.Fprintf(b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`+"\n",
			plotLeft, at, plotWidth-plotRight, plotLeft-8, at+4, text)
	}
}

// draw draws a line as far as it is within the bounds.
func (p plot) draw(b *strings.Builder, l line, colour string) {
	var path strings.Builder
	for i := range l.x {
		if l.x[i] < p.fromX || l.x[i] > p.toX {
			continue
		}
		x, y := p.across(l.x[i]), p.up(max(p.fromY, l.y[i]))
		if path.Len() == 0 {
			fmt.Fprintf(&path, "M%.1f %.1f", x, y)
		} else {
			fmt.Fprintf(&path, "L%.1f %.1f", x, y)
		}
		if p.dots {
			fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>`+"\n", x, y, colour)
		}
	}
	fmt.Fprintf(b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/>`+"\n", path.String(), colour)
}

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
