package report

import (
	"iter"
	"strings"

	"padan/match"
	"padan/normalize"
)

// MasterHomeColumns are the headings of the households of the master list.
func MasterHomeColumns(o Options) []Column {
	l := o.Language
	columns := []Column{
		l.column("household", phraseHousehold, 11).of(IntegerCell), l.column("kind", phraseKind, 25), l.column("explanation", phraseExplanation, 44),
	}
	columns = append(columns, areaColumns(l)...)
	columns = append(columns,
		l.column("kk", phraseKK, 18).of(CodeCell), l.column("head", phraseHead, 28), l.column("head_id", phraseHeadID, 16).of(CodeCell),
		l.column("persons", phraseHomePersons, 9).of(IntegerCell), l.column("address", phraseAddress, 34),
		l.column("rt", phraseRT, 6).of(CodeCell), l.column("rw", phraseRW, 6).of(CodeCell),
		l.column("persons_matched", phraseMembersLinked, 10).of(IntegerCell), l.column("persons_undecided", phraseMembersUndecided, 10).of(IntegerCell),
	)
	for _, side := range besideSides {
		columns = append(columns, side.column(l, "persons_only", phraseMembersOnly, 14).of(IntegerCell))
	}
	for _, side := range besideSides {
		columns = append(columns, side.column(l, "kk", phraseKK, 18).of(CodeCell))
	}
	return append(columns,
		Column{Name: "kk_from", Title: l.phrase(phraseKK) + ": " + l.phrase(phraseFrom), Width: 10},
		Column{Name: "kk_rule", Title: l.phrase(phraseKK) + ": " + l.phrase(phraseChosenBy), Width: 11},
	)
}

// ShownHomes are the texts of the households of a master list, by index: the name
// of the head and where the household lives.
type ShownHomes []shownHome

type shownHome struct {
	name, address string
	area          normalize.Area
	rt, rw        uint16
}

// ShowHomes goes through the persons of a master list and keeps what is shown of
// those who stand for a household.
func ShowHomes(persons iter.Seq2[*match.MasterPerson, error], list *match.MasterList, o Options) (ShownHomes, error) {
	w := newMasterWriter(list, o)
	homes := list.Homes.All()
	shown := make(ShownHomes, len(homes))
	position := int32(-1)
	for p, err := range persons {
		if err != nil {
			return nil, err
		}
		position++
		at := list.HomeOf(int(position))
		if at == match.NoHome || homes[at].Shown != position {
			continue
		}
		w.merged = p.Merge(&list.Precedence)
		person := &w.merged.Person
		name := w.personName(p, match.MasterName, normalize.FieldName, person.Name.Words).Text
		address := w.said(p, w.merged.Choices[match.MasterAddress].Side, normalize.FieldAddress)
		area := person.Area
		area.Place, area.Postcode, area.State = strings.Clone(area.Place), "", "" // without the memory of the record
		shown[at] = shownHome{strings.Clone(name), strings.Clone(address), area, person.Address.RT, person.Address.RW}
	}
	return shown, nil
}

// MasterHomes writes one row per household of the master list, under its number,
// and returns how many it wrote.
func MasterHomes(t Table, shown ShownHomes, list *match.MasterList, o Options) (int, error) {
	w := &masterHomeWriter{writer: newWriter(o), list: list, households: newHouseholdWriter(o)}
	homes := list.Homes.All()
	for i := range homes {
		w.reset()
		w.addHousehold(i+1, &homes[i], &shown[i])
		if err := t.WriteRow(w.cells); err != nil {
			return i, err
		}
	}
	return len(homes), nil
}

// masterHomeWriter writes the rows of the households of a master list.
type masterHomeWriter struct {
	writer

	list       *match.MasterList
	households *householdWriter // knows what the kinds mean
}

func (w *masterHomeWriter) addHousehold(number int, h *match.MasterHome, shown *shownHome) {
	kinds := w.households.sentencesOf(&match.HouseholdLink{Kinds: h.Kinds, Linked: h.Linked})
	w.add(Integer(int64(number)), Text(h.Kinds.String()), Text(kinds.explanation))
	card, choice := match.MergeCards(h.Cards[match.Central], h.Cards[match.Regional], w.list.Precedence[match.MasterKK])
	area := shown.area
	if h.Persons() == 0 {
		area = normalize.Area{Code: h.Areas[choice.Side]}
	}
	w.addArea(area)
	head, headID := Cell{Type: EmptyCell}, Cell{Type: EmptyCell}
	if h.HasHead {
		head, headID = Text(shown.name), Code(w.list.ID(int(h.Shown)))
	}
	w.add(w.number(digits(card), card), head, headID, Integer(int64(h.Persons())))
	w.add(Text(shown.address), Code(unit(shown.rt)), Code(unit(shown.rw)))
	w.add(Integer(int64(h.Matched)), Integer(int64(h.Undecided)), Integer(int64(h.Only[match.Central])), Integer(int64(h.Only[match.Regional])))
	for _, number := range h.Cards {
		w.add(w.number(digits(number), number))
	}
	w.add(Text(choice.From()), Text(choice.Rule.String()))
}
