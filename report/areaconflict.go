package report

import (
	"iter"

	"padan/match"
)

func areaConflictColumns(l Language) []Column {
	columns := []Column{
		l.column("case", phraseReviewCase, 6).of(IntegerCell), l.column("problem", phraseProblem, 20), l.column("side", phraseSide, 5),
	}
	columns = append(columns, personColumns(l)...)
	return append(columns,
		placesColumn(l), l.column("evidence", phraseEvidence, 24),
		Column{Name: "decision", Title: reviewDecision, Width: 11}, l.column("note", phraseReviewNote, 16), l.column("reviewer", phraseReviewer, 11),
	)
}

// conflicts lists the conflicts of which a record lies here, a row for each record.
// A case has the number that it has in the list of the whole run; what is only to be
// corrected at the source offers no decision.
func (b *areaBook) conflicts(cases iter.Seq2[match.ConflictCase, error]) error {
	sheet, err := b.list(&areaList{
		name: phraseListConflicts, title: phraseTitleConflicts, note: phraseNoteConflicts,
		count:   b.recap.numbers.Sprintf(b.phrase(phraseListedCases), len(b.part.Conflicts)),
		columns: areaConflictColumns(b.options.Language), inputs: reviewOpen,
	})
	if err != nil {
		return err
	}
	n, groups := 0, rowGroups{}
	for c, err := range cases {
		if err != nil {
			return err
		}
		number := int64(b.part.Conflicts[n]) + 1
		n++
		for i := range c.Records {
			look := groups.goOn()
			if i == 0 {
				look = groups.begin()
				look.open = c.Conflict.Kind.Blocks()
			}
			b.conflictRow(number, &c, i)
			if err := sheet.add(b.writer.cells, look); err != nil {
				return err
			}
		}
	}
	return sheet.close(b.phrase(phraseNothing))
}

// conflictRow collects the row of one record of a case. What is said of the case as
// a whole stands in its first row; its problem in each, by which the list can be
// filtered.
func (b *areaBook) conflictRow(number int64, c *match.ConflictCase, i int) {
	w, r, kind := b.writer, &c.Records[i], c.Conflict.Kind
	problem, evidence := at(w.words.kinds, kind), ""
	if i == 0 {
		first, second := pairOf(c.Records)
		problem, evidence = b.problem(c), w.sentence(c.Conflict.Vector, first, second)
	}
	w.reset()
	w.add(Integer(number), Text(problem), Text(w.side(r.Side)))
	if b.part.holds(r) {
		w.addPerson(r)
	} else {
		w.addStranger(r)
	}
	w.add(Text(w.place(r)), Text(evidence))
	for range reviewOpen {
		w.add(Cell{})
	}
}

// problem says what a case is and what to do about it.
func (b *areaBook) problem(c *match.ConflictCase) string {
	w := b.writer
	text := at(w.words.kinds, c.Conflict.Kind) + ":\n" + at(w.words.kindActions, c.Conflict.Kind)
	if proposed := b.proposed(c); proposed != "" {
		text += "\n" + w.words.phrases[phraseProposed] + ": " + w.masked(proposed)
	}
	return text
}

// addStranger writes of a person of another area where the record belongs, under
// the columns of addPerson.
func (w *writer) addStranger(r *match.Record) {
	w.add(
		Cell{}, Cell{}, Text(w.words.phrases[phraseOtherArea]), Cell{}, Cell{}, Cell{}, Cell{}, Cell{},
		w.text(kelurahan(r.Area)),
	)
}

// proposed is the value that a case proposes, if it is the NIK of a record that
// lies here; it may be that of somebody of another area.
func (b *areaBook) proposed(c *match.ConflictCase) string {
	for i := range c.Records {
		if r := &c.Records[i]; r.NIK.Text() == c.Conflict.Proposed && b.part.holds(r) {
			return c.Conflict.Proposed
		}
	}
	return ""
}
