package report

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"padan/internal/crash"
)

// A file that is written while its next rows are made is the same file, and fails with
// the same words where a write fails.
func TestLinesAreWrittenBeside(t *testing.T) {
	for _, name := range []string{"matched.csv", "matched.jsonl"} {
		var infos []FileInfo
		for writes := 0; len(infos) == 0; writes++ {
			folder := t.TempDir()
			path := filepath.Join(folder, name)
			var failures []string
			for _, guard := range []func(func()) func(){nil, crash.Guarded} {
				f := created(t, path)
				f.guard, f.out = guard, &failAfter{f.temporary, writes}
				f.finished = func(info FileInfo) { infos = append(infos, info) }
				err := writers()[name](f)
				if err == nil {
					continue
				}
				failures = append(failures, err.Error())
				entries, reading := os.ReadDir(folder)
				if !errors.Is(err, errFull) || reading != nil || len(entries) != 0 {
					t.Fatalf("%s, %d writes: %v; %d files, %v", name, writes, err, len(entries), reading)
				}
			}
			if len(failures) == 1 || len(failures) == 2 && failures[0] != failures[1] {
				t.Fatalf("%s, %d writes: %q", name, writes, failures)
			}
		}
		if infos[0] != infos[1] || infos[0].Size < linesBuffer {
			t.Errorf("%s: %v, %v", name, infos[0], infos[1])
		}
	}
}

// The files of a folder are written so if it has a guard, each piece by guarded work.
func TestFolderGuardsItsFiles(t *testing.T) {
	pieces := 0
	folder := opened(t, t.TempDir())
	folder.Guard = func(work func()) func() {
		pieces++
		return work
	}
	f, err := folder.Create("matched.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := writers()["matched.csv"](f); err != nil {
		t.Fatal(err)
	}
	if err := folder.Close(); err != nil || pieces < 2 {
		t.Errorf("%d pieces, %v", pieces, err)
	}
}
