package sheet

import (
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updateXLS = flag.Bool("update-xls", false, "write what the reader makes of testdata/warga.xls into testdata/warga.csv")

// flagsOf writes what a row is beside its cells: hidden, and which are numbers.
func flagsOf(row Row) string {
	flags := ""
	if row.Hidden {
		flags = "hidden "
	}
	for i, numeric := range row.Numeric {
		if numeric {
			flags += ColumnName(i)
		}
	}
	return flags
}

// A workbook written by LibreOffice from warga.fods.
func TestXLSOfLibreOffice(t *testing.T) {
	book := open(t, "testdata/warga.xls")
	var got [][]string
	for _, s := range book.Sheets() {
		layout, err := s.Layout(t.Context())
		must(t, err)
		got = append(got, []string{s.Name(), fmt.Sprint(s.Hidden()), fmt.Sprint(layout.Merged), fmt.Sprint(layout.HiddenColumns)})
		for _, row := range rowsOf(t, s) {
			got = append(got, append([]string{strconv.Itoa(row.Number), flagsOf(row)}, row.Cells...))
		}
	}
	const golden = "testdata/warga.csv"
	if *updateXLS {
		var text strings.Builder
		must(t, csv.NewWriter(&text).WriteAll(got))
		must(t, os.WriteFile(golden, []byte(text.String()), 0o600))
	}
	file, err := os.Open(golden)
	must(t, err)
	defer func() { must(t, file.Close()) }()
	records := csv.NewReader(file)
	records.FieldsPerRecord = -1
	want, err := records.ReadAll()
	must(t, err)
	if diff := cmp.Diff(want, got); book.Kind() != KindXLS || diff != "" {
		t.Errorf("%s, -want +got:\n%s", book.Kind(), diff)
	}
}

// number30 is a whole number of 30 bits as a cell holds it.
func number30(n int32, hundredths uint32) uint32 { return uint32(n)<<2 | 2 | hundredths }

// Every digit of a number is kept, in whatever form it is stored.
func TestXLSNumbers(t *testing.T) {
	half := uint32(math.Float64bits(-0.5) >> 32)
	tests := []struct {
		want  string
		write func(w *biff)
	}{
		{"-1", func(w *biff) { w.cell(recordRK, 0, 0, 0, number30(-1, 0)) }},
		{"-0.01", func(w *biff) { w.cell(recordRK, 0, 0, 0, number30(-1, 1)) }},
		{"536870911", func(w *biff) { w.cell(recordRK, 0, 0, 0, number30(1<<29-1, 0)) }},
		{"-536870912", func(w *biff) { w.cell(recordRK, 0, 0, 0, number30(-1<<29, 0)) }},
		{"1234.56", func(w *biff) { w.cell(recordRK, 0, 0, 0, number30(123456, 1)) }},
		{"-0.5", func(w *biff) { w.cell(recordRK, 0, 0, 0, half) }},
		{"-0.005", func(w *biff) { w.cell(recordRK, 0, 0, 0, half|1) }},
		{"3174015705809003", func(w *biff) { w.number(0, 0, 0, 3174015705809003) }},
		{"9007199254740992", func(w *biff) { w.number(0, 0, 0, 1<<53) }},
		{"-9007199254740992", func(w *biff) { w.number(0, 0, 0, -1<<53) }},
		{"123456789012345680", func(w *biff) { w.number(0, 0, 0, 123456789012345678) }},
		{"1.2345678901234567E+19", func(w *biff) { w.number(0, 0, 0, 12345678901234567890) }},
		{"0", func(w *biff) { w.number(0, 0, 0, math.Copysign(0, -1)) }},
		{"0.1", func(w *biff) { w.number(0, 0, 0, 0.1) }},
		{"0.30000000000000004", func(w *biff) { w.number(0, 0, 0, 0.30000000000000004) }},
		{"1E-07", func(w *biff) { w.number(0, 0, 0, 1e-7) }},
	}
	for _, tt := range tests {
		var w biff
		tt.write(&w)
		if rows := xlsRows(t, sheetStream(nil, &w)); len(rows) != 1 || len(rows[0].Cells) != 1 || rows[0].Cells[0] != tt.want || !rows[0].Numeric[0] {
			t.Errorf("got %+v, want the number %s", rows, tt.want)
		}
	}
	var w biff
	w.record(recordMulRK, 3, 2, 0, number30(7, 0), 0, number30(-8, 0), 0, number30(250, 1), 4)
	w.number(4, 0, 0, math.NaN()).number(4, 1, 0, math.Inf(1))
	rows := xlsRows(t, sheetStream(nil, &w))
	want := []Row{
		{Number: 4, Cells: []string{"", "", "7", "-8", "2.5"}, Numeric: []bool{false, false, true, true, true}},
		{Number: 5, Cells: []string{"#NUM!", "#NUM!"}},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// The style of a number tells whether it is a date, by its own format alone.
func TestXLSDates(t *testing.T) {
	var globals, cells biff
	globals.record(recordFormat, 164, wideText(`dd\ mmmm\ yyyy`)).record(recordFormat, 165, wideText(`0" hari"`)).record(recordFormat, 14, wideText("0"))
	for _, format := range []int{0, 164, 165, 14, 22} {
		globals.record(recordXF, 0, format, make([]byte, 16))
	}
	for style := range 5 {
		cells.number(0, style, style, 29358.5)
	}
	cells.cell(recordRK, 1, 0, 1, number30(29358, 0)).number(1, 1, 99, 29358)
	cells.cell(recordFormula, 1, 2, 1, 29358.0, 0, uint32(0), 0)
	rows := xlsRows(t, sheetStream(&globals, &cells))
	want := []Row{
		{Number: 1, Cells: []string{"29358.5", "1980-05-17 12:00:00", "29358.5", "29358.5", "1980-05-17 12:00:00"}, Numeric: []bool{true, false, true, true, false}},
		{Number: 2, Cells: []string{"1980-05-17", "29358", "1980-05-17"}, Numeric: []bool{false, true, false}},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	globals.record(recordDateMode, 1)
	if rows := xlsRows(t, sheetStream(&globals, &cells)); rows[1].Cells[0] != "1984-05-18" {
		t.Errorf("in the calendar of 1904: %q", rows[1].Cells)
	}
}

// resultOf is a result of a formula that is no number.
func resultOf(kind, value uint8) []byte { return []byte{kind, 0, value, 0, 0, 0, 0xFF, 0xFF} }

func (w *biff) formula(row, column int, result any, options int) *biff {
	return w.cell(recordFormula, row, column, 0, result, options, uint32(0), 3, "\x1E\x01\x00")
}

// A formula is its stored result; a text stands in a record behind it.
func TestXLSFormulas(t *testing.T) {
	const array, shared, table = 0x0221, 0x04BC, 0x0236
	var w biff
	w.formula(0, 0, resultOf(resultText, 0), 0).record(recordString, wideText("SATU"))
	w.formula(0, 1, resultOf(resultText, 0), 8).record(shared, make([]byte, 12)).record(recordString, wideText("DUA"))
	w.formula(0, 2, resultOf(resultText, 0), 0).record(array, make([]byte, 20)).record(recordContinue, "x").record(recordString, wideText("TIGA"))
	w.formula(0, 3, resultOf(resultText, 0), 0).record(table, make([]byte, 16)).record(recordString, 4, uint8(0), "E\xC9").record(recordContinue, uint8(flagWide), []uint16{0x20AC, 'F'})
	w.formula(1, 0, resultOf(resultBool, 1), 0).formula(1, 1, resultOf(resultBool, 0), 0).formula(1, 2, resultOf(resultError, 0x2A), 0)
	w.formula(1, 3, resultOf(resultEmpty, 0), 0).formula(1, 4, 42.0, 0).formula(1, 5, 0.0, 0)
	w.formula(2, 0, 0.0, onLoad).formula(2, 1, resultOf(resultEmpty, 0), 3).formula(2, 2, 5.0, 3)
	w.formula(3, 0, resultOf(resultText, 0), 0).formula(3, 1, resultOf(resultText, 0), 0)
	w.formula(4, 1, resultOf(resultText, 0), 0).record(recordString, wideText("")).label(4, 2, "X").record(recordString, wideText("of nothing"))
	w.cell(recordBoolErr, 5, 0, 0, uint8(1), uint8(0)).cell(recordBoolErr, 5, 1, 0, uint8(7), uint8(1)).cell(recordBoolErr, 5, 2, 0, uint8(0x99), uint8(1))
	want := []Row{
		{Number: 1, Cells: []string{"SATU", "DUA", "TIGA", "EÉ€F"}},
		{Number: 2, Cells: []string{"TRUE", "FALSE", "#N/A", "", "42", "0"}, Numeric: []bool{false, false, false, false, true, true}},
		{Number: 3, Cells: []string{"", "", "5"}, Numeric: []bool{false, false, true}, Uncached: 2},
		{Number: 4, Cells: []string{}, Uncached: 2},
		{Number: 5, Cells: []string{"", "", "X"}},
		{Number: 6, Cells: []string{"TRUE", "#DIV/0!", "#ERROR!"}},
	}
	for i, code := range []uint8{0x00, 0x0F, 0x17, 0x1D, 0x24, 0x2B} {
		w.formula(6, i, resultOf(resultError, code), 0)
	}
	want = append(want, Row{Number: 7, Cells: []string{"#NULL!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#GETTING_DATA"}})
	if diff := cmp.Diff(want, xlsRows(t, sheetStream(nil, &w))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// What stands beside the cells: hidden rows, columns and sheets, merged cells.
// Charts and programs are no sheets, and a chart in a sheet is passed over.
func TestXLSBesideTheCells(t *testing.T) {
	var w biff
	w.record(recordColInfo, 1, 2, 0, 0, hiddenColumn, 0).record(recordColInfo, 4, 256, 0, 0, 0, 0).record(recordColInfo, 7, 256, 0, 0, hiddenColumn)
	w.record(recordRow, 1, 0, 1, 0, 0, 0, hiddenRow, 0)
	w.label(0, 0, "A").label(1, 0, "B")
	w = slices.Concat(w, begin(0x20), *new(biff).label(0, 0, "CHART"), begin(0x20), ending, *new(biff).label(1, 1, "CHART"), ending)
	w.label(2, 0, "C").record(recordRow, 2, 0, 1, 0, 0, 0, hiddenRow, 0)
	w.record(recordMergeCells, 3, 0, 1, 0, 3, 5, 4, 2, 2, 9, 9, 6, 7)
	plain := new(biff).label(0, 0, "X")
	book := xlsOf(t, workbookStream(nil, streamSheetOf{name: "DATA", cells: &w}, streamSheetOf{name: "CHART", kind: 2, cells: plain},
		streamSheetOf{name: "MACRO", kind: 1, cells: plain}, streamSheetOf{name: "VBA", kind: 6, cells: plain},
		streamSheetOf{name: "\xC9", state: 1, cells: plain}, streamSheetOf{name: "S", state: 2, cells: plain}))
	var names []string
	for _, s := range book.Sheets() {
		names = append(names, fmt.Sprint(s.Name(), s.Hidden(), len(rowsOf(t, s))))
	}
	if want := []string{"DATA false 3", "É true 1", "S true 1"}; len(names) != 3 || strings.ReplaceAll(strings.Join(names, ","), " ", "") != strings.ReplaceAll(strings.Join(want, ","), " ", "") {
		t.Errorf("sheets %q", names)
	}
	want := []Row{{Number: 1, Cells: []string{"A"}}, {Number: 2, Cells: []string{"B"}, Hidden: true}, {Number: 3, Cells: []string{"C"}, Hidden: true}}
	if diff := cmp.Diff(want, rowsOf(t, book.Sheets()[0])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	layout, err := book.Sheets()[0].Layout(t.Context())
	must(t, err)
	if diff := cmp.Diff(Layout{
		Merged:        []Range{{FirstRow: 1, LastRow: 2, LastColumn: 3}, {FirstRow: 10, LastRow: 10, FirstColumn: 6, LastColumn: 7}},
		HiddenColumns: []Range{{FirstColumn: 1, LastColumn: 2}, {FirstColumn: 7, LastColumn: 255}},
	}, layout); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Rows are delivered in their order however the cells stand in the file, and
// however many passes that takes.
func TestXLSRowsOutOfOrder(t *testing.T) {
	var w biff
	w.label(5, 1, "F").label(0, 2, "C").formula(3, 0, resultOf(resultText, 0), 0).record(0x04BC, "x").record(recordContinue, "y").record(recordString, 1, uint8(0)).record(recordContinue, uint8(0), "D")
	w.label(0, 0, "A").record(recordRow, 0, 0, 1, 0, 0, 0, hiddenRow, 0).number(0, 2, 0, 9).label(65535, 255, "Z").number(3, 1, 0, 1)
	rows := xlsRows(t, sheetStream(nil, &w))
	want := []Row{
		{Number: 1, Cells: []string{"A", "", "9"}, Numeric: []bool{false, false, true}, Hidden: true},
		{Number: 4, Cells: []string{"D", "1"}, Numeric: []bool{false, true}},
		{Number: 6, Cells: []string{"", "F"}},
		{Number: 65536, Cells: append(make([]string, 255), "Z")},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	survey := newXLSSurvey()
	survey.groups[1], survey.groups[9], survey.groups[10] = bandBytes-1, 1, 1
	if diff := cmp.Diff([]band{{0, 640}, {640, 65536}}, survey.bands(), cmp.AllowUnexported(band{})); diff != "" {
		t.Errorf("bands, -want +got:\n%s", diff)
	}
	w = nil
	const columns = 9
	for column := range columns { // column by column, which is more than one band
		for row := range 65_536 {
			w.number(row, column, 0, float64(row*columns+column))
		}
	}
	i := 0
	book := open(t, write(t, "a.xls", slices.Concat(begin(streamSheet), w, ending)))
	for _, row := range rowsOf(t, book.Sheets()[0]) {
		for column, text := range row.Cells {
			if row.Number != i/columns+1 || column != i%columns || text != strconv.Itoa(i) {
				t.Fatalf("row %d, column %d: %s", row.Number, column, text)
			}
			i++
		}
	}
	if i != columns*65_536 {
		t.Errorf("%d cells", i)
	}
}

// A sheet that cannot be read does not keep the others from being read.
func TestXLSDamagedSheet(t *testing.T) {
	good := new(biff).label(0, 0, "A").label(1, 0, "B")
	sheets := []streamSheetOf{{name: "A", cells: good}, {name: "B", cells: good}, {name: "C", cells: good}}
	damage := func(sheet int, place uint32) []byte {
		stream := workbookStream(nil, sheets...)
		at := len(begin(streamGlobals)) + sheet*(recordHeader+8+1) + recordHeader
		copy(stream[at:], fieldsOf(place))
		return stream
	}
	whole := workbookStream(nil, sheets...)
	size := len(begin(streamSheet)) + len(*good) + len(ending)
	tests := []struct {
		name   string
		stream []byte
		bad    int
	}{
		{"beyond the end", damage(1, 1<<30), 1},
		{"in the middle of another sheet", damage(1, uint32(len(whole)-20)), 1},
		{"at the place of another sheet", damage(2, uint32(len(whole)-2*size)), 2},
		{"at the beginning", damage(0, 0), 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i, s := range xlsOf(t, tt.stream).Sheets() {
				rows, err := collect(s)
				_, layoutErr := s.Layout(t.Context())
				if want := i == tt.bad; errors.Is(err, ErrDamaged) != want || errors.Is(layoutErr, ErrDamaged) != want || !want && len(rows) != 2 {
					t.Errorf("sheet %d: %d rows, %v, %v", i, len(rows), err, layoutErr)
				}
			}
		})
	}
}

// What stands above the damage is delivered, and the error names the row.
func TestXLSCutOff(t *testing.T) {
	const row = recordHeader + cellHeader + 8
	begun := len(sheetStream(nil, new(biff))) - len(ending)
	var w biff
	for i := range 100 {
		w.number(i, 0, 0, float64(i))
	}
	back := slices.Concat(*new(biff).number(200, 0, 0, 1), w)
	short := slices.Concat(w[:50*row], *new(biff).record(recordNumber, 50, 0, 0, uint32(0)), w[50*row:])
	tests := []struct {
		name   string
		stream []byte
		rows   int
	}{
		{"in a record", sheetStream(nil, &w)[:begun+50*row+7], 49},
		{"in a header", sheetStream(nil, &w)[:begun+50*row+2], 49},
		{"between records", sheetStream(nil, &w)[:begun+50*row], 49},
		{"before its end", sheetStream(nil, &w)[:begun+100*row], 99},
		{"out of order", sheetStream(nil, &back)[:begun+50*row+7], 49},
		{"a record too short", sheetStream(nil, &short), 50},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, content := range [][]byte{compoundWith("Workbook", tt.stream), tt.stream} {
				rows, err := collect(open(t, write(t, "a.xls", content)).Sheets()[0])
				var located *Error
				if !errors.Is(err, ErrDamaged) || !errors.As(err, &located) || located.Sheet != "A" || located.Row == 0 || len(rows) != tt.rows {
					t.Errorf("%d rows, %v", len(rows), err)
				}
			}
		})
	}
}

// A row that does not hold what it says is marked, and the others are read.
func TestXLSBrokenRows(t *testing.T) {
	limits := DefaultLimits()
	limits.Cell, limits.Record = 40, 100
	var w biff
	w.label(0, 0, "A").label(0, 256, "B").cell(recordBoolErr, 0, 256, 0, uint8(1), uint8(0)).label(1, 0, strings.Repeat("é", 30)).cell(recordLabelSST, 2, 1, 0, uint32(7))
	w.cell(recordLabel, 3, 0, 0, 5, uint8(0), "AB")
	for column := range 10 {
		w.label(4, column, strings.Repeat("x", 35))
	}
	w.label(5, 0, "Z")
	b, err := OpenWithin(write(t, "a.xls", sheetStream(nil, &w)), limits)
	must(t, err)
	defer func() { must(t, b.Close()) }()
	var got []string
	for _, row := range rowsOf(t, b.Sheets()[0]) {
		got = append(got, fmt.Sprintf("%d %s %d", row.Number, row.Broken, len(strings.Join(row.Cells, ""))))
	}
	if want := []string{"1 too_wide 1", "2 too_long 40", "3 bad_reference 0", "4 bad_reference 2", "5 too_long 105", "6  1"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Sheets may be read at the same time, and from the beginning again.
func TestXLSSheetsAtTheSameTime(t *testing.T) {
	var w biff
	for i := range 3000 {
		w.label(i, 0, "WARGA").number(i, 1, 0, float64(i))
	}
	book := xlsOf(t, workbookStream(nil, streamSheetOf{name: "A", cells: &w}, streamSheetOf{name: "B", cells: &w}))
	var readers sync.WaitGroup
	for i := range 4 {
		readers.Go(func() {
			if rows, err := collect(book.Sheets()[i%2]); err != nil || len(rows) != 3000 || rows[2999].Cells[1] != "2999" {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		})
	}
	readers.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := book.Sheets()[0].Layout(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a layout that is not wanted any more: %v", err)
	}
}

// LibreOffice stores 0 for the text that a formula gives. A formula that is one
// text has it all the same; of others the text is missing.
func TestXLSTextFormulasWithoutText(t *testing.T) {
	var w biff
	tokens := func(column int, code string) { w.cell(recordFormula, 0, column, 0, 0.0, 0, uint32(0), len(code), code) }
	tokens(0, "\x17\x04\x003174")
	tokens(1, "\x17\x02\x01A\x00\xC9\x00")
	tokens(2, "\x17\x01\x00A\x41\x72\x00")      // PROPER("A")
	tokens(3, "\x17\x01\x00A\x17\x01\x00B\x08") // "A"&"B"
	tokens(4, "\x1E\x01\x00\x42\x02\x50\x01")   // CONCATENATE(1, ...)
	tokens(5, "\x1E\x01\x00\x1E\x01\x00\x04")   // 1-1
	tokens(6, "\x17\xFF\x00A")                  // a text cut off
	want := []Row{{Number: 1, Cells: []string{"3174", "AÉ", "", "", "", "0", "0"}, Numeric: []bool{false, false, false, false, false, true, true}, Uncached: 3}}
	if diff := cmp.Diff(want, xlsRows(t, sheetStream(nil, &w))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
