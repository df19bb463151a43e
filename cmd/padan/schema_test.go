package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"padan/internal/fault"
)

// newestSchema is the last of the schemas that were released; testdata/schema has a
// database of each. They hold the lists beside them: all but dicabut.csv loaded and
// matched; from the fifth on, the decision of tinjau.csv imported and matched again;
// from the sixth on, dicabut.csv loaded before and withdrawn after.
const newestSchema = 8

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
	fresh := map[bool]map[string]string{false: newOfSchema(t, false), true: newOfSchema(t, true)}
	for version := 1; version <= newestSchema; version++ {
		t.Run(fmt.Sprint("schema ", version), func(t *testing.T) { testOlderDatabase(t, version, fresh[version >= 5]) })
	}
	if next := filepath.Join("..", "..", "internal", "store", "migrations", fmt.Sprintf("%04d_*.sql", newestSchema+1)); len(glob(t, next)) > 0 {
		t.Error("there is a newer schema: keep a database of it in testdata/schema, made by the padan that releases it")
	}
	fault.Tried(t, "older", newestSchema-1, "read: told how to convert it, and left as it is; written: converted, and its runs reported as by a new database")
}

func testOlderDatabase(t *testing.T, version int, fresh map[string]string) {
	o := &office{t, t.TempDir()}
	writeSchema(t, version, o.path("padan.db"))
	if version < newestSchema {
		before := tree(t, o.folder)
		for _, command := range []string{"status", "check", "report --out x", "explain --source pusat.csv --row 2", "backup x.db"} {
			if text := o.padan(exitSchema, strings.Fields(command)...); !strings.Contains(text, "older") || !strings.Contains(text, "hint: padan match") {
				t.Errorf("%s: %s", command, text)
			}
		}
		if after := tree(t, o.folder); !maps.Equal(after, before) {
			t.Error("a command that reads has changed something")
		}
	}
	o.padan(exitDone, "forget", "--before", "2000-01-01")
	o.padan(exitDone, "check")
	if version == 1 {
		// Its model has other levels; only the padan that made the run can show it.
		if text := o.padan(exitFailed, "report", "--out", o.path("laporan")); !strings.Contains(text, "padan match decides anew") {
			t.Errorf("%s", text)
		}
	} else {
		o.compareLists(fresh, "the run that was kept", version)
	}
	o.padan(exitDone, "match")
	o.compareLists(fresh, "a new run", newestSchema)
	o.padan(exitDone, "check")
	if text := o.padan(exitDone, "load", "central", filepath.Join(schemaFolder, "pusat.csv")); !strings.Contains(text, "already") {
		t.Errorf("the list is loaded again: %s", text)
	}
}

// newOfSchema returns the lists of a new database of what stands in that of a schema,
// with the decision or without.
func newOfSchema(t *testing.T, decided bool) map[string]string {
	t.Helper()
	o := &office{t, t.TempDir()}
	o.padan(exitDone, "load", "central", filepath.Join(schemaFolder, "pusat.csv"))
	o.padan(exitRejected, "load", "regional", filepath.Join(schemaFolder, "daerah.csv"), filepath.Join(schemaFolder, "lain.csv"))
	if decided {
		o.padan(exitDone, "review", "import", filepath.Join(schemaFolder, "tinjau.csv"), "--reviewer", "Pemeriksa")
	}
	o.padan(exitDone, "match")
	return o.reportLists()
}

func (o *office) reportLists() map[string]string {
	o.t.Helper()
	o.padan(exitDone, "report", "--out", o.path("laporan"), "--format", "csv", "--only", "lists,recap")
	return tree(o.t, o.path("laporan"))
}

// weight is a match weight, with a probability behind it or not, in a list.
var weight = regexp.MustCompile(`,-?\d+\.\d\d,`)

// compareLists reports: the lists must be those of a new database. The second schema
// knows no households, and its model weighed otherwise.
func (o *office) compareLists(fresh map[string]string, of string, version int) {
	o.t.Helper()
	lists := o.reportLists()
	for name, want := range fresh {
		if name == "manifest.json" || version < 3 && (name == "households.csv" || name == "recap.csv") {
			continue
		}
		got := lists[name]
		if version < 3 {
			got, want = weight.ReplaceAllString(got, ",WEIGHT,"), weight.ReplaceAllString(want, ",WEIGHT,")
		}
		if got != want {
			o.t.Errorf("%s of %s differs:\n%s\nin a new database:\n%s", name, of, excerpt(got, want), excerpt(want, got))
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
