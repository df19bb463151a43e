package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"padan/internal/fault"
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/match"
)

var errStale = errors.New("stale file handle")

// stale is a file on a network drive whose handle goes stale after some reads. It may
// come back.
type stale struct {
	io.ReaderAt
	left    int
	returns bool
	broke   bool
}

func (s *stale) ReadAt(b []byte, at int64) (int, error) {
	if s.left == 0 && (!s.broke || !s.returns) {
		s.broke = true
		return 0, &os.PathError{Op: "read", Path: "a", Err: errStale}
	}
	if s.left > 0 {
		s.left--
	}
	return s.ReaderAt.ReadAt(b, at)
}

// A read that the storage refuses ends the load with what it said, whichever read it is
// and even if the next ones succeed; the file is not called damaged, and no part of it
// is kept for the whole.
func TestStaleHandle(t *testing.T) {
	files := map[string][]byte{
		"a.csv":  []byte(manyRows(2 * batchRows)),
		"a.xlsx": readFile(t, writeBook(t, map[string][]string{"Satu": {"NIK|NAMA", "3174011205879001|BUDI"}, "Dua": {"NIK|NAMA", "3174011205879002|SITI"}}, "")),
		"a.zip":  zipped(t, map[string]string{"a.csv": plainCSV, "b.csv": manyRows(30)}),
	}
	for _, kind := range []string{".xls", ".ods"} {
		files["bdt"+kind] = readFile(t, filepath.Join("..", "..", "fixtures", "samples", "bdt"+kind))
	}
	tried := 0
	if testing.Short() {
		delete(files, "bdt.xls")
		delete(files, "bdt.ods")
	}
	for name, content := range files {
		for _, returns := range []bool{false, true} {
			s := mustOpen(t)
			for reads := 0; loadStale(t, s, name, &stale{bytes.NewReader(content), reads, returns, false}, int64(len(content))); reads++ {
				tried++
			}
		}
	}
	fault.Tried(t, "stale_handle", tried, "refused with the storage's own words, and nothing of it kept")
}

// loadStale loads from a source; false if it did not go stale.
func loadStale(t *testing.T, s *store.Store, name string, source *stale, size int64) bool {
	t.Helper()
	reads := source.left
	book, err := sheet.OpenSource(name, source, size, sheet.DefaultLimits())
	if err == nil {
		_, err = (&Options{Workers: 1}).load(t.Context(), s, book, name, match.Central)
		if closed := book.Close(); closed != nil {
			t.Error(closed)
		}
	}
	if !source.broke {
		if err != nil {
			t.Errorf("%s is not loaded: %v", name, err)
		}
		if reads < 2 {
			t.Errorf("%s needs %d reads: the test proves little", name, reads)
		}
		return false
	}
	var file *sheet.Error
	if !errors.Is(err, errStale) || !errors.As(err, &file) || errors.Is(err, sheet.ErrDamaged) {
		t.Errorf("%s after %d reads: %v", name, reads, err)
	}
	expectNothing(t, s, name)
	return true
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}
