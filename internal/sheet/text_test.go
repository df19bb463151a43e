package sheet

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// write puts content into a file of a fresh folder.
func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readAll reads every row of the first visible sheet.
func readAll(t testing.TB, path string) []Row {
	t.Helper()
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close() //nolint:errcheck // only read
	var rows []Row
	for row, err := range b.Sheets()[0].Rows(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func cellsOf(rows []Row) [][]string {
	var cells [][]string
	for _, r := range rows {
		cells = append(cells, r.Cells)
	}
	return cells
}

func TestReadText(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("NIK\tNAMA\r\n1\tRÉNÉ\r\n")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, content string
		want          [][]string
	}{
		{"commas", "NIK,NAMA\n1,A\n2,B\n", [][]string{{"NIK", "NAMA"}, {"1", "A"}, {"2", "B"}}},
		{"semicolons and decimal commas", "NIK;N\n1,5;A\n2,5;B\n", [][]string{{"NIK", "N"}, {"1,5", "A"}, {"2,5", "B"}}},
		{"tabs", "NIK\tN\n1\tA\n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"pipes, all quoted", "\"NIK\"|\"N\"\n\"1\"|\"A, B\"\n", [][]string{{"NIK", "N"}, {"1", "A, B"}}},
		{"byte order mark", "\xEF\xBB\xBFNIK,N\n1,A\n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"sep= line", "sep=;\r\nNIK;N\r\n1;A\r\n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"no last line break", "NIK,N\n1,A", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"old line breaks", "NIK,N\r1,A\r", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"a line break inside quotes", "NIK,N\r\n1,\"A\r\nB\"\r\n2,C\r\n", [][]string{{"NIK", "N"}, {"1", "A\r\nB"}, {"2", "C"}}},
		{"doubled quotes", "NIK,N\n1,\"A \"\"B\"\" C\"\n", [][]string{{"NIK", "N"}, {"1", `A "B" C`}}},
		{"a quote inside a cell", "NIK,N\n1,A \"B\" C\n", [][]string{{"NIK", "N"}, {"1", `A "B" C`}}},
		{"windows-1252", "NIK,N\n1,REN\xC9\n", [][]string{{"NIK", "N"}, {"1", "RENÉ"}}},
		{"one line in windows-1252, others in UTF-8", "NIK,N\n1,RENÉ\n2,REN\xC9\n", [][]string{{"NIK", "N"}, {"1", "RENÉ"}, {"2", "RENÉ"}}},
		{"UTF-16", utf16, [][]string{{"NIK", "NAMA"}, {"1", "RÉNÉ"}}},
		{"zero bytes", "NIK,N\n1,A\x00B\n", [][]string{{"NIK", "N"}, {"1", "AB"}}},
		{"blank lines keep their number", "NIK,N\n\n1,A\n", [][]string{{"NIK", "N"}, {""}, {"1", "A"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := cellsOf(readAll(t, write(t, "a.csv", []byte(tt.content))))
			if !slices.EqualFunc(got, tt.want, slices.Equal) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// A stray quote costs its own line only.
func TestStrayQuote(t *testing.T) {
	content := "NIK,NAMA,ALAMAT\n1,\"A,JL X\n2,B,JL Y\n3,\"C\" D,JL Z\n4,E,\"JL, W\"\n"
	rows := readAll(t, write(t, "a.csv", []byte(content)))
	if len(rows) != 5 {
		t.Fatalf("%d rows: %q", len(rows), cellsOf(rows))
	}
	if rows[4].Cells[2] != "JL, W" || rows[4].Number != 5 || rows[2].Cells[1] != "B" {
		t.Errorf("rows behind the stray quotes: %q", cellsOf(rows))
	}
	if rows[1].Cells[0] != "1" || rows[3].Cells[0] != "3" {
		t.Errorf("rows with stray quotes: %q", cellsOf(rows))
	}
}

func TestStrayQuoteWithDelimiterIsBroken(t *testing.T) {
	content := "NIK,NAMA\n1,\"A, B\" C\n2,D\n3,E\n"
	rows := readAll(t, write(t, "a.csv", []byte(content)))
	if len(rows) != 4 || rows[1].Broken != "stray_quote" || rows[2].Broken != "" {
		t.Errorf("%+v", rows)
	}
}

func TestRowsLongerThanTheBuffer(t *testing.T) {
	long := strings.Repeat("x", 900_000)
	rows := readAll(t, write(t, "a.csv", []byte("NIK,N\n1,"+long+"\n2,B\n")))
	if len(rows) != 3 || rows[1].Cells[1] != long || rows[2].Cells[1] != "B" {
		t.Errorf("%d rows", len(rows))
	}
}

// What the standard library writes is read back.
func TestTextRoundTrip(t *testing.T) {
	cell := rapid.StringMatching(`[A-Za-z0-9 ,;|"'/.\-é]{0,12}`)
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(2, 6).Draw(rt, "width")
		comma := rapid.SampledFrom([]rune{',', ';', '|', '\t'}).Draw(rt, "comma")
		want := [][]string{make([]string, width)}
		for i := range want[0] {
			want[0][i] = "KOLOM" + string(rune('A'+i))
		}
		for range rapid.IntRange(3, 30).Draw(rt, "rows") {
			row := make([]string, width)
			for i := range row {
				row[i] = cell.Draw(rt, "cell")
			}
			want = append(want, row)
		}
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.Comma = comma
		if err := w.WriteAll(want); err != nil {
			rt.Fatal(err)
		}
		r := newTextReader(bytes.NewReader(file.Bytes()), dialect{delimiter: byte(comma), width: width})
		for i := range want {
			row, err := r.next()
			if err != nil || !slices.Equal(row.Cells, want[i]) {
				rt.Fatalf("row %d: %q %v, want %q", i, row.Cells, err, want[i])
			}
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	encrypted := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), utf16Name("EncryptedPackage")...)
	tests := []struct {
		name string
		path string
		want error
	}{
		{"a missing file", filepath.Join(folder, "none.csv"), os.ErrNotExist},
		{"a folder", folder, ErrDirectory},
		{"an empty file", write(t, "e.csv", nil), ErrEmpty},
		{"binary content", write(t, "b.csv", bytes.Repeat([]byte{1, 2, 3, 0xFE, 0}, 100)), ErrBinary},
		{"an encrypted workbook", write(t, "x.xlsx", encrypted), ErrEncrypted},
		{"an old workbook", write(t, "x.xls", encrypted[:20]), ErrUnsupported},
		{"a cut-off workbook", write(t, "x.xlsx", []byte("PK\x03\x04 and no more")), ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Open(tt.path)
			var located *Error
			if !errors.Is(err, tt.want) || !errors.As(err, &located) || located.Hint == "" {
				t.Errorf("got %v, want %v with a hint", err, tt.want)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\";\"b\"\r\n\"1\n2\";3", "sep=|\na|b", "\xEF\xBB\xBFa\tb\n\"", "\"\"\"\n,\"", "\xFF\xFEa\x00,\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		e := detectEncoding(content)
		sample, err := decodeSample(content, e)
		if err != nil {
			return
		}
		r := newTextReader(e.reader(bytes.NewReader(content)), detectDialect(sample))
		for last := 0; ; {
			row, err := r.next()
			if err != nil {
				return
			}
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			for _, c := range row.Cells {
				if !utf8.ValidString(c) {
					t.Fatal("invalid UTF-8")
				}
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	line := "3174015705809003,3174011201159004,SITI NURAINI,JAKARTA,17-05-1980,P,ISTRI,JL MELATI III NO 5,005,012,BUKIT DURI,TEBET,JAKARTA SELATAN\n"
	content := []byte("NIK,KK,NAMA,TMP,TGL,JK,HUB,ALAMAT,RT,RW,KEL,KEC,KOTA\n" + strings.Repeat(line, 20_000))
	path := write(b, "a.csv", content)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for range b.N {
		readAll(b, path)
	}
}
