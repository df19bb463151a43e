package report

import (
	"fmt"
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
