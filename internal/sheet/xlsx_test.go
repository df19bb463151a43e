package sheet

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

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
		must(t, f.SetCellStyle("Sheet1", "D3", "E9", local))
		must(t, f.SetCellInt("Sheet1", "A4", 3174010101109003))
		must(t, f.SetCellRichText("Sheet1", "B4", []excelize.RichTextRun{{Text: "BU"}, {Text: "DI"}}))
		must(t, f.SetCellFormula("Sheet1", "C4", "1+1"))
		must(t, f.SetRowVisible("Sheet1", 4, false))
		must(t, f.SetColVisible("Sheet1", "D:E", false))
		must(t, f.MergeCell("Sheet1", "A5", "C7"))
		_, err = f.NewSheet("Salinan")
		must(t, err)
		must(t, f.SetSheetVisible("Salinan", false))
	})
	b := open(t, path)
	if b.Kind() != KindXLSX || len(b.Sheets()) != 2 || b.Sheets()[0].Name() != "Sheet1" || b.Sheets()[0].Hidden() || !b.Sheets()[1].Hidden() {
		t.Fatalf("%s, %d sheets", b.Kind(), len(b.Sheets()))
	}
	want := []Row{
		{Number: 1, Cells: []string{"NIK", "NAMA & ALIAS", "TGL", "LOKAL", "AKTIF"}},
		{Number: 3, Cells: []string{"3174015705809003", "S'TI <N>", "1980-05-17", "1980-05-17", "TRUE"}},
		{Number: 4, Cells: []string{"3174010101109003", "BUDI"}, Numeric: []bool{true, false}, Hidden: true, Uncached: 1},
	}
	got := slices.DeleteFunc(rowsOf(t, b.Sheets()[0]), func(r Row) bool { return IsBlank(r.Cells) })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	layout, err := b.Sheets()[0].Layout(context.Background())
	must(t, err)
	wantLayout := Layout{Merged: []Range{{5, 7, 0, 2}}, HiddenColumns: []Range{{0, 0, 3, 4}}}
	if diff := cmp.Diff(wantLayout, layout); diff != "" {
		t.Error(diff)
	}
}

// Forms of cells that other programs write.
func TestReadXLSXCells(t *testing.T) {
	tests := []struct {
		name, cells string
		want        []string
		numeric     string // a 1 for each number
	}{
		{"numbers keep every digit", `<c><v>3174010101109003</v></c><c><v>3174010101109001.0</v></c><c><v>-0.10</v></c>`, []string{"3174010101109003", "3174010101109001.0", "-0.10"}, "111"},
		{"exponents are written out", `<c><v>3.17401010110900E+15</v></c><c><v>1.5e-3</v></c><c><v>3.174010101109003E15</v></c>`, []string{"3174010101109000", "1.5e-3", "3174010101109003"}, "111"},
		{"explicit number", `<c t="n"><v> 7 </v></c>`, []string{"7"}, "1"},
		{"inline text in runs, without readings", `<c t="inlineStr"><is><r><t>A&amp;</t></r><r><rPr><b/></rPr><t xml:space="preserve"> B</t></r><rPh sb="0"><t>no</t></rPh></is></c>`, []string{"A& B"}, "0"},
		{"formula text", `<c t="str"><f>CONCAT("&lt;v&gt;")</f><v>3174</v></c>`, []string{"3174"}, "0"},
		{"formula number", `<c><f t="shared" si="0">A1>B1</f><v>12</v></c>`, []string{"12"}, "1"},
		{"formula without a result", `<c r="A1"><f>A2</f></c><c r="B1"><f>A2</f><v></v></c><c><v>1</v></c>`, []string{"", "", "1"}, "001"},
		{"truth values", `<c t="b"><v>1</v></c><c t="b"><v>0</v></c>`, []string{"TRUE", "FALSE"}, "00"},
		{"errors", `<c t="e"><v>#N/A</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>`, []string{"#N/A", "#DIV/0!"}, "00"},
		{"ISO dates", `<c t="d"><v>1980-05-17T00:00:00</v></c><c t="d"><v>1980-05-17T10:30:00.000Z</v></c><c t="d"><v>1980-05-17</v></c>`, []string{"1980-05-17", "1980-05-17 10:30:00", "1980-05-17"}, "000"},
		{"shared texts", `<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c>`, []string{"DUA & É", "SATU", "", "A\r\nB"}, "0000"},
		{"cells without a place, some with", `<c r="C1"><v>3</v></c><c><v>4</v></c><c r="A1"><v>1</v></c>`, []string{"1", "", "3", "4"}, "1011"},
		{"empty cells at the end", `<c><v>1</v></c><c s="1"/><c t="s"/><c><v></v></c>`, []string{"1"}, "1"},
		{"dates by style", `<c s="1"><v>29358</v></c><c s="2"><v>29358.5</v></c><c s="3"><v>29358</v></c><c s="4"><v>29358</v></c><c s="9"><v>1</v></c>`, []string{"1980-05-17", "1980-05-17 12:00:00", "29358", "1980-05-17", "1"}, "00101"},
		{"styles of dates on what is none", `<c s="1"><v>3174010101109003</v></c><c s="1"><v>-1</v></c><c s="1"><v>0</v></c><c s="1"><v>0.25</v></c>`, []string{"3174010101109003", "-1", "0", "06:00:00"}, "1110"},
		{"a number that is none", `<c><v>a&amp;b</v></c>`, []string{"a&b"}, "0"},
		{"prefixed names", `<x:c t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c>`, []string{"A", "5"}, "01"},
		{"comments, CDATA, apostrophes, line breaks", "<c r='A1'\n t='str' ><!-- <v>9</v> > --><v>a<!-- x -->b<![CDATA[<&]]>c</v>\n</c>", []string{"ab<&c"}, "0"},
		{"a > inside an attribute", `<c t="str"><f ref="a>b">x</f><v>y</v></c>`, []string{"y"}, "0"},
	}
	shared := part{"xl/sharedStrings.xml", `<sst count="4"><si><t>SATU</t></si><si><r><t>DUA</t></r><r><t xml:space="preserve"> &amp; &#201;</t></r><rPh><t>x</t></rPh></si><si/><si><t>A_x000D_` + "\n" + `B</t></si></sst>`}
	styles := part{"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-421]dd\ mmmm\ yyyy"/><numFmt numFmtId="165" formatCode="0 &quot;hari&quot;"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"><alignment/></xf><xf numFmtId="165"/><xf numFmtId="164"/></cellXfs></styleSheet>`}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := rowsOf(t, open(t, sheetOf(t, rowsXML("<row>"+tt.cells+"</row>"), shared, styles)).Sheets()[0])
			numeric := strings.Repeat("0", len(tt.want))
			if len(rows) == 1 && rows[0].Numeric != nil {
				numeric = strings.NewReplacer("true", "1", "false", "0", " ", "", "[", "", "]", "").Replace(fmt.Sprint(rows[0].Numeric))
			}
			if len(rows) != 1 || !slices.Equal(rows[0].Cells, tt.want) || numeric != tt.numeric || rows[0].Broken != "" {
				t.Errorf("got %q, want %q %s", fmt.Sprint(rows), tt.want, tt.numeric)
			}
		})
	}
}

