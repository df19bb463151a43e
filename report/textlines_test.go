package report

import (
	"strings"
	"testing"
)

func TestTextLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		lines int
	}{
		{"", 10, 1}, {"SITI", 10, 1}, {"a\nb\n", 10, 3}, {"satu dua", 5, 2}, {"satu dua", 8, 1}, {"SATU DUA TIGA", 5, 3},
		{strings.Repeat("x", 50), 10, 5}, {"NIK sama; nama sama; tanggal lahir sama; jenis kelamin sama; kelurahan sama", 30, 3},
		{strings.Repeat("M", 10), 10, 2}, {strings.Repeat("i", 20), 10, 1}, {"3174015705809003", 16, 1}, {"3174015705809003", 14, 2},
	} {
		if got := textLines(c.text, c.width, 9); got != c.lines {
			t.Errorf("%q in %v takes %d lines, want %d", c.text, c.width, got, c.lines)
		}
	}
	for name, c := range map[string]struct {
		text  string
		width float64
		lines int
	}{
		"a full line": {"satu dua t", 10, 1},
		"two lines":   {"satu dua tiga", 10, 2},
		"a long word": {strings.Repeat("x", 31), 10, 4},
		"paragraphs":  {"a\nb\n\nc", 10, 4},
		"letters":     {strings.Repeat("é ", 10), 20, 1},
		"signs":       {strings.Repeat("😀", 10), 10, 4},
	} {
		if got := textLines(c.text, c.width, 10); got != c.lines {
			t.Errorf("%s: %d lines, want %d", name, got, c.lines)
		}
	}
	if one, two := textLines("satu dua", 8, 9), textLines("satu dua", 8, 18); one != 1 || two != 2 {
		t.Errorf("%d lines of small and %d of great type", one, two)
	}
}
