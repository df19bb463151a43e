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
	return []Column{
		{l.phrase("col.side"), 8}, {l.phrase("col.file"), 24}, {l.phrase("col.sheet"), 12}, {l.phrase("col.row"), 8},
		{l.phrase("col.reason"), 16}, {l.phrase("col.content"), 80},
	}
}

// Rejected writes one row per rejected row with its text, and returns how many
// it wrote. Masked reports leave the text out.
func Rejected(t Table, rows iter.Seq2[RejectedRow, error], o Options) (int, error) {
	w := writer{options: o}
	n := 0
	for r, err := range rows {
		if err != nil {
			return n, err
		}
		content := strings.Join(r.Cells, " | ")
		if o.Mask && content != "" {
			content = "***"
		}
		w.reset()
		w.addSide(r.Side)
		w.add(Text(r.Source), Text(r.Sheet), Integer(int64(r.Row)), Text(r.Reason), Text(content))
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
