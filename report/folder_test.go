package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"padan/internal/fault"
)

// contents maps the files below a folder, hidden ones included, to what they hold.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		switch {
		case err != nil:
			return err
		case entry.Type().IsRegular():
			files[filepath.ToSlash(name)] = string(readFile(t, path))
		case entry.Type()&fs.ModeSymlink != 0:
			files[filepath.ToSlash(name)] = "-> link"
		case name != ".":
			files[filepath.ToSlash(name)+"/"] = ""
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// fill writes files below a folder.
func fill(t *testing.T, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func opened(t *testing.T, path string) *Folder {
	t.Helper()
	f, err := OpenFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// write adds finished files to a folder.
func write(t *testing.T, folder *Folder, files map[string]string) {
	t.Helper()
	for name, text := range files {
		f, err := folder.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if err := f.publish(); err != nil {
			t.Fatal(err)
		}
	}
}

func wantContents(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	got := contents(t, folder)
	for name, text := range want {
		if have, ok := got[name]; !ok || have != text {
			t.Errorf("%s holds %q, want %q", name, have, text)
		}
	}
	for name, text := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left, %q", name, text)
		}
	}
}

func TestPublishReplacesFilesAndFolders(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "laporan")
	if err := os.MkdirAll(out, 0o700); err != nil {
		t.Fatal(err)
	}
	fill(t, out, map[string]string{
		"a.csv": "old a", "other.txt": "a note of the office", "wilayah/31.71/x.xlsx": "old x", "wilayah/31.72/y.xlsx": "old y",
		"kosong/z.xlsx": "old z", "lain/z.xlsx": "kept",
	})
	folder := opened(t, out)
	write(t, folder, map[string]string{"a.csv": "new a", "b.csv": "new b", "wilayah/31.71/x.xlsx": "new x", manifestName: "{}"})
	if err := folder.MakeFolder("kosong"); err != nil {
		t.Fatal(err)
	}
	if text := string(readFile(t, filepath.Join(out, "a.csv"))); text != "old a" {
		t.Errorf("before it is published a.csv holds %q", text)
	}
	if err := folder.Publish(); err != nil {
		t.Fatal(err)
	}
	if err := folder.Close(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, out, map[string]string{
		"a.csv": "new a", "b.csv": "new b", "other.txt": "a note of the office", "wilayah/": "", "wilayah/31.71/": "",
		"wilayah/31.71/x.xlsx": "new x", "kosong/": "", "lain/": "", "lain/z.xlsx": "kept", manifestName: "{}",
	})
}

// A step that fails undoes those before it, files and folders, old and new.
func TestAFailedPublishUndoesItself(t *testing.T) {
	out := t.TempDir()
	old := map[string]string{"a.csv": "old a", "wilayah/31.71/x.xlsx": "old x", "z.csv/mine.txt": "a folder of the office", "z2": "old"}
	fill(t, out, old)
	before := contents(t, out)
	folder := opened(t, out)
	write(t, folder, map[string]string{
		"a.csv": "new a", "b.csv": "new b", "wilayah/31.71/y.xlsx": "new y", "neu/y.xlsx": "new y", "z.csv": "new z", "z2": "new",
	})
	err := folder.Publish()
	if !errors.Is(err, ErrPlaceTaken) {
		t.Fatalf("got %v", err)
	}
	if err := folder.Close(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, out, before)

	folder = opened(t, out)
	write(t, folder, map[string]string{"a.csv": "new a", "wilayah": "a file"})
	if err := folder.Publish(); !errors.Is(err, ErrPlaceTaken) {
		t.Fatalf("got %v", err)
	}
	if err := folder.Close(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, out, before)
}

// What a padan left that was killed before it had published all is put back,
// wherever it was; what it left after that is taken away.
func TestOpenFolderEndsWhatWasKilled(t *testing.T) {
	old := map[string]string{"a.csv": "old a", "wilayah/31.71/x.xlsx": "old x", "z.csv": "old z"}
	for replaced := range 4 {
		for _, between := range []bool{false, true} {
			out := t.TempDir()
			fill(t, out, old)
			before := contents(t, out)
			killed := opened(t, out)
			write(t, killed, map[string]string{"a.csv": "new a", "wilayah/31.71/y.xlsx": "new y", "z.csv": "new z"})
			names, err := killed.finish()
			if err != nil || !slices.Equal(names, []string{"a.csv", "wilayah", "z.csv"}) {
				t.Fatal(names, err)
			}
			for _, name := range names[:replaced] {
				if err := killed.replace(name); err != nil {
					t.Fatal(err)
				}
			}
			if between && replaced < len(names) { // the old one is away, the new one not yet there
				name := names[replaced]
				if err := os.Rename(filepath.Join(out, name), killed.inside(keptFolder, name)); err != nil {
					t.Fatal(err)
				}
			}
			wantPutBack(t, out, killed, before)
		}
	}
}

