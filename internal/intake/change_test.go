package intake

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"padan/internal/fault"
	"padan/internal/hashid"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/match"
)

// changes are what somebody does to a file while it is read.
var changes = map[string]func(path string) error{
	"grown": func(path string) error {
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = f.WriteString("3174011205879009,BUDI,12-05-1987,L,TEBET TIMUR\n")
		return errors.Join(err, f.Close())
	},
	"cut": func(path string) error {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		return os.Truncate(path, info.Size()/2)
	},
	"emptied": func(path string) error { return os.Truncate(path, 0) },
	// The same size and the same time: only the content tells.
	"overwritten": func(path string) error {
		return keepingTime(path, func(f *os.File, size int64) error {
			_, err := f.WriteAt([]byte("9"), size/2)
			return err
		})
	},
	"head overwritten": func(path string) error {
		return keepingTime(path, func(f *os.File, _ int64) error {
			_, err := f.WriteAt([]byte("X"), 3)
			return err
		})
	},
	"replaced": func(path string) error {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		other := path + ".new"
		text := strings.Replace(string(content), "9001", "9002", 1)
		return errors.Join(os.WriteFile(other, []byte(text), 0o600), os.Rename(other, path))
	},
	"folder replaced": func(path string) error {
		folder := filepath.Dir(path)
		content, err := os.ReadFile(path)
		return errors.Join(err, os.Rename(folder, folder+".old"), os.Mkdir(folder, 0o700), os.WriteFile(path, content, 0o600))
	},
	"removed": os.Remove,
}

// keepingTime writes to a file, whose time stays what it is.
func keepingTime(path string, write func(f *os.File, size int64) error) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		err = write(f, info.Size())
	}
	return errors.Join(err, f.Close(), os.Chtimes(path, time.Time{}, info.ModTime()))
}

// A file that changes is refused, whatever the change and whenever it comes; nothing of
// it is kept, and it can be loaded when it is at rest.
func TestFileChangesWhileItIsRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open can neither be removed nor replaced")
	}
	rows := manyRows(2*batchRows + 100)
	files := map[string]string{"a.csv": rows}
	if !testing.Short() {
		var lines []string
		for line := range strings.Lines(rows) {
			lines = append(lines, strings.ReplaceAll(strings.TrimSpace(line), ",", "|"))
		}
		content, err := os.ReadFile(writeBook(t, map[string][]string{"Data": lines}, ""))
		if err != nil {
			t.Fatal(err)
		}
		files["a.xlsx"] = string(content)
	}
	tried := 0
	for name, content := range files {
		s := mustOpen(t)
		for what, change := range changes {
			for moment := range 3 {
				tried++
				changedAt(t, fmt.Sprintf("%s, %s, moment %d", name, what, moment), writeFile(t, name, content), change, moment, func(path string, o Options) error {
					_, err := Load(t.Context(), s, path, match.Central, o)
					return err
				})
			}
		}
		expectNothing(t, s, name)
		if _, err := Load(t.Context(), s, writeFile(t, name, content), match.Central, Options{}); err != nil {
			t.Errorf("%s: at rest: %v", name, err)
		}
	}
	fault.Tried(t, "file_changes", tried, "refused, and nothing of it kept; at rest it is loaded")
}

// A file that changes is not handed over with hashed numbers either, whatever the change
// and whenever it comes; at rest it is.
func TestFileChangesWhileItsNumbersAreHashed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open can neither be removed nor replaced")
	}
	key, err := hashid.NewKey([]byte("0123456789abcdefghijklmnopqrstuv"))
	if err != nil {
		t.Fatal(err)
	}
	var done Exchanged
	exchange := func(path string, o Options) (err error) {
		o.HashKey = &key
		done, err = Exchange(t.Context(), path, o, nil, func([]string) error { return nil })
		return err
	}
	content := manyRows(2*batchRows + 100)
	for what, change := range changes {
		for moment := range 3 {
			changedAt(t, fmt.Sprintf("%s, moment %d", what, moment), writeFile(t, "a.csv", content), change, moment, exchange)
		}
	}
	path := writeFile(t, "a.csv", content)
	if err := exchange(path, Options{}); err != nil {
		t.Errorf("at rest: %v", err)
	}
	if digest, err := Digest(t.Context(), path); err != nil || done.SHA256 != digest {
		t.Errorf("digest %s, want %s, %v", done.SHA256, digest, err)
	}
}

// changedAt reads a file that changes when it has been hashed, or when its first or
// second batch has been read.
func changedAt(t *testing.T, about, path string, change func(path string) error, moment int, read func(path string, o Options) error) {
	t.Helper()
	step := 0
	reach := func() {
		if step == moment {
			if err := change(path); err != nil {
				t.Errorf("%s: %v", about, err)
			}
		}
		step++
	}
	err := read(path, Options{hashed: reach, OnProgress: func(int64) { reach() }})
	var file *sheet.Error
	if !errors.Is(err, ErrChanged) || !errors.As(err, &file) || file.Path != path {
		t.Errorf("%s: %v", about, err)
	}
	if step <= moment {
		t.Errorf("%s: it was read before that", about)
	}
}

// A file that changes when it is open and not yet hashed is refused, or read as it is
// then: what is kept is what its digest says.
func TestFileChangesBeforeItIsRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a file that is open can neither be removed nor replaced")
	}
	read := 0
	for what, change := range changes {
		s, path := mustOpen(t), writeFile(t, "a.csv", manyRows(100))
		result, err := Load(t.Context(), s, path, match.Central, Options{opened: func() {
			if err := change(path); err != nil {
				t.Error(err)
			}
		}})
		if err != nil {
			expectNothing(t, s, what)
			continue
		}
		read++
		if now, err := Digest(t.Context(), path); err != nil || now != result.Source.SHA256 || result.Source.Records != 100 {
			t.Errorf("%s: %d records, digest %s, now %s, %v", what, result.Source.Records, result.Source.SHA256, now, err)
		}
	}
	fault.Tried(t, "file_changes", len(changes), "%d refused, and nothing of them kept; %d read whole as they were then", len(changes)-read, read)
}

func expectNothing(t *testing.T, s *store.Store, about string) {
	t.Helper()
	if sources, err := s.Sources(t.Context()); err != nil || len(sources[match.Central]) > 0 {
		t.Errorf("%s: sources %v, %v", about, sources, err)
	}
}
