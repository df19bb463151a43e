package report

import (
	"iter"

	"padan/match"
)

// matched lists the links whose central record lies here.
func (b *areaBook) matched(pairs iter.Seq2[match.LinkedPair, error]) error {
	return b.pairs(&areaList{
		name: phraseListMatched, title: phraseTitleMatched, note: phraseNoteMatched, count: b.listed(len(b.part.Matched)),
	}, phraseDiffersRegional, pairs, func(p *match.LinkedPair) (shown, other *match.Record) { return &p.Central, &p.Regional })
}

// elsewhere lists the links of persons who live here by the regional list alone.
func (b *areaBook) elsewhere(pairs iter.Seq2[match.LinkedPair, error]) error {
	return b.pairs(&areaList{
		name: phraseListElsewhere, title: phraseTitleElsewhere, note: phraseNoteElsewhere, count: b.listed(len(b.part.Elsewhere)),
	}, phraseDiffersCentral, pairs, func(p *match.LinkedPair) (shown, other *match.Record) { return &p.Regional, &p.Central })
}

// pairs lists links; sides tells which record is shown and of which only what
// differs.
func (b *areaBook) pairs(l *areaList, differs phrase, pairs iter.Seq2[match.LinkedPair, error], sides func(*match.LinkedPair) (shown, other *match.Record)) error {
	language := b.options.Language
	l.columns = append(listColumns(language), language.column("differs", differs, 24), language.column("evidence", phraseEvidence, 28), placesColumn(language))
	sheet, err := b.list(l)
	if err != nil {
		return err
	}
	w, n, groups := b.writer, 0, rowGroups{}
	for pair, err := range pairs {
		if err != nil {
			return err
		}
		n++
		shown, other := sides(&pair)
		w.reset()
		w.add(Integer(int64(n)))
		w.addPerson(shown)
		w.add(
			w.contrast(other, shown, &pair.Link.Vector), Text(w.sentence(pair.Link.Vector, pair.Central.NIK, pair.Regional.NIK)),
			w.places(&pair.Central, &pair.Regional),
		)
		if err := sheet.add(w.cells, groups.household(shown.KK, shown.Area.Code)); err != nil {
			return err
		}
	}
	return sheet.close(b.phrase(phraseNothing))
}

// listed says how many rows a list has.
func (b *areaBook) listed(rows int) string {
	return b.recap.numbers.Sprintf(b.phrase(phraseListed), rows)
}

// listColumns head the number of a row and its person.
func listColumns(l Language) []Column {
	return append([]Column{l.column("number", phraseOrdinal, 4).of(IntegerCell)}, personColumns(l)...)
}

func placesColumn(l Language) Column { return l.column("place", phrasePlaces, 18) }

// unmatched lists the records of a side that the other side lacks.
func (b *areaBook) unmatched(side match.Side, records iter.Seq2[match.RecordOutcome, error]) error {
	l := &areaList{name: phraseListOnlyCentral, title: phraseTitleOnlyCentral, note: phraseNoteOnlyCentral, count: b.listed(len(b.part.Unmatched[side]))}
	if side == match.Regional {
		l.name, l.title, l.note = phraseListOnlyRegional, phraseTitleOnlyRegional, phraseNoteOnlyRegional
	}
	language := b.options.Language
	l.columns = append(listColumns(language),
		language.column("explanation", phraseExplanation, 28), language.column("action", phraseAction, 26), placesColumn(language))
	sheet, err := b.list(l)
	if err != nil {
		return err
	}
	w, n, groups := b.writer, 0, rowGroups{}
	for o, err := range records {
		if err != nil {
			return err
		}
		n++
		w.reset()
		w.add(Integer(int64(n)))
		w.addPerson(&o.Record)
		w.add(Text(at(w.words.reasons, o.Reason)), Text(at(w.words.reasonActions, o.Reason)), Text(w.place(&o.Record)))
		if err := sheet.add(w.cells, groups.household(o.Record.KK, o.Record.Area.Code)); err != nil {
			return err
		}
	}
	return sheet.close(b.phrase(phraseNothing))
}

// duplicates lists the records of both sides that are set aside, with what differs
// in the record that stands for each.
func (b *areaBook) duplicates(sides [2]iter.Seq2[match.DuplicatePair, error]) error {
	language := b.options.Language
	l := &areaList{
		name: phraseListDuplicates, title: phraseTitleDuplicates, note: phraseNoteDuplicates,
		count: b.listed(len(b.part.Duplicates[match.Central]) + len(b.part.Duplicates[match.Regional])),
	}
	l.columns = append(listColumns(language),
		language.column("side", phraseSide, 5), language.column("differs", phraseDiffersKept, 22), language.column("explanation", phraseExplanation, 18),
		language.column("evidence", phraseEvidence, 24), placesColumn(language))
	sheet, err := b.list(l)
	if err != nil {
		return err
	}
	w, n, groups := b.writer, 0, rowGroups{}
	for _, pairs := range sides {
		for p, err := range pairs {
			if err != nil {
				return err
			}
			n++
			w.reset()
			w.add(Integer(int64(n)))
			w.addPerson(&p.Duplicate)
			w.add(
				Text(w.side(p.Duplicate.Side)), w.contrast(&p.Of, &p.Duplicate, &p.Vector),
				Text(at(w.words.kinds, p.Kind)+"; "+at(w.words.kindActions, p.Kind)),
				Text(w.sentence(p.Vector, p.Duplicate.NIK, p.Of.NIK)), w.places(&p.Duplicate, &p.Of),
			)
			if err := sheet.add(w.cells, groups.household(p.Duplicate.KK, p.Duplicate.Area.Code)); err != nil {
				return err
			}
		}
	}
	return sheet.close(b.phrase(phraseNothing))
}
