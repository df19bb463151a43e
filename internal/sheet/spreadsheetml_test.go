package sheet

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// xmlBook wraps sheets into a workbook of Excel 2003.
func xmlBook(sheets string) string {
	return `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>` + "\r\n" +
		`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"/></Styles>` + sheets + `</Workbook>`
}

const xmlSheet = `<Worksheet ss:Name="RW 05 &amp; 06"><Table ss:ExpandedRowCount="9"><Column ss:Width="9"/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/><Column ss:Hidden="1"/>` +
	`<Row><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">JUDUL</Data></Cell><Cell><Data ss:Type="String">A&#10;B</Data></Cell></Row>` +
	`<Row ss:Index="4" ss:Hidden="1"><Cell><Data ss:Type="Number">3174015705809003</Data></Cell><Cell ss:Index="4"><Data ss:Type="DateTime">1980-05-17T00:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">1899-12-31T07:30:00.000</Data></Cell>` +
	`<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=1+1"><Data ss:Type="Number">2</Data></Cell><Cell ss:Formula="=A9"/></Row>` +
	`<Row ss:Span="2"/><Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">BU<B>DI</B> É</ss:Data><Comment ss:Author="x"><ss:Data>CATATAN</ss:Data></Comment></Cell><Cell ss:StyleID="s1"/></Row>` +
	`</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetVisible</Visible></WorksheetOptions></Worksheet>` +
	`<Worksheet ss:Name="Kosong"/><Worksheet ss:Name="Salinan"><Table><Row><Cell><Data ss:Type="Number">3.17401550590900E+15</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>`

func TestReadSpreadsheetML(t *testing.T) {
	ascii := strings.ReplaceAll(xmlBook(xmlSheet), "É", "&#201;")
	for name, content := range map[string][]byte{"UTF-8": []byte(xmlBook(xmlSheet)), "UTF-16": utf16Text(ascii)} {
		t.Run(name, func(t *testing.T) {
			b := open(t, write(t, "a.xls", content))
			want := []Row{
				{Number: 1, Cells: []string{"JUDUL", "", "", "A\nB"}},
				{Number: 4, Cells: []string{"3174015705809003", "", "", "1980-05-17", "07:30:00", "TRUE", "#N/A", "2"}, Numeric: []bool{true, false, false, false, false, false, false, true}, Hidden: true, Uncached: 1},
				{Number: 8, Cells: []string{"BUDI É"}},
			}
			if diff := cmp.Diff(want, rowsOf(t, b.Sheets()[0])); diff != "" {
				t.Error(diff)
			}
			layout, err := b.Sheets()[0].Layout(t.Context())
			must(t, err)
			if diff := cmp.Diff(Layout{Merged: []Range{{1, 2, 0, 2}}, HiddenColumns: []Range{{0, 0, 2, 3}, {0, 0, 4, 4}}}, layout); diff != "" {
				t.Error(diff)
			}
			var names []string
			for _, s := range b.Sheets() {
				names = append(names, fmt.Sprintf("%s/%t/%d", s.Name(), s.Hidden(), len(rowsOf(t, s))))
			}
			if got, want := strings.Join(names, " "), "RW 05 & 06/false/3 Kosong/false/0 Salinan/true/1"; got != want || b.Kind() != KindXML {
				t.Errorf("%s: got %s, want %s", b.Kind(), got, want)
			}
			if got := rowsOf(t, b.Sheets()[2])[0].Cells[0]; got != "3174015505909000" {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestBrokenSpreadsheetML(t *testing.T) {
	whole := xmlBook(xmlSheet)
	sheets := open(t, write(t, "a.xls", []byte(whole[:strings.LastIndex(whole, "<Cell>")]))).Sheets()
	if rows, err := collect(sheets[2]); len(sheets) != 3 || len(rowsOf(t, sheets[0])) != 3 || len(rows) != 0 || !errors.Is(err, ErrDamaged) {
		t.Errorf("%d sheets, %v", len(sheets), err)
	}
	between := whole[:strings.Index(whole, "</Worksheet>")+len("</Worksheet><")]
	if rows, err := collect(open(t, write(t, "a.xls", []byte(between))).Sheets()[0]); len(rows) != 3 || !errors.Is(err, ErrDamaged) {
		t.Errorf("cut off between sheets: %d rows, %v", len(rows), err)
	}
	old := strings.Replace(whole, "BU<B>DI</B> É", "CAF\xC9", 1)
	if got := rowsOf(t, open(t, write(t, "a.xls", []byte(old))).Sheets()[0])[2]; got.Cells[0] != "CAFÉ" || got.Broken != "" {
		t.Errorf("windows-1252: %+v", got)
	}
	if _, err := Open(write(t, "a.xls", []byte(xmlBook("")))); !errors.Is(err, ErrDamaged) {
		t.Errorf("without a sheet: %v", err)
	}
	quickly(t, func() {
		for _, sheet := range []string{strings.Repeat(`<Row><Cell><Data>`, 1<<18), strings.Repeat(`<Worksheet>`, 1<<18), strings.Repeat(`<Table a="">`, 1<<18)} {
			b := open(t, write(t, "a.xls", []byte(xmlBook(`<Worksheet ss:Name="A"><Table>`+sheet))))
			_, _ = collect(b.Sheets()[0])
		}
	})
}
