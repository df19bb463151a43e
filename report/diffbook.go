package report

import (
	"strings"

	"padan/match"
)

// NewDiffBook starts a workbook with the figures of a diff, which must be complete,
// on sheets to be printed; the rows that follow are those of Changes. The same
// rows give the same bytes.
func NewDiffBook(f *File, d *Diff, o Options) (Table, error) {
	b := &diffBook{book: newPrintedBook(f, o), tables: d.tables(o), cells: newWriter(o)}
	b.summary()
	runs := b.tables.about()[:2]
	moves := b.moves()
	b.book.table(&moves, runs...)
	for _, side := range d.Info.Sides {
		areas := b.areas(side)
		b.book.table(&areas, runs...)
	}
	return b.book.newList(f, b.tables.phrase(phraseChange), ChangeColumns(o))
}

// diffBook writes the figures of a diff.
type diffBook struct {
	book   *book
	tables diffTables
	cells  writer // of one row
	row    int    // of the summary, the next one
}

// title is that of a sheet.
func (b *diffBook) title(sheet string) string {
	return b.tables.phrase(phraseDiffTitle) + ": " + strings.ToUpper(sheet)
}

// The widths of the summary in characters: what is counted, and counts.
const (
	diffLabelWidth = 78
	diffCountWidth = 13
)

// diffCounts is the number of counts in a row of the summary, at most.
const diffCounts = 4

// summary writes what the terminal shows, but for the areas, on one page.
func (b *diffBook) summary() {
	name := b.tables.phrase(phraseDiffSummary)
	b.book.sheet(name)
	b.book.setWidth(1, diffLabelWidth)
	for i := range diffCounts {
		b.book.setWidth(2+i, diffCountWidth)
	}
	b.book.set(1, 1, cellStyle{kind: pageTitle}, b.title(name))
	b.row = 2
	for _, line := range b.tables.about() {
		b.book.paragraph(1, b.row, 1+diffCounts, cellStyle{kind: pageWrapped}, line)
		b.row++
	}
	b.small(b.tables.account())
	b.small(b.tables.kinds())
	b.small(b.tables.causes(b.tables.causeAtLength))
	b.small(b.tables.reasons())
	b.book.page(1)
}

// small writes a table on the summary.
func (b *diffBook) small(t *diffTable) {
	if len(t.rows) == 0 {
		return
	}
	b.row++
	head := cellStyle{kind: tableHead}
	b.book.set(1, b.row, head, t.texts[0])
	for i, title := range t.counts {
		b.book.set(2+i, b.row, head, title)
	}
	for _, row := range t.rows {
		b.row++
		b.book.paragraph(1, b.row, 1, cellStyle{kind: tableWrapped}, row.texts[0])
		for i, n := range row.counts {
			b.book.set(2+i, b.row, cellStyle{kind: tableCount}, n)
		}
	}
	b.row++
}

// moves counts the persons who changed by all that differs.
func (b *diffBook) moves() bookTable {
	name := b.tables.phrase(phraseDiffMoves)
	t := bookTable{name: name, title: b.title(name), frozen: 1}
	for _, c := range [...]struct {
		title phrase
		width float64
		wrap  bool
	}{
		{phraseChange, 25, false}, {phraseOutcomeBefore, 14, false}, {phraseReasonBefore, 44, true},
		{phraseOutcomeAfter, 14, false}, {phraseReasonAfter, 44, true}, {phraseCause, 26, false},
	} {
		t.columns = append(t.columns, bookColumn{title: b.tables.phrase(c.title), width: c.width, wrap: c.wrap})
	}
	words := b.tables.words
	var sum [2]int64
	for _, move := range b.tables.Moves(Whole) {
		before, after := &move.Change.Standing[match.Before], &move.Change.Standing[match.After]
		b.cells.add(
			Text(words.changes[move.Change.Kind]), Text(b.tables.outcome(before)), Text(at(words.reasons, before.Reason)),
			Text(b.tables.outcome(after)), Text(at(words.reasons, after.Reason)), Text(b.tables.cause(move.Change.Cause)),
		)
		b.addSides(move.Count)
		t.rows = append(t.rows, b.end(RecapKelurahan))
		for side, n := range move.Count {
			sum[side] += n
		}
	}
	for _, side := range b.tables.Info.Sides {
		t.columns = append(t.columns, bookColumn{title: b.tables.side(side), width: diffCountWidth})
	}
	b.cells.add(Text(b.tables.phrase(phraseTotal)))
	for range len(t.columns) - 1 - len(b.tables.Info.Sides) {
		b.cells.add(Text(""))
	}
	b.addSides(sum)
	t.sums = []bookRow{b.end(RecapTotal)}
	return t
}

func (b *diffBook) addSides(counts [2]int64) {
	for _, side := range b.tables.Info.Sides {
		b.cells.add(Integer(counts[side]))
	}
}

// end returns the row of the cells that were added.
func (b *diffBook) end(level RecapLevel) bookRow {
	row := bookRow{level: level, cells: append([]Cell(nil), b.cells.cells...)}
	b.cells.reset()
	return row
}
