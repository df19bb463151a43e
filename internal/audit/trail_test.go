package audit

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func entry(command string) Entry {
	return Entry{
		Time: time.Date(2026, 11, 27, 3, 0, 0, 0, time.UTC), User: "sari", Host: "kantor", Command: command, Version: "1",
		Inputs: []File{{"a <b>.csv", "00"}}, Counts: map[string]int64{"rows": 3}, Options: map[string]string{"out": "x"},
	}
}

func trailOf(t *testing.T, entries int) (path string, last Anchor) {
	t.Helper()
	path = PathOf(filepath.Join(t.TempDir(), "padan.db"))
	for i := range entries {
		var err error
		if last, err = Append(path, entry(fmt.Sprint("command ", i+1))); err != nil {
			t.Fatal(err)
		}
	}
	return path, last
}

func commands(t *testing.T, path string, anchor Anchor) ([]string, error) {
	t.Helper()
	var found []string
	err := Read(path, anchor, func(e Entry) error {
		found = append(found, e.Command)
		return nil
	})
	return found, err
}

func TestTrail(t *testing.T) {
	path, last := trailOf(t, 3)
	got, err := commands(t, path, last)
	if err != nil || strings.Join(got, ",") != "command 1,command 2,command 3" || last.Number != 3 {
		t.Errorf("%v, %v", got, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if got, err := commands(t, filepath.Join(t.TempDir(), "none"), Anchor{}); err != nil || len(got) != 0 {
		t.Errorf("no trail: %v, %v", got, err)
	}
}

// Whatever is done to the file by hand is seen.
func TestChangesAreSeen(t *testing.T) {
	path, last := trailOf(t, 4)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(content, []byte("\n"))
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for name, changed := range map[string][]byte{
		"a word":            bytes.Replace(content, []byte("command 2"), []byte("command 9"), 1),
		"a line taken out":  join(lines[0], lines[2], lines[3]),
		"the first one":     join(lines[1], lines[2], lines[3]),
		"the last one":      join(lines[0], lines[1], lines[2]),
		"all":               nil,
		"two exchanged":     join(lines[0], lines[2], lines[1], lines[3]),
		"a line twice":      join(lines[0], lines[1], lines[1], lines[2], lines[3]),
		"a blank line":      join(lines[0], []byte("\n"), lines[1], lines[2], lines[3]),
		"an end of its own": join(lines[0], lines[1], lines[2], []byte(`{"entry":{"n":4},"hash":"00"}`+"\n")),
	} {
		if err := os.WriteFile(path, changed, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := commands(t, path, last); !errors.Is(err, ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := commands(t, path, last); !errors.Is(err, ErrBroken) {
		t.Errorf("gone: %v", err)
	}
}

// A crash while a line is written leaves a part of it, which the next entry
// replaces.
func TestCutOffLine(t *testing.T) {
	path, last := trailOf(t, 2)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"{", `{"entry":{"n":3`} {
		if err := os.WriteFile(path, append(bytes.Clone(content), part...), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := commands(t, path, last); err != nil || len(got) != 2 {
			t.Errorf("%q: %v, %v", part, got, err)
		}
		after, err := Append(path, entry("command 3"))
		if err != nil || after.Number != 3 {
			t.Errorf("%q: %v, %v", part, after, err)
		}
		if got, err := commands(t, path, after); err != nil || len(got) != 3 {
			t.Errorf("%q: %v, %v", part, got, err)
		}
	}
}

// Several processes append without losing an entry.
func TestAppendAtTheSameTime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.audit")
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			for k := range 5 {
				if _, err := Append(path, entry(fmt.Sprint(i, " ", k))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if got, err := commands(t, path, Anchor{}); err != nil || len(got) != 40 {
		t.Errorf("%d entries, %v", len(got), err)
	}
}

func FuzzVerify(f *testing.F) {
	f.Add([]byte("{}\n"))
	f.Add([]byte(`{"entry":{"n":1},"hash":"x"}` + "\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		entries := 0
		err := verify(bytes.NewReader(content), Anchor{}, func(Entry) error { entries++; return nil })
		if err != nil && !errors.Is(err, ErrBroken) {
			t.Error(err)
		}
	})
}