// The one-step reading of plain cells gives what the general one gives: a blank
// before </c> takes the other road.
func TestPlainCellsEqualOthers(t *testing.T) {
	var plain strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&plain, `<row r="%d"><c r="B%d"><v>%d</v></c><c t="str"><v>x&amp;%d</v></c><c t="inlineStr"><is><t>&lt;%d&gt;</t></is></c></row>`, 2*i+1, 2*i+1, i*i, i, i)
	}
	other := strings.ReplaceAll(plain.String(), "</c>", " </c>")
	got := rowsOf(t, open(t, sheetOf(t, rowsXML(plain.String()))).Sheets()[0])
	want := rowsOf(t, open(t, sheetOf(t, rowsXML(other))).Sheets()[0])
	if len(got) != 5000 || !reflect.DeepEqual(got, want) {
		t.Errorf("%d rows, %d", len(got), len(want))
	}
}

func TestXLSXRowNumbers(t *testing.T) {
	rows := rowsOf(t, open(t, sheetOf(t, rowsXML(`<row/><row r="5" hidden="1"></row><row><c><v>1</v></c></row><row r="2"/><row r="x"/>`))).Sheets()[0])
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprint(r.Number, r.Hidden, len(r.Cells)))
	}
	if want := []string{"1 false 0", "5 true 0", "6 false 1", "7 false 0", "8 false 0"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A workbook may lack parts, or call them by other names.
func TestXLSXParts(t *testing.T) {
	row := rowsXML(`<row><c s="1"><v>1</v></c></row>`)
	styles := part{"xl/styles.xml", `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`}
	tests := []struct {
		name  string
		parts []part
		want  string
	}{
		{"as usual", []part{styles}, "1900-01-01"},
		{"no styles", nil, "1"},
		{"no relations of the workbook", []part{{"xl/_rels/workbook.xml.rels", "<Relationships/>"}, styles}, "1900-01-01"},
		{"the calendar of 1904", []part{{"xl/workbook.xml", `<x:workbook><x:workbookPr date1904="true"/><x:sheets><x:sheet name="A" r:id="r1"/></x:sheets></x:workbook>`}, styles}, "1904-01-02"},
		{"capital letters and backslashes", []part{{"xl/worksheets/sheet1.xml", "-"}, {`XL\Worksheets\SHEET1.xml`, row}}, "1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, sheetOf(t, row, tt.parts...))
			rows := rowsOf(t, b.Sheets()[0])
			if len(rows) != 1 || rows[0].Cells[0] != tt.want {
				t.Errorf("got %q, want %q", cellsOf(rows), tt.want)
			}
		})
	}
}

