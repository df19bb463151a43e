package sheet

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

const csvContent = "NIK,NAMA\n3174015705809003,SITI NURAINI\n"

// sheetsOf describes the sheets of a book: name, rows, or why it is lost.
func sheetsOf(t testing.TB, b *Book) []string {
	t.Helper()
	var list []string
	for _, s := range b.Sheets() {
		rows, err := collect(s)
		text := fmt.Sprintf("%s: %d", s.Name(), len(rows))
		for _, known := range []error{ErrEmpty, ErrBinary, ErrDamaged, ErrEncrypted, ErrUnsupported, ErrTooLarge} {
			if errors.Is(err, known) {
				text = s.Name() + ": " + known.Error()
			}
		}
		if s.Hidden() {
			text += ", hidden"
		}
		if s.Delimited() {
			text += ", delimited"
		}
		list = append(list, text)
	}
	return list
}

// content reads a file.
func content(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return string(b)
}

func TestReadArchive(t *testing.T) {
	workbook := content(t, sheetOf(t, rowsXML(`<row><c t="s"><v>0</v></c></row>`), part{"xl/sharedStrings.xml", "<sst><si><t>A</t></si></sst>"}))
	spreadsheet := content(t, odsFile(t, odsContent(`<table:table table:name="RW 05">`+odsRow("", odsCell("A"))+`</table:table><table:table table:name="Salinan" table:style-name="ta2">`+odsRow("", odsCell("B"))+`</table:table>`)))
	nested := string(zipOf(t, part{"a.csv", csvContent}))
	path := write(t, "a.csv", zipOf(t,
		part{"tebet/", ""}, part{"tebet/rw 05.csv", csvContent}, part{"b.xls", workbook}, part{"c.ods", spreadsheet}, part{"a.xlsx", "<table><tr><td>A</table>"},
		part{"d.zip", nested}, part{"e.gz", "\x1F\x8B\x08"}, part{"f.pdf", "%PDF-1.7\n"}, part{"g.jpg", "\xFF\xD8\xFF\xE0\x00\x10JFIF"}, part{"h.csv", ""}, part{"i.xlsx", workbook[:len(workbook)-40]},
		part{"j.docx", string(zipOf(t, part{"_rels/.rels", ""}, part{"word/document.xml", ""}))}, part{"k.bin", strings.Repeat("\x01\x02\x03", 99)}, part{"BACA.txt", "hanya teks\n"},
		part{"__MACOSX/._b.xls", "x"}, part{"tebet/__MACOSX/a.csv", csvContent}, part{".DS_Store", "x"}, part{"tebet/Thumbs.db", "x"}, part{"tebet/.a.csv", csvContent}, part{"~$b.xls", "x"}, part{"DESKTOP.INI", "x"},
	))
	want := []string{
		"BACA.txt: 1, delimited", "a.xlsx: 1", "b.xls/A: 1", "c.ods/RW 05: 1", "c.ods/Salinan: 1, hidden",
		"d.zip: " + ErrUnsupported.Error(), "e.gz: " + ErrUnsupported.Error(), "f.pdf: " + ErrUnsupported.Error(), "g.jpg: " + ErrUnsupported.Error(), "h.csv: " + ErrEmpty.Error(), "i.xlsx: " + ErrDamaged.Error(),
		"j.docx: " + ErrUnsupported.Error(), "k.bin: " + ErrBinary.Error(), "tebet/rw 05.csv: 2, delimited",
	}
	b := open(t, path)
	if got := sheetsOf(t, b); b.Kind() != KindZIP || !slices.Equal(got, want) {
		t.Fatalf("%s: got\n%s\nwant\n%s", b.Kind(), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	_, err := collect(b.Sheets()[5])
	var located *Error
	if !errors.As(err, &located) || located.Path != path || located.Sheet != "d.zip" || !strings.Contains(located.Hint, "archive in an archive") {
		t.Errorf("%+v", err)
	}
	if _, err := b.Sheets()[5].Layout(t.Context()); !errors.Is(err, ErrUnsupported) {
		t.Errorf("the layout: %v", err)
	}
	if layout, err := b.Sheets()[3].Layout(t.Context()); err != nil || len(layout.Merged) != 0 {
		t.Errorf("the layout: %v", err)
	}
	var readers sync.WaitGroup
	for i := range 24 {
		readers.Go(func() {
			s := b.Sheets()[1+i%4]
			if rows, err := collect(s); err != nil || len(rows) != 1 {
				t.Errorf("%s: %d rows, %v", s.Name(), len(rows), err)
			}
		})
	}
	readers.Wait()
	if a := b.extra[0].(*archive); a.recent == nil || a.recent.users != 0 {
		t.Errorf("a member is still in use: %+v", a.recent)
	}
}

// A row of a member that is damaged is located in the archive.
func TestArchiveLocatesRows(t *testing.T) {
	cut := content(t, odsFile(t, strings.TrimSuffix(odsContent(`<table:table table:name="A">`+odsRow("", odsCell("A"))+`</table:table>`), `</table:table></office:spreadsheet></office:body></office:document-content>`)))
	path := write(t, "a.zip", zipOf(t, part{"b.ods", cut}))
	rows, err := collect(open(t, path).Sheets()[0])
	if want := path + `: sheet "b.ods/A": row 1: ` + ErrDamaged.Error(); len(rows) != 1 || err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%d rows, %v, want %s", len(rows), err, want)
	}
}

func TestArchiveRefuses(t *testing.T) {
	many := make([]part, maxMembers+1)
	for i := range many {
		many[i] = part{fmt.Sprintf("%d.csv", i), csvContent}
	}
	tests := []struct {
		name    string
		content []byte
		want    error
		hint    string
	}{
		{"nothing but debris", zipOf(t, part{"a/", ""}, part{"a/.DS_Store", "x"}), ErrUnsupported, "without files"},
		{"nothing readable", zipOf(t, part{"b.pdf", "%PDF-"}, part{"a.csv", ""}), ErrEmpty, "export"},
		{"too many files", zipOf(t, many...), ErrTooLarge, "unpack"},
		{"a packed stream cut off", gzipOf(t, "", csvContent)[:20], ErrDamaged, "again"},
		{"no packed stream", []byte("\x1F\x8B\x08"), ErrDamaged, "again"},
		{"a tar", append(make([]byte, 257), "ustar\x0000"...), ErrUnsupported, "unpack"},
		{"a packed tar", gzipOf(t, "a.tar", string(make([]byte, 257))+"ustar\x0000"), ErrUnsupported, "unpack"},
		{"a packed archive", gzipOf(t, "", string(zipOf(t, part{"a.csv", csvContent}))), ErrUnsupported, "archive in an archive"},
		{"a page in one file", []byte("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n"), ErrUnsupported, ".mht"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, "a.zip", tt.content)
			_, err := Open(path)
			located, ok := err.(*Error) //nolint:errorlint // Open promises it bare
			if !ok || !errors.Is(err, tt.want) || located.Path != path || !strings.Contains(located.Hint, tt.hint) {
				t.Errorf("got %v (%+v), want %v with hint %q", err, located, tt.want, tt.hint)
			}
		})
	}
}

