package report

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// file is written beside its final place and appears there whole or not at all.
type file struct {
	io.Writer // the temporary file
	temporary *os.File
	path      string
}

// create opens a temporary file in the folder of path, readable by its owner only.
func create(path string) (*file, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &file{f, f, path}, nil
}

// publish makes the content durable and gives it its name.
func (f *file) publish() error {
	err := f.temporary.Sync()
	if closing := f.temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(f.temporary.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(f.temporary.Name())
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return nil
}

// discard removes what was written.
func (f *file) discard() {
	_ = f.temporary.Close()
	_ = os.Remove(f.temporary.Name())
}
