package report

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// weightTable is the histogram of the weights of links and of cases for review,
// without gaps, with the thresholds named where they lie.
func (r *recapBook) weightTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseWeightSheet), title: r.phrase(phraseWeightTitle),
		columns: []bookColumn{
			{title: r.phrase(phraseOrdinal), width: 6}, {title: r.phrase(phraseWeight), width: 48},
			{title: r.phrase(phraseLinks), width: 18}, {title: r.phrase(phraseReviews), width: 18},
		},
		notes: []string{fmt.Sprintf(r.phrase(phraseWeightNote), r.bits(r.Run.Link), r.bits(r.Run.Review))},
	}
	var links, reviews int64
	for i, bin := range r.histogram() {
		r.add(Integer(int64(i+1)), Text(r.binLabel(bin.From)), Integer(bin.Links), Integer(bin.Reviews))
		t.rows = append(t.rows, r.end(RecapKelurahan))
		links += bin.Links
		reviews += bin.Reviews
	}
	r.add(Text(""), Text(r.phrase(phraseTotal)), Integer(links), Integer(reviews))
	t.sums = []bookRow{r.end(RecapTotal)}
	t.charts = []bookChart{{
		kind: excelize.Col, title: r.phrase(phraseWeightChart), labels: 1, values: []int{2}, beside: []int{3}, vertical: true,
	}}
	return t
}

// farBins is how many bins a threshold may lie beside all weights and still be
// shown among them.
const farBins = 16

// histogram is the bins from the lowest weight to the highest, empty ones and
// those of the thresholds included.
func (r *recapBook) histogram() []WeightBin {
	if len(r.Weights) == 0 {
		return nil
	}
	first, last := binOf(r.Weights[0].From), binOf(r.Weights[len(r.Weights)-1].From)
	from, to := first, last
	for _, threshold := range [...]float64{r.Run.Review, r.Run.Link} {
		if i := binOf(threshold); i >= first-farBins && i <= last+farBins {
			from, to = min(from, i), max(to, i)
		}
	}
	bins := make([]WeightBin, to-from+1)
	for i := range bins {
		bins[i].From = float64((from + i) * WeightBinBits)
	}
	for _, bin := range r.Weights {
		bins[binOf(bin.From)-from] = bin
	}
	return bins
}

// binLabel names a bin and the thresholds in it.
func (r *recapBook) binLabel(from float64) string {
	label := fmt.Sprintf(r.phrase(phraseBin), from, from+WeightBinBits)
	var marks []string
	for _, threshold := range [...]struct {
		weight float64
		title  phrase
	}{{r.Run.Review, phraseReviewThreshold}, {r.Run.Link, phraseLinkThreshold}} {
		if binOf(threshold.weight) == binOf(from) {
			marks = append(marks, strings.ToLower(r.phrase(threshold.title)))
		}
	}
	if marks == nil {
		return label
	}
	return label + " (" + strings.Join(marks, ", ") + ")"
}

// bits writes a weight with its unit.
func (r *recapBook) bits(weight float64) string { return r.numbers.Sprintf("%.2f bit", weight) }
