package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// bookChart is a chart of the rows of a table, sums not included. The program
// that opens the workbook draws it from the cells.
type bookChart struct {
	kind     excelize.ChartType
	title    string
	labels   int   // the column that names the rows, from 0
	values   []int // the columns that are drawn, from 0
	beside   []int // columns of another size, drawn as lines with an axis on the right
	rows     int   // the first rows that are drawn; 0 = all
	percent  bool  // values run from 0 to 100
	wide     bool  // as wide as the page, else half of it
	vertical bool  // the labels are long: they stand upright
}

// drawnChart is a chart whose cells are written.
type drawnChart struct {
	*excelize.Chart
	beside []*excelize.Chart // drawn over it
	wide   bool
}

// seriesColors tell the series of a chart apart, also in black and white.
var seriesColors = [...]string{"1F4E78", "E08E3C"}

// chartText is the colour of what is written in a chart.
const chartText = "404040"

// chart keeps a chart for the sheet of charts. A table without rows has none.
func (b *book) chart(c *bookChart, t *bookTable, place *tablePlace) {
	if len(t.rows) == 0 {
		return
	}
	title, legend, gap, same := chartFont(12), chartFont(9), uint(60), false
	title.Bold = true
	drawn := &excelize.Chart{
		Type: c.kind, GapWidth: &gap, VaryColors: &same,
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.title, Font: &title}}},
		Legend: excelize.ChartLegend{Position: "bottom", Font: &legend},
		XAxis:  excelize.ChartAxis{Font: chartFont(8), ReverseOrder: c.kind == excelize.Bar},
		YAxis:  b.valueAxis(),
		Format: excelize.GraphicOptions{AltText: c.title, OffsetX: chartGap / 2, OffsetY: chartGap / 2},
	}
	drawn.YAxis.MajorGridLines = true
	if c.vertical {
		drawn.XAxis.Alignment = excelize.Alignment{TextRotation: -90}
	}
	if c.percent {
		least, most := 0.0, 100.0
		drawn.YAxis.Minimum, drawn.YAxis.Maximum = &least, &most
	}
	if len(c.values)+len(c.beside) == 1 {
		drawn.Legend.Position = "none"
	}
	for i, column := range c.values {
		drawn.Series = append(drawn.Series, b.series(c.kind, c, t, place, column, seriesColors[i%len(seriesColors)]))
	}
	b.charts = append(b.charts, drawnChart{drawn, b.besides(c, t, place), c.wide})
}

// besides draws what stands beside the values of a chart.
func (b *book) besides(c *bookChart, t *bookTable, place *tablePlace) []*excelize.Chart {
	if len(c.beside) == 0 {
		return nil
	}
	lines := &excelize.Chart{Type: excelize.Line, YAxis: b.valueAxis()}
	lines.YAxis.Secondary = true
	for i, column := range c.beside {
		color := seriesColors[(len(c.values)+i)%len(seriesColors)]
		lines.Series = append(lines.Series, b.series(lines.Type, c, t, place, column, color))
	}
	return []*excelize.Chart{lines}
}

func chartFont(size float64) excelize.Font {
	return excelize.Font{Family: fontFamily, Size: size, Color: chartText}
}

func (b *book) valueAxis() excelize.ChartAxis {
	return excelize.ChartAxis{
		Font: chartFont(8), NumFmt: excelize.ChartNumFmt{CustomNumFmt: localFormat(b.options.Language, "#,##0")},
	}
}

// The sheet of charts is a grid, of which a chart takes the whole width or half
// of it. Two rows of charts fill a page.
const (
	gridColumns     = 20
	gridColumnWidth = 9 // characters
	gridFirstRow    = 4
	gridRows        = 20 // of cells, to a row of charts
	chartsOfPage    = 2  // above each other

	// Pixels, as excelize counts them to find the cells in which a chart ends.
	pixelsOfChar = 8
	pixelsOfRow  = 18
	chartGap     = 16
)

// drawCharts fills the sheet of charts.
func (b *book) drawCharts(sheet string) {
	b.name = sheet
	for column := 1; column <= gridColumns; column++ {
		b.setWidth(column, gridColumnWidth)
	}
	const whole = gridColumns * gridColumnWidth * pixelsOfChar
	row, column := 0, 1 // of charts, of cells
	for _, c := range b.charts {
		if c.wide && column > 1 {
			row, column = row+1, 1
		}
		top := gridFirstRow + row*gridRows
		if column == 1 && row > 0 && row%chartsOfPage == 0 {
			b.do("page break", func() error { return b.file.InsertPageBreak(b.name, cellName(1, top)) })
		}
		c.Dimension = excelize.ChartDimension{Width: whole - chartGap, Height: gridRows*pixelsOfRow - chartGap}
		if !c.wide {
			c.Dimension.Width = whole/2 - chartGap
		}
		b.do("chart", func() error { return b.file.AddChart(b.name, cellName(column, top), c.Chart, c.beside...) })
		if c.wide || column > 1 {
			row, column = row+1, 1
		} else {
			column = 1 + gridColumns/2
		}
	}
}

func (b *book) series(kind excelize.ChartType, c *bookChart, t *bookTable, place *tablePlace, column int, color string) excelize.ChartSeries {
	last := place.last
	if c.rows > 0 {
		last = place.numbers + c.rows
	}
	of := func(column int) string {
		name := columnName(column + 1)
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", b.name, name, place.numbers+1, name, last)
	}
	s := excelize.ChartSeries{
		Name:       b.seriesName(t, place, column),
		Categories: of(c.labels), Values: of(column), Fill: fillOf(color),
	}
	if kind == excelize.Line {
		s.Line = excelize.LineOptions{Width: 2.25, Fill: fillOf(color)}
		s.Marker = excelize.ChartMarker{Symbol: "circle", Size: 6, Fill: fillOf(color)}
	}
	return s
}

// seriesName is the cell that names a series: the group of its column if it has
// one, else the title.
func (b *book) seriesName(t *bookTable, place *tablePlace, column int) string {
	group := t.columns[column].group
	for group != "" && column > 0 && t.columns[column-1].group == group {
		column--
	}
	return fmt.Sprintf("'%s'!$%s$%d", b.name, columnName(column+1), place.head)
}
