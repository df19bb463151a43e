package report

import (
	"iter"

	"padan/match"
	"padan/normalize"
)

// ConflictColumns are the headings of the conflict report.
func ConflictColumns(o Options) []Column {
	l := o.Language
	columns := []Column{
		l.column("number", phraseNumber, 10).of(IntegerCell), l.column("kind", phraseKind, 25), l.column("severity", phraseSeverity, 10).of(IntegerCell),
		l.column("explanation", phraseExplanation, 44), l.column("side", phraseSide, 9),
	}
	columns = append(columns, areaColumns(l)...)
	columns = append(columns, recordColumns(l)...)
	return append(columns,
		l.column("evidence", phraseEvidence, 60), l.column("weight", phraseWeight, 12).of(DecimalCell),
		l.column("proposed", phraseProposed, 18).of(CodeCell), l.column("action", phraseAction, 44),
	)
}

// Conflicts writes one row per record of each conflict, numbered from 1, and
// returns the number of conflicts.
func Conflicts(t Table, cases iter.Seq2[match.ConflictCase, error], o Options) (int, error) {
	w := newEvidenceWriter(o)
	n := 0
	for c, err := range cases {
		if err != nil {
			return n, err
		}
		n++
		if err := w.writeCase(t, n, &c); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (w *evidenceWriter) writeCase(t Table, number int, c *match.ConflictCase) error {
	kind := c.Conflict.Kind
	a, b := pairOf(c.Records)
	evidence := w.sentence(c.Conflict.Vector, a, b)
	proposed := c.Conflict.Proposed
	if w.options.Mask {
		proposed = maskNumbers(proposed)
	}
	for i := range c.Records {
		r := &c.Records[i]
		w.reset()
		w.add(
			Integer(int64(number)), Text(kind.String()), Integer(int64(kind.Severity())), Text(at(w.words.kinds, kind)),
			Text(w.side(r.Side)),
		)
		w.addArea(r.Area)
		w.addRecord(r)
		w.add(Text(evidence), weightOf(&c.Conflict), Code(proposed), Text(at(w.words.kindActions, kind)))
		if err := t.WriteRow(w.cells); err != nil {
			return err
		}
	}
	return nil
}

// weightOf is empty for a conflict that compared nobody.
func weightOf(c *match.Conflict) Cell {
	if c.Vector == (match.Vector{}) {
		return Cell{Type: EmptyCell}
	}
	return Decimal(c.Weight)
}

// pairOf returns the NIKs of a case of two records. In a greater case it is not
// known which pair the evidence is of, so that they are none.
func pairOf(records []match.Record) (a, b normalize.Number) {
	if len(records) != 2 {
		return a, b
	}
	return records[0].NIK, records[1].NIK
}

func (w *writer) side(s match.Side) string { return w.words.phrases[sidePhrases[s]] }
