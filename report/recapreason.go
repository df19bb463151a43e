package report

import (
	"github.com/xuri/excelize/v2"

	"padan/match"
)

// reasonTable says why persons are unmatched, how many, and what to do.
func (r *recapBook) reasonTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseReasonSheet), title: r.phrase(phraseReasonTitle),
		columns: []bookColumn{
			{title: r.phrase(phraseOrdinal), width: 6}, {title: r.phrase(phraseExplanation), width: 70, wrap: true},
			{title: r.phrase(phraseReason), width: 18},
		},
	}
	for _, side := range sidePhrases {
		group := r.phrase(side) + " (" + r.phrase(phrasePersons) + ")"
		t.columns = append(t.columns,
			bookColumn{group: group, title: r.phrase(phraseCountColumn), width: countWidth},
			bookColumn{group: group, title: r.phrase(phraseShare), width: countWidth})
	}
	t.columns = append(t.columns, bookColumn{title: r.phrase(phraseAction), width: 58, wrap: true})
	unmatched := [2]int64{}
	for side := range r.Reasons {
		for _, c := range r.Reasons[side] {
			unmatched[side] += c.Count
		}
	}
	for i, reason := range match.Reasons() {
		r.add(Integer(int64(i+1)), Text(ReasonText(r.language, reason)), Text(reason.String()))
		for side := range r.Reasons {
			n := r.Reasons[side][i].Count
			r.add(Integer(n), share(n, unmatched[side]))
		}
		r.add(Text(at(r.words.reasonActions, reason)))
		t.rows = append(t.rows, r.end(RecapKelurahan))
	}
	r.add(Text(""), Text(r.phrase(phraseTotal)), Text(""))
	for _, n := range unmatched {
		r.add(Integer(n), share(n, n))
	}
	r.add(Text(""))
	t.sums = []bookRow{r.end(RecapTotal)}
	t.charts = []bookChart{{kind: excelize.Bar, title: r.phrase(phraseReasonSheet), labels: 1, values: []int{3, 5}}}
	return t
}

// conflictTable says which conflicts there are, what they mean and what to do.
func (r *recapBook) conflictTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseConflictSheet), title: r.phrase(phraseConflictTitle),
		columns: []bookColumn{
			{title: r.phrase(phraseOrdinal), width: 6}, {title: r.phrase(phraseExplanation), width: 54, wrap: true},
			{title: r.phrase(phraseKind), width: 26}, {title: r.phrase(phraseSeverity), width: 38, wrap: true},
			{title: r.phrase(phraseBlocks), width: 12}, {title: r.phrase(phraseCases), width: countWidth}, {title: r.phrase(phraseShare), width: countWidth},
			{title: r.phrase(phraseAction), width: 56, wrap: true},
		},
		notes: []string{r.phrase(phraseConflictNote)},
	}
	all := int64(0)
	for _, c := range r.Conflicts {
		all += c.Count
	}
	for i, c := range r.Conflicts {
		r.add(Integer(int64(i + 1)))
		r.addKind(c.Code)
		r.add(Integer(c.Count), share(c.Count, all), Text(at(r.words.kindActions, kindOf(c.Code))))
		t.rows = append(t.rows, r.end(RecapKelurahan))
	}
	r.add(Text(""), Text(r.phrase(phraseTotal)), Text(""), Text(""), Text(""), Integer(all), share(all, all), Text(""))
	t.sums = []bookRow{r.end(RecapTotal)}
	t.charts = []bookChart{{kind: excelize.Bar, title: r.phrase(phraseConflictSheet), labels: 1, values: []int{5}}}
	return t
}

// addKind writes what is known of a kind of conflict; of one of a later version
// that is its code.
func (r *recapBook) addKind(code string) {
	kind := kindOf(code)
	if kind == match.KindNone {
		r.add(Text(""), Text(code), Text(""), Text(""))
		return
	}
	blocks := phraseNo
	if kind.Blocks() {
		blocks = phraseYes
	}
	r.add(Text(KindText(r.language, kind)), Text(code), Text(at(r.words.severities, uint8(kind.Severity()))), Text(r.phrase(blocks)))
}

// kindOf is the kind with a code; KindNone for a code of a later version.
func kindOf(code string) match.ConflictKind {
	for _, kind := range match.ConflictKinds() {
		if kind.String() == code {
			return kind
		}
	}
	return match.KindNone
}
