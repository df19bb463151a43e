package report

import (
	"math"
	"strconv"
)

// Measures of the charts with two axes, in pixels, and where their plot begins and
// ends across, in percent.
const (
	plotTop    = 36 // room for the names of two lines
	plotHeight = 180
	plotBottom = plotTop + plotHeight
	axisHeight = 40 // under the plot
	plotLeft   = 11
	plotRight  = 99
)

// weightScale places weights across and numbers of pairs upwards.
type weightScale struct {
	from, to float64 // bits
	decades  float64 // powers of ten that are drawn
}

// scaleOf fits the bins and both thresholds.
func scaleOf(bins []WeightBin, run *RunInfo) weightScale {
	s := weightScale{from: math.Min(run.Review, run.Link), to: math.Max(run.Review, run.Link)}
	most := int64(1)
	for i := range bins {
		s.from = math.Min(s.from, bins[i].From)
		s.to = math.Max(s.to, bins[i].From+WeightBinBits)
		most = max(most, bins[i].Links, bins[i].Reviews)
	}
	s.to = math.Max(s.to, s.from+WeightBinBits)
	s.decades = math.Max(1, math.Ceil(math.Log10(float64(most))))
	return s
}

func (s *weightScale) x(bits float64) float64 {
	return plotLeft + (plotRight-plotLeft)*(bits-s.from)/(s.to-s.from)
}

// onePair is the share of a decade by which a single pair rises above the ground.
const onePair = 0.3

// height is that of a number of pairs, in pixels.
func (s *weightScale) height(n float64) float64 {
	if n < 1 {
		return 0
	}
	return plotHeight * (math.Log10(n) + onePair) / (s.decades + onePair)
}

// weightFigure draws the links and the cases for review by weight, with both
// thresholds.
func (w *pageWriter) weightFigure() figure {
	bins, run := w.summary.Weights, &w.summary.Run
	f := figure{ID: "weights", Title: w.text.WeightTitle, Instead: w.text.NoWeights}
	if len(bins) == 0 {
		return f
	}
	scale := scaleOf(bins, run)
	var d drawing
	w.weightAxes(&d, &scale)
	f.Table = &dataTable{Title: w.text.Figures, Columns: []tableColumn{{w.phrase(phraseWeight), true}, {w.text.WeightLinks, false}, {w.text.WeightReviews, false}}}
	links, reviews := int64(0), int64(0)
	for i := range bins {
		b := &bins[i]
		links += b.Links
		reviews += b.Reviews
		scale.bars(&d, b)
		f.Table.Rows = append(f.Table.Rows, []string{
			w.numbers.Sprintf("%.0f – %.0f", b.From, b.From+WeightBinBits), w.count(b.Links), w.count(b.Reviews),
		})
	}
	d.threshold(&scale, "threshold", run.Review, 12, w.numbers.Sprintf(w.text.ReviewLine, run.Review))
	d.threshold(&scale, "threshold", run.Link, 12+textHeight, w.numbers.Sprintf(w.text.LinkLine, run.Link))
	f.Text = w.numbers.Sprintf(w.text.WeightDesc, links, reviews, bins[0].From, bins[len(bins)-1].From+WeightBinBits)
	f.Marks, f.Height, f.Instead = d.marks, strconv.Itoa(plotBottom+axisHeight), ""
	f.Legend = []legendEntry{{shapeTile, "matched", w.text.WeightLinks}, {shapeTile, "conflict", w.text.WeightReviews}}
	return f
}

// bars draws a bin: the smaller number stands, narrower, in front of the greater
// one. Both begin at the ground.
func (s *weightScale) bars(d *drawing, b *WeightBin) {
	type bar struct {
		class string
		n     int64
		share float64 // of the bin's width
	}
	const whole, narrow = 0.92, 0.46
	back, front := bar{"matched", b.Links, whole}, bar{"conflict", b.Reviews, whole}
	if front.n > back.n {
		back, front = front, back
	}
	front.share = narrow
	x, width := s.x(b.From), s.x(b.From+WeightBinBits)-s.x(b.From)
	for _, part := range [...]bar{back, front} {
		height := s.height(float64(part.n))
		if height > 0 {
			d.box(part.class, x+width*(1-part.share)/2, plotBottom-height, width*part.share, height)
		}
	}
}

// weightAxes draws the powers of ten and the weights below.
func (w *pageWriter) weightAxes(d *drawing, s *weightScale) {
	for power := 0.0; power <= s.decades; power++ {
		n := math.Pow(10, power)
		y := plotBottom - s.height(n)
		d.line("grid", plotLeft, y, plotRight, y)
		d.text("tick end", plotLeft, y+4, -4, w.count(int64(n)))
	}
	d.line("axis", plotLeft, plotBottom, plotRight, plotBottom)
	step := 5.0
	for (s.to-s.from)/step > 8 {
		step *= 2
	}
	for bits := math.Ceil(s.from/step) * step; bits <= s.to; bits += step {
		d.line("axis", s.x(bits), plotBottom, s.x(bits), plotBottom+4)
		d.text("tick middle", s.x(bits), plotBottom+17, 0, w.count(int64(bits)))
	}
	d.text("tick end", plotRight, plotBottom+34, 0, w.text.WeightAxis)
}

// threshold draws a line through the plot with its name beside it, at y.
func (d *drawing) threshold(s *weightScale, class string, bits, y float64, name string) {
	x := s.x(bits)
	d.line(class, x, y-10, x, plotBottom)
	if x > 60 {
		d.text("name end", x, y, -5, name)
		return
	}
	d.text("name", x, y, 5, name)
}
