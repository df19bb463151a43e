package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"padan/report/workbook"
)

// book is a workbook to be printed and annexed, while it is written sheet by
// sheet. The first error stops it; close tells of it.
type book struct {
	file    *workbook.Book
	options Options
	styles  map[cellStyle]int
	name    string // of the current sheet
	sheets  int
	charts  []drawnChart
	err     error
}

func newPrintedBook(f *File, o Options) *book {
	return &book{file: newBook(f), options: o, styles: map[cellStyle]int{}}
}

// close publishes the workbook, or discards it if anything failed.
func (b *book) close(f *File) error {
	if b.err != nil {
		_ = b.file.Discard()
		f.discard()
		return failed(f.place, b.err)
	}
	return closeBook(b.file, f)
}

func (b *book) phrase(p phrase) string { return b.options.Language.phrase(p) }

// do runs a step unless one failed before it; what is the step for the error.
func (b *book) do(what string, step func() error) {
	if b.err != nil {
		return
	}
	if err := step(); err != nil {
		b.err = fmt.Errorf("sheet %q: %s: %w", b.name, what, err)
	}
}

// sheet begins a sheet.
func (b *book) sheet(name string) {
	b.name = name
	b.sheets++
	b.do("sheet", func() error {
		if b.sheets == 1 {
			return b.file.SetSheetName("Sheet1", name)
		}
		_, err := b.file.NewSheet(name)
		return err
	})
}

// set writes one cell; a nil value leaves it empty. Rows and columns count from 1.
func (b *book) set(column, row int, style cellStyle, value any) {
	b.do("cell", func() error {
		place := cellName(column, row)
		if text, ok := value.(string); ok && runsAsFormula(text) {
			style.text = true
		}
		if value != nil {
			if err := b.file.SetCellValue(b.name, place, value); err != nil {
				return err
			}
		}
		id, err := b.styleID(style)
		if err != nil {
			return err
		}
		return b.file.SetCellStyle(b.name, place, place, id)
	})
}

// block writes a text over several cells, which become one.
func (b *book) block(fromColumn, fromRow, toColumn, toRow int, style cellStyle, text string) {
	for column := fromColumn; column <= toColumn; column++ {
		for row := fromRow; row <= toRow; row++ {
			b.set(column, row, style, nil)
		}
	}
	b.set(fromColumn, fromRow, style, text)
	if fromColumn == toColumn && fromRow == toRow {
		return
	}
	b.do("block", func() error {
		return b.file.MergeCell(b.name, cellName(fromColumn, fromRow), cellName(toColumn, toRow))
	})
}

// paragraph writes a text over the columns of a row, as high as it needs to be:
// programs fit the height of a row to single cells only.
func (b *book) paragraph(fromColumn, row, toColumn int, style cellStyle, text string) {
	width := 0.0
	for column := fromColumn; column <= toColumn; column++ {
		width += b.width(column)
	}
	b.block(fromColumn, row, toColumn, row, style, text)
	if lines := textLines(text, width, 10); lines > 1 {
		b.height(row, lineHeight*float64(lines))
	}
}

func (b *book) setWidth(column int, width float64) {
	b.do("width", func() error {
		name := columnName(column)
		return b.file.SetColWidth(b.name, name, name, width)
	})
}

// width is the width of a column in characters.
func (b *book) width(column int) float64 {
	width := 0.0
	b.do("width", func() (err error) {
		width, err = b.file.GetColWidth(b.name, columnName(column))
		return err
	})
	return width
}

// height sets the height of a row in points.
func (b *book) height(row int, points float64) {
	b.do("height", func() error { return b.file.SetRowHeight(b.name, row, points) })
}

// lineHeight is the height of a line of text in points.
const lineHeight = 13.5

// cellName is the place of a cell, "B7".
func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row) // coordinates are positive
	return name
}

func columnName(column int) string {
	name, _ := excelize.ColumnNumberToName(column) // positive
	return name
}
