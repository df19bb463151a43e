package report

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"padan/match"
)

// Whatever a cell holds, a CSV reader finds it again, with an apostrophe before
// what would run as a formula and nothing else changed.
func TestCSVRoundTrip(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("=+-@\t\r\n\",;|' Aé😀0"))).Draw(t, "text")
		delimiter := rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "delimiter")
		path := filepath.Join(folder, "out.csv")
		table := NewCSV(created(t, path), []Column{{Name: "A", Title: "A", Width: 5}, {Name: "B", Title: "B", Width: 5}}, CSVOptions{Delimiter: delimiter})
		if err := table.WriteRow([]Cell{Text(text), Code(text)}); err != nil {
			t.Fatal(err)
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		reader := csv.NewReader(bytes.NewReader(content))
		reader.Comma = rune(delimiter)
		rows, err := reader.ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 2 {
			t.Fatalf("%q: %v", content, err)
		}
		want := text
		if text != "" && text != "-" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
			want = "'" + text
		}
		want = strings.ReplaceAll(want, "\r\n", "\n") // as encoding/csv reads it
		if rows[1][0] != want || rows[1][1] != want {
			t.Fatalf("%q is read back as %q", text, rows[1])
		}
	})
}

// A text that is copied by words is what it is byte by byte, wherever it ends and
// whatever room there is for it.
func TestCSVTextsByWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("AB1. -=+@\t\r\n\x00\x1f\"!#,;+:é＝😀"))).Draw(t, "text")
		texts := newCSVTexts(rapid.SampledFrom([]byte{',', ';', '\t'}).Draw(t, "delimiter"))
		line := make([]byte, 3, 3+rapid.IntRange(0, 40).Draw(t, "room"))
		got, want := string(texts.append(line, text)), string(texts.appendAny([]byte{0, 0, 0}, text))
		if got != want {
			t.Fatalf("%q gives %q, want %q", text, got, want)
		}
	})
}

// Every byte is told, wherever it stands in a word.
func TestCSVBytes(t *testing.T) {
	for _, delimiter := range []byte{',', ';', '\t'} {
		texts := newCSVTexts(delimiter)
		for c := range 256 {
			for at := range 20 {
				text := []byte("ABCDEFGH01234567abcd")
				text[at] = byte(c)
				for _, text := range []string{string(text), string(text[:at+1])} {
					got, want := texts.append(make([]byte, 0, 64), text), texts.appendAny(nil, text)
					if !bytes.Equal(got, want) {
						t.Fatalf("%q gives %q, want %q", text, got, want)
					}
				}
			}
		}
	}
}

func TestCSVDialect(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	table := NewCSV(created(t, path), []Column{{Name: "A;B", Title: "A;B", Width: 5}, {Name: "C", Title: "C", Width: 5}}, CSVOptions{Delimiter: ';', BOM: true})
	for _, row := range [][]Cell{
		{Text("1,5"), Integer(-1_600_000)}, {Decimal(97.256), Decimal(-0.004)}, {Probability(0.99999999), Probability(1)}, {{Type: EmptyCell}, Text("-")},
	} {
		if err := table.WriteRow(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := table.Close(); err != nil {
		t.Fatal(err)
	}
	want := "\xEF\xBB\xBF\"A;B\";C\n1,5;-1600000\n97,26;0,00\n0,999999;1,000000\n;-\n"
	if got := string(readFile(t, path)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNumbersAreWrittenAsStrconvDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hundredths := rapid.Int64Range(-1e12, 1e12).Draw(t, "hundredths")
		f := float64(hundredths) / 100
		if got, want := string(appendFixed(nil, f, 2, '.')), strconv.FormatFloat(f, 'f', 2, 64); got != want {
			t.Fatalf("%s, want %s", got, want)
		}
	})
}

func TestReportsAreReadableByTheirOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("this system has no such permissions")
	}
	folder := t.TempDir()
	for name, write := range writers() {
		path := filepath.Join(folder, name)
		f := created(t, path)
		if err := write(f); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

func BenchmarkMatchedCSV(b *testing.B) {
	pair := ordinaryLink()
	table := NewCSV(created(b, filepath.Join(b.TempDir(), "out.csv")), MatchedColumns(Options{}), CSVOptions{})
	benchmarkMatched(b, table, &pair)
}

func benchmarkMatched(b *testing.B, table Table, pair *match.LinkedPair) {
	b.Helper()
	b.ReportAllocs()
	b.ResetTimer()
	n, err := Matched(table, func(yield func(match.LinkedPair, error) bool) {
		for range b.N {
			if !yield(*pair, nil) {
				return
			}
		}
	}, Options{})
	if err != nil || n != b.N {
		b.Fatal(n, err)
	}
	b.StopTimer()
	table.Abort()
}
