package report

import (
	"cmp"
	"iter"

	"padan/match"
)

// partnerFields are the raw values that the list of changes shows of the records
// to which a person is linked, by their position among shownFields.
var partnerFields = [...]int{0, 2, 4} // NIK, name, birth date

// besidePartners tells the two partners of a person apart.
var besidePartners = [2]beside{
	match.Before: {"partner_before", phrasePartnerBefore}, match.After: {"partner_after", phrasePartnerAfter},
}

// ChangeColumns are the headings of the list of changes.
func ChangeColumns(o Options) []Column {
	l := o.Language
	columns := []Column{
		l.column("side", phraseSide, 9), l.column("change", phraseChangeCode, 16), l.column("change_text", phraseChange, 24),
		l.column("outcome_before", phraseOutcomeBefore, 13), l.column("reason_before", phraseReasonBefore, 40),
		l.column("outcome_after", phraseOutcomeAfter, 13), l.column("reason_after", phraseReasonAfter, 40),
		l.column("cause", phraseCauseCode, 16), l.column("cause_text", phraseCause, 60),
	}
	columns = append(columns, areaColumns(l)...)
	columns = append(columns, l.column("area_before", phraseAreaBefore, 22))
	columns = append(columns, recordColumns(l)...)
	for _, side := range besidePartners {
		columns = append(columns, sourceColumns(l, side)...)
		for _, field := range partnerFields {
			f := &shownFields[field]
			columns = append(columns, side.column(l, f.field.String(), f.title, f.width))
		}
	}
	return columns
}

// Changes writes one row per person who changed, with the record that the run
// after has, or else the run before, and returns how many it wrote.
func Changes(t Table, cases iter.Seq2[match.ChangeCase, error], o Options) (int, error) {
	w := newWriter(o)
	n := 0
	for c, err := range cases {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addChange(&c)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func (w *writer) addChange(c *match.ChangeCase) {
	change := &c.Change
	w.add(Text(w.side(change.Side)), Text(change.Kind.String()), Text(w.words.changes[change.Kind]))
	for when := range change.Standing {
		w.addStanding(&change.Standing[when])
	}
	w.add(Text(change.Cause.String()), Text(w.words.causeNotes[change.Cause]))
	record := &c.Records[match.After]
	if change.Kind == match.PersonGone {
		record = &c.Records[match.Before]
	}
	w.addArea(record.Area)
	w.addAreaBefore(&change.Standing, &c.Records[match.Before])
	w.addRecord(record)
	for when := range c.Partners {
		w.addPartner(change.Standing[when].Outcome == match.Matched, &c.Partners[when])
	}
}

// addStanding writes what a run says of a person; nothing if it does not have the
// person.
func (w *writer) addStanding(s *match.Standing) {
	if !s.Known {
		w.add(Cell{Type: EmptyCell}, Cell{Type: EmptyCell})
		return
	}
	w.add(Text(w.words.phrases[outcomePhrases[s.Outcome]]), Text(at(w.words.reasons, s.Reason)))
}

// addAreaBefore writes the area of the record of the run before where it is
// another one than that after.
func (w *writer) addAreaBefore(s *[2]match.Standing, before *match.Record) {
	if !s[match.Before].Known || !s[match.After].Known || s[match.Before].Area == s[match.After].Area {
		w.add(Cell{Type: EmptyCell})
		return
	}
	w.add(Text(cmp.Or(areaTitle(before.Area.Code), before.Area.Place)))
}

// addPartner writes the record to which a person is linked; empty cells if there
// is none.
func (w *writer) addPartner(linked bool, r *match.Record) {
	if !linked {
		for range len(sourceColumns(w.options.Language, beside{})) + len(partnerFields) {
			w.add(Cell{Type: EmptyCell})
		}
		return
	}
	w.addSource(r)
	for _, field := range partnerFields {
		w.addValue(r, field)
	}
}
