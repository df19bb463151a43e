package report

import (
	"archive/zip"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Zip adds an archive of the finished files of a folder inside f beside it, as
// "name.zip" with their names below that folder, sorted. They are files that are
// compressed already, so they are stored as they are. The same files give the same
// bytes.
func (f *Folder) Zip(name string) error {
	file, err := f.Create(name + ".zip")
	if err != nil {
		return err
	}
	z := zip.NewWriter(file)
	for _, member := range f.Files() {
		below, ok := strings.CutPrefix(member.Name, name+"/")
		if !ok {
			continue
		}
		if err := addStored(z, below, f.inside(filepath.FromSlash(member.Name))); err != nil {
			file.discard()
			return failed(file.place, err)
		}
	}
	if err := z.Close(); err != nil {
		file.discard()
		return failed(file.place, err)
	}
	return file.publish()
}

// zipDay is 1 January 2000 as archives write a date.
const zipDay = (2000-1980)<<9 | 1<<5 | 1

// addStored adds a file whose size and sum stand before it, as readers of stored
// files expect.
func addStored(z *zip.Writer, name, path string) error {
	from, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	sum := crc32.NewIEEE()
	size, err := io.Copy(sum, from)
	if err != nil {
		return err
	}
	if _, err := from.Seek(0, io.SeekStart); err != nil {
		return err
	}
	head := &zip.FileHeader{
		Name: name, Method: zip.Store, CRC32: sum.Sum32(), CompressedSize64: uint64(size), UncompressedSize64: uint64(size),
		ModifiedDate: zipDay, //nolint:staticcheck // of a raw file nothing else is written
	}
	head.SetMode(0o600)
	to, err := z.CreateRaw(head)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return err
}
