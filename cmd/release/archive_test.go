package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// inArchive is a file as somebody finds it who unpacks an archive.
type inArchive struct {
	content string
	mode    int64
	date    time.Time
}

func readTar(t *testing.T, path string) map[string]inArchive {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	packed, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]inArchive{}
	for in := tar.NewReader(packed); ; {
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		found[header.Name] = inArchive{string(content), header.Mode, header.ModTime.UTC()}
	}
}

func readZip(t *testing.T, path string) map[string]inArchive {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	found := map[string]inArchive{}
	for _, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		found[f.Name] = inArchive{string(content), int64(f.Mode()), f.Modified.UTC()}
	}
	return found
}

// TestArchives packs a program of a few bytes.
func TestArchives(t *testing.T) {
	program := filepath.Join(t.TempDir(), "anything")
	date := time.Date(2026, 1, 31, 2, 3, 4, 0, time.UTC)
	var first [2][]byte
	for round, mode := range []os.FileMode{0o600, 0o755} {
		if err := os.WriteFile(program, []byte("program"), mode); err != nil {
			t.Fatal(err)
		}
		common := []entry{{name: "README.md", content: []byte("read")}, {name: "man/man1/padan.1", content: []byte("page")}}
		if round == 1 {
			common[0], common[1] = common[1], common[0]
		}
		r := &release{out: t.TempDir(), version: "1.2.3", date: date, common: common}
		for i, c := range []struct {
			target
			name, program string
			read          func(*testing.T, string) map[string]inArchive
		}{
			{target{"linux", "arm64"}, "padan-1.2.3-linux-arm64.tar.gz", "padan", readTar},
			{target{"windows", "amd64"}, "padan-1.2.3-windows-amd64.zip", "padan.exe", readZip},
		} {
			if err := r.pack(c.target, program); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(r.out, c.name)
			packed, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if round == 1 && !bytes.Equal(packed, first[i]) {
				t.Errorf("%s depends on who packs it", c.name)
			}
			first[i] = packed
			folder := strings.TrimSuffix(strings.TrimSuffix(c.name, ".zip"), ".tar.gz") + "/"
			want := map[string]inArchive{
				folder + c.program: {"program", 0o755, date}, folder + "README.md": {"read", 0o644, date}, folder + "man/man1/padan.1": {"page", 0o644, date},
			}
			found := c.read(t, path)
			for name, w := range want {
				if found[name] != w {
					t.Errorf("%s: %s is %+v", c.name, name, found[name])
				}
			}
			if len(found) != len(want) {
				t.Errorf("%s holds %d files", c.name, len(found))
			}
		}
		if err := writeSums(r.out); err != nil {
			t.Fatal(err)
		}
		sums, err := os.ReadFile(filepath.Join(r.out, sumsName))
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Split(string(sums), "\n"); len(lines) != 3 || len(lines[0]) != 64+2+len("padan-1.2.3-linux-arm64.tar.gz") {
			t.Errorf("%q", lines)
		}
	}
}

// A program with a module that is not listed is not released.
func TestUnlisted(t *testing.T) {
	list := tableRow("example.org/a", "v1.0.0") + " MIT |\n"
	modules := []*debug.Module{{Path: "example.org/a", Version: "v1.0.0"}}
	if err := unlisted(modules, list); err != nil {
		t.Error(err)
	}
	for _, m := range []debug.Module{{Path: "example.org/a", Version: "v1.0.1"}, {Path: "example.org/b", Version: "v1.0.0"}} {
		if unlisted(append(modules, &m), list) == nil {
			t.Errorf("%s %s is not missed", m.Path, m.Version)
		}
	}
}

func TestTargets(t *testing.T) {
	chosen, err := parseTargets("linux/amd64,windows/arm64")
	if err != nil || len(chosen) != 2 || chosen[1].program() != "padan.exe" {
		t.Errorf("%v, %v", chosen, err)
	}
	if _, err := parseTargets("linux/amd64,plan9/arm"); err == nil {
		t.Error("a platform that does not exist is taken")
	}
}

// What the archives bear as their date is that of the commit, or what is wanted.
func TestReleaseDate(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "1767225600")
	if date, err := releaseDate(t.Context(), "."); err != nil || !date.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%v, %v", date, err)
	}
	t.Setenv("SOURCE_DATE_EPOCH", "yesterday")
	if _, err := releaseDate(t.Context(), "."); err == nil {
		t.Error("a date that is none is taken")
	}
}
