package sheet

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// BenchmarkXLS reads a workbook of benchRows persons, of which the texts are
// shared and the last column is a number, with its rows in order and turned round.
func BenchmarkXLS(b *testing.B) {
	numbers := map[string]uint32{}
	var texts []richText
	var rows []biff
	for i := range benchRows {
		var row biff
		for j, text := range strings.Split(strings.TrimSpace(personLine(i, ",", "")), ",")[:benchColumns-1] {
			number, known := numbers[text]
			if !known {
				number = uint32(len(texts))
				numbers[text] = number
				texts = append(texts, richText{text: text})
			}
			row.cell(recordLabelSST, i, j, 0, number)
		}
		row.number(i, benchColumns-1, 0, float64(i)/7)
		rows = append(rows, row)
	}
	globals := tableOf(8000, rand.New(rand.NewPCG(1, 1)), texts...)
	for _, order := range []string{"in order", "turned round"} {
		cells := slices.Concat(rows...)
		path := write(b, "a.xls", compoundWith("Workbook", sheetStream(globals, &cells)))
		b.Run(order, func(b *testing.B) {
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
		slices.Reverse(rows)
	}
}
