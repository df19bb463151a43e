package report

import (
	"iter"

	"padan/match"
	"padan/normalize"
)

// masterTitles are the phrases that head the fields of the master list.
var masterTitles = [match.MasterFieldCount]phrase{
	match.MasterNIK: phraseNIK, match.MasterKK: phraseKK, match.MasterName: phraseName, match.MasterBirthPlace: phraseBirthPlace,
	match.MasterBirthDate: phraseBirthDate, match.MasterSex: phraseSex, match.MasterRelation: phraseRelation, match.MasterMother: phraseMother,
	match.MasterAddress: phraseAddress, match.MasterStatus: phraseStatus, match.MasterIdentifier: phraseIdentifier, match.MasterCentralID: phraseCentralID,
}

// MasterColumns are the headings of the master list.
func MasterColumns(o Options) []Column {
	l := o.Language
	columns := []Column{
		l.column("person_id", phrasePersonID, 16).of(CodeCell), l.column("outcome", phraseOutcome, 11), l.column("explanation", phraseExplanation, 48),
	}
	columns = append(columns, areaColumns(l)...)
	columns = append(columns,
		l.column("nik", phraseNIK, 18).of(CodeCell), l.column("nik_quality", phraseNIKQuality, 10), l.column("kk", phraseKK, 18).of(CodeCell),
		l.column("household", phraseHousehold, 11).of(IntegerCell), l.column("name", phraseName, 28), l.column("birth_place", phraseBirthPlace, 14),
		l.column("birth_date", phraseBirthDate, 13), l.column("sex", phraseSex, 5), l.column("relation", phraseRelation, 16),
		l.column("mother", phraseMother, 24), l.column("address", phraseAddress, 34), l.column("rt", phraseRT, 6).of(CodeCell),
		l.column("rw", phraseRW, 6).of(CodeCell), l.column("status", phraseStatus, 18), l.column("identifier", phraseIdentifier, 18),
		l.column("central_id", phraseCentralID, 16),
		l.column("reason", phraseReason, 24), l.column("to_correct", phraseToCorrect, 30), l.column("differences", phraseDifferences, 24),
	)
	for _, side := range besideSides {
		columns = append(columns, sourceColumns(l, side)...)
		columns = append(columns, side.column(l, "source_id", phraseSourceID, 16))
	}
	columns = append(columns,
		l.column("records", phraseRecords, 9).of(IntegerCell), l.column("merged_rows", phraseMergedRows, 34),
		l.column("rule", phraseRule, 15), l.column("weight", phraseWeight, 12).of(DecimalCell),
	)
	for f, title := range masterTitles {
		code := match.MasterField(f).String()
		columns = append(columns,
			Column{Name: code + "_from", Title: l.phrase(title) + ": " + l.phrase(phraseFrom), Width: 10},
			Column{Name: code + "_rule", Title: l.phrase(title) + ": " + l.phrase(phraseChosenBy), Width: 11},
		)
	}
	return columns
}

