package sheet

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

// encode16 encodes text; order decides on the byte order, mark on its mark.
func encode16(t testing.TB, order unicode.Endianness, mark unicode.BOMPolicy, text string) string {
	t.Helper()
	encoded, err := unicode.UTF16(order, mark).NewEncoder().String(text)
	must(t, err)
	return encoded
}

func TestReadText(t *testing.T) {
	table := "NIK\tNAMA\r\n1\tRÉNÉ\r\n"
	long := strings.Repeat("BUDI SANTOSO\t3174\r\n", 10)
	tests := []struct {
		name, content string
		want          [][]string
	}{
		{"commas", "NIK,NAMA\n1,A\n2,B\n", [][]string{{"NIK", "NAMA"}, {"1", "A"}, {"2", "B"}}},
		{"semicolons and decimal commas", "NIK;N\n1,5;A\n2,5;B\n", [][]string{{"NIK", "N"}, {"1,5", "A"}, {"2,5", "B"}}},
		{"tabs, with a comma in every row", "NIK\tTTL\tN\n1\tJAKARTA, 1\tA\n2\tBOGOR, 2\tB\n", [][]string{{"NIK", "TTL", "N"}, {"1", "JAKARTA, 1", "A"}, {"2", "BOGOR, 2", "B"}}},
		{"pipes, all quoted", "\"NIK\"|\"N\"\n\"1\"|\"A, B\"\n", [][]string{{"NIK", "N"}, {"1", "A, B"}}},
		{"one column", "NIK\n1\n2\n", [][]string{{"NIK"}, {"1"}, {"2"}}},
		{"titles above the table", "DAFTAR, 2026\n\nNIK;N;RT\n1;A;1\n2;B;2\n3;C;3\n", [][]string{{"DAFTAR, 2026"}, {}, {"NIK", "N", "RT"}, {"1", "A", "1"}, {"2", "B", "2"}, {"3", "C", "3"}}},
		{"byte order mark", "\xEF\xBB\xBFNIK,N\n1,A\n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"byte order mark before a quote", "\xEF\xBB\xBF\"NIK\",\"N\"\n\"1\",\"A\"\n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"byte order mark of an appended file", "NIK,N\n1,A\n\xEF\xBB\xBFNIK,N\n2,B\n", [][]string{{"NIK", "N"}, {"1", "A"}, {"NIK", "N"}, {"2", "B"}}},
		{"sep= line", "sep=;\r\nNIK;N\r\n1;A,B\r\n", [][]string{{"NIK", "N"}, {"1", "A,B"}}},
		{"sep= line in quotes, behind a mark", "\xEF\xBB\xBF\"sep=|\"\nNIK|N\n1|A\n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"no last line break", "NIK,N\n1,A", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"no last line break, quoted", "NIK,N\n1,\"A\"", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"line breaks of old Macs", "NIK,N\r1,A\r\r2,B", [][]string{{"NIK", "N"}, {"1", "A"}, {}, {"2", "B"}}},
		{"a carriage return inside a cell", "NIK,N\r\n1,A\rB\r\n", [][]string{{"NIK", "N"}, {"1", "A\rB"}}},
		{"a line break inside quotes", "NIK,N\r\n1,\"A\r\nB\"\r\n2,C\r\n", [][]string{{"NIK", "N"}, {"1", "A\r\nB"}, {"2", "C"}}},
		{"doubled quotes", "NIK,N\n1,\"A \"\"B\"\" C\"\n", [][]string{{"NIK", "N"}, {"1", `A "B" C`}}},
		{"a quote inside a cell", "NIK,N\n1,A \"B\" C\n", [][]string{{"NIK", "N"}, {"1", `A "B" C`}}},
		{"a blank before each quote", "\"NIK\", \"N\"\n\"1\", \"A, B\"\n", [][]string{{"NIK", "N"}, {"1", "A, B"}}},
		{"a blank behind a quote", "\"NIK\" ,\"N\"\n\"1\",\"A\" \n", [][]string{{"NIK", "N"}, {"1", "A"}}},
		{"empty cells", "NIK,N,RT\n,,\n\"\",\"\",1\n", [][]string{{"NIK", "N", "RT"}, {"", "", ""}, {"", "", "1"}}},
		{"windows-1252", "NIK,N\n1,REN\xC9\xA0\n2,\x80\n", [][]string{{"NIK", "N"}, {"1", "RENÉ\u00A0"}, {"2", "€"}}},
		{"a line in windows-1252 among UTF-8", "NIK,N\n1,RENÉ\n2,REN\xC9\n3,ÉÉ\n", [][]string{{"NIK", "N"}, {"1", "RENÉ"}, {"2", "RENÉ"}, {"3", "ÉÉ"}}},
		{"UTF-16", encode16(t, unicode.LittleEndian, unicode.UseBOM, table), [][]string{{"NIK", "NAMA"}, {"1", "RÉNÉ"}}},
		{"UTF-16, other order", encode16(t, unicode.BigEndian, unicode.UseBOM, table), [][]string{{"NIK", "NAMA"}, {"1", "RÉNÉ"}}},
		{"UTF-16 without a mark", encode16(t, unicode.LittleEndian, unicode.IgnoreBOM, long)[:40], [][]string{{"BUDI SANTOSO", "3174"}, {"B"}}},
		{"UTF-16 without a mark, other order", encode16(t, unicode.BigEndian, unicode.IgnoreBOM, long)[:40], [][]string{{"BUDI SANTOSO", "3174"}, {"B"}}},
		{"zero bytes", "NIK,N\n1,A\x00B\n", [][]string{{"NIK", "N"}, {"1", "AB"}}},
		{"end mark of old programs", "NIK,N\n1,A\n\x1A", [][]string{{"NIK", "N"}, {"1", "A"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := readText(t, tt.content)
			if got := cellsOf(rows); !slices.EqualFunc(got, tt.want, slices.Equal) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			for _, r := range rows {
				if r.Broken != "" || r.Numeric != nil {
					t.Errorf("row %d: %q, %v", r.Number, r.Broken, r.Numeric)
				}
			}
		})
	}
}

// A row bears the number of the line on which it begins.
func TestTextRowNumbers(t *testing.T) {
	rows := readText(t, "sep=,\nNIK,N\n\n1,\"A\nB\n\"\n2,C\n")
	var got []int
	for _, r := range rows {
		got = append(got, r.Number)
	}
	if want := []int{2, 3, 4, 7}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A row that is cut or not quite text is delivered with the code of its fault.
func TestBrokenTextRows(t *testing.T) {
	limits := DefaultLimits()
	limits.Columns, limits.Cell, limits.Record = 4, 20, 300_000
	tests := []struct {
		name, line, broken, first string
	}{
		{"a byte of no encoding", "B\x81,1,2\n", BrokenEncoding, "B\uFFFD"},
		{"too many cells", "B,1,2,3,4,5\n", BrokenWide, "B"},
		{"too many quoted cells", `"B","1","2","3","4","5"` + "\n", BrokenWide, "B"},
		{"a long cell", strings.Repeat("É", 30) + ",1,2\n", BrokenLong, strings.Repeat("É", 10)},
		{"a long line", "B," + strings.Repeat("x", 900_000) + "\n", BrokenLong, "B"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := write(t, "a.csv", []byte("É,N,RT\nA,1,2\n"+tt.line+"C,3,4\n"))
			b, err := OpenWithin(path, limits)
			must(t, err)
			defer func() { must(t, b.Close()) }()
			rows := rowsOf(t, b.Sheets()[0])
			if len(rows) != 4 || rows[2].Broken != tt.broken || rows[2].Cells[0] != tt.first {
				t.Fatalf("%.300q", fmt.Sprint(rows))
			}
			if rows[3].Number != 4 || rows[3].Broken != "" || !slices.Equal(rows[3].Cells, []string{"C", "3", "4"}) {
				t.Errorf("the row behind it: %+v", rows[3])
			}
		})
	}
}

// Records that straddle blocks are whole, whatever their length.
func TestRowsAcrossBlocks(t *testing.T) {
	for _, size := range []int{10, 1_000, 100_000, 900_000} {
		var want [][]string
		var content strings.Builder
		for i := 0; content.Len() < 3*blockSize+3*size; i++ {
			row := []string{fmt.Sprint(i), strings.Repeat("x", size+i%7), "A\nB"}
			want = append(want, row)
			fmt.Fprintf(&content, "%s,%s,\"A\nB\"\r\n", row[0], row[1])
		}
		if got := cellsOf(readText(t, content.String())); !slices.EqualFunc(got, want, slices.Equal) {
			t.Errorf("cells of %d bytes: %d rows, want %d", size, len(got), len(want))
		}
	}
}

// What the standard library writes is read back.
func TestTextRoundTrip(t *testing.T) {
	cell := rapid.StringMatching(`[A-Za-z0-9 ,;|"'/.\-é\n]{0,12}`)
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(2, 6).Draw(rt, "width")
		comma := rapid.SampledFrom([]rune{',', ';', '|', '\t'}).Draw(rt, "comma")
		want := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 3, 30).Draw(rt, "rows")
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.Comma = comma
		must(t, w.WriteAll(want))
		limits := DefaultLimits()
		r := newTextReader(bytes.NewReader(file.Bytes()), encodingUTF8, dialect{delimiter: byte(comma)}, &limits)
		b := newBatch(100)
		for err := error(nil); err == nil; {
			err = r.next(b)
		}
		if got := cellsOf(b.rows); !slices.EqualFunc(got, want, slices.Equal) {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}

// A file of plain rows is read by Open as it was written, its delimiter found.
func TestTextRoundTripFromFile(t *testing.T) {
	word := rapid.StringMatching(`[A-Z]{1,8}( [A-Z,"]{1,8})?`)
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(3, 8).Draw(rt, "width")
		comma := rapid.SampledFrom([]rune{',', ';', '|', '\t'}).Draw(rt, "comma")
		want := rapid.SliceOfN(rapid.SliceOfN(word, width, width), 5, 40).Draw(rt, "rows")
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.Comma, w.UseCRLF = comma, rapid.Bool().Draw(rt, "crlf")
		must(t, w.WriteAll(want))
		if got := cellsOf(readText(t, file.String())); !slices.EqualFunc(got, want, slices.Equal) {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}
