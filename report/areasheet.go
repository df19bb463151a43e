package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"padan/normalize"
	"padan/report/workbook"
)

// areaList is what there is to know of a list of an area before its rows.
type areaList struct {
	name, title, note phrase
	count             string // of its rows or cases, in words
	columns           []Column
	inputs            int // last columns, which are filled in by hand
}

// areaSheet streams one list of an area, ready to be printed: title, area, how to
// read it, heading, and rows of which each household or case has one shade.
type areaSheet struct {
	stream sheetStream
	styles *listStyles
	inputs int // the first column that is filled in by hand
	look   rowLook
}

// rowLook is how a row looks beside those around it.
type rowLook struct {
	shaded bool
	first  bool // of a household or case: a line stands above it
	open   bool // its last columns are to be filled in
}

// rowGroups tells the looks of rows that come group by group.
type rowGroups struct {
	look rowLook
	kk   uint64
	area uint64
}

// begin is the look of the first row of another group.
func (g *rowGroups) begin() rowLook {
	g.look = rowLook{shaded: !g.look.shaded, first: true}
	return g.look
}

// goOn is the look of a further row of the group.
func (g *rowGroups) goOn() rowLook {
	g.look.first = false
	return g.look
}

// household is the look of a row of a household in a kelurahan; who has no usable
// KK number stands alone.
func (g *rowGroups) household(kk normalize.Number, area uint64) rowLook {
	same := kk.Trust != normalize.TrustNone && kk.Value == g.kk && area == g.area
	if g.kk, g.area = kk.Value, area; same {
		return g.goOn()
	}
	return g.begin()
}

// listStyles are the style numbers of lists in one workbook, by whether a row is
// shaded and whether it is the first of its group.
type listStyles struct {
	head, title, text, plain int
	cell, count              [2][2]int
	input                    int
}

// The colours of shaded rows, of cells to be filled in, and of the line above a
// group.
const (
	shadeFill = "EEF3F8"
	inputFill = "FFF9DB"
	groupLine = "7F7F7F"
)

// Type of lists, in points.
const (
	listFontSize = 9
	listLine     = 11.5
)

func (b *book) listStyles() (s listStyles) {
	add := func(id *int, style *excelize.Style) {
		b.do("style", func() (err error) {
			*id, err = b.file.NewStyle(style)
			return err
		})
	}
	head := headStyle()
	head.Font.Size, head.Border, head.Alignment.Horizontal = listFontSize, frame(), "center"
	add(&s.head, head)
	add(&s.title, boldStyle(14))
	add(&s.text, plainStyle(10))
	add(&s.plain, plainStyle(listFontSize))
	for shaded := range s.cell {
		for first := range s.cell[shaded] {
			add(&s.cell[shaded][first], listStyle(shaded == 1, first == 1, formatText)) // a NIK that is edited keeps its digits
			count := listStyle(shaded == 1, first == 1, 1)
			count.Alignment.Horizontal = "center"
			add(&s.count[shaded][first], count)
		}
	}
	input := listStyle(false, true, formatText)
	input.Fill = fillOf(inputFill)
	add(&s.input, input)
	return s
}

func listStyle(shaded, first bool, format int) *excelize.Style {
	style := plainStyle(listFontSize)
	style.NumFmt, style.Border = format, frame()
	style.Alignment = &excelize.Alignment{Vertical: "top", WrapText: true}
	if shaded {
		style.Fill = fillOf(shadeFill)
	}
	if first {
		for i := range style.Border {
			if style.Border[i].Type == "top" {
				style.Border[i].Color = groupLine
			}
		}
	}
	return style
}

// list begins a list on a sheet of its own.
func (b *areaBook) list(l *areaList) (*areaSheet, error) {
	s := &areaSheet{styles: &b.styles, inputs: len(l.columns) - l.inputs}
	s.stream = sheetStream{
		book: b.file, name: b.phrase(l.name), columns: l.columns, head: b.styles.head,
		lines: []styledLine{
			{b.styles.title, b.phrase(l.title)}, {b.styles.text, b.place()}, {b.styles.text, l.count + ". " + b.phrase(l.note)},
		},
	}
	s.stream.begin = func(sheet string) error { return b.beginList(sheet, s.stream.heading()) }
	if l.inputs > 0 {
		s.stream.end = func(sheet string, first, last int) error { return b.offerDecisions(sheet, s.inputs+1, first, last) }
	}
	return s, s.stream.start()
}

// beginList adds a sheet whose heading stays on the screen and on every page.
func (b *areaBook) beginList(sheet string, heading int) error {
	b.sheet(sheet)
	b.freeze(0, heading)
	b.repeat(heading, heading)
	b.page(0)
	b.footer()
	return b.err
}

// offerDecisions lets the cells of a column be chosen from.
func (b *areaBook) offerDecisions(sheet string, column, first, last int) error {
	choice := excelize.NewDataValidation(true)
	choice.SetSqref(cellName(column, first) + ":" + cellName(column, last))
	choice.SetError(excelize.DataValidationErrorStyleStop, reviewDecision, b.phrase(phraseReviewChoice))
	if err := choice.SetDropList(reviewWords); err != nil {
		return fmt.Errorf("choices: %w", err)
	}
	if err := b.file.AddDataValidation(sheet, choice); err != nil {
		return fmt.Errorf("choices: %w", err)
	}
	return nil
}

// add writes a row.
func (s *areaSheet) add(cells []Cell, look rowLook) error {
	s.look = look
	return s.stream.write(s.styles.plain, s.height(cells), cells, s.put)
}

// height is the height in points in which all texts of a row fit, 0 for the usual
// one of a single line.
func (s *areaSheet) height(cells []Cell) float64 {
	lines := 1
	for i := range cells {
		width := s.stream.columns[i].Width
		if text := cells[i].Text; len(text) > width/2 {
			lines = max(lines, textLines(text, float64(width)+cellRoom, listFontSize))
		}
	}
	if lines == 1 {
		return 0
	}
	return min(listLine*float64(lines)+1.5, excelize.MaxRowHeight)
}

// cellRoom is what a cell of a sheetStream has beside the width of its column.
const cellRoom = 1.7

// put writes a cell of a list. Every text is stored as a text, which no program runs
// as a formula or reads as a number.
func (s *areaSheet) put(rows *workbook.Rows, column int, c *Cell) {
	shaded, first := indexOf(s.look.shaded), indexOf(s.look.first)
	switch {
	case s.look.open && column >= s.inputs:
		rows.Blank(column, s.styles.input)
	case c.Type == IntegerCell:
		rows.Number(column, s.styles.count[shaded][first], c.Number)
	case c.Text != "":
		rows.Text(column, s.styles.cell[shaded][first], c.Text)
	default:
		rows.Blank(column, s.styles.cell[shaded][first])
	}
}

func indexOf(b bool) int {
	if b {
		return 1
	}
	return 0
}

// close finishes the list; one without rows says so.
func (s *areaSheet) close(nothing string) error {
	if s.stream.sheets == 1 && s.stream.row == s.stream.heading() {
		cells := make([]Cell, len(s.stream.columns))
		cells[1] = Text(nothing) // the first column is narrow
		if err := s.add(cells, rowLook{}); err != nil {
			return err
		}
	}
	return s.stream.finish()
}
