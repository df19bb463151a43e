package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// compoundOf builds a compound file (OLE) whose directory has streams of these
// names, all of them empty.
func compoundOf(names ...string) []byte {
	const sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
	words := func(size int, values ...uint32) []byte {
		b := bytes.Repeat([]byte{0xFF}, size)
		for i, v := range values {
			binary.LittleEndian.PutUint32(b[4*i:], v)
		}
		return b
	}
	header := words(sector, 0xE011CFD0, 0xE11AB1A1, 0, 0, 0, 0, 0x0003003E, 0x0009FFFE, 0x00000006, 0, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
	entries := append([]string{"Root Entry"}, names...)
	sectors := (len(entries) + 3) / 4
	chain := []uint32{0xFFFFFFFD}
	for i := range sectors {
		next := uint32(i + 2)
		if i == sectors-1 {
			next = end
		}
		chain = append(chain, next)
	}
	file := slices.Concat(header, words(sector, chain...))
	for i := range sectors * 4 {
		entry := make([]byte, 128)
		binary.LittleEndian.PutUint32(entry[68:], free)
		binary.LittleEndian.PutUint32(entry[72:], free)
		binary.LittleEndian.PutUint32(entry[76:], free)
		binary.LittleEndian.PutUint32(entry[116:], end)
		if i < len(entries) {
			name := utf16Name(entries[i])
			copy(entry, name)
			binary.LittleEndian.PutUint16(entry[64:], uint16(len(name)))
			entry[66] = 2
			if i > 0 && i+1 < len(entries) {
				binary.LittleEndian.PutUint32(entry[72:], uint32(i+1))
			}
		}
		if i == 0 {
			entry[66] = 5
			if len(entries) > 1 {
				binary.LittleEndian.PutUint32(entry[76:], 1)
			}
		}
		file = append(file, entry...)
	}
	return file
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	workbook, err := os.ReadFile(sheetOf(t, rowsXML("<row><c><v>1</v></c></row>")))
	must(t, err)
	locked := bytes.ReplaceAll(workbook, []byte("PK\x01\x02\x14\x00\x14\x00\x08"), []byte("PK\x01\x02\x14\x00\x14\x00\x09"))
	far := make([]string, 200)
	for i := range far {
		far[i] = "S" + strings.Repeat("x", i%20)
	}
	tests := []struct {
		name, path string
		want       error
		hint       string
	}{
		{"a missing file", filepath.Join(folder, "none.csv"), fs.ErrNotExist, "check the name"},
		{"a folder", folder, ErrDirectory, "files in it"},
		{"an empty file", write(t, "a.csv", nil), ErrEmpty, "export"},
		{"a file of blanks", write(t, "a.csv", []byte("\xEF\xBB\xBF\r\n \n")), ErrEmpty, "export"},
		{"binary content", write(t, "a.csv", bytes.Repeat([]byte{1, 2, 3, 0xFE, 0}, 100)), ErrBinary, "save it"},
		{"zero bytes only", write(t, "a.csv", make([]byte, 5000)), ErrBinary, "save it"},
		{"an encrypted workbook", write(t, "a.xlsx", compoundOf("DataSpaces", "EncryptionInfo", "EncryptedPackage")), ErrEncrypted, "password"},
		{"an encrypted workbook, cut off", write(t, "a.xlsx", compoundOf("EncryptedPackage")[:1200]), ErrEncrypted, "password"},
		{"an encrypted workbook, its directory far away", write(t, "a.xlsx", compoundOf(append(far, "EncryptedPackage")...)), ErrEncrypted, "password"},
		{"an old workbook under a new name, empty", write(t, "a.xlsx", compoundOf("Workbook")), ErrDamaged, "again"},
		{"an old workbook of Excel 5, empty", write(t, "a.xls", compoundOf("Book")), ErrDamaged, "again"},
		{"a compound file of another program", write(t, "a.xls", compoundOf("WordDocument")), ErrUnsupported, "no workbook"},
		{"a cut-off workbook", write(t, "a.xlsx", workbook[:len(workbook)-30]), ErrDamaged, "again"},
		{"the start of a workbook", write(t, "a.xlsx", []byte("PK\x03\x04 and no more")), ErrDamaged, "again"},
		{"a packed file under a password", write(t, "a.xlsx", locked), ErrEncrypted, "password"},
		{"a workbook without a list of sheets", sheetOf(t, "", part{"xl/workbook.xml", ""}), ErrDamaged, "again"},
		{"a workbook with a document type", sheetOf(t, "", part{"xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><workbook/>"}), ErrDamaged, "again"},
		{"a binary workbook", write(t, "a.xlsx", zipOf(t, part{"xl/workbook.bin", "x"}, part{"_rels/.rels", rootRelations})), ErrUnsupported, ".xlsb"},
		{"a text document", write(t, "a.xlsx", zipOf(t, part{"word/document.xml", "<x/>"}, part{"_rels/.rels", rootRelations})), ErrUnsupported, "text document"},
		{"an empty archive", write(t, "a.zip", zipOf(t)), ErrUnsupported, "without files"},
		{"a web page without a table", write(t, "a.xls", []byte("\xEF\xBB\xBF\r\n<HTML><table><tr><td>&nbsp;</table>")), ErrUnsupported, "web page"},
		{"an XML document", write(t, "a.xls", []byte(`<?xml version="1.0"?><Workbook>`)), ErrUnsupported, "XML"},
		{"a PDF", write(t, "a.csv", []byte("%PDF-1.7\n")), ErrUnsupported, "PDF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := Open(tt.path)
			if err == nil {
				must(t, b.Close())
			}
			located, ok := err.(*Error) //nolint:errorlint // Open promises it bare
			if !ok || !errors.Is(err, tt.want) || located.Path != tt.path || !strings.Contains(located.Hint, tt.hint) {
				t.Fatalf("got %v (%+v), want %v with hint %q", err, located, tt.want, tt.hint)
			}
			if n := strings.Count(err.Error(), tt.path); n != 1 {
				t.Errorf("%v names the file %d times", err, n)
			}
		})
	}
}