// wantPutBack ends a folder as a kill does, and wants certain contents after the
// next one was opened.
func wantPutBack(t *testing.T, out string, killed *Folder, want map[string]string) {
	t.Helper()
	if err := killed.unlock(); err != nil {
		t.Fatal(err)
	}
	if err := opened(t, out).Close(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, out, want)
}

func TestOpenFolderKeepsWhatWasPublished(t *testing.T) {
	out := t.TempDir()
	fill(t, out, map[string]string{"a.csv": "old a", "wilayah/x.xlsx": "old x"})
	killed := opened(t, out)
	write(t, killed, map[string]string{"a.csv": "new a", "wilayah/y.xlsx": "new y"})
	if err := killed.Publish(); err != nil {
		t.Fatal(err)
	}
	wantPutBack(t, out, killed, map[string]string{"a.csv": "new a", "wilayah/": "", "wilayah/y.xlsx": "new y"})
}

// Only folders of padan's own are taken away, and no link is followed.
func TestOpenFolderLeavesOthersAlone(t *testing.T) {
	out, elsewhere := t.TempDir(), t.TempDir()
	fill(t, elsewhere, map[string]string{"dear.txt": "dear", ".old/a.csv": "not an old report"})
	fill(t, out, map[string]string{
		"a.csv": "a", ".padan-report-77/half.csv": "half", ".padan-report-80/half.csv": "half", ".padan-report-78": "a file", ".padan-report-/x": "x", ".padan-report-7a/x": "x",
	})
	want := map[string]string{
		"a.csv": "a", ".padan-report-78": "a file", ".padan-report-/": "", ".padan-report-/x": "x", ".padan-report-7a/": "", ".padan-report-7a/x": "x",
	}
	if err := os.Chown(filepath.Join(out, ".padan-report-80"), 12345, -1); err == nil { // only root may
		want[".padan-report-80/"], want[".padan-report-80/half.csv"] = "", "half"
	}
	if err := os.Symlink(elsewhere, filepath.Join(out, ".padan-report-79")); err == nil {
		want[".padan-report-79"] = "-> link"
		if err := os.Symlink(elsewhere, filepath.Join(out, ".padan-report-77", "link")); err != nil {
			t.Fatal(err)
		}
	}
	if err := opened(t, out).Close(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, out, want)
	wantContents(t, elsewhere, map[string]string{"dear.txt": "dear", ".old/": "", ".old/a.csv": "not an old report"})
}

func TestAFolderHasOneWriter(t *testing.T) {
	out := t.TempDir()
	first := opened(t, out)
	if _, err := OpenFolder(out); !errors.Is(err, ErrFolderBusy) {
		t.Errorf("got %v", err)
	}
	write(t, first, map[string]string{"a.csv": "a"}) // its temporary folder is still there
	if err := errors.Join(first.Publish(), first.Close()); err != nil {
		t.Fatal(err)
	}
	if err := opened(t, out).Close(); err != nil {
		t.Fatal(err)
	}
	wantContents(t, out, map[string]string{"a.csv": "a"})
	fault.Tried(t, "two_reports", 1, "the second refused, the first published")
}

func TestFilesStayInTheirFolder(t *testing.T) {
	folder := opened(t, t.TempDir())
	for _, name := range []string{"../x.csv", "/x.csv", ""} {
		if _, err := folder.Create(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if err := folder.Close(); err != nil {
		t.Fatal(err)
	}
}

// An error names the place that the user knows.
func TestErrorsNameThePlace(t *testing.T) {
	out := t.TempDir()
	folder := opened(t, out)
	f, err := folder.Create("matched.csv")
	if err != nil {
		t.Fatal(err)
	}
	f.out = &failAfter{f.temporary, 0}
	table := NewCSV(f, MatchedColumns(Options{}), CSVOptions{})
	err = table.Close()
	if want := filepath.Join(out, "matched.csv") + ": no space left"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := folder.Close(); err != nil {
		t.Fatal(err)
	}
}
