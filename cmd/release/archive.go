package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// sumsName is the file of checksums, as sha256sum --check reads it.
const sumsName = "SHA256SUMS"

// pack writes the archive of a platform: a zip for Windows, else a tar.gz.
func (r *release) pack(t target, program string) error {
	content, err := os.ReadFile(program)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("padan-%s-%s-%s", r.version, t.system, t.architecture)
	entries := append(slices.Clone(r.common), entry{name: t.program(), content: content, program: true})
	for i := range entries {
		entries[i].name = name + "/" + entries[i].name
	}
	write, extension := writeTar, ".tar.gz"
	if t.system == "windows" {
		write, extension = writeZip, ".zip"
	}
	var packed bytes.Buffer
	if err := write(&packed, entries, r.date); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.out, name+extension), packed.Bytes(), 0o644) //nolint:gosec // for everybody to read
}

// mode is the same whatever the file has where the archive is made.
func (e *entry) mode() fs.FileMode {
	if e.program {
		return 0o755
	}
	return 0o644
}

func sorted(entries []entry) []entry {
	return slices.SortedFunc(slices.Values(entries), func(a, b entry) int { return cmp.Compare(a.name, b.name) })
}

func writeTar(out io.Writer, entries []entry, date time.Time) error {
	packed, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(packed)
	for _, e := range sorted(entries) {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: e.name, Size: int64(len(e.content)), Mode: int64(e.mode()), ModTime: date, Format: tar.FormatUSTAR}
		if err := w.WriteHeader(header); err != nil {
			return err
		}
		if _, err := w.Write(e.content); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), packed.Close())
}

func writeZip(out io.Writer, entries []entry, date time.Time) error {
	w := zip.NewWriter(out)
	for _, e := range sorted(entries) {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Modified: date}
		header.SetMode(e.mode())
		file, err := w.CreateHeader(header)
		if err != nil {
			return err
		}
		if _, err := file.Write(e.content); err != nil {
			return err
		}
	}
	return w.Close()
}

// writeSums writes the checksums of all files of a folder.
func writeSums(folder string) error {
	files, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(content), file.Name())
	}
	return os.WriteFile(filepath.Join(folder, sumsName), []byte(lines.String()), 0o644) //nolint:gosec // for everybody to read
}