// What a file is, its content decides.
func TestOpenGoesByContent(t *testing.T) {
	workbook, err := os.ReadFile(sheetOf(t, rowsXML("<row><c><v>1</v></c></row>")))
	must(t, err)
	if b := open(t, write(t, "a.csv", workbook)); b.Kind() != KindXLSX {
		t.Errorf("a workbook named .csv is %q", b.Kind())
	}
	if b := open(t, write(t, "a.xlsx", []byte("NIK\tN\n1\tA\n"))); b.Kind() != KindText || b.Sheets()[0].Name() != "" {
		t.Errorf("a text named .xlsx is %q", b.Kind())
	}
}

func TestErrorNamesThePlace(t *testing.T) {
	err := &Error{Path: "a.xlsx", Sheet: "RW 05", Row: 7, Column: "NIK", Err: ErrDamaged}
	if want := `a.xlsx: sheet "RW 05": row 7: column NIK: ` + ErrDamaged.Error(); err.Error() != want {
		t.Errorf("got %s, want %s", err, want)
	}
}

// A byte changed inside a packed sheet is found, though its XML may stay sound.
func TestChecksumOfASheetIsCompared(t *testing.T) {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, p := range []part{
		{"_rels/.rels", rootRelations},
		{"xl/workbook.xml", oneSheet},
		{"xl/_rels/workbook.xml.rels", bookRelations},
		{"xl/worksheets/sheet1.xml", rowsXML("<row><c><v>3174015705809003</v></c></row>")},
	} {
		out, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
		must(t, err)
		_, err = out.Write([]byte(p.content))
		must(t, err)
	}
	must(t, w.Close())
	changed := bytes.Replace(file.Bytes(), []byte("3174015705809003"), []byte("3174015705809004"), 1)
	rows, err := collect(open(t, write(t, "a.xlsx", changed)).Sheets()[0])
	if !errors.Is(err, ErrDamaged) || !errors.Is(err, zip.ErrChecksum) || len(rows) != 1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// A part that unpacks to far more than it packs is refused, and little memory is
// taken; one that says it is small is refused when it turns out not to be.
func TestZipBombs(t *testing.T) {
	limits := DefaultLimits()
	limits.Floor = 4 << 20
	huge := strings.Repeat(" ", 8<<20)
	texts := strings.Repeat("<si><t>"+strings.Repeat("x", 500)+"</t></si>", 8000)
	for name, path := range map[string]string{
		"sheet":          sheetOf(t, rowsXML("<row><c><v>1</v></c></row>"+huge)),
		"workbook":       sheetOf(t, "", part{"xl/workbook.xml", oneSheet + huge}),
		"shared strings": sheetOf(t, rowsXML("<row/>"), part{"xl/sharedStrings.xml", "<sst>" + texts + "</sst>"}),
		"small on paper": smallOnPaper(t, sheetOf(t, rowsXML("<row><c><v>1</v></c></row>"+huge)), uint32(len(huge))),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b, err := OpenWithin(path, limits)
			if err == nil {
				_, err = collect(b.Sheets()[0])
				must(t, b.Close())
			}
			runtime.ReadMemStats(&after)
			want := ErrTooLarge
			if name == "small on paper" {
				want = ErrDamaged
			}
			if !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 8<<20 {
				t.Errorf("%d bytes allocated in sum", grown)
			}
		})
	}
}

