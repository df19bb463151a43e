package report

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"padan/match"
	"padan/normalize"
)

// areaPerson is a person of the master list as far as the place in a workbook
// needs it.
type areaPerson struct {
	area uint32 // as the recap has it
	card uint64 // see cardOrder
	key  match.MasterKey
	at   int32 // position in the master list
}

// ExpectPersons makes room for so many persons.
func (x *AreaIndex) ExpectPersons(n int64) { x.persons = slices.Grow(x.persons, int(n)) }

// AddPerson takes the next person of the master list, who lies in the area that was
// chosen for the person.
func (x *AreaIndex) AddPerson(p *match.MasterPerson, merged *match.Merged) {
	person := areaPerson{
		area: uint32(recapArea(merged.Person.Area.Code)), card: cardOrder(merged.Person.KK, merged.Person.Relation == normalize.RelationHead), at: int32(len(x.persons)),
	}
	for side := range p.Records {
		person.key[side] = p.Records[side].ID
	}
	x.persons = append(x.persons, person)
}

// cutPersons sorts the persons by area, household and position, and gives each part
// its own.
func (x *AreaIndex) cutPersons(part func(area uint32) *AreaPart) {
	slices.SortFunc(x.persons, func(a, b areaPerson) int {
		return cmp.Or(cmp.Compare(areaOrder(a.area), areaOrder(b.area)), cmp.Compare(a.card, b.card), cmp.Compare(a.at, b.at))
	})
	of := func(i int) uint32 { return uint32(x.level.of(uint64(x.persons[i].area))) }
	for from := 0; from < len(x.persons); {
		to := from + 1
		for to < len(x.persons) && of(to) == of(from) {
			to++
		}
		part(of(from)).persons = x.persons[from:to:to]
		from = to
	}
}

// Persons is the number of persons of the master list who live here.
func (p *AreaPart) Persons() int { return len(p.persons) }

// Person names the person at a place of the list of the area.
func (p *AreaPart) Person(i int) match.MasterKey { return p.persons[i].key }

// master lists the persons who live here, one row each, with the values that were
// chosen among both sides.
func (b *areaBook) master(persons iter.Seq2[match.MasterPerson, error], list *match.MasterList) error {
	language := b.options.Language
	l := &areaList{name: phraseListMaster, title: phraseTitleMaster, note: phraseNoteMaster, count: b.listed(b.part.Persons())}
	l.columns = append([]Column{
		language.column("number", phraseOrdinal, 4).of(IntegerCell), language.column("person_id", phrasePersonID, 12),
	}, personColumns(language)...)
	l.columns = append(l.columns, language.column("explanation", phraseExplanation, 22), language.column("origin", phraseOrigin, 20), placesColumn(language))
	sheet, err := b.list(l)
	if err != nil {
		return err
	}
	w, n, groups := newMasterWriter(list, b.options), 0, rowGroups{}
	for p, err := range persons {
		if err != nil {
			return err
		}
		w.reset()
		w.addBrief(&p, n+1, int(b.part.persons[n].at))
		n++
		person := &w.merged.Person
		if err := sheet.add(w.cells, groups.household(person.KK, person.Area.Code)); err != nil {
			return err
		}
	}
	return sheet.close(b.phrase(phraseNothing))
}

// addBrief writes who a person is, for persons to read.
func (w *masterWriter) addBrief(p *match.MasterPerson, number, position int) {
	w.merged = p.Merge(&w.list.Precedence)
	person := &w.merged.Person
	w.add(
		Integer(int64(number)), Code(w.list.ID(position)), w.number(digits(person.KK), person.KK), w.number(digits(person.NIK), person.NIK),
		w.personName(p, match.MasterName, normalize.FieldName, person.Name.Words), Text(sexCode(person.Sex)), Text(person.BirthDate.String()),
		w.text(p, match.MasterRelation, normalize.FieldRelation, at(w.words.relations, person.Relation)),
	)
	home := w.merged.Choices[match.MasterAddress].Side
	var places []string
	for side := range p.Has {
		if p.Has[side] {
			places = append(places, w.place(&p.Records[side]))
		}
	}
	w.add(
		Text(w.masked(address(&p.Records[home]))), Text(joined("/", unit(person.Address.RT), unit(person.Address.RW))),
		Text(kelurahan(person.Area)), Text(w.explanation(p)), Text(w.origins(p)), Text(strings.Join(places, "\n")),
	)
}

// origins says of which side the values are where both sides differ.
func (w *masterWriter) origins(p *match.MasterPerson) string {
	var texts []string
	for f, title := range masterTitles {
		if c := w.merged.Choices[f]; c.Differs() && p.Has[match.Central] && p.Has[match.Regional] {
			texts = append(texts, w.words.phrases[title]+": "+w.side(c.Side))
		}
	}
	return strings.Join(texts, "\n")
}
