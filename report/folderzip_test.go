package report

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"testing"
	"time"
)

// An archive holds the finished files of its folder, sorted, with one date, and
// stands beside it; files whose names begin alike stay out of it.
func TestZipOfAFolder(t *testing.T) {
	var first []byte
	for _, order := range [][]string{{"b.txt", "a/c.txt", "a.txt"}, {"a.txt", "b.txt", "a/c.txt"}} {
		path := t.TempDir()
		f := opened(t, path)
		for _, name := range order {
			write(t, f, map[string]string{"wilayah/31.74 Kota/" + name: "text of " + name})
		}
		write(t, f, map[string]string{"wilayah/31.74 Kotanya/x.txt": "another", "wilayah/31.7.txt": "another"})
		if err := f.Zip("wilayah/31.74 Kota"); err != nil {
			t.Fatal(err)
		}
		if err := f.Publish(); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		content := readFile(t, filepath.Join(path, "wilayah", "31.74 Kota.zip"))
		if first == nil {
			first = content
		}
		if !bytes.Equal(first, content) {
			t.Error("the order of writing changes the archive")
		}
	}
	z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
	if err != nil || len(z.File) != 3 {
		t.Fatalf("%d files, %v", len(z.File), err)
	}
	for i, name := range []string{"a.txt", "a/c.txt", "b.txt"} {
		f := z.File[i]
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from) // checks the sum
		if err != nil || f.Name != name || string(text) != "text of "+name || f.Mode() != 0o600 {
			t.Errorf("%q is %s, %q, %v", f.Name, f.Mode(), text, err)
		}
		if want := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC); !f.Modified.Equal(want) {
			t.Errorf("%q is of %s", f.Name, f.Modified)
		}
	}
}

func TestZipOfNothing(t *testing.T) {
	f := opened(t, t.TempDir())
	defer f.Close()
	if err := f.Zip("none/here"); err != nil {
		t.Error(err)
	}
	if files := f.Files(); len(files) != 1 || files[0].Name != "none/here.zip" {
		t.Errorf("%v", files)
	}
}
