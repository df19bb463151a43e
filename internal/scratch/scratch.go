// Package scratch keeps what is not finished in folders that are gone when the work is
// done. What a padan that was killed has left, the next one takes away.
package scratch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"padan/internal/lockfile"
)

// Folder is a folder for one piece of work. A file in it is locked until the work is
// done, so that another padan knows what nobody works on any more.
type Folder struct {
	path string
	lock *os.File // held; not where the file system knows no locks
}

// The names of the folders, before their digits, and of the file that is locked.
const (
	besidePrefix = ".padan-scratch-"
	inputPrefix  = "padan-input-"
	lockName     = "lock"
)

// attempts is how often a folder is made anew that another padan has taken for one
// left behind, in the moment between its making and its locking.
const attempts = 5

// Beside does work in a folder beside a file that is to be written, for what moves to
// the place of the file when it is finished. Errors of the folder name the file.
func Beside(out string, work func(folder string) error) (err error) {
	s, err := open(filepath.Dir(out), besidePrefix)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return fmt.Errorf("%s: %w", out, err)
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return work(s.path)
}

// ForInput makes a folder for a copy of the standard input, where the system keeps
// temporary files. The caller must close it.
func ForInput() (*Folder, error) { return open(os.TempDir(), inputPrefix) }

// open makes a folder in another one, whose abandoned ones it takes away.
func open(in, prefix string) (*Folder, error) {
	sweep(in, prefix)
	for attempt := 1; ; attempt++ {
		path, err := os.MkdirTemp(in, prefix)
		if err != nil {
			return nil, err
		}
		f := &Folder{path: path}
		err = f.hold()
		if err == nil {
			return f, nil
		}
		if attempt == attempts {
			return nil, errors.Join(err, f.Close())
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
}

// hold locks the folder.
func (f *Folder) hold() (err error) {
	name := f.Path(lockName)
	if f.lock, err = lockfile.Open(name); err != nil {
		return err
	}
	if err := lockfile.Lock(f.lock); errors.Is(err, lockfile.ErrHeld) {
		return err
	}
	own, err := f.lock.Stat()
	if err != nil {
		return err
	}
	there, err := os.Stat(name)
	if err == nil && !os.SameFile(own, there) {
		err = fs.ErrNotExist
	}
	return err
}

// Path is the path of a file in the folder.
func (f *Folder) Path(name string) string { return filepath.Join(f.path, name) }

// Close removes the folder.
func (f *Folder) Close() error {
	var err error
	if f.lock != nil {
		err = f.lock.Close()
	}
	return errors.Join(err, os.RemoveAll(f.path))
}

// young is how old a folder without a lock must be to count as abandoned.
const young = time.Hour

// sweep takes away the folders in a folder whose padan is gone. What is not of this
// user, or cannot be removed, is left alone.
func sweep(in, prefix string) {
	entries, err := os.ReadDir(in)
	if err != nil {
		return
	}
	for _, entry := range entries {
		digits, ok := strings.CutPrefix(entry.Name(), prefix)
		if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" {
			continue
		}
		info, err := os.Lstat(filepath.Join(in, entry.Name()))
		if err == nil && info.IsDir() && isOwn(info) {
			sweepFolder(filepath.Join(in, entry.Name()), info)
		}
	}
}

func sweepFolder(path string, info fs.FileInfo) {
	name := filepath.Join(path, lockName)
	if there, err := os.Lstat(name); err != nil || !there.Mode().IsRegular() {
		if time.Since(info.ModTime()) > young {
			_ = os.Remove(path) // only if it is empty
		}
		return
	}
	lock, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	if lockfile.Lock(lock) != nil || removeContents(path) != nil {
		_ = lock.Close()
		return
	}
	// Whoever makes the folder may have its lock open and not held yet. It goes while it
	// is held here, so that they see that it is gone. Windows takes away no file that is
	// open: there it goes afterwards, unless they have it open.
	_ = os.Remove(name)
	_ = lock.Close()
	_ = os.Remove(name)
	_ = os.Remove(path) // only if it is empty
}

// removeContents takes away what is in a folder but for its lock.
func removeContents(path string) error {
	entries, err := os.ReadDir(path)
	for _, entry := range entries {
		if entry.Name() != lockName {
			err = errors.Join(err, os.RemoveAll(filepath.Join(path, entry.Name())))
		}
	}
	return err
}
