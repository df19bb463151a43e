package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"padan/match"
	"padan/normalize"
)

// Example is a pair that the page explains: a link, or a conflict of two records or
// more with the evidence of its strongest pair.
type Example struct {
	Kind    match.ConflictKind // KindNone for a link
	Records []ExampleRecord
	Vector  match.Vector
	Weights match.Weights
	Weight  float64 // bits
}

// ExampleRecord is a record of an example.
type ExampleRecord struct {
	match.Record
	BirthDate normalize.Date
}

// exampleGroup is examples of one sort.
type exampleGroup struct {
	Title string
	Pairs []pairView
}

// pairView shows one example.
type pairView struct {
	Head     string // what it is, and its weight
	Evidence string
	Records  dataTable
	Note     string // on what the table leaves out
	Steps    []weightStep
	Missing  string // comparisons that one side has no value for
}

// weightStep is one line of the waterfall: what was found, its weight, the sum so
// far, and both drawn.
type weightStep struct {
	Found, Bits, Sum string
	Total            bool
	Marks            []mark
}

// exampleGroups sorts the examples, in the order in which they come.
func (w *pageWriter) exampleGroups(examples []Example) []exampleGroup {
	groups := []exampleGroup{{Title: w.text.LinkPairs}, {Title: w.text.Reviews}, {Title: w.text.Conflicts}}
	for i := range examples {
		group := &groups[2]
		switch examples[i].Kind {
		case match.KindNone:
			group = &groups[0]
		case match.Review:
			group = &groups[1]
		default:
		}
		group.Pairs = append(group.Pairs, w.pairView(&examples[i]))
	}
	var filled []exampleGroup
	for _, group := range groups {
		if len(group.Pairs) > 0 {
			filled = append(filled, group)
		}
	}
	return filled
}

// shownRecords is the number of records of a case that the page shows.
const shownRecords = 6

func (w *pageWriter) pairView(e *Example) pairView {
	var a, b normalize.Number
	if len(e.Records) == 2 {
		a, b = e.Records[0].NIK, e.Records[1].NIK
	}
	what := at(w.words.kinds, e.Kind)
	if e.Kind == match.KindNone {
		what = w.words.verdicts[VerdictLink]
	}
	v := pairView{Head: fmt.Sprintf(w.text.PairHead, what, w.bits(hundredths(e.Weight))), Evidence: Evidence(w.language, e.Vector, a, b)}
	shown := e.Records[:min(len(e.Records), shownRecords)]
	v.Records = w.recordTable(shown)
	if len(e.Records) > 2 {
		v.Note = w.numbers.Sprintf(w.text.StrongestPair, len(e.Records), len(shown))
	}
	v.Steps = w.waterfall(e, a, b)
	var missing []string
	for c := range match.ComparisonCount {
		if e.Vector[c] == match.Missing {
			missing = append(missing, w.text.Comparisons[c])
		}
	}
	if len(missing) > 0 {
		v.Missing = w.numbers.Sprintf(w.text.Missing, strings.Join(missing, ", "))
	}
	return v
}

// recordTable shows records so that nobody is named: numbers and names masked, of
// the birth date the year, no address.
func (w *pageWriter) recordTable(records []ExampleRecord) dataTable {
	phrases := &w.words.phrases
	t := dataTable{Columns: []tableColumn{
		{phrases[phraseSide], true}, {phrases[phraseName], true}, {phrases[phraseNIK], true}, {phrases[phraseKK], true},
		{w.text.BirthYear, true}, {phrases[phraseFile], true}, {phrases[phraseSheet], true}, {phrases[phraseRow], false},
	}}
	masked := newWriter(Options{Language: w.language, Mask: true})
	for i := range records {
		r := &records[i]
		year := nothing
		if y := r.BirthDate.Year(); y > 0 {
			year = strconv.Itoa(y)
		}
		t.Rows = append(t.Rows, []string{
			w.side(r.Side), orNothing(maskName(r.Raw[normalize.FieldName])),
			orNothing(masked.number(r.Raw[normalize.FieldNIK], r.NIK).Text), orNothing(masked.number(r.Raw[normalize.FieldKK], r.KK).Text),
			year, maskNumbers(r.Source), orNothing(maskNumbers(r.Sheet)), w.count(int64(r.Row)),
		})
	}
	return t
}

func orNothing(text string) string {
	if text == "" {
		return nothing
	}
	return text
}

// Limits of masked names.
const (
	maskedWords   = 6
	maskedLetters = 12 // of a word
)

// maskName keeps the first letter of each word and hides the others behind stars:
// "S*** A*****". What is no letter is hidden, and so is the rest of a long name.
func maskName(name string) string {
	words := strings.Fields(name)
	cut := words[:min(len(words), maskedWords)]
	masked := make([]string, 0, len(cut)+1)
	for _, word := range cut {
		letters := []rune(word)
		if !unicode.IsLetter(letters[0]) {
			letters[0] = '*'
		}
		masked = append(masked, string(letters[0])+strings.Repeat("*", min(len(letters), maskedLetters)-1))
	}
	if len(cut) < len(words) {
		masked = append(masked, "…")
	}
	return strings.Join(masked, " ")
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
