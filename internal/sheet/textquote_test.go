package sheet

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A stray quote costs its own line only. Each line is put among sound ones of
// three cells; want nil says that the row is BrokenQuote.
func TestStrayQuote(t *testing.T) {
	tests := []struct {
		name, lines string
		want        [][]string
	}{
		{"never closed, with a delimiter too many", "1,\"A,JL X,Y\n", [][]string{nil}},
		{"never closed, cells as in the table", "1,\"A,JL X\n", [][]string{{"1", "\"A", "JL X"}}},
		{"two lines that look like one cell", "1,\"A,JL X\n2,B\",JL Y\n", [][]string{{"1", "\"A", "JL X"}, {"2", "B\"", "JL Y"}}},
		{"two lines with one between", "1,\"A,JL X\n2,B,JL Y\n3,C\",JL Z\n", [][]string{{"1", "\"A", "JL X"}, {"2", "B", "JL Y"}, {"3", "C\"", "JL Z"}}},
		{"text behind the quote", "1,\"A\" B,JL X\n", [][]string{{"1", "\"A\" B", "JL X"}}},
		{"text behind the quote, a delimiter inside", "1,\"A, C\" B,JL X\n", [][]string{nil}},
		{"quotes that are not doubled", "1,\"A \"B\" C\",\"JL, X\"\n", [][]string{{"1", `A "B" C`, "JL, X"}}},
		{"a quote behind a backslash", `1,"A \"B\" C",JL X` + "\n", [][]string{{"1", `A \"B\" C`, "JL X"}}},
		{"a quote at the end of a cell", "1,\"GANG \"X\"\",JL\n", [][]string{{"1", `GANG "X"`, "JL"}}},
		{"open at the end of the file", "1,\"A", [][]string{nil}},
		{"two sound lines in one cell", "1,\"A\nB\",JL X\n", [][]string{{"1", "A\nB", "JL X"}}},
		{"a list inside a cell", "1,\"A\nB, C\n,\",JL X\n", [][]string{{"1", "A\nB, C\n,", "JL X"}}},
		{"a title of two lines", "\"A\nB\"\n", [][]string{{"A\nB"}}},
	}
	sound := strings.Repeat("9,Z,\"JL, W\"\n", 20)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := readText(t, sound+tt.lines)
			if !strings.HasSuffix(tt.lines, "\n") {
				tt.lines += "\n"
			} else {
				rows = readText(t, sound+tt.lines+sound)
				for _, r := range rows[20+len(tt.want):] {
					if r.Broken != "" || !slices.Equal(r.Cells, []string{"9", "Z", "JL, W"}) {
						t.Fatalf("row %d behind it: %q", r.Number, r.Cells)
					}
				}
				if want := 40 + len(tt.want); len(rows) != want {
					t.Fatalf("%d rows, want %d", len(rows), want)
				}
			}
			for i, want := range tt.want {
				got := rows[20+i]
				if want == nil && got.Broken != BrokenQuote || want != nil && (got.Broken != "" || !slices.Equal(got.Cells, want)) {
					t.Errorf("row %d: %q %q, want %q", got.Number, got.Broken, got.Cells, want)
				}
			}
		})
	}
}

// An open quote is given up after QuotedLines or QuotedBytes.
func TestOpenQuoteIsBounded(t *testing.T) {
	for _, line := range []string{"x\n", strings.Repeat("x", 3000) + "\n"} {
		lines := 150
		rows := readText(t, "NIK,N,RT\n1,A,2\n1,\"A"+strings.Repeat(line, lines)+"\",2\n")
		if len(rows) != 2+lines+1 || rows[2].Broken != BrokenQuote || rows[2].Number != 3 {
			t.Errorf("%d rows, third %q", len(rows), rows[2].Broken)
		}
	}
}

// A cell of many lines is read if it stays within the bounds, also across blocks.
func TestManyLinesInQuotes(t *testing.T) {
	text := strings.Repeat("x\n", 90)
	for lead := blockSize - 200; lead < blockSize; lead += 7 {
		content := strings.Repeat("x", lead-9) + ",N,RT\r\n1,\"" + text + "\",2\n3,4,5\n"
		rows := readText(t, content)
		if len(rows) != 3 || rows[1].Cells[1] != text || rows[2].Number != 93 {
			t.Fatalf("lead %d: %d rows", lead, len(rows))
		}
	}
}

// Every line with an odd quote is a row of its own: none is lost or joined.
func TestManyStrayQuotes(t *testing.T) {
	var content strings.Builder
	content.WriteString("NIK,N,RT\n")
	for i := range 3000 {
		switch i % 3 {
		case 0:
			fmt.Fprintf(&content, "%d,\"A,1\n", i)
		case 1:
			fmt.Fprintf(&content, "%d,A\",2\n", i)
		default:
			fmt.Fprintf(&content, "%d,A,3\n", i)
		}
	}
	rows := readText(t, content.String())
	if len(rows) != 3001 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows[1:] {
		if r.Cells[0] != fmt.Sprint(i) || r.Number != i+2 {
			t.Fatalf("row %d: %q", r.Number, r.Cells)
		}
	}
}
