package report

import (
	"cmp"
	"fmt"

	"padan/report/workbook"
)

// A further sheet begins after so many data rows, or before the sheet's XML
// comes near 4 GiB, which spreadsheet programs do not read.
const (
	maxSheetRows  = 1_000_000 // a sheet of Excel ends at 1,048,576
	maxSheetBytes = 4_000_000_000
)

// sheetStream writes rows under a heading over as many sheets of a workbook as they
// need: they are called "name", "name (2)" and so on.
type sheetStream struct {
	book     *workbook.Book
	name     string
	columns  []Column
	head     int                                       // style of the heading
	headText int                                       // of titles of the user's that would run as formulas; 0 if there are none
	lines    []styledLine                              // above the heading, a row each; one without a text is an empty row
	begin    func(sheet string) error                  // adds a sheet; its page is set up here
	end      func(sheet string, first, last int) error // after the rows first to last were written; or nil

	titleHeight float64 // of the first line, in points; 0 = the usual one
	headHeight  float64 // of the heading, in points; 0 = that of two lines of titles

	limit  int   // data rows of a sheet
	room   int64 // bytes of a sheet
	sheets int
	rows   *workbook.Rows // of the current sheet; nil before the first and after the last
	row    int            // of the current sheet
}

// styledLine is a text and the number of its style.
type styledLine struct {
	style int
	text  string
}

// start begins the first sheet.
func (s *sheetStream) start() error {
	if s.limit == 0 {
		s.limit, s.room = maxSheetRows, maxSheetBytes
	}
	return s.next()
}

// sheetName is the name of the current sheet.
func (s *sheetStream) sheetName() string {
	if s.sheets == 1 {
		return s.name
	}
	return fmt.Sprintf("%s (%d)", s.name, s.sheets)
}

// next finishes the current sheet and begins another with the heading.
func (s *sheetStream) next() error {
	if err := s.finish(); err != nil {
		return err
	}
	s.sheets++
	s.row = 0
	if err := s.begin(s.sheetName()); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	for i := len(s.columns) - 1; i >= 0; i-- { // excelize puts each column before the last one
		column := columnName(i + 1)
		if err := s.book.SetColWidth(s.sheetName(), column, column, float64(s.columns[i].Width)+2); err != nil {
			return fmt.Errorf("width: %w", err)
		}
	}
	var err error
	if s.rows, err = s.book.BeginRows(len(s.columns)); err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	return s.heads()
}

// heads writes what stands above the rows.
func (s *sheetStream) heads() error {
	height := s.titleHeight
	for _, line := range s.lines {
		s.beginRow(0, height)
		height = 0
		if line.text != "" {
			s.rows.Text(0, line.style, line.text)
		}
		if err := s.rows.End(); err != nil {
			return fmt.Errorf("title: %w", err)
		}
	}
	s.beginRow(0, cmp.Or(s.headHeight, 30))
	for i := range s.columns {
		style := s.head
		if s.headText != 0 && runsAsFormula(s.columns[i].Title) {
			style = s.headText
		}
		s.rows.Text(i, style, s.columns[i].Title)
	}
	if err := s.rows.End(); err != nil {
		return fmt.Errorf("heading: %w", err)
	}
	return nil
}

// heading is the row of the headings.
func (s *sheetStream) heading() int { return len(s.lines) + 1 }

func (s *sheetStream) beginRow(style int, height float64) {
	s.row++
	s.rows.Begin(s.row, style, height)
}

// write writes a row of a style and a height in points, 0 for the usual one. put
// writes the cell of a column, or leaves it out.
func (s *sheetStream) write(style int, height float64, cells []Cell, put func(rows *workbook.Rows, column int, c *Cell)) error {
	if s.row-s.heading() >= s.limit || s.rows.Written() > s.room {
		if err := s.next(); err != nil {
			return err
		}
	}
	s.beginRow(style, height)
	for i := range cells {
		put(s.rows, i, &cells[i])
	}
	if err := s.rows.End(); err != nil {
		return fmt.Errorf("row %d: %w", s.row, err)
	}
	return nil
}

// finish completes the current sheet: its dimension, the filter over its rows, and
// what its creator adds.
func (s *sheetStream) finish() error {
	if s.rows == nil {
		return nil
	}
	sheet, last := s.sheetName(), cellName(len(s.columns), s.row)
	if err := s.book.SetSheetDimension(sheet, "A1:"+last); err != nil {
		return fmt.Errorf("dimension: %w", err)
	}
	shell, err := s.book.NewStreamWriter(sheet) // writes at once what stands before the filter, which would change it
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := s.book.AutoFilter(sheet, cellName(1, s.heading())+":"+last, nil); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if s.end != nil {
		if err := s.end(sheet, s.heading()+1, s.row); err != nil {
			return err
		}
	}
	if err := s.book.EndRows(sheet, s.rows); err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	s.rows = nil
	if err := shell.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}
