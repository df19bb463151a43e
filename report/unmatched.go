package report

import (
	"iter"

	"padan/match"
)

// UnmatchedColumns are the headings of the unmatched reports.
func UnmatchedColumns(o Options) []Column {
	l := o.Language
	columns := append(areaColumns(l), recordColumns(l)...)
	return append(columns, l.column("reason", phraseReason, 17), l.column("explanation", phraseExplanation, 48), l.column("action", phraseAction, 44))
}

// Unmatched writes one row per unmatched record with the reason, and returns
// how many it wrote. Records of other outcomes are passed over.
func Unmatched(t Table, records iter.Seq2[match.RecordOutcome, error], o Options) (int, error) {
	w := newWriter(o)
	n := 0
	for r, err := range records {
		if err != nil {
			return n, err
		}
		if r.Outcome != match.Unmatched {
			continue
		}
		w.reset()
		w.addArea(r.Record.Area)
		w.addRecord(&r.Record)
		w.add(Text(r.Reason.String()), Text(at(w.words.reasons, r.Reason)), Text(at(w.words.reasonActions, r.Reason)))
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
