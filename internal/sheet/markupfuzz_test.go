package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkBook opens content as a book and holds what is true of every one.
func checkBook(t *testing.T, content []byte) {
	t.Helper()
	limits := smallLimits()
	limits.Unzipped, limits.Strings, limits.Floor = 8<<20, 1<<20, 4<<20
	b, err := OpenSource("a", bytes.NewReader(content), int64(len(content)), limits)
	if err != nil {
		if located, ok := err.(*Error); !ok || located.Hint == "" || !utf8.ValidString(err.Error()) { //nolint:errorlint // OpenSource promises it bare
			t.Fatalf("%v", err)
		}
		return
	}
	defer func() { must(t, b.Close()) }()
	for _, s := range b.Sheets()[:min(4, len(b.Sheets()))] {
		if !utf8.ValidString(s.Name()) {
			t.Fatalf("name %q", s.Name())
		}
		r, err := s.table.rows()
		if err != nil {
			continue
		}
		checkRows(t, &firstRows{rowReader: r, left: 5000}, &limits)
		r.close()
		layout, err := s.Layout(t.Context())
		if err == io.EOF { //nolint:errorlint // must not come bare
			t.Fatal("a layout ends in io.EOF")
		}
		for _, m := range layout.Merged {
			if m.FirstRow < 1 || m.LastRow < m.FirstRow || m.FirstColumn < 0 || m.LastColumn < m.FirstColumn || m.LastColumn >= limits.Columns {
				t.Fatalf("merged %v", m)
			}
		}
		for _, h := range layout.HiddenColumns {
			if h.FirstColumn < 0 || h.LastColumn < h.FirstColumn || h.LastColumn >= limits.Columns {
				t.Fatalf("hidden %v", h)
			}
		}
	}
}

// firstRows ends after some rows: a few bytes may repeat a row a million times.
type firstRows struct {
	rowReader
	left int
}

func (r *firstRows) next(b *batch) error {
	if r.left--; r.left < 0 {
		return io.EOF
	}
	return r.rowReader.next(b)
}

func FuzzODS(f *testing.F) {
	for _, seed := range []string{
		odsContent(`<table:table table:name="A" table:style-name="ta2"><table:table-column table:visibility="collapse" table:number-columns-repeated="3"/>` + odsRow(`table:number-rows-repeated="3" table:visibility="filter"`, odsCell("A&amp;<text:s text:c=\"3\"/>B")) + `</table:table>`),
		odsContent(`<table:table table:name="A"><table:table-row-group table:display="false">` + odsRow("", `<table:table-cell table:formula="x" office:value-type="float" office:value="1E15" table:number-columns-spanned="2" table:number-rows-spanned="2"/><table:covered-table-cell/>`) + `</table:table-row-group></table:table><table:table/>`),
		odsContent(`<table:table>` + odsRow("", `<table:table-cell office:value-type="date" office:date-value="1980-05-17T10:30:00.5"/><table:table-cell office:time-value="PT26H5M"/><table:table-cell office:boolean-value="true"/><table:table-cell><office:annotation><text:p>x</text:p></office:annotation><text:p/><text:p>y`) + `</table:table>`),
		xmlBook(xmlSheet),
		strings.ReplaceAll(odsContent(`<table:table table:name="A">`+odsRow("", odsCell("A"))), "document-content", "document"),
		string(utf16Text(xmlBook(xmlSheet[:200]))),
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, content []byte, packed bool) {
		if packed {
			content = zipOf(t, part{"mimetype", "x"}, part{"content.xml", string(content)})
		}
		checkBook(t, content)
	})
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<table><tr><td colspan=2 rowspan=3>A<td>B&eacute;<tr><th x:num=\"3174014101809001\">3.1E+15</table>", "<TABLE><TD>A<TABLE><TR><TD>B</TABLE></TD><!-- x --><table><td>C",
		"\xEF\xBB\xBF<!DOCTYPE html><meta charset=windows-1252><table><col style='display:none' span=3><tr style=\"display:none\"><td>\xC9<br>\x81</td><script>x</script>",
		"<?xml version='1.0'?><html><table><thead><tr><td sdval='29358' sdnum='1033;1033;DD/MM/YY'>17/05/80</thead><tr><td><![if x]>&nbsp;", string(utf16Text("<html><table><tr><td>A")),
		"<table><tr><td rowspan=0 colspan=99999>&#0;&#x110000;<td a='b><td \"></td/><br/></table", "LAPORAN <table><tr>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		checkBook(t, content)
		limits := smallLimits()
		for _, e := range []textEncoding{encodingUTF8, encoding1252} {
			page := &htmlPage{limits: &limits, stream: &stream{direct: io.NewSectionReader(bytes.NewReader(content), 0, int64(len(content)))}, encoding: e}
			r, err := (&htmlTable{page: page}).rows()
			must(t, err)
			checkRows(t, r, &limits)
		}
	})
}

func FuzzArchive(f *testing.F) {
	workbook, err := os.ReadFile(sheetOf(f, rowsXML(`<row><c><v>1</v></c></row>`)))
	must(f, err)
	inner := zipOf(f, part{"a.csv", csvContent}, part{"b/c.html", "<table><tr><td>A"}, part{"d.fods", strings.ReplaceAll(odsContent(`<table:table table:name="A"/><table:table>`+odsRow("", odsCell("A"))+`</table:table>`), "document-content", "document")}, part{"e.xlsx", string(workbook)})
	var stored bytes.Buffer
	w := zip.NewWriter(&stored)
	for _, name := range []string{"a.csv", "b\xFF.csv", "b\xFF.csv"} {
		out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, NonUTF8: true})
		must(f, err)
		_, err = out.Write([]byte(csvContent))
		must(f, err)
	}
	must(f, w.Close())
	for _, seed := range [][]byte{inner, stored.Bytes(), zipOf(f, part{"a.zip", string(inner)}), zipOf(f), gzipOf(f, "", csvContent), gzipOf(f, "a\x01", string(workbook)), inner[:len(inner)-9]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) { checkBook(t, content) })
}
