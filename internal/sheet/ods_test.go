package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const odsStart = `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:automatic-styles>` +
	`<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>` +
	`<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>` +
	`</office:automatic-styles><office:body><office:spreadsheet>`

// odsContent wraps tables into the content of an OpenDocument spreadsheet.
func odsContent(tables string) string {
	return odsStart + tables + `</office:spreadsheet></office:body></office:document-content>`
}

// odsFile packs the content of an OpenDocument spreadsheet.
func odsFile(t testing.TB, content string, others ...part) string {
	t.Helper()
	parts := append([]part{
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
		{"content.xml", content},
		{"META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>`},
	}, others...)
	return write(t, "a.ods", zipOf(t, parts...))
}

// odsRows reads the only sheet of an OpenDocument spreadsheet with these rows.
func odsRows(t testing.TB, rows string) []Row {
	t.Helper()
	return rowsOf(t, open(t, odsFile(t, odsContent(`<table:table table:name="A">`+rows+`</table:table>`))).Sheets()[0])
}

func TestReadODSCells(t *testing.T) {
	const text = `<table:table-cell office:value-type="string"><text:p>`
	const end = `</text:p></table:table-cell>`
	tests := []struct {
		name, cells string
		want        []string
		numeric     string // a 1 for each number
	}{
		{"a number keeps every digit, whatever is shown", `<table:table-cell office:value-type="float" office:value="3174015505909003"><text:p>3.174015505909E+15</text:p></table:table-cell>`, []string{"3174015505909003"}, "1"},
		{"exponents are written out", `<table:table-cell office:value-type="float" office:value="3.17401550590900E+15"/>`, []string{"3174015505909000"}, "1"},
		{"parts and money", `<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>13%</text:p></table:table-cell><table:table-cell office:value-type="currency" office:currency="IDR" office:value="-1500.5"><text:p>-Rp1.501</text:p></table:table-cell>`, []string{"0.125", "-1500.5"}, "11"},
		{"dates", `<table:table-cell office:value-type="date" office:date-value="1980-05-17"><text:p>17/05/80</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="1980-05-17T10:30:00"/><table:table-cell office:value-type="date" office:date-value="1980-05-17T23:59:59.9999995"/>`, []string{"1980-05-17", "1980-05-17 10:30:00", "1980-05-18"}, "000"},
		{"times", `<table:table-cell office:value-type="time" office:time-value="PT07H30M00S"/><table:table-cell office:value-type="time" office:time-value="PT26H05M59.6S"/><table:table-cell office:value-type="time" office:time-value="PT5M"/><table:table-cell office:value-type="time" office:time-value="besok"/>`, []string{"07:30:00", "26:06:00", "00:05:00", "besok"}, "0000"},
		{"truth values", `<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="false"/>`, []string{"TRUE", "FALSE"}, "00"},
		{"errors", `<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>`, []string{"#DIV/0!"}, "0"},
		{"a text that is shown in another way", `<table:table-cell office:value-type="string" office:string-value="A&amp;B"><text:p>a</text:p></table:table-cell>`, []string{"A&B"}, "0"},
		{"a number that is none", `<table:table-cell office:value-type="float" office:value="NaN"><text:p>x</text:p></table:table-cell>`, []string{"NaN"}, "0"},
		{"a number without its value", `<table:table-cell office:value-type="float" office:value=""><text:p>5</text:p></table:table-cell>`, []string{"5"}, "0"},
		{"a text without a type", `<table:table-cell><text:p>A</text:p></table:table-cell>`, []string{"A"}, "0"},
		{"several paragraphs", text + `JL MELATI III</text:p><text:p/><text:p>NO 7` + end, []string{"JL MELATI III\n\nNO 7"}, "0"},
		{"spaces, tabs, line breaks", text + "<text:s text:c=\"2\"/>A \n  B<text:s/> <text:tab/>C<text:line-break/>D " + end, []string{"  A B  \tC\nD "}, "0"},
		{"spans, links, entities", text + `BU<text:span><text:span>D</text:span>I</text:span> <text:a xlink:href="x">S</text:a>&amp;&#201;&quot;` + end, []string{`BUDI S&É"`}, "0"},
		{"no escapes of other workbooks", text + `_x0041_` + end, []string{"_x0041_"}, "0"},
		{"notes and drawings", `<table:table-cell office:value-type="string"><office:annotation><dc:creator>x</dc:creator><text:p>CATATAN</text:p></office:annotation><text:p>A<office:annotation><text:p>x</text:p></office:annotation>B<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></text:p><draw:custom-shape><text:p>x</text:p></draw:custom-shape></table:table-cell>`, []string{"AB"}, "0"},
		{"a table inside a cell", `<table:table-cell><table:table table:is-sub-table="true"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table><text:p>A</text:p></table:table-cell>` + text + "B" + end, []string{"A", "B"}, "00"},
		{"lists", `<table:table-cell><text:list><text:list-item><text:p>A</text:p></text:list-item><text:list-item><text:p>B</text:p></text:list-item></text:list></table:table-cell>`, []string{"A\nB"}, "0"},
		{"repeated cells", `<table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="16380"/>`, []string{"", "", "7", "7"}, "0011"},
		{"covered cells", text + "A" + end + `<table:covered-table-cell table:number-columns-repeated="2"/>` + text + "B" + end, []string{"A", "", "", "B"}, "0000"},
		{"comments and CDATA", text + `a<!-- <x> -->b<![CDATA[<&]]>c` + end, []string{"ab<&c"}, "0"},
		{"other prefixes", `<t:table-cell o:value-type="string"><x:p>A</x:p></t:table-cell>`, []string{"A"}, "0"},
		{"bytes that are no UTF-8", text + "A\xFFB\x00" + end, []string{"AÿB"}, "0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := odsRows(t, "<table:table-row>"+tt.cells+"</table:table-row>")
			numeric := strings.Repeat("0", len(tt.want))
			if len(rows) == 1 && rows[0].Numeric != nil {
				numeric = strings.NewReplacer("true", "1", "false", "0", " ", "", "[", "", "]", "").Replace(fmt.Sprint(rows[0].Numeric))
			}
			if len(rows) != 1 || !slices.Equal(rows[0].Cells, tt.want) || numeric != tt.numeric || rows[0].Broken != "" || rows[0].Uncached != 0 {
				t.Errorf("got %q, want %q %s", fmt.Sprint(rows), tt.want, tt.numeric)
			}
		})
	}
}

