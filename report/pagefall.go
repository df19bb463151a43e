package report

import (
	"math"

	"padan/match"
	"padan/normalize"
)

// weightStep is one line of the waterfall: what was found, its weight, the sum so
// far, and both drawn.
type weightStep struct {
	Found, Bits, Sum string
	Total            bool
	Marks            []mark
}

// waterfall adds up the weight of an example from its prior on. Weights are shown
// in hundredths of bits and the prior is what is left, so that the lines add up as
// they stand.
func (w *pageWriter) waterfall(e *Example, a, b normalize.Number) []weightStep {
	if e.Vector == (match.Vector{}) {
		return nil
	}
	total := hundredths(e.Weight)
	prior := total
	for _, weight := range e.Weights {
		prior -= hundredths(float64(weight))
	}
	steps := []weightStep{{Found: w.text.Prior}}
	weights := []int{prior}
	for c := range match.ComparisonCount {
		if e.Vector[c] == match.Missing {
			continue
		}
		var only match.Vector
		only[c] = e.Vector[c]
		steps = append(steps, weightStep{Found: Evidence(w.language, only, a, b)})
		weights = append(weights, hundredths(float64(e.Weights[c])))
	}
	fall := w.scaleOfFall(weights, total)
	sum := 0
	for i, weight := range weights {
		sum += weight
		steps[i].Bits, steps[i].Sum = w.bits(weight), w.bits(sum)
		steps[i].Marks = fall.step(sum-weight, sum)
	}
	return append(steps, weightStep{Found: w.text.Total, Bits: w.bits(total), Sum: w.bits(total), Total: true, Marks: fall.total(total)})
}

// hundredths of bits.
func hundredths(bits float64) int { return int(math.Round(bits * 100)) }

func (w *pageWriter) bits(hundredths int) string {
	return w.numbers.Sprintf("%+.2f", float64(hundredths)/100)
}

// fallScale places sums of weights, in hundredths of bits, across a waterfall.
type fallScale struct {
	from, to     int
	review, link int // thresholds
}

// scaleOfFall fits all sums on the way, both thresholds and zero.
func (w *pageWriter) scaleOfFall(weights []int, total int) fallScale {
	run := &w.summary.Run
	s := fallScale{review: hundredths(run.Review), link: hundredths(run.Link)}
	s.from, s.to = min(0, total, s.review, s.link), max(0, total, s.review, s.link)
	sum := 0
	for _, weight := range weights {
		sum += weight
		s.from, s.to = min(s.from, sum), max(s.to, sum)
	}
	s.to = max(s.to, s.from+1)
	return s
}

func (s *fallScale) x(sum int) float64 {
	return 1 + 98*float64(sum-s.from)/float64(s.to-s.from)
}

// stepHeight is the height of the drawing of a step, in pixels.
const stepHeight = 20

// step draws what a weight does to the sum.
func (s *fallScale) step(before, after int) []mark {
	class := "gain"
	if after < before {
		class = "loss"
	}
	return s.draw(class, before, after)
}

// total draws the sum of all weights.
func (s *fallScale) total(sum int) []mark { return s.draw("sum", 0, sum) }

func (s *fallScale) draw(class string, before, after int) []mark {
	var d drawing
	for _, threshold := range [...]int{s.review, s.link} {
		d.line("threshold", s.x(threshold), 0, s.x(threshold), stepHeight)
	}
	left, right := s.x(min(before, after)), s.x(max(before, after))
	d.box(class, left, (stepHeight-barHeight)/2, max(right-left, 0.4), barHeight)
	return d.marks
}
