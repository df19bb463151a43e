package report

import (
	"strconv"

	"github.com/xuri/excelize/v2"
)

// page sets the printed page of the current sheet: A4 landscape, as wide as the
// sheet and so many pages high, 0 for as many as it takes, numbered.
func (b *book) page(high int) {
	landscape, a4, width, fit := "landscape", 9, 1, true
	side, edge, foot := 0.4, 0.6, 0.3 // inches
	b.do("page", func() error {
		return b.file.SetPageLayout(b.name, &excelize.PageLayoutOptions{
			Size: &a4, Orientation: &landscape, FitToWidth: &width, FitToHeight: &high,
		})
	})
	b.do("page", func() error { return b.file.SetSheetProps(b.name, &excelize.SheetPropsOptions{FitToPage: &fit}) })
	b.do("margins", func() error {
		return b.file.SetPageMargins(b.name, &excelize.PageLayoutMarginsOptions{
			Left: &side, Right: &side, Top: &edge, Bottom: &edge, Footer: &foot, Horizontally: &fit,
		})
	})
	b.do("footer", func() error {
		return b.file.SetHeaderFooter(b.name, &excelize.HeaderFooterOptions{
			OddFooter: "&L" + b.name + "&R" + b.phrase(phraseRecapPage),
		})
	})
}

// repeat prints the rows on every page.
func (b *book) repeat(fromRow, toRow int) {
	b.do("repeated rows", func() error {
		return b.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: b.name,
			RefersTo: "'" + b.name + "'!$" + strconv.Itoa(fromRow) + ":$" + strconv.Itoa(toRow),
		})
	})
}

// freeze keeps the first columns and rows on the screen.
func (b *book) freeze(columns, rows int) {
	panes := excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: cellName(columns+1, rows+1), ActivePane: "bottomRight",
	}
	if columns == 0 {
		panes.ActivePane = "bottomLeft"
	}
	b.do("panes", func() error { return b.file.SetPanes(b.name, &panes) })
}
