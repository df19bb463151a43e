package report

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"

	"padan/report/workbook"
)

// xlsxTable writes one table over as many sheets as it needs.
type xlsxTable struct {
	file   *File
	book   *workbook.Book
	stream sheetStream
	styles xlsxStyles
}

// xlsxStyles are the style numbers of one workbook.
type xlsxStyles struct{ head, headText, plain, text, integer, decimal, probability int }

// NewXLSX starts a workbook whose first sheet has the given name; further sheets
// are called "name (2)" and so on. The same rows give the same bytes.
func NewXLSX(f *File, name string, columns []Column) (Table, error) {
	return newXLSX(f, name, columns)
}

func newXLSX(f *File, name string, columns []Column) (*xlsxTable, error) {
	t := newSheets(f, newBook(f), name, columns)
	t.stream.begin = t.addSheet
	return t, t.start()
}

// newList begins a table on further sheets of a printed workbook, which is
// published with it.
func (b *book) newList(f *File, name string, columns []Column) (*xlsxTable, error) {
	t := newSheets(f, b.file, name, columns)
	t.stream.begin = func(sheet string) error {
		b.sheet(sheet)
		b.freeze(0, t.stream.heading())
		b.repeat(t.stream.heading(), t.stream.heading())
		b.page(0)
		return b.err
	}
	return t, t.start()
}

func newSheets(f *File, book *workbook.Book, name string, columns []Column) *xlsxTable {
	return &xlsxTable{file: f, book: book, stream: sheetStream{book: book, name: name, columns: columns}}
}

// start begins the first sheet, or removes what was written.
func (t *xlsxTable) start() error {
	err := t.setUp()
	if err == nil {
		err = t.stream.start()
	}
	if err != nil {
		t.Abort()
		return failed(t.file.place, err)
	}
	return nil
}

// setUp adds the styles of the table to the workbook.
func (t *xlsxTable) setUp() error {
	sixDecimals := "0.000000"
	font := &excelize.Font{Family: fontFamily, Size: 10}
	headText := headStyle()
	headText.NumFmt = formatText
	indented := &excelize.Alignment{Horizontal: "right", Indent: 1} // away from the text to the right
	for _, s := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&t.styles.head, headStyle()},
		{&t.styles.headText, headText},
		{&t.styles.plain, &excelize.Style{Font: font}},
		{&t.styles.text, &excelize.Style{Font: font, NumFmt: formatText}},
		{&t.styles.integer, &excelize.Style{Font: font, NumFmt: 1, Alignment: &excelize.Alignment{Horizontal: "center"}}},
		{&t.styles.decimal, &excelize.Style{Font: font, NumFmt: 2, Alignment: indented}},
		{&t.styles.probability, &excelize.Style{Font: font, CustomNumFmt: &sixDecimals, Alignment: indented}},
	} {
		var err error
		if *s.id, err = t.book.NewStyle(s.style); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	t.stream.head, t.stream.headText = t.styles.head, t.styles.headText
	return nil
}

// addSheet adds a sheet whose heading stays on the screen.
func (t *xlsxTable) addSheet(sheet string) error {
	var err error
	if sheet == t.stream.name {
		err = t.book.SetSheetName("Sheet1", sheet)
	} else {
		_, err = t.book.NewSheet(sheet)
	}
	if err != nil {
		return err
	}
	return t.book.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
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

// WriteRow implements Table.
func (t *xlsxTable) WriteRow(cells []Cell) error {
	if err := t.stream.write(t.styles.plain, 0, cells, t.styles.put); err != nil {
		return failed(t.file.place, err)
	}
	t.file.info.Rows++
	return nil
}

// put writes a cell; an empty one is left out.
//
// Every text is stored as a text, which no program runs as a formula or reads
// as a number. Where it would do so once somebody edits the cell, the cell is
// formatted as text too: a NIK would lose its last digit.
func (s *xlsxStyles) put(rows *workbook.Rows, column int, c *Cell) {
	switch c.Type {
	case IntegerCell:
		rows.Number(column, s.integer, c.Number)
	case DecimalCell:
		rows.Number(column, s.decimal, c.Number)
	case ProbabilityCell:
		rows.Number(column, s.probability, c.Number)
	case TextCell, CodeCell:
		if c.Text != "" {
			rows.Text(column, s.ofText(c), c.Text)
		}
	case EmptyCell:
	}
}

func (s *xlsxStyles) ofText(c *Cell) int {
	if c.Type == CodeCell || runsAsFormula(c.Text) || startsWithDigit(c.Text) {
		return s.text
	}
	return s.plain
}

func startsWithDigit(text string) bool {
	return text != "" && text[0] >= '0' && text[0] <= '9'
}

// Close implements Table.
func (t *xlsxTable) Close() error {
	if err := t.stream.finish(); err != nil {
		t.Abort()
		return failed(t.file.place, err)
	}
	return closeBook(t.book, t.file)
}

// Abort implements Table.
func (t *xlsxTable) Abort() {
	_ = t.book.Discard()
	t.file.discard()
}

// newBook returns an empty workbook.
func newBook(f *File) *workbook.Book { return workbook.New(f.folder()) }

// closeBook writes a workbook and publishes its file.
func closeBook(book *workbook.Book, f *File) error {
	if err := errors.Join(book.CopyTo(f), book.Discard()); err != nil {
		f.discard()
		return failed(f.place, err)
	}
	return f.publish()
}
