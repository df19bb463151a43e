package report

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// A further sheet begins after so many data rows, or before the sheet's XML
// comes near 4 GiB, which spreadsheet programs do not read.
const (
	maxSheetRows  = 1_000_000 // a sheet of Excel ends at 1,048,576
	maxSheetBytes = 4_000_000_000
	cellBytes     = 64 // of XML around the text of a cell, amply
)

// xlsxTable writes one table over as many sheets as it needs.
type xlsxTable struct {
	file    *File
	book    *excelize.File
	sheet   *excelize.StreamWriter
	name    string // of the first sheet
	columns []Column
	sheets  int
	row     int   // of the current sheet
	bytes   int64 // of the current sheet, estimated
	limit   int   // data rows of a sheet
	room    int64 // bytes of a sheet
	styles  xlsxStyles
	cells   []any           // of the row being written, or nil
	styled  []excelize.Cell // what cells point to
}

// xlsxStyles are the style numbers of one workbook.
type xlsxStyles struct{ head, plain, text, integer, decimal, probability int }

// NewXLSX starts a workbook whose first sheet has the given name; further sheets
// are called "name (2)" and so on. The same rows give the same bytes.
func NewXLSX(f *File, name string, columns []Column) (Table, error) {
	return newXLSX(f, name, columns)
}

func newXLSX(f *File, name string, columns []Column) (*xlsxTable, error) {
	t := &xlsxTable{
		file: f, book: newBook(f), name: name, columns: columns, limit: maxSheetRows, room: maxSheetBytes,
		cells: make([]any, len(columns)), styled: make([]excelize.Cell, len(columns)),
	}
	if err := t.start(); err != nil {
		t.Abort()
		return nil, failed(f.place, err)
	}
	return t, nil
}

func (t *xlsxTable) start() error {
	sixDecimals := "0.000000"
	font := &excelize.Font{Family: fontFamily, Size: 10}
	indented := &excelize.Alignment{Horizontal: "right", Indent: 1} // away from the text to the right
	for _, s := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&t.styles.head, headStyle()},
		{&t.styles.plain, &excelize.Style{Font: font}},
		{&t.styles.text, &excelize.Style{Font: font, NumFmt: 49}}, // "@"
		{&t.styles.integer, &excelize.Style{Font: font, NumFmt: 1, Alignment: &excelize.Alignment{Horizontal: "center"}}},
		{&t.styles.decimal, &excelize.Style{Font: font, NumFmt: 2, Alignment: indented}},
		{&t.styles.probability, &excelize.Style{Font: font, CustomNumFmt: &sixDecimals, Alignment: indented}},
	} {
		var err error
		if *s.id, err = t.book.NewStyle(s.style); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	if err := setFixedProperties(t.book); err != nil {
		return err
	}
	return t.nextSheet()
}

// fontFamily is on every machine or has a substitute of the same widths.
const fontFamily = "Arial"

func headStyle() *excelize.Style {
	return &excelize.Style{
		Font:      &excelize.Font{Bold: true, Color: "FFFFFF", Family: fontFamily, Size: 10},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E78"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
	}
}

// setFixedProperties keeps the clock out of the file.
func setFixedProperties(book *excelize.File) error {
	fixed := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
	err := book.SetDocProps(&excelize.DocProperties{Creator: "padan", LastModifiedBy: "padan", Created: fixed, Modified: fixed})
	if err != nil {
		return fmt.Errorf("properties: %w", err)
	}
	return nil
}

// sheetName is the name of the current sheet.
func (t *xlsxTable) sheetName() string {
	if t.sheets == 1 {
		return t.name
	}
	return fmt.Sprintf("%s (%d)", t.name, t.sheets)
}

// nextSheet finishes the current sheet and begins another with the heading.
func (t *xlsxTable) nextSheet() error {
	if err := t.finishSheet(); err != nil {
		return err
	}
	t.sheets++
	var err error
	if t.sheets == 1 {
		err = t.book.SetSheetName("Sheet1", t.name)
	} else {
		_, err = t.book.NewSheet(t.sheetName())
	}
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if t.sheet, err = t.book.NewStreamWriter(t.sheetName()); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return t.writeHead()
}

func (t *xlsxTable) writeHead() error {
	head := make([]any, len(t.columns))
	for i := len(t.columns) - 1; i >= 0; i-- { // excelize puts each column before the last one
		c := t.columns[i]
		head[i] = excelize.Cell{StyleID: t.styles.head, Value: c.Title}
		if err := t.sheet.SetColWidth(i+1, i+1, float64(c.Width)+2); err != nil {
			return fmt.Errorf("width: %w", err)
		}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := t.sheet.SetPanes(panes); err != nil {
		return fmt.Errorf("panes: %w", err)
	}
	if err := t.sheet.SetRow("A1", head, excelize.RowOpts{Height: 30}); err != nil {
		return fmt.Errorf("heading: %w", err)
	}
	t.row, t.bytes = 1, 0
	return nil
}

// finishSheet sets the filter, which must be known before the sheet is flushed.
func (t *xlsxTable) finishSheet() error {
	if t.sheet == nil {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(t.columns), t.row)
	if err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if err := t.book.AutoFilter(t.sheetName(), "A1:"+last, nil); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if err := t.sheet.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

// WriteRow implements Table.
func (t *xlsxTable) WriteRow(cells []Cell) error {
	if t.row > t.limit || t.bytes > t.room {
		if err := t.nextSheet(); err != nil {
			return failed(t.file.place, err)
		}
	}
	for i := range cells {
		t.cells[i] = nil
		if t.set(&t.styled[i], &cells[i]) {
			t.cells[i] = &t.styled[i]
			t.bytes += int64(cellBytes + len(cells[i].Text))
		}
	}
	t.row++
	place, err := excelize.CoordinatesToCellName(1, t.row)
	if err == nil { // a style of the row spares excelize a search for one in each cell
		err = t.sheet.SetRow(place, t.cells[:len(cells)], excelize.RowOpts{StyleID: t.styles.plain})
	}
	if err != nil {
		return failed(t.file.place, fmt.Errorf("row %d: %w", t.row, err))
	}
	t.file.info.Rows++
	return nil
}

// set gives a cell of the workbook its value and style; false if it is empty.
//
// Every text is stored as a text, which no program runs as a formula or reads
// as a number. Where it would do so once somebody edits the cell, the cell is
// formatted as text too: a NIK would lose its last digit.
func (t *xlsxTable) set(to *excelize.Cell, c *Cell) bool {
	switch c.Type {
	case IntegerCell:
		to.StyleID, to.Value = t.styles.integer, int64(c.Number)
		return true
	case DecimalCell:
		to.StyleID, to.Value = t.styles.decimal, c.Number
		return true
	case ProbabilityCell:
		to.StyleID, to.Value = t.styles.probability, c.Number
		return true
	case EmptyCell:
		return false
	case TextCell, CodeCell:
	}
	to.StyleID, to.Value = t.styles.plain, c.Text
	if c.Type == CodeCell || runsAsFormula(c.Text) || startsWithDigit(c.Text) {
		to.StyleID = t.styles.text
	}
	return c.Text != ""
}

func startsWithDigit(text string) bool {
	return text != "" && text[0] >= '0' && text[0] <= '9'
}

// Close implements Table.
func (t *xlsxTable) Close() error {
	if err := t.finishSheet(); err != nil {
		t.Abort()
		return failed(t.file.place, err)
	}
	return closeBook(t.book, t.file)
}

// Abort implements Table.
func (t *xlsxTable) Abort() {
	_ = t.book.Close()
	t.file.discard()
}
