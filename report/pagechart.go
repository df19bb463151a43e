package report

import (
	"math"
	"strconv"
	"strings"
)

// figure is a chart with what stands beside it: what it shows in words, and the
// same figures as a table. A figure without marks shows Instead.
type figure struct {
	ID      string
	Title   string
	Text    string // what the chart shows
	Spoken  bool   // the text is for those who do not see the chart
	Legend  []legendEntry
	Height  string // px
	Marks   []mark
	Table   *dataTable
	Instead string
}

// legendEntry explains the look of a mark.
type legendEntry struct {
	Shape shape
	Class string
	Text  string
}

// mark is one shape of a chart. Across, a chart is as wide as there is room, so
// that X, X2 and Width are percentages of it; Y, Y2, Height and DX are pixels, and
// so are letters, which thus stay readable on a phone.
type mark struct {
	Shape         shape
	Class         string
	X, Y          string
	X2, Y2        string // end of a line
	Width, Height string // of a box
	DX            string // moves a text
	Text          string
}

// shape is what a mark draws.
type shape string

// The shapes.
const (
	shapeBox  shape = "box"
	shapeLine shape = "line"
	shapeDot  shape = "dot"
	shapeTile shape = "tile" // a square around its place
	shapeText shape = "text"
)

// Sizes in charts, in pixels.
const (
	textHeight = 15 // of a line of text
	barHeight  = 11
	dotSize    = 10
)

// drawing collects the marks of a chart.
type drawing struct{ marks []mark }

func (d *drawing) box(class string, x, y, width, height float64) {
	d.marks = append(d.marks, mark{Shape: shapeBox, Class: class, X: across(x), Y: pixels(y), Width: across(width), Height: pixels(height)})
}

func (d *drawing) line(class string, x, y, x2, y2 float64) {
	d.marks = append(d.marks, mark{Shape: shapeLine, Class: class, X: across(x), Y: pixels(y), X2: across(x2), Y2: pixels(y2)})
}

// dot draws a disc for the central side and a square for the regional one, so that
// they differ by more than their colour.
func (d *drawing) dot(class string, x, y float64) {
	m := mark{Shape: shapeDot, Class: class, X: across(x), Y: pixels(y)}
	if class == sideClasses[1] {
		m.Shape, m.Y = shapeTile, pixels(y-dotSize/2)
	}
	d.marks = append(d.marks, m)
}

// text writes a line whose baseline is at y, moved by dx pixels. Its class says
// where it is anchored.
func (d *drawing) text(class string, x, y, dx float64, text string) {
	d.marks = append(d.marks, mark{Shape: shapeText, Class: class, X: across(x), Y: pixels(y), DX: pixels(dx), Text: text})
}

// sideClasses color what belongs to a side.
var sideClasses = [2]string{"central", "regional"}

func across(percent float64) string { return pixels(percent) + "%" }

// pixels writes a measure with at most two decimals.
func pixels(value float64) string {
	return strconv.FormatFloat(math.Round(value*100)/100, 'f', -1, 64)
}

// dataTable is a plain table. The first cell of a row heads it.
type dataTable struct {
	Title   string
	Columns []tableColumn
	Rows    [][]string
}

// tableColumn heads a column of numbers, or of words, which begin at the left.
type tableColumn struct {
	Title string
	Words bool
}

// wrapWidth is the number of letters that fit into a chart on a narrow phone.
const wrapWidth = 42

// wrapped cuts a text into lines between its words.
func wrapped(text string) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case len(line)+1+len(word) > wrapWidth:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
