package config

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	file, err := Parse("padan.toml", []byte("\xEF\xBB\xBF# comment\r\ndb = \"a b.db\"\r\nworkers = 1_000 # beside\n\n[match]\nlink = 0.99\n'max-memory'='60%'\n"+
		"[[run.regional]]\nfiles = [\n  \"x/*.csv\", # the first\n  'y',\n]\nwithout-nik = true\n[[run.regional]]\nas-of = 2026-01-31\nfiles = []\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Setting{
		{"", 0, "db", []string{"a b.db"}, 2}, {"", 0, "workers", []string{"1_000"}, 3},
		{"match", 0, "link", []string{"0.99"}, 6}, {"match", 0, "max-memory", []string{"60%"}, 7},
		{"run.regional", 1, "files", []string{"x/*.csv", "y"}, 9}, {"run.regional", 1, "without-nik", []string{"true"}, 13},
		{"run.regional", 2, "as-of", []string{"2026-01-31"}, 15}, {"run.regional", 2, "files", []string{}, 16},
	}
	if !reflect.DeepEqual(file.Settings, want) {
		t.Errorf("%+v", file.Settings)
	}
}

func TestParseRefuses(t *testing.T) {
	for content, line := range map[string]int{
		"a = 1\nb = \n":            2,
		"a = 1\na = 2":             2,
		"a = 1\n\nb = { c = 1 }":   3,
		"a.b = 1":                  1,
		"a = [[1]]":                1,
		"x":                        1,
		"[match\nlink = 1":         1,
		"a = \"unclosed\nb = 1\n":  1,
		"[t]\na = 07:32:00\nb = 1": 2,
	} {
		_, err := Parse("p.toml", []byte(content))
		var e *Error
		if !errors.As(err, &e) || e.Line != line || !strings.HasPrefix(err.Error(), "p.toml:") {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("a = 1\n[[b.c]]\nd = [\"e\", 'f']\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Parse("p", content)
		if err != nil {
			return
		}
		for _, s := range file.Settings {
			if s.Line < 1 || s.Key == "" && !strings.Contains(string(content), "''") && !strings.Contains(string(content), `""`) {
				t.Errorf("%+v", s)
			}
		}
	})
}
