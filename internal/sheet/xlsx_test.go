package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// workbookOf saves what fill writes with excelize.
func workbookOf(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	fill(f)
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadXLSX(t *testing.T) {
	path := workbookOf(t, func(f *excelize.File) {
		date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		custom := `[$-421]dd mmmm yyyy`
		local, err := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
		must(t, err)
		must(t, f.SetSheetRow("Sheet1", "A1", &[]any{"NIK", "NAMA & ALIAS", "TGL", "LOKAL", "AKTIF"}))
		must(t, f.SetSheetRow("Sheet1", "A3", &[]any{"3174015705809003", "S'TI <N>", 29358, 29358, true}))
		must(t, f.SetCellStyle("Sheet1", "C3", "C3", date))
		must(t, f.SetCellStyle("Sheet1", "D3", "D3", local))
		must(t, f.SetCellInt("Sheet1", "A4", 3174010101109003))
		must(t, f.SetCellRichText("Sheet1", "B4", []excelize.RichTextRun{{Text: "BU"}, {Text: "DI"}}))
		must(t, f.SetCellFormula("Sheet1", "C4", "1+1"))
		must(t, f.SetRowVisible("Sheet1", 4, false))
	})
	rows := readAll(t, path)
	want := [][]string{
		{"NIK", "NAMA & ALIAS", "TGL", "LOKAL", "AKTIF"},
		{"3174015705809003", "S'TI <N>", "1980-05-17", "1980-05-17", "TRUE"},
		{"3174010101109003", "BUDI"},
	}
	got := cellsOf(rows)
	got = slices.DeleteFunc(got, IsBlank)
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Fatalf("got %q, want %q", got, want)
	}
	last := rows[len(rows)-1]
	if last.Number != 4 || !last.Hidden || last.Numeric == nil || !last.Numeric[0] || last.Numeric[1] {
		t.Errorf("last row %+v", last)
	}
}

// zipOf packs parts into a workbook by hand.
func zipOf(t testing.TB, sheet string) string {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	parts := map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet name="A" r:id="r1"/></x:sheets></x:workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   sheet,
	}
	for name, content := range parts {
		part, err := w.Create(name)
		must(t, err)
		_, err = part.Write([]byte(content))
		must(t, err)
	}
	must(t, w.Close())
	return write(t, "a.xlsx", file.Bytes())
}

func TestReadXLSXWrittenByOtherPrograms(t *testing.T) {
	sheet := `<?xml version="1.0"?><!-- a > comment --><x:worksheet xmlns:x="m"><x:sheetData>` +
		`<x:row><x:c t="inlineStr"><x:is><x:r><x:t>A&amp;</x:t></x:r><x:r><x:t xml:space="preserve"> B</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c><x:c><x:v>3.17401010110900E+15</x:v></x:c></x:row>` +
		`<x:row r="5"><x:c r="C5" t="e"><x:v>#N/A</x:v></x:c><x:c t="str"><x:f>"3174"</x:f><x:v>a_x000D_b&#233;</x:v></x:c><x:c t="d"><x:v>1980-05-17T00:00:00</x:v></x:c></x:row>` +
		`<x:row/></x:sheetData></x:worksheet>`
	rows := readAll(t, zipOf(t, sheet))
	want := [][]string{{"A& B", "3174010101109000"}, {"", "", "#N/A", "a bé", "1980-05-17"}, {}}
	if !slices.EqualFunc(cellsOf(rows), want, slices.Equal) {
		t.Fatalf("got %q, want %q", cellsOf(rows), want)
	}
	if rows[1].Number != 5 || rows[2].Number != 6 {
		t.Errorf("numbers %d %d", rows[1].Number, rows[2].Number)
	}
}

func TestTruncatedSheetIsAnError(t *testing.T) {
	b, err := Open(zipOf(t, `<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2`))
	must(t, err)
	defer b.Close() //nolint:errcheck // only read
	var last error
	for _, err := range b.Sheets()[0].Rows(context.Background()) {
		last = err
	}
	if last == nil {
		t.Error("no error")
	}
}