// One broken sheet does not take the others with it.
func TestBrokenSheets(t *testing.T) {
	workbook := part{"xl/workbook.xml", `<workbook><sheets><sheet name="A" r:id="r1"/><sheet name="B" r:id="r9"/><sheet name="C" state="veryHidden" r:id="r4"/></sheets></workbook>`}
	relations := part{"xl/_rels/workbook.xml.rels", strings.Replace(bookRelations, "</Relationships>",
		`<Relationship Id="r9" Type="x/worksheet" Target="gone.xml"/><Relationship Id="r4" Type="x/worksheet" Target="worksheets/sheet3.xml"/></Relationships>`, 1)}
	b := open(t, sheetOf(t, rowsXML(`<row><c><v>1</v></c></row><row><c><v>2</v>`), workbook, relations, part{"xl/worksheets/sheet3.xml", rowsXML(`<row><c><v>3</v></c></row>`)}))
	for i, want := range []struct {
		rows int
		err  string
	}{
		{1, `a.xlsx: sheet "A": row 2: the workbook is damaged or cut off: `},
		{0, `a.xlsx: sheet "B": the workbook is damaged or cut off: the sheet is missing in the file`},
		{1, ""},
	} {
		rows, err := collect(b.Sheets()[i])
		var located *Error
		switch {
		case len(rows) != want.rows, (err != nil) != (want.err != ""):
			t.Errorf("sheet %d: %d rows, %v", i, len(rows), err)
		case err != nil && (!errors.Is(err, ErrDamaged) || !errors.As(err, &located) || located.Hint == "" || !strings.Contains(err.Error(), want.err)):
			t.Errorf("sheet %d: %v, want %s", i, err, want.err)
		}
	}
	if !b.Sheets()[2].Hidden() {
		t.Error("sheet C is not hidden")
	}
}

// A row that is cut or refers to nothing is delivered with the code of its fault.
func TestBrokenXLSXRows(t *testing.T) {
	limits := DefaultLimits()
	limits.Columns, limits.Cell, limits.Record = 4, 10, 25
	tests := []struct{ name, cells, broken string }{
		{"a text that is not there", `<c t="s"><v>9</v></c>`, BrokenReference},
		{"a number of a text that is none", `<c t="s"><v>x</v></c>`, BrokenReference},
		{"a long cell", `<c t="str"><v>01234567890</v></c>`, BrokenLong},
		{"a long text", `<c t="inlineStr"><is><t>` + strings.Repeat("&amp;", 100) + `</t></is></c>`, BrokenLong},
		{"a long row", strings.Repeat(`<c t="str"><v>0123456789</v></c>`, 4), BrokenLong},
		{"too many cells", `<c r="E1"><v>1</v></c>`, BrokenWide},
		{"a far cell", `<c r="ZZZ1"><v>1</v></c>`, BrokenWide},
		{"a far cell without content", `<c r="ZZZ1" s="1"/>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := OpenWithin(sheetOf(t, rowsXML(`<row>`+tt.cells+`</row><row><c><v>2</v></c></row>`)), limits)
			must(t, err)
			defer func() { must(t, b.Close()) }()
			rows := rowsOf(t, b.Sheets()[0])
			if len(rows) != 2 || rows[0].Broken != tt.broken || rows[1].Broken != "" || rows[1].Cells[0] != "2" {
				t.Errorf("%q", fmt.Sprint(rows))
			}
		})
	}
}

// More texts than one piece holds are found by their numbers.
func TestManySharedStrings(t *testing.T) {
	var table, rows strings.Builder
	for i := range 3*stringsPerPiece + 5 {
		fmt.Fprintf(&table, "<si><t>T%d</t></si>", i)
		fmt.Fprintf(&rows, `<row><c t="s"><v>%d</v></c></row>`, i)
	}
	got := rowsOf(t, open(t, sheetOf(t, rowsXML(rows.String()), part{"xl/sharedStrings.xml", "<sst>" + table.String() + "</sst>"})).Sheets()[0])
	for i, r := range got {
		if r.Cells[0] != fmt.Sprintf("T%d", i) {
			t.Fatalf("row %d: %q", i, r.Cells)
		}
	}
	if len(got) != 3*stringsPerPiece+5 {
		t.Errorf("%d rows", len(got))
	}
}
