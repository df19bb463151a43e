package report

import "strconv"

// bookTable is a table on a sheet of its own, ready to be printed: title, lines
// of text, heading, numbered columns, rows that can be filtered, sums and notes.
type bookTable struct {
	name    string // of the sheet
	title   string
	columns []bookColumn
	rows    []bookRow
	sums    []bookRow   // stand below the rows, outside the filter
	notes   []string    // stand below the table
	frozen  int         // first columns that stay on the screen
	charts  []bookChart // of its rows
}

// bookColumn heads one column.
type bookColumn struct {
	group string // stands over neighbours of the same group; "" = the title fills both lines
	title string
	width float64 // characters
	wrap  bool    // texts may be of several lines
	rate  bool    // numbers are match rates, to be coloured
}

// bookRow is a row of a table.
type bookRow struct {
	level RecapLevel
	cells []Cell
}

// tablePlace says where a table stands on its sheet; rows count from 1.
type tablePlace struct {
	head    int // first row of the heading
	grouped int // 1 if there is a line of groups, else 0
	numbers int // the row that numbers the columns, last of the heading
	last    int // last of the rows, sums not included
	next    int // first row below the sums
}

// table writes a table on a new sheet. lines stand below its title.
func (b *book) table(t *bookTable, lines ...string) {
	b.sheet(t.name)
	for i, c := range t.columns {
		b.setWidth(i+1, c.width)
	}
	b.set(1, 1, cellStyle{kind: pageTitle}, t.title)
	row := 2
	for _, line := range lines {
		b.set(1, row, cellStyle{kind: pageText}, line)
		row++
	}
	if t.hasRates() {
		b.legend(row, t)
		row++
	}
	place := b.heading(t, row+1)
	b.rows(t, &place)
	b.notes(t, &place)
	b.freeze(t.frozen, place.numbers)
	b.repeat(place.head, place.numbers)
	b.page(0)
	for i := range t.charts {
		b.chart(&t.charts[i], t, &place)
	}
}

func (t *bookTable) hasRates() bool {
	for _, c := range t.columns {
		if c.rate {
			return true
		}
	}
	return false
}

// legend explains the colours of match rates, in the columns of counts.
func (b *book) legend(row int, t *bookTable) {
	b.set(1, row, cellStyle{kind: pageText}, b.phrase(phraseLegend))
	column := max(t.frozen, 1) + 1
	for band, label := range bandLabels(b.options.Language) {
		if band == 0 {
			continue
		}
		to := column
		for width := b.width(column); width < legendWidth && to < len(t.columns); width += b.width(to) {
			to++
		}
		b.block(column, row, to, row, cellStyle{kind: pageLegend, band: int8(band)}, label)
		column = to + 1
	}
}

// legendWidth is what a label of the legend takes, in characters.
const legendWidth = 11

// heading writes groups and titles over each other, and the numbers of the
// columns below.
func (b *book) heading(t *bookTable, top int) tablePlace {
	place := tablePlace{head: top, grouped: t.groupLines()}
	below := top + place.grouped
	head := cellStyle{kind: tableHead}
	for from := 0; from < len(t.columns); {
		c := t.columns[from]
		if c.group == "" {
			b.block(from+1, top, from+1, below, head, c.title)
			from++
			continue
		}
		to := from
		for to < len(t.columns) && t.columns[to].group == c.group {
			b.set(to+1, below, head, t.columns[to].title)
			to++
		}
		b.block(from+1, top, to, top, head, c.group)
		from = to
	}
	b.height(below, lineHeight*float64(t.headLines())+2)
	place.numbers = below + 1
	for i := range t.columns {
		b.set(i+1, place.numbers, cellStyle{kind: tableNumber}, "("+strconv.Itoa(i+1)+")")
	}
	return place
}

// groupLines is 1 if there are groups of columns, else 0.
func (t *bookTable) groupLines() int {
	for _, c := range t.columns {
		if c.group != "" {
			return 1
		}
	}
	return 0
}

// headLines is the number of lines that the titles take in the last row of the
// heading.
func (t *bookTable) headLines() int {
	lines := 1
	for _, c := range t.columns {
		needs := textLines(c.title, c.width-headMargin, 10)
		if c.group == "" {
			needs -= t.groupLines()
		}
		lines = max(lines, needs)
	}
	return lines
}

// headMargin is what bold type and the sides of a cell take of the width of a
// heading.
const headMargin = 1.5

// rows writes the rows, with a filter over them, and the sums.
func (b *book) rows(t *bookTable, place *tablePlace) {
	row := place.numbers + 1
	for i := range t.rows {
		b.cells(t.columns, 1, row, &t.rows[i])
		row++
	}
	place.last = row - 1
	if len(t.rows) > 0 {
		b.do("filter", func() error {
			return b.file.AutoFilter(b.name, cellName(1, place.numbers)+":"+cellName(len(t.columns), place.last), nil)
		})
	}
	for i := range t.sums {
		b.cells(t.columns, 1, row, &t.sums[i])
		row++
	}
	place.next = row
}

// cells writes a row of a table from a column on.
func (b *book) cells(columns []bookColumn, from, row int, r *bookRow) {
	lines := 1
	for i := range r.cells {
		c := &r.cells[i]
		style := cellStyle{kind: tableText, level: r.level}
		if columns[i].wrap {
			style.kind = tableWrapped
			lines = max(lines, textLines(c.Text, columns[i].width, 10))
		}
		var value any
		switch c.Type {
		case IntegerCell:
			style.kind, value = tableCount, int64(c.Number)
		case DecimalCell, ProbabilityCell:
			style.kind, value = tablePercent, c.Number
			if columns[i].rate {
				style.band = bandOf(c.Number)
			}
		case TextCell, CodeCell:
			if c.Text != "" {
				value = c.Text
			}
		case EmptyCell:
		}
		b.set(from+i, row, style, value)
	}
	if lines > 1 {
		b.height(row, lineHeight*float64(min(lines, mostLines)))
	}
}

// mostLines is what a row shows of a text; a row of a spreadsheet ends at 409
// points.
const mostLines = 25

// notes writes what there is to be said below the table.
func (b *book) notes(t *bookTable, place *tablePlace) {
	for _, note := range t.notes {
		place.next++
		b.paragraph(1, place.next, len(t.columns), cellStyle{kind: pageWrapped}, note)
	}
	place.next++
}
