package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"padan/internal/fault"
)

// Where nothing may be written, who reads can work, and who writes is told so: exit code
// 13, and no byte is another.
func TestReadOnlyFolder(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, ""); err == nil {
		t.Cleanup(func() {
			if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
	} else if os.Getuid() == 0 {
		t.Skip("permissions do not bind this user, and it may not mount a file system: ", err)
	}
	o := newOffice(t)
	o.padan(exitDone, "match")
	o.write("lain.csv", invented(5, 3))
	o.write("tinjau.csv", "KEPUTUSAN,KODE\n")
	if err := os.CopyFS(folder, os.DirFS(o.folder)); err != nil {
		t.Fatal(err)
	}
	forbid(t, folder)
	elsewhere := t.TempDir()
	o.folder = folder
	before := tree(t, folder)
	commands := map[string]int{
		"status": exitDone, "check": exitDone, "explain --source pusat.csv --row 2": exitDone, "diff": exitDone, "review list": exitDone,
		"audit verify": exitDone, "report --format csv --out " + filepath.Join(elsewhere, "laporan"): exitDone, "backup " + filepath.Join(elsewhere, "salinan.db"): exitDone,
		"load central " + filepath.Join(folder, "lain.csv"): exitStorage, "match": exitStorage, "forget --before 2020-01-01": exitStorage,
		"review import " + filepath.Join(folder, "tinjau.csv"): exitStorage, "report --format csv --out " + filepath.Join(folder, "laporan"): exitStorage,
		"backup " + filepath.Join(folder, "salinan.db"): exitStorage, "review export --out " + filepath.Join(folder, "tinjau.xlsx"): exitStorage,
		"restore " + filepath.Join(folder, "padan.db"): exitStorage,
	}
	for command, code := range commands {
		o.padan(code, strings.Fields(command)...)
		if after := tree(t, folder); !maps.Equal(after, before) {
			t.Errorf("%s has changed something", command)
		}
	}
	fault.Tried(t, "read_only", len(commands), "who reads is served; who writes is told, exit code 13; not a byte is another")
}

// forbid makes a folder one that nobody can write in.
func forbid(t *testing.T, folder string) {
	t.Helper()
	if os.Getuid() == 0 {
		if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) // or it cannot be removed
}
