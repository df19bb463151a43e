package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padan/internal/fault"
)

// newestSchema is the last of the schemas that were released; testdata/schema has a
// database of each. They hold the lists beside them: all but dicabut.csv loaded and
// matched; from the fifth on, the decision of tinjau.csv imported and matched again;
// from the sixth on, dicabut.csv loaded before and withdrawn after.
const newestSchema = 7

// writeSchema unpacks the database of a schema, and the trail beside it if it has one.
func writeSchema(t *testing.T, version int, path string) {
	t.Helper()
	kept := filepath.Join(schemaFolder, fmt.Sprintf("schema%d.db", version))
	packed, err := os.ReadFile(kept + ".gz")
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	database, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, database, 0o600); err != nil {
		t.Fatal(err)
	}
	if trail, err := os.ReadFile(kept + ".audit"); err == nil {
		if err := os.WriteFile(path+".audit", trail, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// schemaFolder is where the databases are kept, from wherever a test goes.
var schemaFolder = absolute(filepath.Join("testdata", "schema"))

func absolute(path string) string {
	whole, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return whole
}

// A database of each released schema is converted by the first command that writes. What
// was known before is known then, and a matching finds what it finds in a new database.
func TestOlderDatabases(t *testing.T) {
	for version := 1; version <= newestSchema; version++ {
		t.Run(fmt.Sprint("schema ", version), func(t *testing.T) { testOlderDatabase(t, version) })
	}
	fault.Tried(t, "older", newestSchema-1, "read: told how to convert it, and left as it is; written: converted, check passes, run and reports those of a new database")
}

func testOlderDatabase(t *testing.T, version int) {
	o := &office{t, t.TempDir()}
	database := o.path("padan.db")
	writeSchema(t, version, database)
	if version < newestSchema {
		before := tree(t, o.folder)
		for _, command := range []string{"status", "check", "report --out x", "explain --source pusat.csv --row 2", "backup x.db"} {
			if text := o.padan(exitSchema, strings.Fields(command)...); !strings.Contains(text, "older") || !strings.Contains(text, "hint: padan match") {
				t.Errorf("%s: %s", command, text)
			}
		}
		if after := tree(t, o.folder); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Error("a command that reads has changed something")
		}
	}
	o.padan(exitDone, "forget", "--before", "2000-01-01")
	o.padan(exitDone, "check")
	fresh := newOfSchema(t, version)
	o.compareLists(fresh, "the run that was kept", version)
	for _, other := range []*office{o, fresh} {
		other.padan(exitDone, "match")
	}
	o.compareLists(fresh, "a new run", newestSchema)
	o.padan(exitDone, "check")
	if text := o.padan(exitDone, "load", "central", filepath.Join(schemaFolder, "pusat.csv")); !strings.Contains(text, "already") {
		t.Errorf("the list is loaded again: %s", text)
	}
}

// newOfSchema makes a new database of what stands in that of a schema.
func newOfSchema(t *testing.T, version int) *office {
	t.Helper()
	o := &office{t, t.TempDir()}
	o.padan(exitDone, "load", "central", filepath.Join(schemaFolder, "pusat.csv"))
	for list, code := range map[string]int{"daerah.csv": exitRejected, "lain.csv": exitDone} {
		o.padan(code, "load", "regional", filepath.Join(schemaFolder, list))
	}
	if version >= 5 {
		o.padan(exitDone, "review", "import", filepath.Join(schemaFolder, "tinjau.csv"), "--reviewer", "Pemeriksa")
	}
	o.padan(exitDone, "match")
	return o
}

// compareLists reports from both databases: the lists must be the same. Those that
// older schemas did not keep are left out.
func (o *office) compareLists(fresh *office, of string, version int) {
	o.t.Helper()
	var lists [2]map[string]string
	for i, each := range []*office{o, fresh} {
		each.padan(exitDone, "report", "--out", each.path("laporan"), "--format", "csv", "--only", "lists,recap")
		lists[i] = tree(each.t, each.path("laporan"))
	}
	for name, want := range lists[1] {
		if name == "manifest.json" || version < 3 && (name == "households.csv" || name == "recap.csv") {
			continue
		}
		if got := lists[0][name]; got != want {
			o.t.Errorf("%s of %s differs:\n%s\nin a new database:\n%s", name, of, excerpt(got, want), excerpt(want, got))
		}
	}
}
