package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"padan/match"
)

// RecapInfo is what the recap workbook says of its run.
type RecapInfo struct {
	Lines   []string // shown under the title: run, time, version
	Sources []string // shown on a sheet of their own, a line each
}

// recapBook writes the recap as sheets to be printed and annexed: persons, KK,
// and the KK of each side by composition.
type recapBook struct {
	book    *excelize.File
	name    string // of the current sheet
	last    int    // its last column
	options Options
	styles  recapStyles
	row     int // the next row to be written
	numbers int // the row that numbers the columns, last of the heading
}

// recapSheet is one sheet of the workbook: areas down, groups of counts across.
type recapSheet struct {
	name   string
	groups []recapGroup
	fill   func(w *writer, row *RecapRow) // writes the counts of a row
	note   phrase                         // stands below the rows; phraseCount = none
}

// recapGroup is columns under one heading.
type recapGroup struct {
	title   string
	columns []string
}

// outcomeSheet shows what became of persons or KK on both sides.
func outcomeSheet(l Language, unit, note phrase, counts func(*RecapRow) *[2]Counts) recapSheet {
	var columns []string
	for _, p := range recapPhrases {
		columns = append(columns, l.phrase(p))
	}
	s := recapSheet{name: l.phrase(phraseRecapSheet) + " " + l.phrase(unit), note: note}
	for _, side := range sidePhrases {
		s.groups = append(s.groups, recapGroup{l.phrase(side) + " (" + l.phrase(unit) + ")", columns})
	}
	s.fill = func(w *writer, row *RecapRow) {
		for _, side := range counts(row) {
			w.addCounts(side)
		}
	}
	return s
}

// WriteRecapBook writes the recap as an XLSX workbook, one sheet for persons, one
// for KK and, if households were added, one for the KK of each side by
// composition: title, numbered columns, every kelurahan, sums in bold, on A4
// landscape with repeated headings. The same recap gives the same bytes.
func WriteRecapBook(f *File, r *Recap, info RecapInfo, o Options) error {
	b := &recapBook{book: newBook(f), options: o}
	if err := b.fill(r, info); err != nil {
		_ = b.book.Close()
		f.discard()
		return failed(f.place, err)
	}
	return closeBook(b.book, f)
}

func (b *recapBook) fill(r *Recap, info RecapInfo) error {
	if err := setFixedProperties(b.book); err != nil {
		return err
	}
	if err := b.styles.fill(b.book, b.options.Language); err != nil {
		return err
	}
	l := b.options.Language
	persons := func(row *RecapRow) *[2]Counts { return &row.Persons }
	cards := func(row *RecapRow) *[2]Counts { return &row.Cards }
	sheets := []recapSheet{outcomeSheet(l, phrasePersons, phraseCount, persons), outcomeSheet(l, phraseCards, phraseRecapNote, cards)}
	if r.households {
		sheets = append(sheets, householdSheet(l, match.Central), householdSheet(l, match.Regional))
	}
	rows := r.Rows()
	existing := "Sheet1"
	for i := range sheets {
		if err := b.sheet(existing, &sheets[i], info, rows); err != nil {
			return err
		}
		existing = ""
	}
	return b.sources(info.Sources)
}

// sources lists on a sheet of its own what the recap was made from.
func (b *recapBook) sources(lines []string) error {
	b.name = b.options.Language.phrase(phraseRecapSources)
	if _, err := b.book.NewSheet(b.name); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := b.set(1, 1, b.styles.title, b.name); err != nil {
		return err
	}
	for i, line := range lines {
		if err := b.set(1, i+2, b.styles.small, line); err != nil {
			return err
		}
	}
	if err := b.book.SetColWidth(b.name, "A", "A", 140); err != nil {
		return fmt.Errorf("width: %w", err)
	}
	return b.page()
}

