package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// A further sheet begins after so many data rows, or before the sheet's XML
// comes near 4 GiB, which spreadsheet programs do not read.
const (
	maxSheetRows  = 1_000_000 // a sheet of Excel ends at 1,048,576
	maxSheetBytes = 4_000_000_000
	cellBytes     = 64 // of XML around the text of a cell, amply
)

// sheetStream writes rows under a heading over as many sheets of a workbook as they
// need: they are called "name", "name (2)" and so on.
type sheetStream struct {
	book    *excelize.File
	name    string
	columns []Column
	head    int                                       // style of the heading
	lines   []excelize.Cell                           // above the heading, a row each
	begin   func(sheet string) error                  // adds a sheet; its page is set up here
	end     func(sheet string, first, last int) error // after the rows first to last were written; or nil

	limit  int   // data rows of a sheet
	room   int64 // bytes of a sheet
	sheet  *excelize.StreamWriter
	sheets int
	row    int             // of the current sheet
	bytes  int64           // of the current sheet, estimated
	cells  []any           // of the row being written, or nil
	styled []excelize.Cell // what cells point to
}

// start begins the first sheet.
func (s *sheetStream) start() error {
	if s.limit == 0 {
		s.limit, s.room = maxSheetRows, maxSheetBytes
	}
	s.cells, s.styled = make([]any, len(s.columns)), make([]excelize.Cell, len(s.columns))
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
	if err := s.begin(s.sheetName()); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	var err error
	if s.sheet, err = s.book.NewStreamWriter(s.sheetName()); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	s.row, s.bytes = 0, 0
	for i := len(s.columns) - 1; i >= 0; i-- { // excelize puts each column before the last one
		if err := s.sheet.SetColWidth(i+1, i+1, float64(s.columns[i].Width)+2); err != nil {
			return fmt.Errorf("width: %w", err)
		}
	}
	for i := range s.lines {
		if err := s.put([]any{&s.lines[i]}, excelize.RowOpts{}); err != nil {
			return fmt.Errorf("title: %w", err)
		}
	}
	head := make([]any, len(s.columns))
	for i, c := range s.columns {
		head[i] = excelize.Cell{StyleID: s.head, Value: c.Title}
	}
	if err := s.put(head, excelize.RowOpts{Height: 30}); err != nil {
		return fmt.Errorf("heading: %w", err)
	}
	return nil
}

// heading is the row of the headings.
func (s *sheetStream) heading() int { return len(s.lines) + 1 }

func (s *sheetStream) put(cells []any, o excelize.RowOpts) error {
	s.row++
	return s.sheet.SetRow(cellName(1, s.row), cells, o)
}

// write writes a row. set gives a cell its value and style; false leaves it out.
// A style of the row spares excelize a search for one in each cell.
func (s *sheetStream) write(row excelize.RowOpts, cells []Cell, set func(column int, to *excelize.Cell, c *Cell) bool) error {
	if s.row-s.heading() >= s.limit || s.bytes > s.room {
		if err := s.next(); err != nil {
			return err
		}
	}
	for i := range cells {
		s.cells[i] = nil
		if set(i, &s.styled[i], &cells[i]) {
			s.cells[i] = &s.styled[i]
			s.bytes += int64(cellBytes + len(cells[i].Text))
		}
	}
	if err := s.put(s.cells[:len(cells)], row); err != nil {
		return fmt.Errorf("row %d: %w", s.row, err)
	}
	return nil
}

// finish sets the filter, which must be known before the sheet is flushed.
func (s *sheetStream) finish() error {
	if s.sheet == nil {
		return nil
	}
	area := cellName(1, s.heading()) + ":" + cellName(len(s.columns), s.row)
	if err := s.book.AutoFilter(s.sheetName(), area, nil); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if s.end != nil {
		if err := s.end(s.sheetName(), s.heading()+1, s.row); err != nil {
			return err
		}
	}
	if err := s.sheet.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}
