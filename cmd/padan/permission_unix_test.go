//go:build unix

package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// inspector looks at all that comes to be below a folder, also for a moment only,
// and notes who may use it.
type inspector struct {
	folder string
	seen   map[string]fs.FileMode // by path below the folder
	given  map[string]bool        // what the test put there itself
}

// look notes what is there.
func (i *inspector) look() {
	_ = filepath.WalkDir(i.folder, func(path string, _ fs.DirEntry, _ error) error { // what is gone already is no error
		if info, err := os.Lstat(path); err == nil && !i.given[path] && info.Mode()&fs.ModeSymlink == 0 {
			i.seen[strings.TrimPrefix(path, i.folder)] |= info.Mode()
		}
		return nil
	})
}

// during looks again and again while work is done.
func (i *inspector) during(work func()) {
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			i.look()
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	work()
	close(done)
	<-ended
	i.look()
}

// nobodysUmask takes no permission from any file for the length of a test.
func nobodysUmask(t *testing.T) {
	old := syscall.Umask(0)
	t.Cleanup(func() { syscall.Umask(old) })
}

// everyWriter are commands that together write every kind of file that padan makes.
var everyWriter = []string{
	"init --config baru.toml",
	"demo --persons 400 --seed 5 --out peraga --format csv",
	"generate --persons 20 --messy --seed 5 --out berantakan",
	"inspect peraga/central/central.csv --write-mapping pusat.toml",
	"load central peraga/central/central.csv",
	"load regional peraga/regional/317103_kemayoran.csv -",
	"match",
	"report --out laporan --format csv,xlsx,jsonl,parquet --only lists,master,page --mask",
	"match",
	"diff --out perubahan.xlsx",
	"diff --out perubahan.csv",
	"lookup peraga/regional/317103_kemayoran.csv --direction reference --out hasil.xlsx",
	"backup cadangan.db",
	"restore cadangan.db",
	"forget --before 2020-01-01",
	"run --config malam.toml",
	"review export --db peraga/padan.db --out telaah.xlsx",
	"evaluate --db peraga/padan.db --truth peraga --out ukuran",
	"evaluate --db peraga/padan.db --sample 5 --out sampel.xlsx",
	"train --db peraga/padan.db --out model.json",
}

const nightToml = `db = "malam.db"
[report]
out = "malam"
only = ["recap", "packages"]
[[run.central]]
files = ["peraga/central/*.csv"]
[[run.regional]]
files = ["peraga/regional/3171*"]
`

// TestOnlyTheOwnerMayRead holds that whatever padan makes, even for a moment, is for
// its owner alone, whatever the umask says.
func TestOnlyTheOwnerMayRead(t *testing.T) {
	nobodysUmask(t)
	folder := t.TempDir()
	t.Chdir(folder)
	t.Setenv("TMPDIR", filepath.Join(folder, "sementara"))
	i := &inspector{folder: folder, seen: map[string]fs.FileMode{}, given: map[string]bool{folder: true}}
	for name, text := range map[string]string{"sementara/": "", "malam.toml": nightToml} {
		path := filepath.Join(folder, name)
		i.given[path] = true
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.Mkdir(path, 0o700)
		} else {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	// What stands there already is no reason to leave it open to all.
	open := filepath.Join(folder, "pusat.toml")
	i.given[open] = true
	if err := os.WriteFile(open, []byte("lama"), 0o644); err != nil {
		t.Fatal(err)
	}
	stdin := "NIK,NAMA,TGL LAHIR\n3174011205879001,BUDI SANTOSO,12-05-1987\n"
	for _, line := range everyWriter {
		var stderr bytes.Buffer
		i.during(func() {
			if code := run(append(strings.Fields(line), "--lang", "en"), strings.NewReader(stdin), &bytes.Buffer{}, &stderr); code != exitDone && code != exitRejected {
				t.Errorf("%s exits with %d: %s", line, code, stderr.String())
			}
		})
	}
	delete(i.given, open)
	i.look()
	i.judge(t)
}

// judge wants files of 0600 and folders of 0700, and those that must have been seen.
func (i *inspector) judge(t *testing.T) {
	t.Helper()
	for path, mode := range i.seen {
		if want := fs.FileMode(0o600); mode.IsRegular() && mode.Perm() != want {
			t.Errorf("%s: %s, want %s", path, mode, want)
		}
		if want := fs.ModeDir | 0o700; mode.IsDir() && mode != want {
			t.Errorf("%s: %s, want %s", path, mode, want)
		}
	}
	for _, path := range []string{
		"/padan.db", "/padan.db.lock", "/padan.db.audit", "/cadangan.db.audit", "/laporan/matched.parquet", "/laporan/manifest.json", "/laporan/laporan.html",
		"/malam/wilayah", "/malam/run.json", "/model.json", "/baru.toml", "/pusat.toml", "/telaah.xlsx", "/ukuran/thresholds.svg", "/sampel.xlsx", "/peraga/truth.csv", "/berantakan/central",
	} {
		if _, ok := i.seen[path]; !ok {
			t.Errorf("%s was not made", path)
		}
	}
	for kind, part := range map[string]string{
		"a journal": "padan.db-journal", "a folder of unfinished reports": "/.padan-report-", "parts of a workbook": "/.parts.", "a zip": ".zip",
		"a folder of what is not finished": "/.padan-scratch-", "the standard input": "/sementara/padan-", "a kept database": "/padan.db.2",
	} {
		if !i.sawPart(part) {
			t.Errorf("the test did not see %s", kind)
		}
	}
}

func (i *inspector) sawPart(part string) bool {
	for path := range i.seen {
		if strings.Contains(path, part) {
			return true
		}
	}
	return false
}

// TestTheInspectorSees holds that a file that is open to others for a moment is seen.
func TestTheInspectorSees(t *testing.T) {
	nobodysUmask(t)
	i := &inspector{folder: t.TempDir(), seen: map[string]fs.FileMode{}}
	i.during(func() {
		path := filepath.Join(i.folder, "terbuka")
		err := os.WriteFile(path, nil, 0o666)
		time.Sleep(200 * time.Millisecond)
		if err = errors.Join(err, os.Chmod(path, 0o600), os.Remove(path)); err != nil {
			t.Error(err)
		}
	})
	if mode := i.seen["/terbuka"]; mode != 0o666 {
		t.Errorf("got %s", mode)
	}
}
