package report

import (
	"fmt"
	"iter"
	"strings"

	"padan/match"
	"padan/normalize"
)

// LookupDirection says what it means that somebody is found.
type LookupDirection string

// The directions. In a list of reference it is good to be in the master list; who
// is on a list of exclusion may lose an aid by it.
const (
	LookupReference LookupDirection = "reference"
	LookupExclusion LookupDirection = "exclusion"
)

// LookupRow is a row of a list and what was found for it.
type LookupRow struct {
	Place    match.Place
	Sheet    int // of LookupLayout
	Cells    []string
	NIK, KK  normalize.Number // of the row
	Rejected string           // stable code of why it could not be read
	Hit      match.Hit        // Status is set for every row; of a duplicate, Persons are those of the row that stands for it
	Of       match.Place      // the row that stands for a duplicate
	// Person is the one of Hit.Persons if it is only one, else empty.
	Person match.MasterPerson
}

// LookupColumns are the headings of the result of a lookup, the columns of the
// list last.
func LookupColumns(layout *LookupLayout, o Options) []Column {
	l := o.Language
	columns := []Column{l.column("status", phraseLookupStatus, 11), l.column("verdict", phraseVerdict, 60)}
	columns = append(columns, sourceColumns(l, beside{})...)
	master := func(name string, title phrase, width int) Column { return besideMaster.column(l, name, title, width) }
	columns = append(columns,
		master("person_id", phrasePersonID, 16).of(CodeCell), master("outcome", phraseOutcome, 11), master("nik", phraseNIK, 18).of(CodeCell),
		master("kk", phraseKK, 18).of(CodeCell), master("name", phraseName, 28), master("birth_date", phraseBirthDate, 13),
	)
	columns = append(columns, areaColumns(l)...)
	columns = append(columns,
		l.column("evidence", phraseEvidence, 60), l.column("weight", phraseWeight, 12).of(DecimalCell), l.column("reason", phraseReason, 24),
	)
	columns = append(columns, sourceColumns(l, besideKept)...)
	return append(columns, layout.columns(columns, l)...)
}

// Lookup writes one row per row of the list, in its order, and returns how many it
// wrote.
func Lookup(t Table, rows iter.Seq2[LookupRow, error], list *match.MasterList, layout *LookupLayout, direction LookupDirection, o Options) (int, error) {
	w := &lookupWriter{
		masterWriter: newMasterWriter(list, o), evidence: newEvidenceWriter(o), layout: layout,
		verdicts: o.Language.catalogue().lookups[direction],
	}
	n := 0
	for r, err := range rows {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addLookup(&r)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// lookupWriter writes the rows of a lookup.
type lookupWriter struct {
	*masterWriter

	evidence *evidenceWriter
	layout   *LookupLayout
	verdicts map[match.LookupStatus]string
}

func (w *lookupWriter) addLookup(r *LookupRow) {
	w.add(Text(r.Hit.Status.String()), Text(w.verdict(r)), Text(r.Place.Source), Text(r.Place.Sheet), Integer(int64(r.Place.Row)))
	w.addFound(r)
	w.addEvidence(r)
	if r.Hit.Status == match.LookupDuplicate {
		w.add(Text(r.Of.Source), Text(r.Of.Sheet), Integer(int64(r.Of.Row)))
	} else {
		w.add(Cell{Type: EmptyCell}, Cell{Type: EmptyCell}, Cell{Type: EmptyCell})
	}
	w.layout.add(&w.writer, r)
}

// addFound writes the person of the master list, or the ids of all that it may be.
func (w *lookupWriter) addFound(r *LookupRow) {
	ids := make([]string, len(r.Hit.Persons))
	for i, position := range r.Hit.Persons {
		ids[i] = w.list.ID(int(position))
	}
	w.add(Code(strings.Join(ids, "; ")))
	if len(ids) != 1 {
		for range 5 + areaCells {
			w.add(Cell{Type: EmptyCell})
		}
		return
	}
	p := &r.Person
	w.merged = p.Merge(&w.list.Precedence)
	person := &w.merged.Person
	w.add(
		Text(p.Outcome.String()), w.number(digits(person.NIK), person.NIK), w.number(digits(person.KK), person.KK),
		w.personName(p, match.MasterName, normalize.FieldName, person.Name.Words), Text(person.BirthDate.String()),
	)
	w.addArea(person.Area)
}

// addEvidence writes what speaks for the pair, or why there is none.
func (w *lookupWriter) addEvidence(r *LookupRow) {
	if r.Hit.Vector == (match.Vector{}) {
		w.add(Cell{Type: EmptyCell}, Cell{Type: EmptyCell})
	} else {
		var found normalize.Number
		if len(r.Hit.Persons) == 1 && r.Hit.Status != match.LookupDuplicate {
			found = w.merged.Person.NIK
		}
		w.add(Text(w.evidence.sentence(r.Hit.Vector, found, r.NIK)), Decimal(r.Hit.Weight))
	}
	w.add(Text(r.reason()))
}

// reason is the code of why a row is not simply in.
func (r *LookupRow) reason() string {
	switch {
	case r.Hit.Status == match.LookupRejected:
		return r.Rejected
	case r.Hit.Kind != match.KindNone:
		return r.Hit.Kind.String()
	default:
		return r.Hit.Reason.String()
	}
}

// verdict says in words what was found and what that means.
func (w *lookupWriter) verdict(r *LookupRow) string {
	text := w.verdicts[r.Hit.Status]
	switch r.Hit.Status {
	case match.LookupNotIn:
		text = fmt.Sprintf(text, at(w.words.lookupReasons, r.Hit.Reason))
	case match.LookupDoubt:
		text = fmt.Sprintf(text, w.doubt(r))
	case match.LookupDuplicate:
		text = fmt.Sprintf(text, placesText([]match.Place{r.Of}))
	case match.LookupRejected:
		text = fmt.Sprintf(text, w.words.rejections[r.Rejected])
	case match.LookupIn:
	}
	if len(r.Hit.Persons) == 1 && r.Person.Outcome == match.Conflicted {
		text += " " + w.words.phrases[phraseLookupUndecided]
	}
	return text
}

// doubt says why a person must look.
func (w *lookupWriter) doubt(r *LookupRow) string {
	if r.Hit.Kind == match.KindNone {
		return at(w.words.lookupReasons, r.Hit.Reason)
	}
	return at(w.words.lookupKinds, r.Hit.Kind)
}