// Master writes one row per person of the master list, which list must know, and
// returns how many it wrote.
func Master(t Table, persons iter.Seq2[*match.MasterPerson, error], list *match.MasterList, o Options) (int, error) {
	w := newMasterWriter(list, o)
	n := 0
	for p, err := range persons {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addPerson(p, n)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// masterWriter writes the rows of the master list.
type masterWriter struct {
	writer
	list         *match.MasterList
	merged       match.Merged // of the row
	explanations map[masterSort]string
	differences  map[uint16]string // by a bit for each field
	kinds        map[match.KindSet]string
}

// masterSort is all that the explanation of a person depends on.
type masterSort struct {
	outcome match.Outcome
	reason  match.Reason
	kinds   match.KindSet // that leave a record without a link
}

func newMasterWriter(list *match.MasterList, o Options) *masterWriter {
	return &masterWriter{
		writer: newWriter(o), list: list,
		explanations: map[masterSort]string{}, differences: map[uint16]string{}, kinds: map[match.KindSet]string{},
	}
}

// addPerson writes the row of the person at a position of the list.
func (w *masterWriter) addPerson(p *match.MasterPerson, position int) {
	w.merged = p.Merge(&w.list.Precedence)
	w.add(Code(w.list.ID(position)), Text(p.Outcome.String()), Text(w.explanation(p)))
	w.addArea(w.merged.Person.Area)
	w.addIdentity(p, position)
	w.addHome(p)
	w.addRest(p)
	w.add(Text(w.reason(p)), Text(w.toCorrect(p)), Text(w.differing()))
	for side := range besideSides {
		w.addOrigin(p, match.Side(side))
	}
	records := len(p.Aside)
	for _, has := range p.Has {
		if has {
			records++
		}
	}
	w.add(Integer(int64(records)), Text(placesText(p.Aside)))
	w.addLink(p)
	for _, c := range w.merged.Choices {
		w.addCell(Text(c.From()))
		w.addCell(Text(c.Rule.String()))
	}
}

// addIdentity writes who the person is.
func (w *masterWriter) addIdentity(p *match.MasterPerson, position int) {
	person := &w.merged.Person
	household := Cell{Type: EmptyCell}
	if home := w.list.HomeOf(position); home != match.NoHome {
		household = Integer(int64(home) + 1)
	}
	w.add(
		w.number(digits(person.NIK), person.NIK), Text(nikQuality(person.NIK)), w.number(digits(person.KK), person.KK), household,
		w.personName(p, match.MasterName, normalize.FieldName, person.Name.Words),
		w.text(p, match.MasterBirthPlace, normalize.FieldBirthPlace, person.BirthPlace),
		Text(person.BirthDate.String()), Text(sexCode(person.Sex)),
		w.text(p, match.MasterRelation, normalize.FieldRelation, at(w.words.relations, person.Relation)),
		w.personName(p, match.MasterMother, normalize.FieldMother, person.Mother.Words),
	)
}

// addHome writes address, RT and RW.
func (w *masterWriter) addHome(p *match.MasterPerson) {
	address := &w.merged.Person.Address
	street := w.said(p, w.merged.Choices[match.MasterAddress].Side, normalize.FieldAddress)
	w.add(Text(street), Code(unit(address.RT)), Code(unit(address.RW)))
}

// addRest writes the status and the other numbers.
func (w *masterWriter) addRest(p *match.MasterPerson) {
	ids := [2]string{}
	for side := range ids {
		ids[side] = w.said(p, match.Side(side), normalize.FieldCentralID)
	}
	chosen := match.ChooseText(ids[match.Central], ids[match.Regional], w.list.Precedence[match.MasterCentralID])
	w.merged.Choices[match.MasterCentralID] = chosen
	w.add(
		w.text(p, match.MasterStatus, normalize.FieldStatus, at(w.words.statuses, w.merged.Person.Status)),
		w.text(p, match.MasterIdentifier, normalize.FieldIdentifier, ""),
		Text(ids[chosen.Side]),
	)
}

// addOrigin writes where the record of a side stands, and its id there.
func (w *masterWriter) addOrigin(p *match.MasterPerson, side match.Side) {
	if !p.Has[side] {
		w.add(Cell{Type: EmptyCell}, Cell{Type: EmptyCell}, Cell{Type: EmptyCell}, Cell{Type: EmptyCell})
		return
	}
	w.addSource(&p.Records[side])
	own, other := normalize.FieldCentralID, normalize.FieldIdentifier
	if side == match.Regional {
		own, other = other, own
	}
	id := w.said(p, side, own)
	if id == "" {
		id = w.said(p, side, other)
	}
	w.add(Text(id))
}

func (w *masterWriter) addLink(p *match.MasterPerson) {
	if p.Outcome != match.Matched {
		w.add(Cell{Type: EmptyCell}, Cell{Type: EmptyCell})
		return
	}
	w.add(Text(match.RuleCode(p.Link.Rule)), Decimal(p.Link.Weight))
}