func gzipOf(t testing.TB, name, text string) []byte {
	t.Helper()
	var file bytes.Buffer
	w := gzip.NewWriter(&file)
	w.Name = name
	_, err := w.Write([]byte(text))
	must(t, err)
	must(t, w.Close())
	return file.Bytes()
}

func TestReadGzip(t *testing.T) {
	for name, want := range map[string]string{"": "kel.csv: 2, delimited", "tebet.csv": "tebet.csv: 2, delimited"} {
		b := open(t, write(t, "kel.csv.gz", gzipOf(t, name, csvContent)))
		if got := sheetsOf(t, b); len(got) != 1 || got[0] != want || b.Kind() != KindZIP {
			t.Errorf("%s: %q, want %s", b.Kind(), got, want)
		}
	}
}

// Only the member under a password is lost.
func TestArchiveWithLockedMember(t *testing.T) {
	file := zipOf(t, part{"a.csv", csvContent}, part{"b.csv", csvContent})
	at := bytes.LastIndex(file, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint16(file[at+8:], binary.LittleEndian.Uint16(file[at+8:])|1)
	want := []string{"a.csv: 2, delimited", "b.csv: " + ErrEncrypted.Error()}
	if got := sheetsOf(t, open(t, write(t, "a.zip", file))); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestMemberNames(t *testing.T) {
	for name, want := range map[string]string{
		"RW 05/a.csv": "RW 05/a.csv", `RW 05\a.csv`: "RW 05/a.csv", "/../a.csv": "../a.csv", "caf\x82.csv": "café.csv", "é.csv": "é.csv", "a\x1b[2J\n.csv": "a[2J.csv",
	} {
		if got := memberName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// What all members unpack to is bounded; those within the bound are read.
func TestArchiveBombs(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	limits := DefaultLimits()
	limits.Floor, limits.Ratio = 4<<20, 100
	rows := strings.Repeat("3174015705809003,SITI NURAINI\n", 100_000) // 3 MB
	members := []part{{"a.csv", rows}, {"b.csv", rows}, {"c.csv", csvContent}, {"d.csv", strings.Repeat("\n", 8<<20)}}
	want := []string{"a.csv: 100000, delimited", "b.csv: " + ErrTooLarge.Error(), "c.csv: 2, delimited", "d.csv: " + ErrTooLarge.Error()}
	if got := bombSheets(t, zipOf(t, members...), limits); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	limits.Floor, limits.Ratio, limits.Unzipped = 1<<20, 10_000, 4<<20
	if got := bombSheets(t, zipOf(t, members...), limits); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	limits.Unzipped, limits.Ratio = 1<<30, 5
	b, err := OpenWithin(write(t, "a.gz", gzipOf(t, "", strings.Repeat("1,2\n", 4<<20))), limits)
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("a packed stream: %v, %v", b, err)
	}
}

func bombSheets(t *testing.T, file []byte, limits Limits) []string {
	t.Helper()
	b, err := OpenWithin(write(t, "a.zip", file), limits)
	must(t, err)
	defer func() { must(t, b.Close()) }()
	return sheetsOf(t, b)
}

// Large members are unpacked into a file that no other user reads and that is
// gone when the book is closed.
func TestLargeMembers(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	rows := strings.Repeat("3174015705809003,SITI NURAINI\n", 600_000) // 18 MB
	path := write(t, "a.zip", zipOf(t, part{"a.csv", "A,B\n" + rows}, part{"b.csv", "B,C\nD,E\n"}, part{"c.csv", "C,D\nE,F\n" + rows}))
	before := held()
	b, err := Open(path)
	must(t, err)
	if grown := held() - before; grown > 4<<20 {
		t.Errorf("%d bytes are held", grown)
	}
	var got []string
	for _, s := range b.Sheets() {
		n := 0
		for batch, err := range s.Batches(t.Context(), 1024) {
			must(t, err)
			if n == 0 && batch[0].Cells[0] != strings.ToUpper(s.Name()[:1]) {
				t.Errorf("%s begins with %q", s.Name(), batch[0].Cells)
			}
			n += len(batch)
		}
		got = append(got, fmt.Sprint(s.Name(), n))
	}
	must(t, b.Close())
	if want := []string{"a.csv600001", "b.csv2", "c.csv600002"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Errorf("%d files are left, %v", len(entries), err)
	}
}

// held returns the bytes of memory in use.
func held() int64 {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return int64(memory.HeapAlloc)
}

// A book over bytes that are no file closes them if they can be.
func TestOpenSource(t *testing.T) {
	for name, file := range map[string][]byte{"text": []byte(csvContent), "archive": zipOf(t, part{"a.csv", csvContent}), "page": []byte("<table><tr><td>NIK<tr><td>1")} {
		t.Run(name, func(t *testing.T) {
			source := &closing{Reader: bytes.NewReader(file)}
			b, err := OpenSource("-", source, int64(len(file)), DefaultLimits())
			must(t, err)
			if rows := rowsOf(t, b.Sheets()[0]); len(rows) != 2 {
				t.Errorf("%d rows", len(rows))
			}
			must(t, b.Close())
			if source.closed != 1 {
				t.Errorf("closed %d times", source.closed)
			}
			b, err = OpenSource("-", bytes.NewReader(file), int64(len(file)), DefaultLimits())
			must(t, err)
			must(t, b.Close())
		})
	}
	source := &closing{Reader: bytes.NewReader([]byte("%PDF-"))}
	_, err := OpenSource("-", source, 5, DefaultLimits())
	if !errors.Is(err, ErrUnsupported) || !strings.HasPrefix(err.Error(), "-: ") || source.closed != 0 {
		t.Errorf("%v, closed %d times", err, source.closed)
	}
	if _, err := OpenSource("-", source, 0, DefaultLimits()); !errors.Is(err, ErrEmpty) {
		t.Errorf("nothing: %v", err)
	}
}

type closing struct {
	*bytes.Reader
	closed int
}

func (c *closing) Close() error { c.closed++; return nil }

// An archive whose directory lies about the length of a member.
func TestLyingArchive(t *testing.T) {
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, name := range []string{"a.csv", "b.csv"} {
		out, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		must(t, err)
		_, err = out.Write([]byte(csvContent))
		must(t, err)
	}
	must(t, w.Close())
	lying := file.Bytes()
	at := bytes.Index(lying, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(lying[at+24:], 3)
	want := []string{"a.csv: " + ErrDamaged.Error(), "b.csv: 2, delimited"}
	if got := sheetsOf(t, open(t, write(t, "a.zip", lying))); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
