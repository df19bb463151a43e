package report

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// fill builds the styles, always in the same order, since their numbers are part of
// the file.
func (s *reviewStyles) fill(book *excelize.File) error {
	font := func(size float64) *excelize.Font { return &excelize.Font{Family: fontFamily, Size: size} }
	line := func(side string) excelize.Border { return excelize.Border{Type: side, Color: "D9D9D9", Style: 1} }
	border := []excelize.Border{line("left"), line("right"), line("top"), line("bottom")}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	title := &excelize.Style{Font: font(14)}
	title.Font.Bold = true
	head := headStyle()
	head.Border = border
	for _, w := range []struct {
		id    *int
		style *excelize.Style
	}{
		{&s.title, title},
		{&s.guide, &excelize.Style{Font: font(10)}},
		{&s.head, head},
		{&s.open, &excelize.Style{
			Font: font(10), Border: border, Alignment: wrapped, Fill: fill("FFF9DB"), NumFmt: formatText, Protection: &excelize.Protection{Locked: false},
		}},
		{&s.text, &excelize.Style{Font: font(9), Border: border, Alignment: wrapped}},
		{&s.code, &excelize.Style{Font: font(9), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, NumFmt: formatText}},
		{&s.weight, &excelize.Style{Font: font(9), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, NumFmt: 2}},
		{&s.differs, &excelize.Style{Font: font(9), Border: border, Alignment: wrapped, Fill: fill("FCE4D6"), NumFmt: formatText}},
		{&s.differsCode, &excelize.Style{Font: font(9), Border: border, Alignment: &excelize.Alignment{Vertical: "top"}, Fill: fill("FCE4D6"), NumFmt: formatText}},
		{&s.silent, &excelize.Style{Font: font(9), Border: border, Fill: fill("F2F2F2")}},
	} {
		var err error
		if *w.id, err = book.NewStyle(w.style); err != nil {
			return fmt.Errorf("style: %w", err)
		}
	}
	return nil
}

// lay sets what stands beside the cells: widths, the frozen heading, the choice of
// decisions, the filter, the lock and the printed page.
func (b *reviewBook) lay(head, pairs int) error {
	columns, bottom, fit := b.columns, head+max(pairs, 1), true
	last := cellName(len(columns), bottom)
	err := errors.Join( // before the stream, which begins with them
		b.book.SetSheetProps(b.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.book.SetSheetDimension(b.name, "A1:"+last),
	)
	if err == nil {
		b.sheet, err = b.book.NewStreamWriter(b.name)
	}
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	for i := len(columns) - 1; i >= 0; i-- { // excelize puts each column before the last one
		if err := b.sheet.SetColWidth(i+1, i+1, float64(columns[i].Width)+2); err != nil {
			return fmt.Errorf("width: %w", err)
		}
	}
	frozen := cellName(reviewOpen+2, head+1)
	err = b.sheet.SetPanes(&excelize.Panes{Freeze: true, XSplit: reviewOpen + 1, YSplit: head, TopLeftCell: frozen, ActivePane: "bottomRight"})
	if err != nil {
		return fmt.Errorf("panes: %w", err)
	}
	if err := b.choices(head+1, bottom); err != nil {
		return err
	}
	landscape, a3, wide, asManyAsNeeded := "landscape", 8, 2, 0
	err = errors.Join(
		b.book.AutoFilter(b.name, fmt.Sprintf("A%d:%s", head, last), nil),
		b.book.SetPageLayout(b.name, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a3, FitToWidth: &wide, FitToHeight: &asManyAsNeeded}),
		b.book.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: b.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", b.name, head, head),
		}),
		b.book.ProtectSheet(b.name, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, FormatCells: true,
		}),
	)
	if err != nil {
		return fmt.Errorf("layout: %w", err)
	}
	return nil
}

// choices offers the decisions in a list and refuses any other word.
func (b *reviewBook) choices(from, to int) error {
	choice := excelize.NewDataValidation(true)
	choice.Sqref = fmt.Sprintf("B%d:B%d", from, to)
	choice.SetError(excelize.DataValidationErrorStyleStop, reviewDecision, b.words.phrases[phraseReviewChoice])
	choice.SetInput(reviewDecision, b.words.phrases[phraseReviewChoice])
	if err := choice.SetDropList(reviewWords); err != nil {
		return fmt.Errorf("choices: %w", err)
	}
	if err := b.book.AddDataValidation(b.name, choice); err != nil {
		return fmt.Errorf("choices: %w", err)
	}
	return nil
}
