package sheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// htmlSheets reads all tables of a page.
func htmlSheets(t testing.TB, page string) []string {
	t.Helper()
	var got []string
	for _, s := range open(t, write(t, "a.xls", []byte(page))).Sheets() {
		got = append(got, fmt.Sprintf("%s %q", s.Name(), cellsOf(rowsOf(t, s))))
	}
	return got
}

func TestReadHTMLCells(t *testing.T) {
	tests := []struct{ name, rows, want string }{
		{"as other programs write it", "<tr>\n <th>NIK</th>\n <td>3174014101809001</td>\n</tr>", `[["NIK" "3174014101809001"]]`},
		{"tags that do not end", `<tr><td>A<td>B<tr><th>C<td>D`, `[["A" "B"] ["C" "D"]]`},
		{"no rows at all", `<td>A<td>B`, `[["A" "B"]]`},
		{"upper case, attributes without quotes", `<TR ALIGN=left><TD WIDTH=5 noWrap CLASS='x'>A</TD></TR>`, `[["A"]]`},
		{"a > inside an attribute", `<tr><td title="a>b" data-x='<td>'>A`, `[["A"]]`},
		{"a quote inside an attribute", `<tr><td title=d'or>A</td><td title=d'or>B</td></tr>`, `[["A" "B"]]`},
		{"heads and bodies", `<thead><tr><th>A</thead><tbody><tr><td>B</tbody><tfoot><tr><td>C`, `[["A"] ["B"] ["C"]]`},
		{"line breaks and paragraphs", `<tr><td>A<br>B<BR/> C<p>D</p><div>E</div></td><td><br><p>F</p><br></td>`, `[["A\nB\nC\nD\nE" "F"]]`},
		{"white space", "<tr><td> \n A \t B\r\n </td><td> &nbsp; </td><td>C&nbsp;&nbsp;D</td>", `[["A B" "" "C\u00a0\u00a0D"]]`},
		{"entities", `<tr><td>NUR&#39;AINI &amp; &lt;B&gt; &eacute;&#xC9;&Eacute &hellip; &#150; AT&T`, `[["NUR'AINI & <B> éÉÉ … – AT&T"]]`},
		{"comments and conditions", `<tr><td>A<!-- <td>x --> B<!--[if gte mso 9]><xml><td>x</xml><![endif]--><![if !x]> C<![endif]></td><td>D<!></td>`, `[["A B C" "D"]]`},
		{"scripts, styles, notes", `<tr><td><script src="x"/><script>if (a<b) "<td>x</td>"</script>A<style>td{}</style><comment>x</comment>B</td><td>C<SCRIPT></td></Script>`, `[["AB" "C"]]`},
		{"formats", `<tr><td><font color=red><b>BU</b>DI</font></td>`, `[["BUDI"]]`},
		{"a < that opens nothing", `<tr><td>a < b <3 <> c</td><td>B</td>`, `[["a < b <3 <> c" "B"]]`},
		{"columns that are joined", `<tr><td colspan=2>A</td><td>B</td></tr><tr><td>C<td>D<td>E`, `[["A" "" "B"] ["C" "D" "E"]]`},
		{"rows that are joined", `<tr><td rowspan="2">A</td><td>B</td></tr><tr><td>C</td></tr><tr><td>D</td><td>E</td>`, `[["A" "B"] ["" "C"] ["D" "E"]]`},
		{"both joined", `<tr><td>A<td rowspan=3 colspan=2>B<td>C<tr><td>D<td>E<tr><td>F<td rowspan=0>G`, `[["A" "B" "" "C"] ["D" "" "" "E"] ["F" "" "" "G"]]`},
		{"joined rows end with their part", `<thead><tr><td rowspan=9>A<td>B</thead><tbody><tr><td>C<td>D`, `[["A" "B"] ["C" "D"]]`},
		{"spans that are none", `<tr><td colspan=0>A<td colspan=x rowspan=-1>B`, `[["A" "B"]]`},
		{"a table inside a cell", `<tr><td>A</td><td>B<table><tr><td>C<td>D<tr><td>E</table>F</td><td>G</td></tr><tr><td>H<td>I`, `[["A" "B\nC D\nE\nF" "G"] ["H" "I"]]`},
		{"empty cells at the end, empty rows", `<tr><td>A</td><td></td></tr><tr></tr><tr><td></td></tr><tr><td>B`, `[["A"] ["B"]]`},
		{"text beside cells", `x<tr>x<td>A</td>x</tr>x<caption>x</caption>`, `[["A"]]`},
		{"zero bytes", "<tr><td>A\x00B&#0;", `[["AB` + "\uFFFD" + `"]]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, start := range []string{"<html><body><table border=1>", "<style>td{}</style>\n<table>", "\xEF\xBB\xBF\r\n<!DOCTYPE html>\n<Table>"} {
				if got := htmlSheets(t, start+tt.rows+"</table>x"); len(got) != 1 || got[0] != " "+tt.want {
					t.Errorf("got %s, want %s", got, tt.want)
				}
			}
		})
	}
}

// The number that a spreadsheet program writes beside the text counts if it has
// more digits than the text.
func TestHTMLNumbers(t *testing.T) {
	tests := []struct{ name, cell, want string }{
		{"a rounded number of Excel", `<td x:num="3174014101809001">3.17401E+15</td>`, "3174014101809001 true"},
		{"its exponent is written out", `<td x:num="3.17401410180900E+15">3.17401E+15</td>`, "3174014101809000 true"},
		{"a number in its format", `<td x:num="1000000" align=right>1.000.000</td>`, "1000000 true"},
		{"money", `<td x:num="300000">Rp 300.000</td>`, "300000 true"},
		{"a number as shown", `<td x:num>46</td>`, "46 true"},
		{"a date stays as shown", `<td x:num="29358">17/05/1980</td>`, "17/05/1980 false"},
		{"a date in words", `<td x:num="29358">17-Mei-80</td>`, "17-Mei-80 false"},
		{"a number with fewer digits", `<td x:num="7">007</td>`, "007 false"},
		{"a text", `<td x:str>46</td>`, "46 false"},
		{"a number of LibreOffice", `<td align="right" sdval="3174014101809001" sdnum="1033;"><font>3.174014101809E+15</font></td>`, "3174014101809001 true"},
		{"a date of LibreOffice", `<td sdval="29358" sdnum="1033;1033;DD/MM/YY">17/05/80</td>`, "1980-05-17 false"},
		{"an error", `<td sdval="0" sdnum="1033;">#N/A</td>`, "#N/A false"},
		{"no number", `<td x:num="abc">A</td>`, "A false"},
		{"plain text", `<td>3174014101809001</td>`, "3174014101809001 false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row := rowsOf(t, open(t, write(t, "a.xls", []byte("<table><tr>"+tt.cell))).Sheets()[0])[0]
			if got := fmt.Sprint(row.Cells[0], " ", row.Numeric != nil && row.Numeric[0]); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestHTMLTables(t *testing.T) {
	person := `<tr><td>A<td>B<tr><td>C<td>D`
	tests := []struct {
		name, page string
		want       []string
	}{
		{"one after the other", `<table>` + person + `</table>x<table>` + `<tr><td>E</table>`, []string{`table 1 [["A" "B"] ["C" "D"]]`, `table 2 [["E"]]`}},
		{"one that does not end", `<table><tr><td>A</tr><table><tr><td>B`, []string{`table 1 [["A"]]`, `table 2 [["B"]]`}},
		{"empty ones do not count", `<table><tr><td>&nbsp;</table><table>` + person + `</table><table></table>`, []string{` [["A" "B"] ["C" "D"]]`}},
		{"a table that sets others out", `<table><tr><td><img></td></tr><tr><td>JUDUL<table>` + person + `</table></td><td><table><tr><td>E<td>F</table></table>`, []string{`table 1 [["A" "B"] ["C" "D"]]`, `table 2 [["E" "F"]]`}},
		{"one in another in another", `<table><tr><td><table><tr><td><table>` + person + `</table></table></table>`, []string{` [["A" "B"] ["C" "D"]]`}},
		{"more ends than starts", `</table></td></tr><table>` + person + `</table></table></table>`, []string{` [["A" "B"] ["C" "D"]]`}},
		{"a page that begins with text", "LAPORAN\n<center><table>" + person, []string{` [["A" "B"] ["C" "D"]]`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := htmlSheets(t, tt.page); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHTMLEncodings(t *testing.T) {
	page := func(charset, text string) string {
		return `<html><head><meta http-equiv=Content-Type content="text/html; charset=` + charset + `"></head><table><tr><td>` + text + `<td>&eacute;`
	}
	tests := []struct{ name, page, want, broken string }{
		{"UTF-8", page("utf-8", "É"), "É é", ""},
		{"UTF-8 with a line of windows-1252", page("utf-8", "É\xC9"), "ÉÉ é", ""},
		{"windows-1252", page("windows-1252", "\xC9 \x93"), "É “ é", ""},
		{"windows-1252 in name only", page("windows-1252", "ÉÀ“"), "ÉÀ“ é", ""},
		{"windows-1252 that could be UTF-8", page("windows-1252", "\xC4\xB0"), "Ä° é", ""},
		{"UTF-8 that could be windows-1252", page("utf-8", "\xC4\xB0"), "İ é", ""},
		{"windows-1252 unsaid", "<table><tr><td>\xC9\xC9<td>&eacute;", "ÉÉ é", ""},
		{"UTF-16", string(utf16Text(page("unicode", "A"))), "A é", ""},
		{"neither", page("utf-8", "A\x81"), "A\uFFFD é", BrokenEncoding},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			row := rowsOf(t, open(t, write(t, "a.xls", []byte(tt.page))).Sheets()[0])[0]
			if got := strings.Join(row.Cells, " "); got != tt.want || row.Broken != tt.broken {
				t.Errorf("got %q %s, want %q", got, row.Broken, tt.want)
			}
		})
	}
	// A character and an entity that the buffer of the scanner cuts.
	for shift := range 8 {
		text := strings.Repeat(" ", shift) + strings.Repeat("É&eacute;", 200_000)
		row := rowsOf(t, open(t, write(t, "a.xls", []byte("<table><tr><td>"+text))).Sheets()[0])[0]
		if len(row.Cells[0]) != DefaultLimits().Cell && row.Cells[0] != strings.Repeat("Éé", 200_000) || row.Broken != "" {
			t.Fatalf("%d bytes, %s", len(row.Cells[0]), row.Broken)
		}
	}
}

func TestHTMLLayout(t *testing.T) {
	b := open(t, write(t, "a.xls", []byte(`<table><col width=9><col style='mso-width-source:userset; display: none' span=2><colgroup></colgroup><col style='display:none'>`+
		`<tr><td colspan=3>A<tr style='DISPLAY:none;height:0'><td rowspan=99>B<td>C<tr><td colspan=9999>D</table>`)))
	s := b.Sheets()[0]
	layout, err := s.Layout(t.Context())
	must(t, err)
	want := Layout{Merged: []Range{{1, 1, 0, 2}, {2, 3, 0, 0}, {3, 3, 1, 1000}}, HiddenColumns: []Range{{0, 0, 1, 2}, {0, 0, 3, 3}}}
	if diff := cmp.Diff(want, layout); diff != "" {
		t.Error(diff)
	}
	if got := numbersOf(rowsOf(t, s)[:2]); got != "1A -2B" || b.Kind() != KindHTML {
		t.Errorf("%s: %s", b.Kind(), got)
	}
}

func TestBrokenHTMLRows(t *testing.T) {
	limits := DefaultLimits()
	limits.Columns, limits.Cell, limits.Record = 4, 10, 25
	tests := []struct {
		name, cells, broken string
		width               int
	}{
		{"a long cell", "<td>01234567890", BrokenLong, 1},
		{"a long cell of pieces", "<td>" + strings.Repeat("A<b>B<br></b>", 9), BrokenLong, 1},
		{"a long row", strings.Repeat("<td>0123456789", 4), BrokenLong, 3},
		{"too many cells", strings.Repeat("<td>A", 5), BrokenWide, 4},
		{"a far cell", "<td colspan=9>A<td>B", BrokenWide, 1},
		{"far cells without content", "<td>A" + strings.Repeat("<td>", 9), "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := OpenWithin(write(t, "a.xls", []byte("<table><tr>"+tt.cells+"<tr><td>2")), limits)
			must(t, err)
			defer func() { must(t, b.Close()) }()
			rows := rowsOf(t, b.Sheets()[0])
			if len(rows) != 2 || rows[0].Broken != tt.broken || len(rows[0].Cells) != tt.width || rows[1].Broken != "" || rows[1].Cells[0] != "2" {
				t.Errorf("%q", fmt.Sprint(rows))
			}
		})
	}
}

// Pages made to take time or memory take no more than their length.
func TestHTMLTakesLinearTime(t *testing.T) {
	const n = 1 << 18
	for name, page := range map[string]string{
		"tables in one another":   strings.Repeat(`<table><tr><td>x`, n/4),
		"tables outside cells":    strings.Repeat(`<table>`, n/4) + "<tr><td>A",
		"cells that do not end":   "<table>" + strings.Repeat(`<td>`, n) + "A",
		"rows that do not end":    "<table>" + strings.Repeat(`<tr>`, n) + "<td>A",
		"spans":                   "<table>" + strings.Repeat(`<tr><td colspan=1000 rowspan=65000>A`, n/64),
		"covered rows":            "<table><tr>" + strings.Repeat(`<td rowspan=65000>`, 2000) + strings.Repeat(`<tr><td>`, n/16) + "A",
		"quotes that do not end":  "<table><tr><td>A" + strings.Repeat(`<a x="`, n) + strings.Repeat(`<a x='>`, n),
		"tags that do not end":    "<table><tr><td>A" + strings.Repeat(`<a x=`, n),
		"comments":                "<table><tr><td>A" + strings.Repeat(`<!-- `, n),
		"scripts that do not end": "<table><tr><td>A<script>" + strings.Repeat(`</scrip`, n),
		"line breaks":             "<table><tr><td>A" + strings.Repeat(`<br> `, n),
		"openings of nothing":     "<table><tr><td>A" + strings.Repeat(`<`, n),
		"entities":                "<table><tr><td>A" + strings.Repeat(`&`, n) + strings.Repeat(`&#38`, n),
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, "a.xls", []byte(page))
			quickly(t, func() {
				b, err := Open(path)
				if err != nil {
					t.Logf("%v", err)
					return
				}
				defer func() { must(t, b.Close()) }()
				for _, s := range b.Sheets()[:min(3, len(b.Sheets()))] {
					_, err := collect(s)
					must(t, err)
					_, err = s.Layout(t.Context())
					must(t, err)
				}
			})
		})
	}
}

func TestManyHTMLTables(t *testing.T) {
	table := "<table><tr><td>A</td></tr></table>"
	if n := len(open(t, write(t, "a.xls", []byte(strings.Repeat(table, 1000)))).Sheets()); n != 1000 {
		t.Errorf("%d sheets", n)
	}
	if _, err := Open(write(t, "a.xls", []byte(strings.Repeat(table, maxSheets+1)))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}
