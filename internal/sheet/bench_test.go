package sheet

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// personLine is one invented person as a delimited line; serials are 9000 and up.
func personLine(i int, delimiter, quote string) string {
	cells := []string{
		fmt.Sprintf("317401570580%04d", 9000+i%1000), fmt.Sprintf("317401120115%04d", 9000+i%900), "SITI NURAINI", "JAKARTA", "17-05-1980",
		"P", "ISTRI", fmt.Sprintf("JL MELATI III NO %d", i%200), "005", "012", "BUKIT DURI", "TEBET", "JAKARTA SELATAN", "KAWIN", "",
	}
	return quote + strings.Join(cells, quote+delimiter+quote) + quote + "\n"
}

func benchmarkText(b *testing.B, delimiter, quote string) {
	b.Helper()
	const rows = 100_000
	var content strings.Builder
	content.WriteString(strings.Join(strings.Split("NIK KK NAMA TMP TGL JK HUB ALAMAT RT RW KEL KEC KOTA KAWIN KET", " "), delimiter) + "\n")
	for i := range rows {
		content.WriteString(personLine(i, delimiter, quote))
	}
	book := open(b, write(b, "a.csv", []byte(content.String())))
	b.SetBytes(int64(content.Len()))
	b.ReportAllocs()
	for b.Loop() {
		if n := drain(b, book.Sheets()[0]); n != rows+1 {
			b.Fatal(n)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// drain reads a sheet in batches and counts its rows.
func drain(b *testing.B, s *Sheet) int {
	b.Helper()
	n := 0
	for rows, err := range s.Batches(context.Background(), 1024) {
		must(b, err)
		n += len(rows)
	}
	return n
}

func BenchmarkCSV(b *testing.B) {
	b.Run("plain", func(b *testing.B) { benchmarkText(b, ",", "") })
	b.Run("quoted", func(b *testing.B) { benchmarkText(b, "|", `"`) })
}

const (
	benchRows    = 20_000
	benchColumns = 15
)

// benchmarkWorkbook writes a workbook of benchRows persons. The stream writer
// writes texts into the cells, SetSheetRow into the table of shared strings.
func benchmarkWorkbook(b *testing.B, shared bool) string {
	b.Helper()
	return workbookOf(b, func(f *excelize.File) {
		set := func(place string, row []any) error { return f.SetSheetRow("Sheet1", place, &row) }
		if !shared {
			w, err := f.NewStreamWriter("Sheet1")
			must(b, err)
			set = func(place string, row []any) error { return w.SetRow(place, row) }
			defer func() { must(b, w.Flush()) }()
		}
		for i := range benchRows {
			row := make([]any, benchColumns)
			for j, cell := range strings.Split(strings.TrimSpace(personLine(i, ",", "")), ",") {
				row[j] = cell
			}
			row[14] = i
			must(b, set(fmt.Sprintf("A%d", i+1), row))
		}
	})
}

// BenchmarkXLSX compares the reader with excelize on the same workbooks.
func BenchmarkXLSX(b *testing.B) {
	for _, shared := range []bool{true, false} {
		name := map[bool]string{true: "shared", false: "inline"}[shared]
		b.Run(name+"/padan", func(b *testing.B) {
			path := benchmarkWorkbook(b, shared)
			b.ReportAllocs()
			for b.Loop() {
				book, err := Open(path)
				must(b, err)
				if n := drain(b, book.Sheets()[0]); n != benchRows {
					b.Fatal(n)
				}
				must(b, book.Close())
			}
			b.ReportMetric(benchRows*benchColumns*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
		})
		b.Run(name+"/excelize", func(b *testing.B) {
			path := benchmarkWorkbook(b, shared)
			b.ReportAllocs()
			for b.Loop() {
				if n := drainExcelize(b, path); n != benchRows {
					b.Fatal(n)
				}
			}
			b.ReportMetric(benchRows*benchColumns*float64(b.N)/b.Elapsed().Seconds(), "cells/s")
		})
	}
}

func drainExcelize(b *testing.B, path string) int {
	b.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	must(b, err)
	defer func() { must(b, f.Close()) }()
	rows, err := f.Rows(f.GetSheetName(0))
	must(b, err)
	n := 0
	for rows.Next() {
		_, err := rows.Columns()
		must(b, err)
		n++
	}
	must(b, rows.Close())
	return n
}
