package report

import (
	"padan/match"
)

// pageSummary is the head of the page: the figures that are published.
type pageSummary struct {
	Cards    []sideCard
	Holds    bool
	Verdict  string
	Accounts []string
	Facts    []fact
	Opening  string // opens the table of sources
	Sources  dataTable
}

// sideCard shows one side.
type sideCard struct {
	Side          string
	Persons, Unit string // "1.600.000", "jiwa"
	Households    string // "412.345 KK"
	Percent, Band string
	Bar           []mark
	Rows          []outcomeRow
}

// outcomeRow is one outcome on a card; Class is its colour in the bar.
type outcomeRow struct{ Class, Name, Persons, Cards string }

type fact struct{ Name, Value string }

// outcomePhrases name the outcomes.
var outcomePhrases = [...]phrase{
	match.Matched: phraseMatched, match.Conflicted: phraseConflict, match.Unmatched: phraseUnmatched, match.Duplicate: phraseDuplicates,
}

func (w *pageWriter) overview() pageSummary {
	total := w.summary.Total()
	o := pageSummary{Holds: true, Verdict: w.text.Holds}
	for _, side := range []match.Side{match.Central, match.Regional} {
		o.Cards = append(o.Cards, w.sideCard(side, &total.AreaCounts))
		a := w.summary.Account(side)
		o.Holds = o.Holds && a.Holds()
		c := total.Persons[side]
		o.Accounts = append(o.Accounts,
			w.numbers.Sprintf(w.text.Account, w.side(side), a.Rows, a.Rejected, a.Skipped, a.Persons)+" "+
				w.numbers.Sprintf(w.text.Division, c.Total(), c[match.Matched], c[match.Conflicted], c[match.Unmatched], c[match.Duplicate]))
	}
	if !o.Holds {
		o.Verdict = w.text.Broken
	}
	run := &w.summary.Run
	model := phraseModelBuiltIn
	if run.Trained {
		model = phraseModelTrained
	}
	o.Facts = []fact{
		{w.phrase(phraseModel), w.phrase(model)}, {w.phrase(phraseLinks), w.count(run.Links)},
		{w.phrase(phraseLinkThreshold), w.threshold(run.Link)}, {w.phrase(phraseReviewThreshold), w.threshold(run.Review)},
	}
	sources := w.summary.Sources
	o.Opening = w.numbers.Sprintf(w.text.Sources, len(sources[match.Central]), len(sources[match.Regional]))
	o.Sources = w.sourceTable()
	return o
}

func (w *pageWriter) threshold(bits float64) string {
	return w.numbers.Sprintf(w.text.Threshold, bits, w.numbers.Sprintf("%.2f %%", 100*match.Probability(bits)))
}

func (w *pageWriter) sideCard(side match.Side, total *AreaCounts) sideCard {
	persons, cards := total.Persons[side], total.Cards[side]
	card := sideCard{
		Side: w.side(side), Persons: w.count(persons.Total()), Unit: w.phrase(phrasePersons),
		Households: w.count(cards.Total()) + " " + w.phrase(phraseCards),
		Percent:    w.percent(persons), Band: bandClass(persons),
	}
	var bar drawing
	from := 0.0
	for _, outcome := range match.Outcomes {
		card.Rows = append(card.Rows, outcomeRow{
			Class: outcome.String(), Name: w.phrase(outcomePhrases[outcome]), Persons: w.count(persons[outcome]), Cards: w.count(cards[outcome]),
		})
		if n := persons[outcome]; n > 0 {
			width := 100 * float64(n) / float64(persons.Total())
			bar.box(outcome.String(), from, 0, width, barHeight)
			from += width
		}
	}
	card.Bar = bar.marks
	card.Rows = append(card.Rows,
		outcomeRow{Name: w.phrase(phraseTotal), Persons: w.count(persons.Total()), Cards: w.count(cards.Total())},
		outcomeRow{Name: w.phrase(phrasePercent), Persons: w.percent(persons), Cards: w.percent(cards)})
	return card
}

// digestStart is the number of digits of a SHA-256 that tell files apart for a
// reader; a longer piece might hold what looks like a NIK.
const digestStart = 12

func (w *pageWriter) sourceTable() dataTable {
	phrases := &w.words.phrases
	table := dataTable{Columns: []tableColumn{
		{phrases[phraseFile], true}, {phrases[phraseSide], true}, {w.phrase(phraseRows), false}, {w.phrase(phraseRejectedRows), false}, {w.phrase(phraseSkippedRows), false},
		{phrases[phrasePersons], false}, {phrases[phraseMatched], false}, {phrases[phrasePercent], false}, {w.phrase(phraseLoaded), true}, {w.text.Digest, true},
	}}
	for side := range w.summary.Sources {
		for i := range w.summary.Sources[side] {
			s := &w.summary.Sources[side][i]
			skipped := int64(0)
			for _, n := range s.Skipped {
				skipped += n
			}
			table.Rows = append(table.Rows, []string{
				maskNumbers(s.Name), w.side(match.Side(side)), w.count(s.Rows), w.count(s.Rejected), w.count(skipped), w.count(s.Records),
				w.count(s.Outcomes[match.Matched]), w.percent(s.Outcomes), w.language.moment(s.Loaded), s.SHA256[:min(digestStart, len(s.SHA256))],
			})
		}
	}
	return table
}
