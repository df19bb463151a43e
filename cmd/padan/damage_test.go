package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"padan/internal/fault"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// readers and writers are commands that need a database.
var (
	readers = []string{
		"status", "check", "report --out laporan --format csv", "explain --source pusat.csv --row 2", "diff", "review list",
		"review export --out tinjau.xlsx", "lookup daerah.csv --direction reference --out hasil.csv", "backup salinan.db", "audit verify",
		"evaluate --estimate",
	}
	writers = []string{
		"load central lain.csv", "match", "train --out model.json", "review import tinjau.csv", "review undo 1", "forget --before 2020-01-01", "run --config padan.toml",
	}
)

// A database of a newer padan is refused by every command and left as it is.
func TestNewerDatabase(t *testing.T) {
	o := newOffice(t)
	t.Chdir(o.folder)
	conn, err := sqlite.OpenConn("padan.db", sqlite.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if err := sqlitex.ExecuteScript(conn, "PRAGMA user_version = 99;", nil); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	o.write("lain.csv", invented(5, 3))
	o.write("tinjau.csv", "KEPUTUSAN,KODE\n")
	o.write("padan.toml", "[report]\nout = \"laporan\"\n[[run.central]]\nfiles = [\"lain.csv\"]\n")
	before := tree(t, ".")
	for _, command := range slices.Concat(readers, writers) {
		if text := o.padan(exitSchema, strings.Fields(command)...); !strings.Contains(text, "hint: use the padan that wrote it") {
			t.Errorf("%s: %s", command, text)
		}
		if after := tree(t, "."); !maps.Equal(after, before) {
			t.Errorf("%s has changed something", command)
		}
	}
	fault.Tried(t, "newer", len(readers)+len(writers), "every command refuses it with exit code 12 and leaves it as it is")
}

// damaged is a sound database, its report, and what becomes of both.
type damagedOffice struct {
	*office
	sound  []byte
	report map[string]string
}

func newDamagedOffice(t *testing.T) *damagedOffice {
	t.Helper()
	o := &office{t, t.TempDir()}
	t.Chdir(o.folder)
	o.padan(exitDone, "load", "central", o.write("pusat.csv", invented(1, 200)))
	o.padan(exitDone, "load", "regional", o.write("daerah.csv", invented(2, 150)))
	o.padan(exitDone, "match")
	o.padan(exitDone, "report", "--out", "laporan", "--format", "csv", "--only", "lists,recap")
	sound, err := os.ReadFile("padan.db")
	if err != nil {
		t.Fatal(err)
	}
	return &damagedOffice{o, sound, tree(t, "laporan")}
}

const pageSize = 8192

// damage gives the commands a database of which one page was spoiled, and reports whether
// check found it. Those that read leave it as it is, and a report is right or not there;
// one that writes leaves the page, and if it knows of the damage, all.
func (d *damagedOffice) damage(about string, spoiled []byte, page int) (found bool) {
	d.t.Helper()
	if err := os.WriteFile("padan.db", spoiled, 0o600); err != nil {
		d.t.Fatal(err)
	}
	code, text := d.try("check")
	switch code {
	case exitTotals, exitSchema:
		found = true
	case exitDone:
	default:
		d.t.Errorf("%s: check exits with %d: %s", about, code, text)
	}
	code, text = d.try("report", "--out", "laporan", "--format", "csv", "--only", "lists,recap")
	if !slices.Contains([]int{exitDone, exitFailed, exitTotals, exitSchema}, code) {
		d.t.Errorf("%s: report exits with %d: %s", about, code, text)
	}
	if !found {
		d.sameReport(about)
	}
	if now := d.database(); !bytes.Equal(now, spoiled) {
		d.t.Errorf("%s: a command that reads has written to it", about)
	}
	code, text = d.try("match")
	now := d.database()
	if code == exitSchema && strings.Count(text, "\n") == 2 && !bytes.Equal(now, spoiled) {
		d.t.Errorf("%s: match finds the damage and writes: %s", about, text)
	}
	if from := page * pageSize; found && !bytes.Equal(now[from:from+pageSize], spoiled[from:from+pageSize]) {
		d.t.Errorf("%s: match exits with %d and has written over it: %s", about, code, text)
	}
	return found
}

// sameReport wants the report of the sound database.
func (d *damagedOffice) sameReport(about string) {
	d.t.Helper()
	for name, text := range tree(d.t, "laporan") {
		if want := d.report[name]; text != want {
			d.t.Errorf("%s: check finds nothing, and %s is another:\n%s\n%s", about, name, excerpt(text, want), excerpt(want, text))
		}
	}
}

func (d *damagedOffice) database() []byte {
	d.t.Helper()
	content, err := os.ReadFile("padan.db")
	if err != nil {
		d.t.Fatal(err)
	}
	return content
}

func (d *damagedOffice) try(args ...string) (int, string) {
	var stdout, stderr bytes.Buffer
	code := run(append(args, "--lang", "en"), nil, &stdout, &stderr)
	return code, stdout.String() + stderr.String()
}

// Each page in turn becomes noise: check finds it, and nothing is written over it.
func TestCorruptPage(t *testing.T) {
	d := newDamagedOffice(t)
	random := rand.New(rand.NewPCG(1, 2))
	pages := len(d.sound) / pageSize
	for page := range pages {
		if testing.Short() && page%4 > 0 {
			continue
		}
		spoiled := bytes.Clone(d.sound)
		for i := range pageSize {
			spoiled[page*pageSize+i] = byte(random.Uint32())
		}
		if !d.damage(pageLabel(page), spoiled, page) {
			t.Errorf("%s: check does not find the noise", pageLabel(page))
		}
	}
	fault.Tried(t, "corrupt_page", pages, "each found by padan check, exit code 5 or 12; no byte written over it")
}

// A bit is flipped in each pack of persons, of records and of links: SQLite does not see
// it, and check does.
func TestCorruptBit(t *testing.T) {
	d := newDamagedOffice(t)
	random := rand.New(rand.NewPCG(3, 4))
	tried := 0
	for table, column := range map[string]string{"person_pack": "persons", "record_pack": "shown", "link_pack": "block"} {
		for range min(fault.Kills(t, 1), 20) {
			for pack := 0; d.flip(random, table, column, pack); pack++ {
				tried++
				if testing.Short() && pack%4 > 0 {
					continue
				}
				if code, text := d.try("check"); code != exitTotals {
					t.Errorf("%s %d: check exits with %d: %s", table, pack, code, text)
				}
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d packs", tried)
	}
	fault.Tried(t, "corrupt_bit", tried, "each found by padan check, exit code 5")
}

// flip flips a bit of a pack in the sound database; false if there is no such pack.
func (d *damagedOffice) flip(random *rand.Rand, table, column string, pack int) (found bool) {
	d.t.Helper()
	if err := os.WriteFile("padan.db", d.sound, 0o600); err != nil {
		d.t.Fatal(err)
	}
	conn, err := sqlite.OpenConn("padan.db", sqlite.OpenReadWrite)
	if err != nil {
		d.t.Fatal(err)
	}
	var id int64
	var block []byte
	query(d.t, conn, fmt.Sprintf("SELECT rowid, %s FROM %s ORDER BY rowid LIMIT 1 OFFSET %d", column, table, pack), func(stmt *sqlite.Stmt) {
		id, block, found = stmt.ColumnInt64(0), make([]byte, stmt.ColumnLen(1)), true
		stmt.ColumnBytes(1, block)
	})
	if found {
		block[random.IntN(len(block))] ^= 1 << random.IntN(8)
		err = sqlitex.Execute(conn, fmt.Sprintf("UPDATE %s SET %s = ? WHERE rowid = ?", table, column), &sqlitex.ExecOptions{Args: []any{block, id}})
	}
	if err := errors.Join(err, conn.Close()); err != nil {
		d.t.Fatal(err)
	}
	return found
}

func pageLabel(page int) string { return "page " + itoa(page+1) }
