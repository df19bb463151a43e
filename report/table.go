package report

import (
	"math"
	"strings"
)

// Cell is one cell of a report.
type Cell struct {
	Text   string
	Number float64
	Type   CellType
}

// CellType says how a cell is written.
type CellType uint8

// The types of cell.
const (
	TextCell        CellType = iota
	CodeCell                 // digits that are no quantity (NIK, KK): always text
	IntegerCell              // Number without decimals
	DecimalCell              // Number with two decimals
	ProbabilityCell          // Number from 0 to 1 with six decimals
	EmptyCell
)

// Text returns a text cell.
func Text(s string) Cell { return Cell{Text: s} }

// Code returns a cell for a NIK, a KK or another number that is no quantity.
func Code(s string) Cell { return Cell{Text: s, Type: CodeCell} }

// Integer returns a cell for a count.
func Integer(n int64) Cell { return Cell{Number: float64(n), Type: IntegerCell} }

// Decimal returns a cell for a weight or a percentage, written with two decimals.
func Decimal(f float64) Cell { return Cell{Number: math.Round(f*100) / 100, Type: DecimalCell} }

// Probability returns a cell for a probability, cut to six decimals, so that
// only certainty is written as 1.
func Probability(p float64) Cell {
	return Cell{Number: math.Floor(p*1e6) / 1e6, Type: ProbabilityCell}
}

// Column heads the cells below it, all of which are of its type or empty. Texts
// and codes may stand for each other.
type Column struct {
	Name  string // stable code for programs, unique in its table: "central_nik"
	Title string // in the language of the reader
	Width int    // characters that its cells want
	Type  CellType
}

// column is a column of texts under a phrase.
func (l Language) column(name string, title phrase, width int) Column {
	return Column{Name: name, Title: l.phrase(title), Width: width}
}

// of is the column with cells of another type.
func (c Column) of(t CellType) Column {
	c.Type = t
	return c
}

// Table is a file of rows under a heading. The caller may reuse the argument of
// WriteRow once it returns. Nothing is visible under the file's name before Close, and nothing
// at all if a call failed: Abort then removes what was written.
type Table interface {
	WriteRow(cells []Cell) error
	Close() error
	Abort()
}

// runsAsFormula reports whether a spreadsheet program that reads the text from
// a CSV file, or has it typed in, would take it as a formula (OWASP: CSV
// injection). A lone "-" stands for "nothing" in many sources and is no formula.
func runsAsFormula(text string) bool {
	if text == "" || text == "-" {
		return false
	}
	switch text[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	case wideFirst:
		return strings.HasPrefix(text, "\uFF1D") || strings.HasPrefix(text, "\uFF0B") || strings.HasPrefix(text, "\uFF0D") || strings.HasPrefix(text, "\uFF20")
	}
	return false
}

// wideFirst is the first byte of the signs = + - @ as wide as an East Asian character,
// which some programs take for the others.
const wideFirst = 0xEF
