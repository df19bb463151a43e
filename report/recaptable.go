package report

import "padan/match"

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
				column := Column{Name: name, Title: title, Width: 11, Type: IntegerCell}
				if p == phrasePercent {
					column.Type = DecimalCell
				}
				columns = append(columns, column)
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
		w.addAreaNames(row.Level, row.Area)
		for side := range row.Persons {
			w.addCounts(row.Persons[side])
			w.addCounts(row.Cards[side])
		}
		for side := range row.Households {
			w.addIntegers(row.Households[side][:])
		}
		if err := t.WriteRow(w.cells); err != nil {
			return err
		}
	}
	return nil
}

// addCounts writes what recapPhrases head; an empty area has no percentage.
func (w *writer) addCounts(c Counts) {
	w.add(Integer(c.Total()))
	w.addOutcomes(c)
}

// addOutcomes writes what addCounts does but for the total.
func (w *writer) addOutcomes(c Counts) {
	for _, o := range match.Outcomes {
		w.add(Integer(c[o]))
	}
	if c.Total() == 0 {
		w.add(Cell{Type: EmptyCell})
		return
	}
	w.add(Decimal(c.Percent()))
}
