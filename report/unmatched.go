package report

import (
	"iter"

	"padan/match"
)

// UnmatchedColumns are the headings of the unmatched reports.
func UnmatchedColumns(o Options) []Column {
	l := o.Language
	columns := append(areaColumns(l), Column{l.phrase("col.reason"), 16},
		Column{l.phrase("col.explanation"), 44}, Column{l.phrase("col.action"), 40})
	return append(columns, recordColumns(l, "")...)
}

// Unmatched writes one row per unmatched record with the reason, and returns
// how many it wrote. Records of other outcomes are passed over.
func Unmatched(t Table, records iter.Seq2[match.RecordOutcome, error], o Options) (int, error) {
	w := writer{options: o}
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
		code := r.Reason.String()
		w.add(Text(code), w.phrase("reason."+code), w.phrase("action."+code))
		w.addRecord(&r.Record)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
