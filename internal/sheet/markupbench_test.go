package sheet

import (
	"fmt"
	"strings"
	"testing"
)

// benchmarkODS is the content of a spreadsheet of benchRows persons, in the form
// in which LibreOffice writes it.
func benchmarkODS() string {
	var rows strings.Builder
	for i := range benchRows {
		rows.WriteString(`<table:table-row table:style-name="ro1">`)
		for _, cell := range strings.Split(strings.TrimSpace(personLine(i, ",", ""))[:len(strings.TrimSpace(personLine(i, ",", "")))-1], ",") {
			fmt.Fprintf(&rows, `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>%s</text:p></table:table-cell>`, cell)
		}
		fmt.Fprintf(&rows, `<table:table-cell office:value-type="float" office:value="%d" calcext:value-type="float"><text:p>%d</text:p></table:table-cell></table:table-row>`, i, i)
	}
	return odsContent(`<table:table table:name="A">` + rows.String() + `</table:table>`)
}

func BenchmarkODS(b *testing.B) {
	benchmarkMarkup(b, odsFile(b, benchmarkODS()))
}

func BenchmarkHTML(b *testing.B) {
	var page strings.Builder
	page.WriteString("<html><body><table>")
	for i := range benchRows {
		page.WriteString("<tr>\n<td>" + strings.Join(strings.Split(strings.TrimSpace(personLine(i, ",", "")), ","), "</td>\n<td>") + fmt.Sprint(i) + "</td>\n</tr>\n")
	}
	benchmarkMarkup(b, write(b, "a.xls", []byte(page.String()+"</table></body></html>")))
}

func benchmarkMarkup(b *testing.B, path string) {
	b.Helper()
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
}
