package fault

import (
	"cmp"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "make RELIABILITY.md of the notes that PADAN_FAULTS names")

// TestReliability holds RELIABILITY.md to the tests: every fault has rows, every row is
// of a fault and of a test that brings it about, nothing was lost.
func TestReliability(t *testing.T) {
	if *update {
		updateTable(t)
	}
	rows, err := readTable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(tablePath())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(text), preface) {
		t.Error("the preface is not the one that is written")
	}
	tests := bringers(t)
	seen := map[string]bool{}
	for _, r := range rows {
		i := slices.IndexFunc(All, func(f Fault) bool { return f.Name == r.fault })
		if i < 0 || All[i].Provoked != r.provoked {
			t.Errorf("no such fault: %q, %q", r.fault, r.provoked)
			continue
		}
		seen[All[i].Code] = true
		if !tests.brings(r.test, All[i].Code) {
			t.Errorf("%s does not bring about %q", r.test, r.fault)
		}
		if r.tried < 1 || r.lost != nothing {
			t.Errorf("%q, %s: tried %d times, lost %s", r.fault, r.test, r.tried, r.lost)
		}
	}
	for _, f := range All {
		if !seen[f.Code] {
			t.Errorf("%q has no row", f.Name)
		}
	}
}

// updateTable makes the table of the notes.
func updateTable(t *testing.T) {
	t.Helper()
	notes, err := readNotes(os.Getenv(NotesVariable))
	if err != nil {
		t.Fatal(err)
	}
	order := func(code string) int { return slices.IndexFunc(All, func(f Fault) bool { return f.Code == code }) }
	keys := slices.SortedFunc(maps.Keys(notes), func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(order(a[0]), order(b[0])), strings.Compare(a[1], b[1]))
	})
	var rows []row
	for _, key := range keys {
		n := notes[key]
		f, ok := find(n.Fault)
		if !ok {
			t.Fatalf("a note is about %q, which is no fault", n.Fault)
		}
		if n.Failed {
			t.Fatalf("%s failed: there is no table until nothing is lost", n.Test)
		}
		rows = append(rows, row{f.Name, f.Provoked, n.Tried, n.Seen, nothing, n.Test})
	}
	if err := os.WriteFile(tablePath(), table(rows), 0o600); err != nil {
		t.Fatal(err)
	}
}

// suite are the tests there are, by the folder they stand in, and the codes of faults
// that each folder names.
type suite struct {
	folders map[string][]string // of a test
	codes   map[string]string   // by folder, the text of its tests
}

// brings reports whether there is such a test, and a call with the code beside it.
func (s *suite) brings(test, code string) bool {
	name, _, _ := strings.Cut(test, "/")
	return slices.ContainsFunc(s.folders[name], func(folder string) bool {
		return strings.Contains(s.codes[folder], `"`+code+`"`)
	})
}

var testFunction = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)

// bringers reads all tests of the module.
func bringers(t *testing.T) *suite {
	t.Helper()
	s := &suite{map[string][]string{}, map[string]string{}}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		folder := filepath.Dir(path)
		text, err := os.ReadFile(path)
		for _, found := range testFunction.FindAllStringSubmatch(string(text), -1) {
			s.folders[found[1]] = append(s.folders[found[1]], folder)
		}
		if strings.Contains(string(text), "fault.") {
			s.codes[folder] += string(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestTable holds that a table that was written is read back as it was.
func TestTable(t *testing.T) {
	rows := []row{{"A fault", "somehow", 7, "all well", nothing, "TestA/b"}, {"Another", "else", 200, "190 hit", nothing, "TestC"}}
	old := root
	defer func() { root = old }()
	root = t.TempDir()
	if err := os.WriteFile(tablePath(), table(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := readTable(); err != nil || !slices.Equal(got, rows) {
		t.Errorf("%+v, %v", got, err)
	}
}
