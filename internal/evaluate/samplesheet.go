package evaluate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"padan/internal/review"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/normalize"

	"github.com/xuri/excelize/v2"
)

// decisionTitle heads the decisions, the same in every language.
const decisionTitle = "KEPUTUSAN"

// The sheets of the workbook; the second says what the sample stands for.
const (
	pairsSheet  = "Sampel"
	strataSheet = "Lapisan"
)

// sampleFields are shown side by side, in columns of these widths in letters.
var sampleFields = [...]struct {
	field normalize.Field
	width float64
}{
	{normalize.FieldNIK, 18}, {normalize.FieldKK, 18}, {normalize.FieldName, 26}, {normalize.FieldBirthPlace, 16},
	{normalize.FieldBirthDate, 18}, {normalize.FieldSex, 10}, {normalize.FieldRelation, 17}, {normalize.FieldMother, 22},
	{normalize.FieldAddress, 30}, {normalize.FieldRT, 6}, {normalize.FieldRW, 6}, {normalize.FieldKelurahan, 20},
}

// firstField is the column of the first field; number, decision and note stand
// before it.
const firstField = 4

// SampleLabels are the words of a sample sheet in the language of the reader.
type SampleLabels struct {
	Number, Note string
	Fields       func(normalize.Field) string
	Sides        [2]string
	Guide        string // what to do, above the table
}

// sampleHead is the row of the titles; the guide stands above it.
const sampleHead = 3

// WriteSheet writes the sample as a workbook to be judged: both rows of each
// pair side by side, and a column for the decision.
func (s *Sample) WriteSheet(w io.Writer, l SampleLabels) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.SetSheetName("Sheet1", pairsSheet); err != nil {
		return err
	}
	rows := [][]string{{l.Guide}, nil, s.titles(l)}
	for i := range s.Pairs {
		rows = append(rows, s.pairCells(i))
	}
	if err := writeRows(book, pairsSheet, rows); err != nil {
		return err
	}
	if err := s.format(book, len(rows[sampleHead-1])); err != nil {
		return err
	}
	if _, err := book.NewSheet(strataSheet); err != nil {
		return err
	}
	strata := [][]string{{"run", strconv.FormatInt(int64(s.Run), 10)}, {"from", "links", "drawn"}}
	for _, k := range s.Strata {
		strata = append(strata, []string{fmt.Sprint(k.From), strconv.Itoa(k.Links), strconv.Itoa(k.Drawn)})
	}
	if err := writeRows(book, strataSheet, strata); err != nil {
		return err
	}
	return book.Write(w)
}

func (s *Sample) titles(l SampleLabels) []string {
	titles := []string{l.Number, decisionTitle, l.Note}
	for _, f := range sampleFields {
		for _, side := range l.Sides {
			titles = append(titles, l.Fields(f.field)+" ("+side+")")
		}
	}
	return titles
}

// pairCells are the cells of one pair; its number says its stratum.
func (s *Sample) pairCells(i int) []string {
	pair := &s.Pairs[i]
	cells := []string{fmt.Sprintf("%d.%d", i+1, s.Class[i]+1), "", ""}
	for _, f := range sampleFields {
		cells = append(cells, pair.Central.Raw[f.field], pair.Regional.Raw[f.field])
	}
	return cells
}

func writeRows(book *excelize.File, name string, rows [][]string) error {
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := book.SetCellStr(name, cell, text); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Sample) format(book *excelize.File, columns int) error {
	last, err := excelize.ColumnNumberToName(columns)
	if err != nil {
		return err
	}
	head, err := book.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
	})
	if err != nil {
		return err
	}
	const formatText = 49 // "@": what a list says stays a text, also when a cell is edited
	text, err := book.NewStyle(&excelize.Style{NumFmt: formatText})
	if err != nil {
		return err
	}
	bottom := sampleHead + len(s.Pairs)
	choice := excelize.NewDataValidation(true)
	choice.Sqref = fmt.Sprintf("B%d:B%d", sampleHead+1, bottom)
	return errors.Join(
		choice.SetDropList([]string{review.Word(store.VerdictSame), review.Word(store.VerdictDifferent), review.Word(store.VerdictUnsure)}),
		book.AddDataValidation(pairsSheet, choice),
		book.SetCellStyle(pairsSheet, "A"+strconv.Itoa(sampleHead), last+strconv.Itoa(sampleHead), head),
		book.SetCellStyle(pairsSheet, "D"+strconv.Itoa(sampleHead+1), last+strconv.Itoa(bottom), text),
		book.SetColWidth(pairsSheet, "A", "A", 8),
		book.SetColWidth(pairsSheet, "B", "C", 14),
		formatFields(book, bottom),
		book.SetPanes(pairsSheet, &excelize.Panes{
			Freeze: true, XSplit: 3, YSplit: sampleHead, TopLeftCell: "D" + strconv.Itoa(sampleHead+1), ActivePane: "bottomRight",
		}),
		book.AutoFilter(pairsSheet, "A"+strconv.Itoa(sampleHead)+":"+last+strconv.Itoa(bottom), nil),
		setUpPrint(book), // last, since the filter sets the same property anew
	)
}

