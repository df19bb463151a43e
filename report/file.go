package report

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FileInfo tells a finished file apart from any other.
type FileInfo struct {
	Name   string `json:"name"`   // in its folder, parts separated by "/"
	Rows   int    `json:"rows"`   // of a table, without its heading; 0 for other files
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // in hexadecimal
}

// File is a file of a report while it is written. It is written beside its place
// and appears there whole or not at all, readable by its owner only. Errors name
// its place.
type File struct {
	out       io.Writer // the temporary file
	temporary *os.File
	path      string // where it appears
	place     string // where it is to be in the end: path, but for files of a Folder
	sum       hash.Hash
	info      FileInfo
	finished  func(FileInfo)           // told once the file has appeared; or nil
	guard     func(work func()) func() // of its Folder; or nil
}

// Create begins the file at path. What is not finished stays in folder, which is of the
// same file system.
func Create(folder, path string) (*File, error) {
	return createAt(folder, path, path, filepath.Base(path), nil)
}

func createAt(folder, path, place, name string, finished func(FileInfo)) (*File, error) {
	f, err := os.CreateTemp(folder, "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, failed(place, err)
	}
	return &File{out: f, temporary: f, path: path, place: place, sum: sha256.New(), info: FileInfo{Name: name}, finished: finished}, nil
}

// Write implements io.Writer. Its errors do not name the file: they pass through
// others that write on the way here.
func (f *File) Write(p []byte) (int, error) {
	n, err := f.out.Write(p)
	_, _ = f.sum.Write(p[:n]) // a hash never fails
	f.info.Size += int64(n)
	return n, err
}

// folder is where the unfinished file is.
func (f *File) folder() string { return filepath.Dir(f.temporary.Name()) }

// publish makes the content durable and gives it its name.
func (f *File) publish() error {
	err := f.temporary.Sync()
	if closing := f.temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.temporary.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(f.temporary.Name())
		return failed(f.place, err)
	}
	if f.finished != nil {
		f.info.SHA256 = hex.EncodeToString(f.sum.Sum(nil))
		f.finished(f.info)
	}
	return nil
}

// discard removes what was written.
func (f *File) discard() {
	_ = f.temporary.Close()
	_ = os.Remove(f.temporary.Name())
}

// failed says at which place of the user's something went wrong, instead of the
// temporary names that the system tells.
func failed(place string, err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("%s: %w", place, err)
}