// sheet writes one sheet; existing is the sheet to be used, "" for a new one.
func (b *recapBook) sheet(existing string, s *recapSheet, info RecapInfo, rows []RecapRow) error {
	b.name = s.name
	var err error
	if existing == "" {
		_, err = b.book.NewSheet(b.name)
	} else {
		err = b.book.SetSheetName(existing, b.name)
	}
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	for _, step := range []func() error{
		func() error { return b.title(info) },
		func() error { return b.heading(s.groups) },
		func() error { return b.rows(s, rows) },
		b.layout,
		b.page,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *recapBook) set(column, row, style int, value any) error {
	place, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		err = b.book.SetCellValue(b.name, place, value)
	}
	if err == nil {
		err = b.book.SetCellStyle(b.name, place, place, style)
	}
	if err != nil {
		return fmt.Errorf("cell %s: %w", place, err)
	}
	return nil
}

func (b *recapBook) title(info RecapInfo) error {
	if err := b.set(1, 1, b.styles.title, b.options.Language.phrase(phraseRecapTitle)); err != nil {
		return err
	}
	b.row = 2
	for _, line := range info.Lines {
		if err := b.set(1, b.row, b.styles.plain, line); err != nil {
			return err
		}
		b.row++
	}
	b.row++
	return nil
}

// heading writes group and column names over each other, and the numbers of the
// columns below.
func (b *recapBook) heading(groups []recapGroup) error {
	top := b.row
	for i, c := range areaColumns(b.options.Language) {
		if err := b.head(i+1, top, i+1, top+1, c.Title); err != nil {
			return err
		}
	}
	b.last = areaCells
	for _, group := range groups {
		if err := b.head(b.last+1, top, b.last+len(group.columns), top, group.title); err != nil {
			return err
		}
		for _, title := range group.columns {
			b.last++
			if err := b.head(b.last, top+1, b.last, top+1, title); err != nil {
				return err
			}
		}
	}
	b.numbers = top + 2
	for i := 1; i <= b.last; i++ {
		if err := b.set(i, b.numbers, b.styles.number, fmt.Sprintf("(%d)", i)); err != nil {
			return err
		}
	}
	b.row = b.numbers + 1
	return nil
}

// head writes a heading over a block of cells.
func (b *recapBook) head(fromColumn, fromRow, toColumn, toRow int, text string) error {
	for column := fromColumn; column <= toColumn; column++ {
		for row := fromRow; row <= toRow; row++ {
			if err := b.set(column, row, b.styles.head, ""); err != nil {
				return err
			}
		}
	}
	if err := b.set(fromColumn, fromRow, b.styles.head, text); err != nil {
		return err
	}
	if fromColumn == toColumn && fromRow == toRow {
		return nil
	}
	from, _ := excelize.CoordinatesToCellName(fromColumn, fromRow) // coordinates are positive
	to, _ := excelize.CoordinatesToCellName(toColumn, toRow)       // coordinates are positive
	if err := b.book.MergeCell(b.name, from, to); err != nil {
		return fmt.Errorf("heading: %w", err)
	}
	return nil
}

// rows writes the areas and, below them, how they were counted.
func (b *recapBook) rows(s *recapSheet, rows []RecapRow) error {
	w := newWriter(b.options)
	for i := range rows {
		w.reset()
		w.addAreaNames(rows[i].Level, rows[i].Area)
		s.fill(&w, &rows[i])
		if err := b.cells(w.cells, &b.styles.rows[rows[i].Level]); err != nil {
			return err
		}
	}
	if s.note == phraseCount {
		return nil
	}
	return b.set(1, b.row+1, b.styles.plain, b.options.Language.phrase(s.note))
}

func (b *recapBook) cells(cells []Cell, styles *rowStyles) error {
	for i := range cells {
		c := &cells[i]
		style, value := styles.text, any(c.Text)
		switch c.Type {
		case IntegerCell:
			style, value = styles.count, int64(c.Number)
		case DecimalCell, ProbabilityCell:
			style, value = styles.percent, c.Number
		case TextCell, CodeCell, EmptyCell:
		}
		if err := b.set(i+1, b.row, style, value); err != nil {
			return err
		}
	}
	b.row++
	return nil
}