// formatFields sets the width of the columns and marks where both sides have a
// value and not the same one.
func formatFields(book *excelize.File, bottom int) error {
	differs, err := book.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Color: []string{"FCE4D6"}, Pattern: 1}})
	if err != nil {
		return err
	}
	for i, f := range sampleFields {
		central, err1 := excelize.ColumnNumberToName(firstField + 2*i)
		regional, err2 := excelize.ColumnNumberToName(firstField + 2*i + 1)
		a, b := fmt.Sprintf("$%s%d", central, sampleHead+1), fmt.Sprintf("$%s%d", regional, sampleHead+1)
		err := errors.Join(err1, err2,
			book.SetColWidth(pairsSheet, central, regional, f.width),
			book.SetConditionalFormat(pairsSheet, fmt.Sprintf("%s%d:%s%d", central, sampleHead+1, regional, bottom), []excelize.ConditionalFormatOptions{{
				Type: "formula", Format: &differs, Criteria: fmt.Sprintf(`AND(%s<>"",%s<>"",UPPER(%s)<>UPPER(%s))`, a, b, a, b),
			}}))
		if err != nil {
			return err
		}
	}
	return nil
}

// setUpPrint prints the table on A3 across, as wide as one sheet, with its titles
// on each.
func setUpPrint(book *excelize.File) error {
	landscape, a3, wide, asManyAsNeeded, fit := "landscape", 8, 1, 0, true
	return errors.Join(
		book.SetPageLayout(pairsSheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a3, FitToWidth: &wide, FitToHeight: &asManyAsNeeded}),
		book.SetSheetProps(pairsSheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		book.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", Scope: pairsSheet, RefersTo: fmt.Sprintf("%s!$%d:$%d", pairsSheet, sampleHead, sampleHead),
		}),
	)
}

// Errors of reading a judged sample.
var (
	ErrNoSample    = errors.New("not a sample of padan evaluate")
	ErrOtherRun    = errors.New("the sample is of another run")
	ErrNotDecision = errors.New("a decision is SAMA, BEDA or RAGU")
	ErrNotJudged   = errors.New("no decision is filled in yet")
)

// ReadJudged reads a judged sample back. It must be of the given run.
func ReadJudged(ctx context.Context, path string, run store.RunID) (*Judged, error) {
	book, err := sheet.Open(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // says file and hint
	}
	defer book.Close() //nolint:errcheck // only read
	tables := map[string][]sheet.Row{}
	for _, s := range book.Sheets() {
		for row, err := range s.Rows(ctx) {
			if err != nil {
				return nil, err //nolint:wrapcheck // says file, sheet and row
			}
			tables[s.Name()] = append(tables[s.Name()], row)
		}
	}
	strata, of, err := readStrata(tables[strataSheet])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if of != run {
		return nil, fmt.Errorf("%s: %w: %d, the last is %d", path, ErrOtherRun, of, run)
	}
	j := &Judged{Run: int64(run)}
	if err := j.count(tables[pairsSheet], strata); err != nil {
		return nil, fmt.Errorf("%s: sheet %q: %w", path, pairsSheet, err)
	}
	if j.Judged == 0 {
		return nil, fmt.Errorf("%s: %w", path, ErrNotJudged)
	}
	j.judge(strata)
	return j, nil
}

func readStrata(rows []sheet.Row) (strata []stratum, run store.RunID, err error) {
	for i, row := range rows {
		switch {
		case i == 0 && len(row.Cells) > 1:
			n, err := strconv.ParseInt(row.Cells[1], 10, 64)
			if err != nil {
				return nil, 0, ErrNoSample
			}
			run = store.RunID(n)
		case i > 1 && len(row.Cells) > 1:
			from, err1 := strconv.ParseFloat(row.Cells[0], 64)
			links, err2 := strconv.Atoi(row.Cells[1])
			if err1 != nil || err2 != nil || math.IsNaN(from) {
				return nil, 0, ErrNoSample
			}
			strata = append(strata, stratum{From: from, Links: links})
		}
	}
	if len(strata) == 0 {
		return nil, 0, ErrNoSample
	}
	return strata, run, nil
}

// count counts the decisions by stratum.
func (j *Judged) count(rows []sheet.Row, strata []stratum) error {
	for _, row := range rows {
		if row.Number <= sampleHead || len(row.Cells) == 0 {
			continue
		}
		_, class, _ := strings.Cut(row.Cells[0], ".")
		k, err := strconv.Atoi(strings.TrimSpace(class))
		if err != nil || k < 1 || k > len(strata) {
			return fmt.Errorf("row %d: %w", row.Number, ErrNoSample)
		}
		decision := ""
		if len(row.Cells) > 1 {
			decision = row.Cells[1]
		}
		verdict, known := review.ParseVerdict(decision)
		switch {
		case !known:
			return fmt.Errorf("row %d: %w", row.Number, ErrNotDecision)
		case verdict == store.VerdictSame:
			j.Same++
			strata[k-1].Right++
		case verdict == store.VerdictDifferent:
			j.Different++
		case verdict == store.VerdictUnsure:
			j.Unsure++
		default:
			j.Open++
			continue
		}
		j.Judged++
		strata[k-1].Drawn++
	}
	return nil
}
