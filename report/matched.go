package report

import (
	"iter"

	"padan/match"
	"padan/normalize"
)

// MatchedColumns are the headings of the matched report.
func MatchedColumns(o Options) []Column {
	l := o.Language
	columns := append(areaColumns(l), evidenceColumns(l)...)
	for c := range match.ComparisonCount {
		columns = append(columns, Column{l.phrase("col.level") + " " + c.String(), 10})
	}
	columns = append(columns, recordColumns(l, l.phrase("side.central"))...)
	return append(columns, recordColumns(l, l.phrase("side.regional"))...)
}

func evidenceColumns(l Language) []Column {
	return []Column{
		{l.phrase("col.rule"), 12}, {l.phrase("col.weight"), 10}, {l.phrase("col.probability"), 10}, {l.phrase("col.evidence"), 60},
	}
}

// Matched writes one row per link, with the area of the central record, and
// returns how many it wrote.
func Matched(t Table, pairs iter.Seq2[match.LinkedPair, error], o Options) (int, error) {
	w := evidenceWriter{writer: writer{options: o}}
	n := 0
	for pair, err := range pairs {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addArea(pair.Central.Area)
		l := &pair.Link
		w.addEvidence(l.Rule, l.Vector, l.Weight, l.Probability, pair.Central.NIK, pair.Regional.NIK)
		for c, level := range l.Vector {
			w.add(Text(match.LevelCode(match.Comparison(c), level)))
		}
		w.addRecord(&pair.Central)
		w.addRecord(&pair.Regional)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// evidenceWriter remembers the sentence of each vector: a run has some hundred.
type evidenceWriter struct {
	writer
	sentences map[match.Vector]string
}

func (w *evidenceWriter) sentence(v match.Vector, central, regional normalize.Number) string {
	if v[match.CompareNIK] == match.NIKOneApart {
		return Evidence(w.options.Language, v, central, regional)
	}
	text, ok := w.sentences[v]
	if !ok {
		text = Evidence(w.options.Language, v, central, regional)
		if w.sentences == nil {
			w.sentences = map[match.Vector]string{}
		}
		w.sentences[v] = text
	}
	return text
}

func (w *evidenceWriter) addEvidence(rule uint8, v match.Vector, weight, probability float64, central, regional normalize.Number) {
	w.add(Text(match.RuleCode(rule)), Decimal(weight), Decimal(100*probability), Text(w.sentence(v, central, regional)))
}