// Every cell is what excelize reads as stored.
func TestXLSXAgreesWithExcelize(t *testing.T) {
	path := workbookOf(t, func(f *excelize.File) {
		for i := range 200 {
			must(t, f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{
				fmt.Sprintf("31740157058%05d", 9000+i), i * 7, float64(i) / 3, i%2 == 0, "A\nB & <" + fmt.Sprint(i%5) + ">", nil, "  x ",
			}))
		}
	})
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	must(t, err)
	want, err := f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
	must(t, err)
	got := cellsOf(readAll(t, path))
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i := range want {
		for j := range want[i] {
			w := want[i][j]
			if j == 3 {
				w = map[string]string{"1": "TRUE", "0": "FALSE"}[w]
			}
			if got[i][j] != w {
				t.Fatalf("row %d cell %d: %q, want %q", i, j, got[i][j], w)
			}
		}
	}
}

func TestFindHeader(t *testing.T) {
	recognise := func(text string) (string, bool) {
		known := map[string]string{"NIK": "nik", "NAMA": "name", "TGL LAHIR": "birth_date", "RT": "rt", "RW": "rw", "ALAMAT": "address"}
		f, ok := known[text]
		return f, ok
	}
	rows := []Row{
		{Number: 1, Cells: []string{"DAFTAR PENERIMA"}},
		{Number: 2, Cells: []string{"KELURAHAN : TEBET"}},
		{Number: 4, Cells: []string{"NO", "NIK", "NAMA", "DOMISILI", "", ""}},
		{Number: 5, Cells: []string{"", "", "", "ALAMAT", "RT", "RW"}},
		{Number: 6, Cells: []string{"1", "2", "3", "4", "5", "6"}},
	}
	h, err := FindHeader(rows, recognise)
	if err != nil || h.First != 2 || h.Last != 3 || h.Row != 5 || len(h.Columns) != 5 || h.Columns["rw"][0] != 5 {
		t.Errorf("%+v %v", h, err)
	}
	if !IsNumbering(rows[4].Cells) || IsNumbering(rows[3].Cells) || !IsNumbering([]string{"(1)", "", "(2)", "(3)"}) || !IsNumbering([]string{"-1", "-2", "-3"}) {
		t.Error("numbering rows")
	}
	if _, err := FindHeader(rows[:2], recognise); err != ErrNoHeader { //nolint:errorlint // returned bare
		t.Errorf("got %v", err)
	}
}

func FuzzXLSXRow(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c><c><v>1E5</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<row><c t="s"><v>9</v></c><c/></row><!-- -->`))
	f.Fuzz(func(t *testing.T, content []byte) {
		r := &rowReader{workbook: &workbook{strings: &stringTable{}}, xml: newXMLScanner(bytes.NewReader(content))}
		for range 10_000 {
			row, err := r.next()
			if err != nil {
				return
			}
			for _, c := range row.Cells {
				if !utf8.ValidString(c) {
					t.Fatal("invalid UTF-8")
				}
			}
		}
	})
}

func benchmarkWorkbook(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "a.xlsx")
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	must(b, err)
	for i := range 10_000 {
		row := make([]any, 15)
		for j := range row {
			row[j] = fmt.Sprintf("SEL %d %d", i, j)
		}
		must(b, w.SetRow(fmt.Sprintf("A%d", i+1), row))
	}
	must(b, w.Flush())
	must(b, f.SaveAs(path))
	return path
}

// BenchmarkXLSX and BenchmarkExcelize read the same 150,000 cells.
func BenchmarkXLSX(b *testing.B) {
	path := benchmarkWorkbook(b)
	b.ResetTimer()
	for range b.N {
		if n := len(readAll(b, path)); n != 10_000 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(150_000*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}

func BenchmarkExcelize(b *testing.B) {
	path := benchmarkWorkbook(b)
	b.ResetTimer()
	for range b.N {
		f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
		must(b, err)
		rows, err := f.Rows("Sheet1")
		must(b, err)
		for rows.Next() {
			_, err := rows.Columns()
			must(b, err)
		}
		must(b, f.Close())
	}
	b.ReportMetric(150_000*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
}
