package report

import (
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

// lay sets what stands above the pairs and beside them.
func (b *reviewBook) lay(guide []string, columns []Column) {
	lines := []styledLine{{b.styles.title, b.phrase(phraseReviewTitle)}}
	for _, line := range guide {
		lines = append(lines, styledLine{b.styles.guide, line})
	}
	b.stream = sheetStream{
		book: b.file, name: b.phrase(phraseReviewSheet), columns: columns, head: b.styles.head, headHeight: 32,
		lines: append(lines, styledLine{}), titleHeight: 22, begin: b.begin, end: b.choices,
	}
}

// begin adds a sheet with its frozen heading, its printed page and its lock.
func (b *reviewBook) begin(sheet string) error {
	b.sheet(sheet)
	b.freeze(reviewOpen+1, b.stream.heading())
	b.repeat(b.stream.heading(), b.stream.heading())
	landscape, a3, wide, asManyAsNeeded, fit := "landscape", 8, 2, 0, true
	b.do("page", func() error {
		return b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a3, FitToWidth: &wide, FitToHeight: &asManyAsNeeded})
	})
	b.do("page", func() error { return b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}) })
	b.do("lock", func() error {
		return b.file.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
			SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, Sort: true, FormatColumns: true, FormatRows: true, FormatCells: true,
		})
	})
	return b.err
}

// choices offers the decisions in a list and refuses any other word.
func (b *reviewBook) choices(sheet string, first, last int) error {
	choice := excelize.NewDataValidation(true)
	choice.SetSqref(fmt.Sprintf("B%d:B%d", first, max(first, last)))
	choice.SetError(excelize.DataValidationErrorStyleStop, reviewDecision, b.phrase(phraseReviewChoice))
	choice.SetInput(reviewDecision, b.phrase(phraseReviewChoice))
	if err := choice.SetDropList(reviewWords); err != nil {
		return fmt.Errorf("choices: %w", err)
	}
	if err := b.file.AddDataValidation(sheet, choice); err != nil {
		return fmt.Errorf("choices: %w", err)
	}
	return nil
}
