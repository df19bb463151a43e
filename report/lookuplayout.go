package report

import (
	"fmt"
	"slices"
	"strings"

	"padan/match"
	"padan/normalize"

	"github.com/xuri/excelize/v2"
)

// LookupSheet is a sheet of a list that is looked up.
type LookupSheet struct {
	Header  []string // as it stood; empty where there is none
	Columns normalize.Columns
}

// LookupLayout says in which columns the cells of the sheets of a list are shown:
// cells under the same title share one. What has no title is shown together in the
// last column.
type LookupLayout struct {
	titles []string
	sheets []lookupSheet
}

// lookupSheet says for each cell of a row of a sheet its column, and which cells
// are numbers.
type lookupSheet struct {
	at      []int
	nik, kk int // -1 where there is none
}

// NewLookupLayout lays out the cells of the sheets of a list.
func NewLookupLayout(sheets []LookupSheet) *LookupLayout {
	l := &LookupLayout{}
	for i := range sheets {
		s := &sheets[i]
		laid := lookupSheet{nik: s.Columns.Cell(normalize.FieldNIK), kk: s.Columns.Cell(normalize.FieldKK)}
		used := map[int]bool{}
		for cell := range s.width() {
			column := l.column(s.title(cell), used)
			used[column] = true
			laid.at = append(laid.at, column)
		}
		l.sheets = append(l.sheets, laid)
	}
	return l
}

// width is the number of cells that have a title or a meaning.
func (s *LookupSheet) width() int {
	width := len(s.Header)
	for f := normalize.FieldNIK; f < normalize.FieldCount; f++ {
		width = max(width, s.Columns.Cell(f)+1)
	}
	return width
}

// title is that of a cell: what stands above it, or else its letters.
func (s *LookupSheet) title(cell int) string {
	if cell < len(s.Header) {
		if title := singleSpaced(s.Header[cell]); title != "" {
			return title
		}
	}
	letters, err := excelize.ColumnNumberToName(cell + 1)
	if err != nil { // beyond the last column of a spreadsheet
		return fmt.Sprint(cell + 1)
	}
	return letters
}

// column finds or makes the column of a title that its sheet has not used yet.
func (l *LookupLayout) column(title string, used map[int]bool) int {
	for i, known := range l.titles {
		if strings.EqualFold(known, title) && !used[i] {
			return i
		}
	}
	l.titles = append(l.titles, title)
	return len(l.titles) - 1
}

// columns heads the cells of the list; a title that is taken gets a number.
func (l *LookupLayout) columns(others []Column, language Language) []Column {
	taken := map[string]bool{}
	for _, c := range others {
		taken[strings.ToUpper(c.Title)] = true
	}
	columns := make([]Column, 0, len(l.titles)+1)
	for i, title := range append(slices.Clone(l.titles), language.phrase(phraseOtherCells)) {
		free := title
		for n := 2; taken[strings.ToUpper(free)]; n++ {
			free = fmt.Sprintf("%s (%d)", title, n)
		}
		taken[strings.ToUpper(free)] = true
		columns = append(columns, Column{Name: fmt.Sprintf("list_%d", i+1), Title: free, Width: min(max(len(free)+4, 10), 40)})
	}
	return columns
}

// add writes the cells of a row as they stood.
func (l *LookupLayout) add(w *writer, r *LookupRow) {
	sheet := &l.sheets[r.Sheet]
	first := len(w.cells)
	for range len(l.titles) + 1 {
		w.add(Cell{Type: EmptyCell})
	}
	var others []string
	for i, text := range r.Cells {
		cell := w.listed(r, sheet, i, text)
		if i < len(sheet.at) {
			w.cells[first+sheet.at[i]] = cell
		} else if text != "" {
			others = append(others, cell.Text)
		}
	}
	if len(others) > 0 {
		w.cells[first+len(l.titles)] = Text(strings.Join(others, " | "))
	}
}

// listed shows a cell as it stood. Masked, the cells of a row that was rejected are
// hidden, since nobody knows what they are.
func (w *writer) listed(r *LookupRow, sheet *lookupSheet, i int, text string) Cell {
	switch {
	case !w.options.Mask && (i == sheet.nik || i == sheet.kk):
		return Code(text)
	case !w.options.Mask:
		return Text(text)
	case r.Hit.Status == match.LookupRejected && text != "":
		return Text(hidden)
	case i == sheet.nik:
		return w.number(text, r.NIK)
	case i == sheet.kk:
		return w.number(text, r.KK)
	default:
		return Text(maskNumbers(text))
	}
}
