package report

import (
	"fmt"
	"slices"

	"golang.org/x/text/message"

	"padan/match"
)

// WriteRecapBook writes the recap as an XLSX workbook that an office annexes to
// the record by which it hands its data over: a cover with the account of all
// rows and lines for signatures, the recap of every area, and what was found in
// the sources. All figures are those of the summary, which must be finished.
// The same summary gives the same bytes.
func WriteRecapBook(f *File, s *Summary, o Options) error {
	b := newPrintedBook(f, o)
	r := newRecapBook(s, o)
	r.cover(b)
	line, charts := r.runLine(), r.phrase(phraseChartSheet)
	b.sheet(charts) // drawn when its cells are written
	b.set(1, 1, cellStyle{kind: pageTitle}, r.phrase(phraseChartTitle))
	b.set(1, 2, cellStyle{kind: pageText}, line)
	b.page(0)
	for _, t := range r.tables() {
		b.table(&t, line)
	}
	b.drawCharts(charts)
	return b.close(f)
}

// recapBook makes the tables of the recap workbook from the figures of a run.
type recapBook struct {
	*Summary
	writer   // collects the cells of one row
	language Language
	numbers  *message.Printer
	accounts [2]Account // by side
	areaRows []RecapRow // the total comes last
}

func newRecapBook(s *Summary, o Options) *recapBook {
	r := &recapBook{Summary: s, writer: newWriter(o), language: o.Language, numbers: numbersOf(o.Language), areaRows: s.Recap.Rows()}
	for side := range r.accounts {
		r.accounts[side] = s.Account(match.Side(side))
	}
	return r
}

// tables lists the sheets below the cover.
func (r *recapBook) tables() []bookTable {
	tables := []bookTable{r.kotaTable(), r.kecamatanTable(), r.personTable(), r.cardTable()}
	if r.Recap.households {
		tables = append(tables, r.householdTables()...)
	}
	return append(tables,
		r.reasonTable(), r.conflictTable(), r.groupTable(), r.lowestTable(),
		r.weightTable(), r.qualityTable(), r.issueTable(), r.trendTable(), r.sourceTable(),
	)
}

func (r *recapBook) phrase(p phrase) string { return r.language.phrase(p) }

// end returns the cells that were added as a row of a table.
func (r *recapBook) end(level RecapLevel) bookRow {
	row := bookRow{level, slices.Clone(r.cells)}
	r.reset()
	return row
}

// runLine names the run.
func (r *recapBook) runLine() string {
	return fmt.Sprintf(r.phrase(phraseRunLine), r.Run.Number, r.language.moment(r.Run.Started), r.Run.Version)
}

// share is a part of a whole in percent; empty if there is no whole.
func share(part, whole int64) Cell {
	if whole == 0 {
		return Cell{Type: EmptyCell}
	}
	return Decimal(100 * float64(part) / float64(whole))
}
