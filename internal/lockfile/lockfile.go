// Package lockfile gives one process at a time the right to a file. The operating
// system takes the right back when the process dies, so no lock is ever stale.
package lockfile

import (
	"errors"
	"io/fs"
	"os"
)

// Errors of a file.
var (
	ErrHeld   = errors.New("lock is held") // by another process
	ErrNoFile = errors.New("a link or a device stands in the place of a file")
)

// regular closes what is no file.
func regular(file *os.File) (*os.File, error) {
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: file.Name(), Err: ErrNoFile}
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
