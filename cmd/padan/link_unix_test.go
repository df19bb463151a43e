//go:build unix

package main

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bystanders are files of the user's outside of the folder in which padan works.
type bystanders struct {
	*office
	outside string
	before  map[string]string
}

func newBystanders(t *testing.T) *bystanders {
	t.Helper()
	v := &bystanders{newOffice(t), t.TempDir(), nil}
	for _, name := range []string{"surat.txt", "folder/surat.txt", "kosong.txt"} {
		path := filepath.Join(v.outside, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		text := "sebuah surat tanpa baris baru" // without a line break
		if name == "kosong.txt" {
			text = ""
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	v.before = tree(t, v.outside)
	return v
}

// plant puts a link to a victim in the place of a file.
func (v *bystanders) plant(name, victim string) {
	v.t.Helper()
	path := v.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		v.t.Fatal(err)
	}
	if err := os.RemoveAll(path); err != nil {
		v.t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(v.outside, victim), path); err != nil {
		v.t.Fatal(err)
	}
}

// unharmed wants the bystanders as they were, in content and permissions.
func (v *bystanders) unharmed(what string) {
	v.t.Helper()
	after := tree(v.t, v.outside)
	for name, text := range v.before {
		info, err := os.Stat(filepath.Join(v.outside, name))
		if after[name] != text || err != nil || info.Mode().Perm() != 0o644 {
			v.t.Errorf("%s: %s is not what it was: %q, %v", what, name, after[name], info.Mode())
		}
	}
	if len(after) != len(v.before) {
		v.t.Errorf("%s: files came to be outside: %d", what, len(after))
	}
}

func (v *bystanders) isFile(name string) {
	v.t.Helper()
	if info, err := os.Lstat(v.path(name)); err != nil || !info.Mode().IsRegular() {
		v.t.Errorf("%s is no file of its own: %v, %v", name, info, err)
	}
}

// TestLinksBesideTheDatabase plants links where padan keeps its lock and its trail.
func TestLinksBesideTheDatabase(t *testing.T) {
	for _, name := range []string{"padan.db.lock", "padan.db.audit"} {
		for _, victim := range []string{"surat.txt", "kosong.txt", "folder", "belum_ada.txt"} {
			v := newBystanders(t)
			v.plant(name, victim)
			text := v.padan(exitFailed, "match")
			if !strings.Contains(text, "a link or a device stands in the place of a file") {
				t.Errorf("%s: %s", name, text)
			}
			v.unharmed(name)
			if err := os.Remove(v.path(name)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestLinksInTheReports plants links in the folder of the reports and in the place of
// other results: they are replaced or refused, never followed.
func TestLinksInTheReports(t *testing.T) {
	v := newBystanders(t)
	for _, name := range []string{"laporan/matched.csv", "laporan/manifest.json", "laporan/laporan.html", "laporan/.padan-report-1"} {
		v.plant(name, "surat.txt")
	}
	v.plant("laporan/.padan-report-2", "folder")
	v.padan(exitDone, "report", "--out", v.path("laporan"), "--format", "csv")
	v.unharmed("report")
	v.isFile("laporan/matched.csv")
	v.isFile("laporan/manifest.json")
	v.plant("laporan/wilayah", "folder")
	v.padan(exitFailed, "report", "--out", v.path("laporan"), "--mask")
	v.unharmed("report with a linked folder")

	v.padan(exitDone, "match")
	for name, args := range map[string][]string{
		"beda.csv":     {"diff", "--out"},
		"telaah.xlsx":  {"review", "export", "--out"},
		"hasil.csv":    {"lookup", v.path("daerah.csv"), "--direction", "reference", "--out"},
		"peta.toml":    {"inspect", v.path("pusat.csv"), "--write-mapping"},
		"cadangan.db":  {"backup"},
		"cadangan2.db": {"backup"},
	} {
		v.plant(name, "surat.txt")
		v.plant(name+".audit", "surat.txt")
		v.padan(exitDone, append(args, v.path(name))...)
		v.unharmed(name)
		v.isFile(name)
	}

	// The folder itself may be a link: it is the user who names it.
	if err := os.Mkdir(v.path("asli"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(v.path("asli"), v.path("tautan")); err != nil {
		t.Fatal(err)
	}
	v.padan(exitDone, "report", "--out", v.path("tautan"), "--format", "csv", "--only", "recap")
	v.isFile("asli/recap.csv")
	if info, err := os.Lstat(v.path("tautan")); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
}

// TestArchivesWriteNowhere loads an archive with names that lead out of it and with
// links: nothing is written, and no link is read.
func TestArchivesWriteNowhere(t *testing.T) {
	v := newBystanders(t)
	secret := "NIK,NAMA,TGL LAHIR\n3174015205899777,RAHASIA NEGARA,12-05-1989\n"
	secretPath := v.write("rahasia.csv", secret)
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	for name, text := range map[string]string{
		"../../luar.csv": reviewRegional, filepath.Join(v.outside, "mutlak.csv"): reviewRegional, `..\..\luar2.csv`: reviewRegional, "C:\\luar3.csv": reviewRegional,
		"daftar.csv": reviewRegional,
	} {
		out, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(out, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	link := &zip.FileHeader{Name: "tautan.csv"}
	link.SetMode(fs.ModeSymlink | 0o777)
	out, err := w.CreateHeader(link)
	if err == nil {
		_, err = io.WriteString(out, secretPath)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	path := v.write("paket.zip", packed.String())
	before := tree(t, v.folder)
	v.padan(exitDone, "load", "regional", path)
	v.unharmed("an archive")
	for name := range tree(t, v.folder) {
		if _, known := before[name]; !known {
			t.Errorf("%s came to be", name)
		}
	}
	v.padan(exitDone, "match")
	v.padan(exitDone, "report", "--out", v.path("laporan"), "--format", "csv", "--only", "lists")
	for name, text := range tree(t, v.path("laporan")) {
		if strings.Contains(text, "RAHASIA") {
			t.Errorf("%s holds what the link leads to", name)
		}
	}
}