// smallOnPaper lowers the size that the directory of an archive gives for a part
// of at least size bytes.
func smallOnPaper(t *testing.T, path string, size uint32) string {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	for at := 0; at+46 < len(content); at++ {
		if !bytes.HasPrefix(content[at:], []byte("PK\x01\x02")) {
			continue
		}
		if binary.LittleEndian.Uint32(content[at+24:]) >= size {
			binary.LittleEndian.PutUint32(content[at+24:], 1000)
			return write(t, "a.xlsx", content)
		}
	}
	t.Fatal("no such part")
	return ""
}

// Limits can be set; what a part says of its own size is believed first.
func TestLimits(t *testing.T) {
	limits := DefaultLimits()
	limits.Unzipped = 1000
	path := sheetOf(t, rowsXML(strings.Repeat("<row><c><v>1</v></c></row>", 100)))
	b, err := OpenWithin(path, limits)
	must(t, err)
	defer func() { must(t, b.Close()) }()
	if _, err := collect(b.Sheets()[0]); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

// Reading stops when the caller does, when the context ends, and can be begun
// again; two readings do not disturb each other.
func TestReadingStopsAndBeginsAgain(t *testing.T) {
	for _, path := range []string{
		write(t, "a.csv", []byte("NIK,N\n"+strings.Repeat("1,A\n", 100))),
		sheetOf(t, rowsXML(strings.Repeat("<row><c><v>1</v></c></row>", 101))),
	} {
		s := open(t, path).Sheets()[0]
		for rows, err := range s.Batches(context.Background(), 10) {
			must(t, err)
			if len(rows) != 10 || len(rowsOf(t, s)) != 101 {
				t.Errorf("%d rows", len(rows))
			}
			break
		}
		for row, err := range s.Rows(context.Background()) {
			must(t, err)
			if row.Number != 1 {
				t.Errorf("begins with row %d", row.Number)
			}
			break
		}
		ctx, cancel := context.WithCancel(context.Background())
		batches, last := 0, error(nil)
		for _, err := range s.Batches(ctx, 10) {
			batches++
			last = err
			cancel()
		}
		cancel()
		if batches != 2 || !errors.Is(last, context.Canceled) {
			t.Errorf("%d batches, then %v", batches, last)
		}
	}
}

// Batches may be kept: a later one does not change them.
func TestBatchesAreIndependent(t *testing.T) {
	var content strings.Builder
	for i := range 1000 {
		content.WriteString(personLine(i, ",", ""))
	}
	s := open(t, write(t, "a.csv", []byte(content.String()))).Sheets()[0]
	var kept [][]Row
	for rows, err := range s.Batches(context.Background(), 64) {
		must(t, err)
		if cap(rows[0].Cells) != len(rows[0].Cells) {
			t.Fatal("appending to the cells of a row would change the next row")
		}
		kept = append(kept, rows)
	}
	i := 0
	for _, rows := range kept {
		for _, r := range rows {
			if got := strings.Join(r.Cells, ",") + "\n"; got != personLine(i, ",", "") {
				t.Fatalf("row %d: %s", r.Number, got)
			}
			i++
		}
	}
	if i != 1000 {
		t.Errorf("%d rows", i)
	}
}

// Sheets of one workbook may be read at the same time.
func TestSheetsAtTheSameTime(t *testing.T) {
	b := open(t, sheetOf(t, rowsXML(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 2000)), part{"xl/sharedStrings.xml", "<sst><si><t>A</t></si></sst>"}))
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			if rows, err := collect(b.Sheets()[0]); err != nil || len(rows) != 2000 || rows[1999].Cells[0] != "A" {
				t.Errorf("%d rows, %v", len(rows), err)
			}
		})
	}
	readers.Wait()
}
