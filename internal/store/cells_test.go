package store

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCellsRoundTrip(t *testing.T) {
	for _, cells := range [][]string{
		{}, {""}, {"", ""}, {"a", "b c", ""}, {`say "x"`, `back\slash`, "/"},
		{"tab\t", "line\nbreak", "\r", "\x00\x01\x1f", "\u007f"}, {"é", "日本", "😀", "\u2028"},
	} {
		text := EncodeCells([]byte("x"), cells)
		if text[0] != 'x' {
			t.Fatalf("%q does not append", text)
		}
		got, err := DecodeCells(text[1:], nil)
		if err != nil || !slices.Equal(got, cells) {
			t.Errorf("%q: %q, %v", cells, got, err)
		}
		var standard []string
		if err := json.Unmarshal(text[1:], &standard); err != nil || !slices.Equal(standard, cells) {
			t.Errorf("%q is not JSON for %q: %v", text, cells, err)
		}
	}
}

func TestEncodeCellsMakesValidText(t *testing.T) {
	got, err := DecodeCells(EncodeCells(nil, []string{"a\xff\xfeb", "\xed\xa0\x80"}), nil)
	if err != nil || got[0] != "a\uFFFD\uFFFDb" || !utf8.ValidString(got[1]) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestDecodeCellsForms(t *testing.T) {
	for text, want := range map[string][]string{
		"\t[ \"a\" , \"b\" ]\n":        {"a", "b"},
		`["\u0041\u00e9\n\/\b\f\r\t"]`: {"Aé\n/\b\f\r\t"},
		`["\ud83d\ude00"]`:             {"😀"},
		`["\ud83d","\ude00x"]`:         {"\uFFFD", "\uFFFDx"},
		`["\ud83d\u0041"]`:             {"\uFFFDA"},
	} {
		got, err := DecodeCells([]byte(text), nil)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v", text, got, err)
		}
	}
}

func TestDecodeCellsRefuses(t *testing.T) {
	for _, text := range []string{
		"", "[", "]", "[]]", `["a"`, `["a",`, `["a",]`, `[,"a"]`, `["a" "b"]`, `["a"]x`, `["\x"]`, `["\u12"]`, `["\u12g4"]`,
		`["a\"]`, `["a\`, `[1]`, `[null]`, `{"a":"b"}`, "[\"\xff\"]", `["\u+123"]`,
	} {
		if got, err := DecodeCells([]byte(text), nil); !errors.Is(err, ErrCells) {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

// What splitPlain takes, splitJSON reads alike.
func TestSplitPlainReadsAlike(t *testing.T) {
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		text := `["` + rapid.StringOf(rapid.RuneFrom([]rune(`a",\ []`))).Draw(t, "text") + `"]`
		got, ok := splitPlain(text, nil)
		if !ok {
			return
		}
		taken++
		if want, err := splitJSON(text, nil); err != nil || !slices.Equal(got, want) {
			t.Fatalf("%s: %q instead of %q, %v", text, got, want, err)
		}
	})
	if taken == 0 {
		t.Error("nothing was taken")
	}
	for _, text := range []string{"", `["]`, `["a"`, ` ["a"]`, `["a","]`, `["a\\"]`, `["a" ,"b"]`} {
		if got, ok := splitPlain(text, nil); ok {
			t.Errorf("%s: %q", text, got)
		}
	}
	if got, ok := splitPlain(`["","é",""]`, nil); !ok || !slices.Equal(got, []string{"", "é", ""}) {
		t.Errorf("%q, %v", got, ok)
	}
}

func TestDecodeCellsReusesMemory(t *testing.T) {
	text := string(EncodeCells(nil, []string{"satu", "dua", "tiga"}))
	cells := make([]string, 0, 3)
	allocs := testing.AllocsPerRun(100, func() {
		var err error
		if cells, err = splitCells(text, cells); err != nil {
			t.Fatal(err)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations", allocs)
	}
}

func FuzzEncodeCells(f *testing.F) {
	f.Add("a", "b\"c", "\x00\\")
	f.Add("", "\xff", "😀")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		cells := []string{a, b, c}
		text := EncodeCells(nil, cells)
		var standard []string
		if err := json.Unmarshal(text, &standard); err != nil {
			t.Fatal(err)
		}
		got, err := DecodeCells(text, nil)
		if err != nil || !slices.Equal(got, standard) {
			t.Fatalf("%q: %q instead of %q, %v", text, got, standard, err)
		}
		for i := range cells {
			if utf8.ValidString(cells[i]) && got[i] != cells[i] {
				t.Fatalf("%q became %q", cells[i], got[i])
			}
		}
	})
}

func FuzzDecodeCells(f *testing.F) {
	for _, text := range []string{`[]`, `["a","b"]`, `["\u0041\ud83d\ude00"]`, ` ["x\\" , "" ] `, `["a",]`, `["\ud83d\u12`, `[null]`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := DecodeCells(text, nil)
		var standard []string
		standardErr := json.Unmarshal(text, &standard)
		if err != nil {
			// encoding/json also takes null, and repairs bytes that are not UTF-8.
			if standardErr == nil && utf8.Valid(text) && !strings.Contains(string(text), "null") {
				t.Fatalf("%q refused", text)
			}
			return
		}
		if standardErr != nil {
			// Control characters need no escape here.
			if !slices.ContainsFunc(text, func(b byte) bool { return b < ' ' }) {
				t.Fatalf("%q accepted: %v", text, standardErr)
			}
			return
		}
		if !slices.Equal(got, standard) {
			t.Fatalf("%q: %q instead of %q", text, got, standard)
		}
	})
}

func TestCellsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOf(rapid.String()).Draw(t, "cells")
		got, err := DecodeCells(EncodeCells(nil, cells), nil)
		if err != nil || !slices.Equal(got, cells) {
			t.Fatalf("%q: %v", got, err)
		}
	})
}

func BenchmarkDecodeCells(b *testing.B) {
	_, cells := invented(7)
	text := string(EncodeCells(nil, cells))
	for b.Loop() {
		var err error
		if cells, err = splitCells(text, cells); err != nil {
			b.Fatal(err)
		}
	}
}
