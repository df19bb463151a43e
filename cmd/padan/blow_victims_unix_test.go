//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"padan/internal/fault"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// victims are the commands that are hit, each with what it works on.
var victims = []struct {
	name    string
	prepare func(v *victim)
}{
	{"load", (*victim).beforeLoad},
	{"match", (*victim).beforeMatch},
	{"report", (*victim).beforeReport},
	{"review import", (*victim).beforeImport},
	{"migration", (*victim).beforeMigration},
	{"run", (*victim).beforeRun},
}

// A command that is killed or interrupted at any moment, or has no space at any write,
// leaves a sound database and whole reports; given again, it ends as it would have done.
func TestDisturbed(t *testing.T) {
	for _, c := range victims {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			v := &victim{t: t, codes: []int{exitDone}, checks: []int{exitDone}}
			c.prepare(v)
			v.keep()
			v.measure()
			for i, b := range blows {
				if testing.Short() && i > 0 && c.name != "load" {
					continue
				}
				t.Run(b.code, func(t *testing.T) { v.in(t).suffer(b) })
			}
			if testing.Short() {
				return
			}
			t.Run("full_limit", func(t *testing.T) { v.in(t).growUnderALimit() })
			t.Run("full_disk", func(t *testing.T) { v.in(t).growOnASmallDisk() })
		})
	}
}

// long reports whether many blows are asked for; the commands have more to do then.
func long(t *testing.T) bool { return fault.Kills(t, 0) > 0 }

// population invents lists in the folder.
func (v *victim) population() (regional []string) {
	v.t.Helper()
	persons := "400"
	if long(v.t) {
		persons = "1500" // so that moments are many
	}
	v.run([]string{"generate", "--persons", persons, "--preset", "realistic", "--seed", "4", "--regional", "csv", "--out", "warga", "--quiet"}, exitDone)
	regional, err := filepath.Glob("warga/regional/31740*.csv")
	if err != nil || len(regional) < 5 {
		v.t.Fatalf("%d lists, %v", len(regional), err)
	}
	return regional
}

func (v *victim) beforeLoad() {
	regional := v.population()
	v.run([]string{"load", "central", "warga/central/central.csv"}, exitDone)
	v.command, v.codes = append([]string{"load", "regional"}, regional...), []int{exitDone, exitRejected}
	v.outcome = func(v *victim) string { return dump(v.t) }
}

func (v *victim) beforeMatch() {
	v.beforeLoad()
	v.run(v.command, v.codes...)
	v.command, v.codes = []string{"match"}, []int{exitDone}
	v.outcome = func(v *victim) string {
		v.run([]string{"report", "--out", "laporan", "--format", "csv", "--only", "lists,recap"}, exitDone)
		return listed(v.t, "laporan", "manifest.json") // it names the number of the run
	}
}

func (v *victim) beforeReport() {
	v.beforeMatch()
	v.run(v.command, exitDone)
	v.run([]string{"report", "--out", "laporan", "--format", "csv", "--only", "lists,recap", "--mask"}, exitDone)
	format := "csv"
	if long(v.t) {
		format = "csv,xlsx"
	}
	v.command = []string{"report", "--out", "laporan", "--format", format, "--only", "lists,recap"}
	v.outcome = func(v *victim) string { return listed(v.t, "laporan") }
}

func (v *victim) beforeImport() {
	v.beforeMatch()
	v.run([]string{"match", "--link", "0.99999999", "--review", "0.00001"}, exitDone) // so that there is much to be decided
	v.run([]string{"review", "export", "--out", "tinjau.xlsx"}, exitDone)
	o := &office{v.t, "."}
	decided := 0
	o.edit("tinjau.xlsx", func(map[string]string) map[string]string {
		decided++
		return map[string]string{"KEPUTUSAN": []string{"SAMA", "BEDA", "RAGU"}[decided%3]}
	})
	v.command = []string{"review", "import", "tinjau.xlsx", "--reviewer", "Pemeriksa"}
	v.outcome = func(v *victim) string { return dump(v.t) }
}

func (v *victim) beforeRun() {
	v.population()
	toml := `[report]
out = "laporan"
format = ["csv"]
only = ["lists", "recap"]
[run]
alarm-rate-falls = 0
alarm-rows-fall = 0
alarm-rejected = 0
alarm-vanished = false
[[run.central]]
files = ["warga/central/*"]
[[run.regional]]
files = ["warga/regional/31740*"]
`
	if err := os.WriteFile("padan.toml", []byte(toml), 0o600); err != nil {
		v.t.Fatal(err)
	}
	v.run([]string{"run"}, exitDone, exitRejected)
	if err := os.WriteFile("warga/regional/31740baru.csv", []byte(invented(8, 300)), 0o600); err != nil {
		v.t.Fatal(err)
	}
	v.command, v.codes = []string{"run"}, []int{exitDone, exitRejected}
	v.outcome = func(v *victim) string { return dump(v.t) + listed(v.t, "laporan", "run.json") }
}

// beforeMigration makes a database of the third schema, whose rows the fourth packs,
// with many times the sources of the one that is kept.
func (v *victim) beforeMigration() {
	writeSchema(v.t, 3, "padan.db")
	conn, err := sqlite.OpenConn("padan.db", sqlite.OpenReadWrite)
	if err != nil {
		v.t.Fatal(err)
	}
	script := ""
	for copied := 1; copied <= 30; copied++ {
		script += strings.ReplaceAll(copySources, "COPIED", strconv.Itoa(copied))
	}
	if err := errors.Join(sqlitex.ExecuteScript(conn, script, nil), conn.Close()); err != nil {
		v.t.Fatal(err)
	}
	v.command = []string{"forget", "--before", "2000-01-01"}
	v.checks = []int{exitDone, exitSchema} // a schema between the third and the newest
	v.outcome = func(v *victim) string { return dump(v.t) }
}

// copySources copies all sources of a database of the third schema; they stay the
// sources of no run.
const copySources = `
INSERT INTO source SELECT id + COPIED * 10, side, path, sha256 || COPIED, size, loaded_at, version, rows, records, rejected, skipped, issues, warnings,
	first_record + COPIED * 1000, last_record + COPIED * 1000, first_excluded + COPIED * 1000, last_excluded + COPIED * 1000 FROM source WHERE id < 10;
INSERT INTO sheet SELECT id + COPIED * 10, source_id + COPIED * 10, position, name, header_row, header, columns FROM sheet WHERE id < 10;
INSERT INTO record SELECT id + COPIED * 1000, sheet_id + COPIED * 10, row, person, cells FROM record WHERE id < 1000;
INSERT INTO excluded SELECT id + COPIED * 1000, sheet_id + COPIED * 10, row, kind, reason, cells FROM excluded WHERE id < 1000;
`
