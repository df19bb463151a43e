package report

import (
	"iter"

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

// MasterHomes writes one row per household of the master list, under its number,
// and returns how many it wrote. shown are the persons that MasterHome.Shown
// names, one for each household, empty where it has none.
func MasterHomes(t Table, shown iter.Seq2[match.MasterPerson, error], list *match.MasterList, o Options) (int, error) {
	w := &masterHomeWriter{masterWriter: newMasterWriter(list, o), households: newHouseholdWriter(o)}
	homes := list.Homes.All()
	n := 0
	for p, err := range shown {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addHousehold(n+1, &homes[n], &p)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// masterHomeWriter writes the rows of the households of a master list.
type masterHomeWriter struct {
	*masterWriter

	households *householdWriter // knows what the kinds mean
}

// addHousehold writes the row of a household, of which p is the head or the first
// person.
func (w *masterHomeWriter) addHousehold(number int, h *match.MasterHome, p *match.MasterPerson) {
	w.merged = p.Merge(&w.list.Precedence)
	kinds := w.households.sentencesOf(&match.HouseholdLink{Kinds: h.Kinds, Linked: h.Linked})
	w.add(Integer(int64(number)), Text(h.Kinds.String()), Text(kinds.explanation))
	card, choice := match.MergeCards(h.Cards[match.Central], h.Cards[match.Regional], w.list.Precedence[match.MasterKK])
	area := w.merged.Person.Area
	if h.Persons() == 0 {
		area = normalize.Area{Code: h.Areas[choice.Side]}
	}
	w.addArea(area)
	head, headID := Cell{Type: EmptyCell}, Cell{Type: EmptyCell}
	if h.HasHead {
		head = w.personName(p, match.MasterName, normalize.FieldName, w.merged.Person.Name.Words)
		headID = Code(w.list.ID(int(h.Shown.Position)))
	}
	w.add(w.number(digits(card), card), head, headID, Integer(int64(h.Persons())))
	w.addHome(p)
	w.add(Integer(int64(h.Matched)), Integer(int64(h.Undecided)), Integer(int64(h.Only[match.Central])), Integer(int64(h.Only[match.Regional])))
	for _, number := range h.Cards {
		w.add(w.number(digits(number), number))
	}
	w.add(Text(choice.From()), Text(choice.Rule.String()))
}
