package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// recapStyles are the style numbers of a recap workbook.
type recapStyles struct {
	title, plain, small, head, number int
	rows                              [RecapTotal + 1]rowStyles
}

// rowStyles are the styles of the rows of one level.
type rowStyles struct{ text, count, percent int }

// fill builds the styles, always in the same order, since their numbers are part
// of the file.
func (s *recapStyles) fill(book *excelize.File, l Language) error {
	line := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "BFBFBF", Style: 1} }
	border := []excelize.Border{line("left"), line("right"), line("top"), line("bottom")}
	font := func(size float64) *excelize.Font { return &excelize.Font{Family: fontFamily, Size: size} }

	title := &excelize.Style{Font: font(14)}
	title.Font.Bold = true
	head := headStyle()
	head.Border, head.Alignment.Horizontal = border, "center"
	number := &excelize.Style{Border: border, Font: font(8), Alignment: &excelize.Alignment{Horizontal: "center"}}
	number.Font.Italic = true
	wanted := []struct {
		id    *int
		style *excelize.Style
	}{{&s.title, title}, {&s.plain, &excelize.Style{Font: font(10)}}, {&s.small, &excelize.Style{Font: font(8)}}, {&s.head, head}, {&s.number, number}}

	fills := [...]string{RecapKelurahan: "", RecapKecamatan: "EAF1F8", RecapKota: "CFE0F1", RecapTotal: "1F4E78"}
	for level, color := range fills {
		style := excelize.Style{Border: border, Font: font(10)}
		style.Font.Bold = RecapLevel(level) != RecapKelurahan
		if color != "" {
			style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
		}
		if RecapLevel(level) == RecapTotal {
			style.Font.Color = "FFFFFF"
		}
		row := &s.rows[level]
		for _, kind := range []struct {
			id     *int
			format string
		}{{&row.text, "@"}, {&row.count, localFormat(l, "#,##0")}, {&row.percent, localFormat(l, "0.00")}} {
			formatted := style
			formatted.CustomNumFmt = &kind.format
			wanted = append(wanted, struct {
				id    *int
				style *excelize.Style
			}{kind.id, &formatted})
		}
	}
	for _, w := range wanted {
		var err error
		if *w.id, err = book.NewStyle(w.style); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	return nil
}

// localFormat asks for the separators of Indonesian (1.600.000; 97,25).
// LibreOffice heeds it; Excel takes those of the computer it runs on.
func localFormat(l Language, format string) string {
	if l == English {
		return format
	}
	return "[$-421]" + format
}

// layout sets widths and the heading, frozen on the screen and repeated on paper.
func (b *recapBook) layout() error {
	first, _ := excelize.ColumnNumberToName(areaCells + 1) // a constant
	last, _ := excelize.ColumnNumberToName(b.last)         // positive
	for _, step := range []func() error{
		func() error { return b.book.SetColWidth(b.name, "A", "A", 27) },
		func() error { return b.book.SetColWidth(b.name, "B", "C", 24) },
		func() error { return b.book.SetColWidth(b.name, "D", "D", 14) },
		func() error { return b.book.SetColWidth(b.name, first, last, 11) },
		func() error { return b.book.SetRowHeight(b.name, b.numbers-1, 28) }, // two lines of text
		func() error {
			return b.book.SetPanes(b.name, &excelize.Panes{
				Freeze: true, XSplit: 3, YSplit: b.numbers, TopLeftCell: fmt.Sprintf("D%d", b.numbers+1), ActivePane: "bottomRight",
			})
		},
		func() error {
			return b.book.SetDefinedName(&excelize.DefinedName{
				Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", b.name, b.numbers-2, b.numbers), Scope: b.name,
			})
		},
	} {
		if err := step(); err != nil {
			return fmt.Errorf("layout: %w", err)
		}
	}
	return nil
}

// page sets the printed page: A4 landscape, as wide as the sheet, numbered.
func (b *recapBook) page() error {
	landscape, a4, width, height, fit := "landscape", 9, 1, 0, true
	side, edge, foot := 0.4, 0.6, 0.3 // inches
	for _, step := range []func() error{
		func() error {
			return b.book.SetPageLayout(b.name, &excelize.PageLayoutOptions{
				Size: &a4, Orientation: &landscape, FitToWidth: &width, FitToHeight: &height,
			})
		},
		func() error { return b.book.SetSheetProps(b.name, &excelize.SheetPropsOptions{FitToPage: &fit}) },
		func() error {
			return b.book.SetPageMargins(b.name, &excelize.PageLayoutMarginsOptions{
				Left: &side, Right: &side, Top: &edge, Bottom: &edge, Footer: &foot,
			})
		},
		func() error {
			return b.book.SetHeaderFooter(b.name, &excelize.HeaderFooterOptions{
				OddFooter: "&L" + b.name + "&R" + b.options.Language.phrase(phraseRecapPage),
			})
		},
	} {
		if err := step(); err != nil {
			return fmt.Errorf("page: %w", err)
		}
	}
	return nil
}
