package scratch

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// Only folders of padan's own are taken away, only if nobody holds them, and no link
// is followed.
func TestSweepLeavesOthersAlone(t *testing.T) {
	folder, elsewhere := t.TempDir(), t.TempDir()
	put := func(in string, names ...string) {
		t.Helper()
		for _, name := range names {
			path := filepath.Join(in, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	put(elsewhere, "dear.txt", "lock")
	put(folder, ".padan-scratch-1/lock", ".padan-scratch-1/list.db", ".padan-scratch-2/mine.txt", ".padan-scratch-/lock", ".padan-scratch-1a/lock", "padan-scratch-3/lock", ".padan-scratch-5")
	gone := []string{".padan-scratch-1"}
	kept := []string{".padan-scratch-2/mine.txt", ".padan-scratch-/lock", ".padan-scratch-1a/lock", "padan-scratch-3/lock", ".padan-scratch-5"}
	for _, name := range []string{".padan-scratch-6", ".padan-scratch-7"} { // made a moment ago, and long ago
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	long := time.Now().Add(-2 * young)
	for _, name := range []string{".padan-scratch-2", ".padan-scratch-7"} {
		if err := os.Chtimes(filepath.Join(folder, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	kept, gone = append(kept, ".padan-scratch-6"), append(gone, ".padan-scratch-7")
	if err := os.Symlink(elsewhere, filepath.Join(folder, ".padan-scratch-8")); err == nil {
		kept = append(kept, ".padan-scratch-8/dear.txt", ".padan-scratch-8/lock")
	}
	sweep(folder, besidePrefix)
	for _, name := range kept {
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			t.Errorf("%s is gone: %v", name, err)
		}
	}
	for _, name := range gone {
		if _, err := os.Stat(filepath.Join(folder, name)); !os.IsNotExist(err) {
			t.Errorf("%s is left: %v", name, err)
		}
	}
}

// What is in the folder is gone when the work is done, and an error names the file
// that was to be written.
func TestBeside(t *testing.T) {
	out := filepath.Join(t.TempDir(), "none", "out.csv")
	if err := Beside(out, func(string) error { return nil }); err == nil || !strings.HasPrefix(err.Error(), out+": ") {
		t.Errorf("no folder: %v", err)
	}
	in := t.TempDir()
	failed := errors.New("failed")
	err := Beside(filepath.Join(in, "out.csv"), func(folder string) error {
		if filepath.Dir(folder) != in {
			t.Errorf("the folder is %s", folder)
		}
		return errors.Join(failed, os.WriteFile(filepath.Join(folder, "half.csv"), []byte("x"), 0o600))
	})
	if !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	if left, err := os.ReadDir(in); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// Folders of several at work do not disturb each other, though each takes away what
// nobody seems to hold.
func TestManyAtATime(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 10
	}
	in := t.TempDir()
	for range rounds {
		var working sync.WaitGroup
		for range 20 {
			working.Go(func() {
				err := Beside(filepath.Join(in, "out.csv"), func(folder string) error {
					path := filepath.Join(folder, "out.csv")
					if err := os.WriteFile(path, []byte("whole"), 0o600); err != nil {
						return err
					}
					return os.Rename(path, filepath.Join(in, "out.csv"))
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		working.Wait()
	}
	if left, err := os.ReadDir(in); err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}
