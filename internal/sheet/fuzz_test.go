package sheet

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// checkRows reads to the end and holds what is true of every row.
func checkRows(t *testing.T, r rowReader, limits *Limits) []Row {
	t.Helper()
	var all []Row
	last := 0
	for b := newBatch(64); ; {
		err := r.next(b)
		if b.full() || err != nil {
			all = append(all, b.take()...)
		}
		if err != nil {
			break
		}
	}
	for _, row := range all {
		if row.Number <= last || len(row.Cells) > limits.Columns || row.Numeric != nil && len(row.Numeric) != len(row.Cells) {
			t.Fatalf("row %d after row %d, %d cells, %d flags", row.Number, last, len(row.Cells), len(row.Numeric))
		}
		last = row.Number
		for _, c := range row.Cells {
			if !utf8.ValidString(c) || len(c) > 3*limits.Cell || strings.IndexByte(c, 0) >= 0 {
				t.Fatalf("row %d: %q", row.Number, c)
			}
		}
	}
	return all
}

// smallLimits make a fuzzer reach every limit.
func smallLimits() Limits {
	l := DefaultLimits()
	l.Columns, l.Cell, l.Record, l.QuotedLines, l.QuotedBytes = 50, 200, 1000, 5, 300
	return l
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"a,b\n1,2\n", "\"a\";\"b\"\r\n\"1\n2\";3", "sep=|\na|b", "\xEF\xBB\xBFa\tb\n\"", "\"\"\"\n,\"", "\xFF\xFEa\x00,\x00", "\xFE\xFF\x00a\x00,\x00\"", "a\rb\r\"c\rd\"",
		"a, \"b, c\"\n1, \"2\"\n", "a,b\n1,\"2\n3,4\n5\",6\n", "a,\x81\n\x00\x00", strings.Repeat("a,", 60) + "\n" + strings.Repeat("b", 1200), "a,b\n\xEF\xBB\xBF1,\"2\"3\"\n\x1A",
	} {
		f.Add([]byte(s))
	}
	limits := smallLimits()
	f.Fuzz(func(t *testing.T, content []byte) {
		b := &Book{source: &watched{source: memory{bytes.NewReader(content)}}, size: int64(len(content)), limits: limits}
		if b.openText(content) != nil {
			return
		}
		r, err := b.sheets[0].table.rows()
		must(t, err)
		rows := checkRows(t, r, &limits)
		text := r.(*textReader)
		if text.position != len(text.text) || !text.eof {
			t.Fatal("not read to the end")
		}
		if lines := bytes.Count(content, []byte("\n")) + bytes.Count(content, []byte("\r")) + 2; len(rows) > lines {
			t.Fatalf("%d rows of %d lines", len(rows), lines)
		}
	})
}

func FuzzXLSXRow(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="2"><c r="B2" t="inlineStr"><is><t>x</t></is></c><c><v>1E5</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`))
	f.Add([]byte(`<sheetData><row><c t="s"><v>9</v></c><c s="0"/><c t="s"><v>0</v></c><c s="1"><v>29358.5</v></c></row><!-- --></sheetData></worksheet>`))
	f.Add([]byte(`<x:sheetData><x:row hidden="1" r="9"><x:c t='str'><x:v>a<![CDATA[b&<]]>_x000D_&#10;</x:v></x:c></x:row>`))
	f.Add([]byte("<cols><col min='2' max=\"3\" hidden=\"true\"/></cols><sheetData><row><c r=\"AZ1\"><v>1</v></c><c t=\"d\"><v>1980-05-17T00:00:00.0Z</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A\xFF</v></c></row>"))
	limits := smallLimits()
	f.Fuzz(func(t *testing.T, content []byte) {
		w := &workbook{book: &Book{limits: limits}, dates: []bool{false, true}, strings: &sharedStrings{pieces: []string{"SATU"}, ends: []uint32{4}}}
		checkRows(t, newSheetReader(w, bytes.NewReader(content), func() {}), &limits)
	})
}

// memory is a file in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

func FuzzOpen(f *testing.F) {
	path := workbookOf(f, func(w *excelize.File) {
		must(f, w.SetSheetRow("Sheet1", "A1", &[]any{"NIK", "NAMA", 29358, true, 1.5}))
	})
	workbook, err := os.ReadFile(path)
	must(f, err)
	small, err := os.ReadFile(sheetOf(f, rowsXML(`<row><c s="1"><v>29358</v></c><c t="s"><v>0</v></c></row>`), part{"xl/sharedStrings.xml", "<sst><si><t>A</t></si></sst>"},
		part{"xl/styles.xml", `<s><numFmts><numFmt numFmtId="164" formatCode="dd"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></s>`}))
	must(f, err)
	for _, seed := range [][]byte{workbook, small, workbook[:len(workbook)/2], compoundOf("Workbook"), compoundOf("EncryptedPackage", "EncryptionInfo"), []byte("NIK;N\n1;A\n"), []byte("<html>")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		limits := smallLimits()
		limits.Unzipped, limits.Strings = 8<<20, 1<<20
		b := &Book{source: &watched{source: memory{bytes.NewReader(content)}}, size: int64(len(content)), limits: limits}
		if b.recognise() != nil {
			return
		}
		for _, s := range b.Sheets()[:min(3, len(b.Sheets()))] {
			if !utf8.ValidString(s.Name()) {
				t.Fatalf("name %q", s.Name())
			}
			r, err := s.table.rows()
			if err != nil {
				continue
			}
			checkRows(t, r, &limits)
			r.close()
			if _, err := s.Layout(t.Context()); err == io.EOF { //nolint:errorlint // must not come bare
				t.Fatal("a layout ends in io.EOF")
			}
		}
	})
}
