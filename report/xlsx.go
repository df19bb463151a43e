package report

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// maxSheetRows is the number of data rows after which a further sheet begins; a
// sheet of Excel ends at 1,048,576.
const maxSheetRows = 1_000_000

// xlsxTable writes one table over as many sheets as it needs.
type xlsxTable struct {
	file    *file
	book    *excelize.File
	sheet   *excelize.StreamWriter
	name    string
	columns []Column
	sheets  int
	row     int // of the current sheet
	cells   []any
	head    int
	decimal int
	limit   int
}

// NewXLSX starts a workbook whose first sheet has the given name. The same rows
// give the same bytes.
func NewXLSX(path, name string, columns []Column) (Table, error) {
	f, err := create(path)
	if err != nil {
		return nil, err
	}
	t := &xlsxTable{file: f, book: excelize.NewFile(), name: name, columns: columns, limit: maxSheetRows}
	if err := t.start(); err != nil {
		t.Abort()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return t, nil
}

func (t *xlsxTable) start() error {
	var err error
	if t.head, err = t.book.NewStyle(headStyle()); err != nil {
		return fmt.Errorf("style: %w", err)
	}
	if t.decimal, err = t.book.NewStyle(&excelize.Style{NumFmt: 2}); err != nil {
		return fmt.Errorf("style: %w", err)
	}
	if err := setFixedProperties(t.book); err != nil {
		return err
	}
	return t.nextSheet()
}

func headStyle() *excelize.Style {
	return &excelize.Style{
		Font:      &excelize.Font{Bold: true, Color: "FFFFFF"},
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

// nextSheet finishes the current sheet and begins another with the heading.
func (t *xlsxTable) nextSheet() error {
	if err := t.finishSheet(); err != nil {
		return err
	}
	t.sheets++
	name := t.name
	var err error
	if t.sheets == 1 {
		err = t.book.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s (%d)", t.name, t.sheets)
		_, err = t.book.NewSheet(name)
	}
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if t.sheet, err = t.book.NewStreamWriter(name); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return t.writeHead()
}

func (t *xlsxTable) writeHead() error {
	for i, c := range t.columns {
		if err := t.sheet.SetColWidth(i+1, i+1, float64(c.Width)+2); err != nil {
			return fmt.Errorf("width: %w", err)
		}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := t.sheet.SetPanes(panes); err != nil {
		return fmt.Errorf("panes: %w", err)
	}
	head := make([]any, len(t.columns))
	for i, c := range t.columns {
		head[i] = excelize.Cell{StyleID: t.head, Value: c.Title}
	}
	if err := t.sheet.SetRow("A1", head, excelize.RowOpts{Height: 30}); err != nil {
		return fmt.Errorf("heading: %w", err)
	}
	t.row = 1
	return nil
}

func (t *xlsxTable) finishSheet() error {
	if t.sheet == nil {
		return nil
	}
	if err := t.sheet.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	name := t.name
	if t.sheets > 1 {
		name = fmt.Sprintf("%s (%d)", t.name, t.sheets)
	}
	last, err := excelize.CoordinatesToCellName(len(t.columns), max(t.row, 1))
	if err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if err := t.book.AutoFilter(name, "A1:"+last, nil); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	return nil
}

// WriteRow implements Table. A text cell is stored as text, which no spreadsheet
// program runs as a formula.
func (t *xlsxTable) WriteRow(cells []Cell) error {
	if t.row > t.limit {
		if err := t.nextSheet(); err != nil {
			return fmt.Errorf("%s: %w", t.file.path, err)
		}
	}
	t.cells = t.cells[:0]
	for i := range cells {
		t.cells = append(t.cells, t.value(&cells[i]))
	}
	t.row++
	place, err := excelize.CoordinatesToCellName(1, t.row)
	if err == nil {
		err = t.sheet.SetRow(place, t.cells)
	}
	if err != nil {
		return fmt.Errorf("%s: row %d: %w", t.file.path, t.row, err)
	}
	return nil
}

func (t *xlsxTable) value(c *Cell) any {
	switch c.Type {
	case IntegerCell:
		return int64(c.Number)
	case DecimalCell:
		return excelize.Cell{StyleID: t.decimal, Value: c.Number}
	case EmptyCell:
		return nil
	case TextCell, CodeCell:
	}
	if c.Text == "" {
		return nil
	}
	return c.Text
}

// Close implements Table.
func (t *xlsxTable) Close() error {
	err := t.finishSheet()
	if err == nil {
		err = t.book.Write(t.file)
	}
	if closing := t.book.Close(); err == nil {
		err = closing
	}
	if err != nil {
		t.file.discard()
		return fmt.Errorf("%s: %w", t.file.path, err)
	}
	return t.file.publish()
}

// Abort implements Table.
func (t *xlsxTable) Abort() {
	_ = t.book.Close()
	t.file.discard()
}
