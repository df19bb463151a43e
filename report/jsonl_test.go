package report

import (
	"bytes"
	"encoding/json"
	"io"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// standardJSON encodes as encoding/json does.
func standardJSON(t fataler, value any) string {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return string(bytes.TrimSuffix(text.Bytes(), []byte("\n")))
}

func FuzzJSONString(f *testing.F) {
	for _, text := range []string{"", "BUDI", "=1+1", "a\"b\\c/d", "\x00\x07\b\f\n\r\t\x1b\x7f", "é😀", "\u2028\u2029\u2030", "a\xffb\xc3", "\xed\xa0\x80", "<&>", "\ufffd"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, want := string(appendJSONString([]byte("x"), text)), "x"+standardJSON(t, text)
		if got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
	})
}

func TestJSONNumbersAreThoseOfEncodingJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decimal := Decimal(rapid.Float64Range(-1e9, 1e9).Draw(t, "decimal"))
		probability := Probability(rapid.Float64Range(0, 1).Draw(t, "probability"))
		whole := Integer(rapid.Int64Range(-1<<53, 1<<53).Draw(t, "integer"))
		for _, c := range []Cell{decimal, probability, whole} {
			if got, want := string(appendJSONCell(nil, &c)), standardJSON(t, c.Number+0); got != want { // -0 is 0
				t.Fatalf("%v is written %s, want %s", c.Number, got, want)
			}
		}
	})
}

// Every row is one object with every column under its name, in order.
func TestGoldenJSONL(t *testing.T) {
	for name, l := range tables() {
		for _, o := range []Options{{Language: Indonesian}, {Language: Indonesian, Mask: true}} {
			path := filepath.Join(t.TempDir(), "out.jsonl")
			l.finish(t, NewJSONL(created(t, path), l.columns(o)), o)
			content := readFile(t, path)
			if o.Mask && longRun.Match(content) {
				t.Errorf("%s shows a number though masked", name)
			}
			if !o.Mask && name != "recap" { // its cells are in recap.csv
				compareGolden(t, content, name+".jsonl")
			}
			var want memory
			if _, err := l.write(&want, o); err != nil {
				t.Fatal(err)
			}
			lines := bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))
			if len(lines) != len(want.rows) {
				t.Fatalf("%s: %d lines, want %d", name, len(lines), len(want.rows))
			}
			for i, row := range want.rows {
				if got, want := string(lines[i]), standardRow(t, l.columns(o), row); got != want {
					t.Errorf("%s: row %d is %s, want %s", name, i, got, want)
				}
			}
		}
	}
}

// standardRow is a row as encoding/json writes its parts.
func standardRow(t *testing.T, columns []Column, row []Cell) string {
	t.Helper()
	text := ""
	for i, c := range row {
		var value any
		switch {
		case c.Type == TextCell || c.Type == CodeCell:
			if c.Text != "" {
				value = c.Text
			}
		case c.Type != EmptyCell:
			value = c.Number + 0 // -0 is 0
		}
		text += "," + standardJSON(t, columns[i].Name) + ":" + standardJSON(t, value)
	}
	return "{" + text[1:] + "}"
}

func BenchmarkMatchedJSONL(b *testing.B) {
	pair := ordinaryLink()
	table := NewJSONL(created(b, filepath.Join(b.TempDir(), "out.jsonl")), MatchedColumns(Options{}))
	benchmarkMatched(b, table, &pair)
}

// BenchmarkJSONRow compares the values of a row with what encoding/json needs for
// them.
func BenchmarkJSONRow(b *testing.B) {
	pair := ordinaryLink()
	var rows memory
	if _, err := Matched(&rows, seq(pair), Options{}); err != nil {
		b.Fatal(err)
	}
	var values []any
	for _, c := range rows.rows[0] {
		if c.Type == TextCell || c.Type == CodeCell {
			values = append(values, c.Text)
		} else {
			values = append(values, c.Number)
		}
	}
	b.Run("padan", func(b *testing.B) {
		var line []byte
		for b.Loop() {
			line = line[:0]
			for i := range rows.rows[0] {
				line = appendJSONCell(append(line, ','), &rows.rows[0][i])
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		encoder := json.NewEncoder(io.Discard)
		encoder.SetEscapeHTML(false)
		for b.Loop() {
			if err := encoder.Encode(values); err != nil {
				b.Fatal(err)
			}
		}
	})
}
