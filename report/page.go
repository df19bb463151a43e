package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed" // the texts of the page
	"encoding/base64"
	"fmt"
	"html/template"

	"golang.org/x/text/message"

	"padan/match"
)

// What the page is made of. Style and script go into it as they are, since the
// page allows only those whose digests it names.
var (
	//go:embed page.html.tmpl
	pageMarkup string
	//go:embed page.css
	pageStyle template.CSS
	//go:embed page.js
	pageScript template.JS

	pageTemplate = template.Must(template.New("page").Parse(pageMarkup))
)

// page is what the template shows; all numbers are texts in the language.
type page struct {
	Language                Language
	Text                    *pageTexts
	Style                   template.CSS
	StyleDigest             string
	Script                  template.JS
	ScriptDigest            string
	Run, Footer             string
	Summary                 pageSummary
	Persons, Cards, Matched string
	Levels                  []string // of areas, from kota on
	Legend                  string
	Bands                   []rateBand
	Recaps                  []pageRecap
	RecapNote               string
	Rates                   []figure
	Reasons, Kinds          figure
	Weights, History        figure
	Examples                []exampleGroup
}

// pageWriter turns figures into texts.
type pageWriter struct {
	summary  *Summary
	language Language
	words    *catalogue
	text     *pageTexts
	numbers  *message.Printer
}

// WritePage writes the page of a run: one file that needs nothing else, without
// anything that names a person. Numbers and names in examples are masked whatever
// the options say. The summary must be finished.
func WritePage(f *File, s *Summary, examples []Example, o Options) error {
	words := o.Language.catalogue()
	w := pageWriter{summary: s, language: o.Language, words: words, text: words.page, numbers: numbersOf(o.Language)}
	if w.language == "" {
		w.language = Indonesian
	}
	buffer := bufio.NewWriterSize(f, 64<<10)
	err := pageTemplate.Execute(buffer, w.page(examples))
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil {
		f.discard()
		return failed(f.place, err)
	}
	return f.publish()
}

func (w *pageWriter) page(examples []Example) *page {
	run := &w.summary.Run
	p := &page{
		Language: w.language, Text: w.text,
		Style: pageStyle, StyleDigest: digestOf(string(pageStyle)), Script: pageScript, ScriptDigest: digestOf(string(pageScript)),
		Run:    fmt.Sprintf(w.phrase(phraseRunLine), run.Number, w.language.moment(run.Started), run.Version),
		Footer: fmt.Sprintf(w.text.Footer, run.Version), Summary: w.overview(), Legend: w.phrase(phraseLegend), Bands: w.bands(), RecapNote: w.phrase(phraseRecapNote),
		Persons: w.phrase(phrasePersons), Cards: w.phrase(phraseCards), Matched: w.phrase(phraseMatched),
		Levels:  []string{w.phrase(phraseKota), w.phrase(phraseKecamatan), w.phrase(phraseKelurahan)},
		Reasons: w.reasonFigure(), Kinds: w.kindFigure(), Weights: w.weightFigure(), History: w.trendFigure(), Examples: w.exampleGroups(examples),
	}
	rows := w.areas()
	p.Recaps = []pageRecap{
		w.recapTable("persons", w.text.RecapPersons, phrasePersons, rows, func(r *RecapRow) *[2]Counts { return &r.Persons }),
		w.recapTable("cards", w.text.RecapCards, phraseCards, rows, func(r *RecapRow) *[2]Counts { return &r.Cards }),
	}
	p.Recaps[0].Open = true
	p.Rates = w.rateFigures(rows)
	return p
}

// digestOf names a style or a script in a Content-Security-Policy.
func digestOf(text string) string {
	digest := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(digest[:])
}

func (w *pageWriter) phrase(p phrase) string { return w.words.phrases[p] }

func (w *pageWriter) count(n int64) string { return w.numbers.Sprintf("%d", n) }

// percent is the share that is matched; a dash for an empty area.
func (w *pageWriter) percent(c Counts) string {
	if c.Total() == 0 {
		return nothing
	}
	return w.numbers.Sprintf("%.2f %%", c.Percent())
}

// nothing stands where there is no value.
const nothing = "–"

func (w *pageWriter) side(s match.Side) string { return w.phrase(sidePhrases[s]) }
