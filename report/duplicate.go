package report

import (
	"iter"

	"padan/match"
)

// DuplicateColumns are the headings of the duplicate report.
func DuplicateColumns(o Options) []Column {
	l := o.Language
	columns := []Column{l.column("side", phraseSide, 9), l.column("kind", phraseKind, 25), l.column("explanation", phraseExplanation, 32)}
	columns = append(columns, areaColumns(l)...)
	columns = append(columns, pairColumns(l, besideDuplicate, besideKept)...)
	return append(columns, l.column("evidence", phraseEvidence, 60), l.column("weight", phraseWeight, 12).of(DecimalCell), l.column("action", phraseAction, 32))
}

// Duplicates writes one row per record set aside, beside the record that stands
// for it, and returns how many it wrote.
func Duplicates(t Table, pairs iter.Seq2[match.DuplicatePair, error], o Options) (int, error) {
	w := newEvidenceWriter(o)
	n := 0
	for p, err := range pairs {
		if err != nil {
			return n, err
		}
		w.reset()
		w.add(Text(w.side(p.Duplicate.Side)), Text(p.Kind.String()), Text(at(w.words.kinds, p.Kind)))
		w.addArea(p.Duplicate.Area)
		w.addPair(&p.Duplicate, &p.Of)
		w.add(Text(w.sentence(p.Vector, p.Duplicate.NIK, p.Of.NIK)), Decimal(p.Weight), Text(at(w.words.kindActions, p.Kind)))
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
