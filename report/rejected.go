package report

import (
	"iter"
	"strings"

	"padan/match"
)

// RejectedRow is a row that could not be read as a person.
type RejectedRow struct {
	Side   match.Side
	Source string
	Sheet  string
	Row    int
	Reason string // stable code
	Cells  []string
}

// RejectedColumns are the headings of the report of rejected rows.
func RejectedColumns(o Options) []Column {
	l := o.Language
	columns := append([]Column{l.column("side", phraseSide, 9)}, sourceColumns(l, beside{})...)
	return append(columns, l.column("explanation", phraseExplanation, 44), l.column("reason", phraseReason, 17), l.column("content", phraseContent, 90))
}

// Rejected writes one row per rejected row with its text, and returns how many
// it wrote. Masked reports leave the text out.
func Rejected(t Table, rows iter.Seq2[RejectedRow, error], o Options) (int, error) {
	w := newWriter(o)
	n := 0
	for r, err := range rows {
		if err != nil {
			return n, err
		}
		content := strings.Join(r.Cells, " | ")
		if o.Mask && content != "" {
			content = hidden
		}
		w.reset()
		w.add(
			Text(w.side(r.Side)), Text(r.Source), Text(r.Sheet), Integer(int64(r.Row)),
			Text(w.words.rejections[r.Reason]), Text(r.Reason), Text(content),
		)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
