package report

import (
	"iter"

	"padan/match"
	"padan/normalize"
)

// MatchedColumns are the headings of the matched report.
func MatchedColumns(o Options) []Column {
	l := o.Language
	columns := append(areaColumns(l), pairColumns(l, besideSides[match.Central], besideSides[match.Regional])...)
	columns = append(columns,
		l.column("evidence", phraseEvidence, 60), l.column("weight", phraseWeight, 12).of(DecimalCell),
		l.column("probability", phraseProbability, 11).of(ProbabilityCell), l.column("rule", phraseRule, 15),
	)
	for c := range match.ComparisonCount {
		columns = append(columns, Column{Name: "level_" + c.String(), Title: l.phrase(phraseLevel) + " (" + c.String() + ")", Width: 13})
	}
	return columns
}

// Matched writes one row per link, with the area of the central record, and
// returns how many it wrote.
func Matched(t Table, pairs iter.Seq2[match.LinkedPair, error], o Options) (int, error) {
	w := newEvidenceWriter(o)
	n := 0
	for pair, err := range pairs {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addArea(pair.Central.Area)
		w.addPair(&pair.Central, &pair.Regional)
		l := &pair.Link
		w.add(
			Text(w.sentence(l.Vector, pair.Central.NIK, pair.Regional.NIK)),
			Decimal(l.Weight), Probability(l.Probability), Text(match.RuleCode(l.Rule)),
		)
		for c, level := range l.Vector {
			w.addCell(Text(match.LevelCode(match.Comparison(c), level)))
		}
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// evidenceWriter remembers the sentence of each vector: a run has some thousand.
type evidenceWriter struct {
	writer
	sentences map[match.Vector]string
}

func newEvidenceWriter(o Options) *evidenceWriter {
	return &evidenceWriter{writer: newWriter(o), sentences: map[match.Vector]string{}}
}

func (w *evidenceWriter) sentence(v match.Vector, a, b normalize.Number) string {
	if v[match.CompareNIK] == match.NIKOneApart {
		return Evidence(w.options.Language, v, a, b) // names a position, so it differs by pair
	}
	text, ok := w.sentences[v]
	if !ok {
		text = Evidence(w.options.Language, v, a, b)
		w.sentences[v] = text
	}
	return text
}
