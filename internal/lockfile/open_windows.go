package lockfile

import (
	"errors"
	"io/fs"
	"os"
)

// Open opens a file that is kept beside a database for reading and writing, and makes
// it if need be. It follows no link: whoever can write into the folder could otherwise
// have another file of the user's written over.
func Open(path string) (*os.File, error) {
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, &fs.PathError{Op: "open", Path: path, Err: ErrNoFile}
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return regular(file)
}
