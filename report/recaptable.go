package report

import (
	"cmp"

	"padan/match"
)

// RecapColumns are the headings of the recap.
func RecapColumns(o Options) []Column {
	l := o.Language
	columns := areaColumns(l)
	for i, side := range sidePhrases {
		for _, unit := range [...]struct {
			name  string
			title phrase
		}{{"persons", phrasePersons}, {"kk", phraseCards}} {
			for k, p := range recapPhrases {
				name := match.Side(i).String() + "_" + unit.name + "_" + recapNames[k]
				title := l.phrase(side) + " " + l.phrase(unit.title) + " " + l.phrase(p)
				columns = append(columns, Column{name, title, 11})
			}
		}
	}
	return append(columns, householdColumns(l)...)
}

// sidePhrases name the sides.
var sidePhrases = [...]phrase{match.Central: phraseCentral, match.Regional: phraseRegional}

// recapPhrases are the columns of each side and unit, in order.
var recapPhrases = [...]phrase{
	phraseAll, phraseMatched, phraseConflict, phraseUnmatched, phraseDuplicates, phrasePercent,
}

// recapNames are the stable codes of the columns.
var recapNames = [...]string{"all", "matched", "conflict", "unmatched", "duplicate", "percent"}

// WriteRecap writes the rows of the recap, totals included.
func WriteRecap(t Table, r *Recap, o Options) error {
	w := newWriter(o)
	for _, row := range r.Rows() {
		w.reset()
		w.addRecapArea(&row)
		for side := range row.Persons {
			w.addCounts(row.Persons[side])
			w.addCounts(row.Cards[side])
		}
		for side := range row.Households {
			w.addHouseholds(&row.Households[side])
		}
		if err := t.WriteRow(w.cells); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) addRecapArea(row *RecapRow) {
	kota, kecamatan, kelurahan := row.names(w.options.Language)
	w.add(Text(kota), Text(kecamatan), Text(kelurahan), Code(areaCode(row.Area.Code)))
}

// names names the row: sums are called so in the column below their area.
func (row *RecapRow) names(l Language) (kota, kecamatan, kelurahan string) {
	a, sum := row.Area, l.phrase(phraseSubtotal)
	switch {
	case row.Level == RecapTotal:
		return l.phrase(phraseTotal), "", ""
	case a.Code == jakarta:
		return l.phrase(phraseUnknownKota), "", ""
	case a.Kota == "":
		return l.phrase(phraseOutside), "", ""
	case row.Level == RecapKota:
		return a.Kota, sum, ""
	case row.Level == RecapKecamatan:
		return a.Kota, a.Kecamatan, sum
	}
	unknown := l.phrase(phraseUnknown)
	return a.Kota, cmp.Or(a.Kecamatan, unknown), cmp.Or(a.Kelurahan, unknown)
}

// addCounts writes what recapPhrases head; an empty area has no percentage.
func (w *writer) addCounts(c Counts) {
	w.add(Integer(c.Total()))
	for _, o := range match.Outcomes {
		w.add(Integer(c[o]))
	}
	if c.Total() == 0 {
		w.add(Cell{Type: EmptyCell})
		return
	}
	w.add(Decimal(c.Percent()))
}