// odsCell is a cell with a text.
func odsCell(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func odsRow(attributes, cells string) string {
	return `<table:table-row ` + attributes + `>` + cells + `</table:table-row>`
}

// numbersOf lists the rows by number and first cell; a hidden one has a minus.
func numbersOf(rows []Row) string {
	var list []string
	for _, r := range rows {
		sign := ""
		if r.Hidden {
			sign = "-"
		}
		list = append(list, fmt.Sprint(sign, r.Number, r.Cells[0]))
	}
	return strings.Join(list, " ")
}

func TestReadODSRows(t *testing.T) {
	tests := []struct{ name, rows, want string }{
		{"empty rows count", odsRow(`table:number-rows-repeated="3"`, `<table:table-cell table:number-columns-repeated="9"/>`) + odsRow("", odsCell("A")) + `<table:table-row/>` + odsRow("", odsCell("B")), "4A 6B"},
		{"filled rows are repeated", odsRow(`table:number-rows-repeated="3"`, odsCell("A")) + odsRow("", odsCell("B")), "1A 2A 3A 4B"},
		{"rows in groups and headers", `<table:table-header-rows>` + odsRow("", odsCell("A")) + `</table:table-header-rows><table:table-row-group><table:table-rows>` + odsRow("", odsCell("B")) + `</table:table-rows></table:table-row-group>`, "1A 2B"},
		{"hidden rows", odsRow(`table:visibility="collapse"`, odsCell("A")) + odsRow(`table:visibility="filter" table:number-rows-repeated="2"`, odsCell("B")) + odsRow(`table:visibility="visible"`, odsCell("C")), "-1A -2B -3B 4C"},
		{"a group that is not shown", `<table:table-row-group><table:table-row-group table:display="false"><table:table-row-group>` + odsRow("", odsCell("A")) + `</table:table-row-group>` + odsRow("", odsCell("B")) + `</table:table-row-group>` + odsRow("", odsCell("C")) + `</table:table-row-group>` + odsRow("", odsCell("D")), "-1A -2B 3C 4D"},
		{"drawings beside rows", `<table:shapes><draw:frame><table:table><table:table-row>` + odsCell("x") + `</table:table-row></table:table></draw:frame></table:shapes>` + odsRow("", odsCell("A")), "1A"},
		{"numbers of repetition that are none", odsRow(`table:number-rows-repeated="0"`, odsCell("A")) + odsRow(`table:number-rows-repeated="-5"`, odsCell("B")), "1A 2B"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := numbersOf(odsRows(t, tt.rows)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestODSFormulasWithoutResult(t *testing.T) {
	rows := odsRows(t, odsRow("", `<table:table-cell table:formula="of:=A2"/><table:table-cell table:formula="of:=A2" office:value-type="float"/>`+
		`<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""><text:p/></table:table-cell>`+
		`<table:table-cell table:formula="of:=A2" office:value-type="string"><text:p/></table:table-cell>`+
		`<table:table-cell table:formula="of:=A2" office:value-type="float" office:value="3"/>`+
		`<table:table-cell table:formula="of:=A2" table:number-columns-repeated="2"/>`))
	if len(rows) != 1 || rows[0].Uncached != 4 || rows[0].Cells[4] != "3" {
		t.Errorf("%+v", rows)
	}
}

// The one-step reading of plain cells gives what the general one gives: a blank
// before </table:table-cell> takes the other road.
func TestPlainODSCellsEqualOthers(t *testing.T) {
	var plain strings.Builder
	for i := range 3000 {
		plain.WriteString(odsRow("", odsCell(fmt.Sprintf("x&amp;%d  y ", i))+fmt.Sprintf(`<table:table-cell office:value-type="float" office:value="%d"><text:p>%d,0</text:p></table:table-cell>`, i, i)+odsCell("")))
	}
	got := odsRows(t, plain.String())
	want := odsRows(t, strings.ReplaceAll(plain.String(), "</table:table-cell>", " </table:table-cell>"))
	if len(got) != 3000 || got[2999].Cells[0] != "x&2999 y " {
		t.Fatalf("%d rows", len(got))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestODSSheets(t *testing.T) {
	deleted := `<table:tracked-changes><table:deletion><table:cell-content-deletion><table:change-track-table-cell><text:p>x</text:p></table:change-track-table-cell></table:cell-content-deletion></table:deletion></table:tracked-changes>`
	linked := `<table:dde-links><table:dde-link><table:table table:name="x"/></table:dde-link></table:dde-links>`
	content := odsContent(deleted + `<table:table table:name="RW 05 &amp; 06" table:style-name="ta1">` +
		`<table:table-column table:number-columns-repeated="2"/><table:table-column-group><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/></table:table-column-group><table:table-column table:number-columns-repeated="99999"/><table:table-column table:visibility="collapse"/>` +
		odsRow(`table:number-rows-repeated="2"`, odsCell("A")) +
		odsRow("", `<table:table-cell/><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="2"><table:table><table:table-row/></table:table></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell table:number-rows-spanned="2"/>`) +
		`</table:table><table:table table:name="Kosong"/><table:table table:name="Salinan" table:style-name="ta2">` + odsRow("", odsCell("B")) + `</table:table>` + linked)
	for name, path := range map[string]string{"packed": odsFile(t, content), "flat": write(t, "a.fods", []byte(strings.ReplaceAll(content, "document-content", "document"))), "flat, UTF-16": write(t, "a.xml", utf16Text(strings.ReplaceAll(content, "document-content", "document")))} {
		t.Run(name, func(t *testing.T) {
			b := open(t, path)
			var got []string
			for _, s := range b.Sheets() {
				got = append(got, fmt.Sprint(s.Name(), " ", s.Hidden(), " ", numbersOf(rowsOf(t, s))))
			}
			if want := []string{"RW 05 & 06 false 1A 2A", "Kosong false ", "Salinan true 1B"}; b.Kind() != KindODS || !slices.Equal(got, want) {
				t.Errorf("%s: got %q, want %q", b.Kind(), got, want)
			}
			layout, err := b.Sheets()[0].Layout(t.Context())
			must(t, err)
			want := Layout{Merged: []Range{{3, 4, 1, 3}, {3, 4, 4, 4}}, HiddenColumns: []Range{{0, 0, 2, 3}}}
			if diff := cmp.Diff(want, layout); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// utf16Text encodes ASCII as UTF-16 with its mark.
func utf16Text(text string) []byte {
	wide := []byte{0xFF, 0xFE}
	for i := range len(text) {
		wide = append(wide, text[i], 0)
	}
	return wide
}

func TestODSRefuses(t *testing.T) {
	locked := part{"META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`}
	kind := part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}
	document := strings.NewReplacer("spreadsheet>", "text>").Replace(odsContent(""))
	tests := []struct {
		name, path string
		want       error
		hint       string
	}{
		{"a password", write(t, "a.ods", zipOf(t, kind, part{"content.xml", "\x01\x02"}, locked)), ErrEncrypted, "password"},
		{"a password over everything", write(t, "a.ods", zipOf(t, kind, part{"encrypted-package", "\x01\x02"}, locked)), ErrEncrypted, "password"},
		{"a text document", odsFile(t, document), ErrUnsupported, "save it as"},
		{"a flat text document", write(t, "a.fodt", []byte(strings.ReplaceAll(document, "document-content", "document"))), ErrUnsupported, "save it as"},
		{"no sheet", odsFile(t, odsContent("")), ErrDamaged, "again"},
		{"no XML", odsFile(t, "NIK"), ErrDamaged, "again"},
		{"a document type", odsFile(t, `<!DOCTYPE x [<!ENTITY a "b">]><x/>`), ErrDamaged, "again"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(tt.path)
			var located *Error
			if !errors.As(err, &located) || !errors.Is(err, tt.want) || !strings.Contains(located.Hint, tt.hint) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if errors.Is(err, ErrEncrypted) && errors.Is(err, ErrDamaged) {
				t.Errorf("%v says that it is damaged", err)
			}
		})
	}
}

// A sheet that is cut off keeps its first rows and the sheets before it.
func TestBrokenODS(t *testing.T) {
	row := odsRow("", odsCell("A"))
	content := odsContent(`<table:table table:name="A">` + row + `</table:table><table:table table:name="B">` + row + row + `</table:table>`)
	cut := content[:strings.LastIndex(content, "<text:p>")]
	for name, path := range map[string]string{"packed": odsFile(t, cut), "flat": write(t, "a.fods", []byte(cut))} {
		t.Run(name, func(t *testing.T) {
			sheets := open(t, path).Sheets()
			if len(sheets) != 2 || numbersOf(rowsOf(t, sheets[0])) != "1A" {
				t.Fatalf("%d sheets", len(sheets))
			}
			rows, err := collect(sheets[1])
			if len(rows) != 1 || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), `sheet "B"`) {
				t.Errorf("%d rows, %v", len(rows), err)
			}
			if _, err := sheets[1].Layout(t.Context()); !errors.Is(err, ErrDamaged) {
				t.Errorf("the layout: %v", err)
			}
		})
	}
	between := content[:strings.Index(content, "</table:table>")+len("</table:table>")]
	if rows, err := collect(open(t, odsFile(t, between)).Sheets()[0]); len(rows) != 1 || !errors.Is(err, ErrDamaged) {
		t.Errorf("cut off between sheets: %d rows, %v", len(rows), err)
	}
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, p := range []part{{"mimetype", "x"}, {"content.xml", content}} {
		out, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
		must(t, err)
		_, err = out.Write([]byte(p.content))
		must(t, err)
	}
	must(t, w.Close())
	changed := bytes.Replace(file.Bytes(), []byte("<text:p>A"), []byte("<text:p>B"), 1)
	for _, s := range open(t, write(t, "a.ods", changed)).Sheets() {
		if rows, err := collect(s); len(rows) == 0 || !errors.Is(err, zip.ErrChecksum) || !errors.Is(err, ErrDamaged) {
			t.Errorf("a changed byte: %d rows, %v", len(rows), err)
		}
	}
}
