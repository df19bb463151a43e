package report

import (
	"github.com/xuri/excelize/v2"
)

// cellStyle is how a cell of a printed workbook looks.
type cellStyle struct {
	kind  cellKind
	level RecapLevel // of the row, for the kinds of table cells
	band  int8       // of a match rate, see bandOf; 0 = not coloured
	text  bool       // stays a text when it is edited
}

// cellKind is what a cell is for.
type cellKind uint8

// The kinds. Those up to tablePercent stand in the rows of a table, in a frame.
const (
	tableText    cellKind = iota
	tableWrapped          // text of several lines
	tableCount
	tablePercent // any number with two decimals
	tableHead
	tableNumber // the number of a column
	pageTitle
	pageCentered // a title in the middle of the page
	pageText
	pageWrapped
	pageLabel // bold
	pageSignature
	pageLegend
)

// styleID returns the number of a style in the workbook. Styles are numbered in
// the order in which cells ask for them, so that the same cells give the same
// numbers.
func (b *book) styleID(s cellStyle) (int, error) {
	if id, ok := b.styles[s]; ok {
		return id, nil
	}
	style := s.style(b.options.Language)
	if s.text && style.CustomNumFmt == nil {
		style.NumFmt = formatText
	}
	id, err := b.file.NewStyle(style)
	b.styles[s] = id
	return id, err
}

// formatText is the number of the format "@", which keeps what is typed as it is.
const formatText = 49

// levelFills colour the rows of sums, light for a kecamatan, dark for the total.
var levelFills = [...]string{RecapKelurahan: "", RecapKecamatan: "EAF1F8", RecapKota: "CFE0F1", RecapTotal: headFill}

const (
	headFill  = "1F4E78"
	frameLine = "BFBFBF"
)

func (s cellStyle) style(l Language) *excelize.Style {
	switch s.kind {
	case tableHead:
		head := headStyle()
		head.Border, head.Alignment.Horizontal = frame(), "center"
		return head
	case tableNumber:
		number := plainStyle(8)
		number.Font.Italic, number.Border, number.Alignment = true, frame(), centered()
		return number
	case tableText, tableWrapped, tableCount, tablePercent:
		return s.tableStyle(l)
	case pageTitle:
		return boldStyle(14)
	case pageCentered:
		title := boldStyle(13)
		title.Alignment = centered()
		return title
	case pageLabel:
		return boldStyle(10)
	case pageSignature:
		signature := plainStyle(10)
		signature.Alignment = centered()
		return signature
	case pageLegend:
		legend := plainStyle(9)
		legend.Border, legend.Alignment, legend.Fill = frame(), centered(), fillOf(bandFills[s.band])
		return legend
	case pageWrapped:
		wrapped := plainStyle(10)
		wrapped.Alignment = &excelize.Alignment{WrapText: true, Vertical: "top"}
		return wrapped
	case pageText:
	}
	return plainStyle(10)
}

// tableStyle is the style of a cell in the rows of a table.
func (s cellStyle) tableStyle(l Language) *excelize.Style {
	style := plainStyle(10)
	style.Border, style.Fill = frame(), fillOf(levelFills[s.level])
	style.Alignment = &excelize.Alignment{Vertical: "top", WrapText: s.kind == tableWrapped}
	style.Font.Bold = s.level != RecapKelurahan
	if s.level == RecapTotal {
		style.Font.Color = "FFFFFF"
	}
	if s.band > 0 {
		style.Fill, style.Font.Color = fillOf(bandFills[s.band]), "000000"
	}
	format := "@"
	switch s.kind {
	case tableCount:
		format = localFormat(l, "#,##0"+gap)
	case tablePercent:
		format = localFormat(l, "0.00"+gap)
	default:
	}
	style.CustomNumFmt = &format
	return style
}

// gap keeps a number away from the line by the width of a bracket.
const gap = "_)"

func plainStyle(size float64) *excelize.Style {
	return &excelize.Style{Font: &excelize.Font{Family: fontFamily, Size: size}}
}

func boldStyle(size float64) *excelize.Style {
	style := plainStyle(size)
	style.Font.Bold = true
	return style
}

func centered() *excelize.Alignment {
	return &excelize.Alignment{Horizontal: "center", Vertical: "center"}
}

func fillOf(color string) excelize.Fill {
	if color == "" {
		return excelize.Fill{}
	}
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

func frame() []excelize.Border {
	lines := make([]excelize.Border, 0, 4)
	for _, side := range [...]string{"left", "right", "top", "bottom"} {
		lines = append(lines, excelize.Border{Type: side, Color: frameLine, Style: 1})
	}
	return lines
}

// localFormat asks for the separators of Indonesian (1.600.000; 97,25).
// LibreOffice heeds it; Excel takes those of the computer it runs on.
func localFormat(l Language, format string) string {
	if l == English {
		return format
	}
	return "[$-421]" + format
}
