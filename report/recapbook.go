package report

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"padan/match"
)

// RecapInfo is what the recap workbook says of its run.
type RecapInfo struct {
	Lines   []string // shown under the title: run, time, version
	Sources []string // shown on a sheet of their own, a line each
}

// recapBook writes the recap as sheets to be printed and annexed, one for
// persons and one for KK.
type recapBook struct {
	book    *excelize.File
	name    string // of the current sheet
	unit    string // phrase of what the current sheet counts
	options Options
	styles  map[string]int
	row     int // the next row to be written
	numbers int // the row that numbers the columns, last of the heading
}

// lastRecapColumn is the last column of a recap sheet: four of the area, six for
// each side.
const lastRecapColumn = 16

// WriteRecapBook writes the recap as an XLSX workbook, one sheet for persons and
// one for KK: title, numbered columns, every kelurahan, sums in bold, on A4
// landscape with repeated headings.
func WriteRecapBook(path string, r *Recap, info RecapInfo, o Options) error {
	f, err := create(path)
	if err != nil {
		return err
	}
	b := &recapBook{book: excelize.NewFile(), options: o, styles: map[string]int{}}
	err = b.fill(r, info)
	if err == nil {
		err = b.book.Write(f)
	}
	if closing := b.book.Close(); err == nil {
		err = closing
	}
	if err != nil {
		f.discard()
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.publish()
}

func (b *recapBook) fill(r *Recap, info RecapInfo) error {
	if err := setFixedProperties(b.book); err != nil {
		return err
	}
	if err := b.makeStyles(); err != nil {
		return err
	}
	rows := r.Rows()
	persons := func(row *RecapRow) *[2]Counts { return &row.Persons }
	cards := func(row *RecapRow) *[2]Counts { return &row.Cards }
	if err := b.sheet("Sheet1", "recap.persons", info, rows, persons); err != nil {
		return err
	}
	if err := b.sheet("", "recap.cards", info, rows, cards); err != nil {
		return err
	}
	return b.sources(info.Sources)
}

// sources lists on a sheet of its own what the recap was made from.
func (b *recapBook) sources(lines []string) error {
	b.name = b.options.Language.phrase("sheet.sources")
	if _, err := b.book.NewSheet(b.name); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	for i, line := range append([]string{b.name}, lines...) {
		style := ""
		if i == 0 {
			style = "title"
		}
		if err := b.set(1, i+1, style, line); err != nil {
			return err
		}
	}
	return nil
}

// sheet writes one sheet; existing is the sheet to be used, "" for a new one.
func (b *recapBook) sheet(existing, unit string, info RecapInfo, rows []RecapRow, counts func(*RecapRow) *[2]Counts) error {
	l := b.options.Language
	b.name, b.unit = l.phrase("sheet.recap")+" "+l.phrase(unit), unit
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
		b.heading,
		func() error { return b.rows(rows, counts) },
		b.layout,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// makeStyles builds the cell styles: kind of row by kind of cell.
func (b *recapBook) makeStyles() error {
	border := []excelize.Border{
		{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1},
	}
	fills := map[string]string{"kelurahan": "", "kecamatan": "EAF1F8", "kota": "CFE0F1", "total": "1F4E78"}
	formats := map[string]string{"text": "@", "count": "#,##0", "percent": "0.00"}
	for level, color := range fills {
		for kind, format := range formats {
			s := &excelize.Style{Border: border, CustomNumFmt: &format, Font: &excelize.Font{Size: 10, Bold: level != "kelurahan"}}
			if color != "" {
				s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
			}
			if level == "total" {
				s.Font.Color = "FFFFFF"
			}
			if err := b.style(level+kind, s); err != nil {
				return err
			}
		}
	}
	head := headStyle()
	head.Border, head.Alignment.Horizontal, head.Font.Size = border, "center", 10
	if err := b.style("head", head); err != nil {
		return err
	}
	if err := b.style("number", &excelize.Style{
		Border: border, Font: &excelize.Font{Size: 8, Italic: true}, Alignment: &excelize.Alignment{Horizontal: "center"},
	}); err != nil {
		return err
	}
	return b.style("title", &excelize.Style{Font: &excelize.Font{Size: 14, Bold: true}})
}

func (b *recapBook) style(name string, s *excelize.Style) error {
	id, err := b.book.NewStyle(s)
	if err != nil {
		return fmt.Errorf("style: %w", err)
	}
	b.styles[name] = id
	return nil
}

func (b *recapBook) set(column, row int, style string, value any) error {
	place, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return fmt.Errorf("place: %w", err)
	}
	if err := b.book.SetCellValue(b.name, place, value); err != nil {
		return fmt.Errorf("cell %s: %w", place, err)
	}
	if style == "" {
		return nil
	}
	if err := b.book.SetCellStyle(b.name, place, place, b.styles[style]); err != nil {
		return fmt.Errorf("cell %s: %w", place, err)
	}
	return nil
}

func (b *recapBook) title(info RecapInfo) error {
	if err := b.set(1, 1, "title", b.options.Language.phrase("recap.title")); err != nil {
		return err
	}
	b.row = 2
	for _, line := range append(slices.Clone(info.Lines), b.options.Language.phrase("recap.note")) {
		if err := b.set(1, b.row, "", line); err != nil {
			return err
		}
		b.row++
	}
	b.row++
	return nil
}

// heading writes side and column names over each other, and the numbers of the
// columns below.
func (b *recapBook) heading() error {
	l := b.options.Language
	top := b.row
	for i, c := range areaColumns(l) {
		if err := b.head(i+1, top, i+1, top+1, c.Title); err != nil {
			return err
		}
	}
	column := len(areaColumns(l)) + 1
	for _, side := range []match.Side{match.Central, match.Regional} {
		title := l.phrase("side."+side.String()) + " (" + l.phrase(b.unit) + ")"
		if err := b.head(column, top, column+len(recapKeys)-1, top, title); err != nil {
			return err
		}
		for i, key := range recapKeys {
			if err := b.head(column+i, top+1, column+i, top+1, l.phrase(key)); err != nil {
				return err
			}
		}
		column += len(recapKeys)
	}
	b.numbers = top + 2
	for i := 1; i <= lastRecapColumn; i++ {
		if err := b.set(i, b.numbers, "number", fmt.Sprintf("(%d)", i)); err != nil {
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
			if err := b.set(column, row, "head", ""); err != nil {
				return err
			}
		}
	}
	if err := b.set(fromColumn, fromRow, "head", text); err != nil {
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

func (b *recapBook) rows(rows []RecapRow, counts func(*RecapRow) *[2]Counts) error {
	levels := [...]string{RecapKelurahan: "kelurahan", RecapKecamatan: "kecamatan", RecapKota: "kota", RecapTotal: "total"}
	w := writer{options: b.options}
	for i := range rows {
		w.reset()
		w.addRecapArea(&rows[i])
		for _, side := range counts(&rows[i]) {
			w.addCounts(side)
		}
		for column := range w.cells {
			c := &w.cells[column]
			style, value := "text", any(c.Text)
			switch c.Type {
			case IntegerCell:
				style, value = "count", int64(c.Number)
			case DecimalCell:
				style, value = "percent", c.Number
			case TextCell, CodeCell, EmptyCell:
			}
			if err := b.set(column+1, b.row, levels[rows[i].Level]+style, value); err != nil {
				return err
			}
		}
		b.row++
	}
	return nil
}

// layout sets widths, the frozen heading and the printed page.
func (b *recapBook) layout() error {
	head := b.numbers
	last, _ := excelize.ColumnNumberToName(lastRecapColumn) // a constant
	landscape, a4, width, height := "landscape", 9, 1, 0
	fit := true
	for _, step := range []func() error{
		func() error { return b.book.SetColWidth(b.name, "A", "A", 27) },
		func() error { return b.book.SetColWidth(b.name, "B", "C", 25) },
		func() error { return b.book.SetColWidth(b.name, "D", "D", 13) },
		func() error { return b.book.SetColWidth(b.name, "E", last, 10) },
		func() error {
			return b.book.SetPanes(b.name, &excelize.Panes{
				Freeze: true, XSplit: 3, YSplit: head, TopLeftCell: fmt.Sprintf("D%d", head+1), ActivePane: "bottomRight",
			})
		},
		func() error {
			return b.book.SetPageLayout(b.name, &excelize.PageLayoutOptions{
				Size: &a4, Orientation: &landscape, FitToWidth: &width, FitToHeight: &height,
			})
		},
		func() error { return b.book.SetSheetProps(b.name, &excelize.SheetPropsOptions{FitToPage: &fit}) },
		func() error {
			return b.book.SetDefinedName(&excelize.DefinedName{
				Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", b.name, head-2, head), Scope: b.name,
			})
		},
	} {
		if err := step(); err != nil {
			return fmt.Errorf("layout: %w", err)
		}
	}
	return nil
}
