package main

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

// scratch is a folder for people's data that is gone when the work is done. A file
// in it is locked until then, so that the next padan knows, and takes away, what one
// that was killed has left.
type scratch struct {
	path string
	lock *os.File // held; not where the file system knows no locks
}

// The names of scratch folders, before their digits, and of the file that is locked.
const (
	lookupScratch = ".padan-lookup-"
	inputScratch  = "padan-input-"
	scratchLock   = "lock"
)

// scratchAttempts is how often a folder is made anew that another padan has taken for
// one left behind, in the moment between its making and its locking.
const scratchAttempts = 5

// openScratch makes a scratch folder in a folder, whose abandoned ones it takes away.
// The caller must close it.
func openScratch(in, prefix string) (*scratch, error) {
	sweepScratch(in, prefix)
	for attempt := 1; ; attempt++ {
		path, err := os.MkdirTemp(in, prefix)
		if err != nil {
			return nil, err
		}
		s := &scratch{path: path}
		err = s.hold()
		if err == nil {
			return s, nil
		}
		if attempt == scratchAttempts {
			return nil, errors.Join(err, s.close())
		}
		if err := s.close(); err != nil {
			return nil, err
		}
	}
}

// hold locks the folder.
func (s *scratch) hold() (err error) {
	name := filepath.Join(s.path, scratchLock)
	if s.lock, err = lockfile.Open(name); err != nil {
		return err
	}
	if err := lockfile.Lock(s.lock); errors.Is(err, lockfile.ErrHeld) {
		return err
	}
	own, err := s.lock.Stat()
	if err != nil {
		return err
	}
	there, err := os.Stat(name)
	if err == nil && !os.SameFile(own, there) {
		err = fs.ErrNotExist
	}
	return err
}

// close removes the folder.
func (s *scratch) close() error {
	var err error
	if s.lock != nil {
		err = s.lock.Close()
	}
	return errors.Join(err, os.RemoveAll(s.path))
}

// youngScratch is how old a folder without a lock must be to count as abandoned.
const youngScratch = time.Hour

// sweepScratch takes away the scratch folders in a folder whose padan is gone. What
// is not of this user, or cannot be removed, is left alone.
func sweepScratch(in, prefix string) {
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
	name := filepath.Join(path, scratchLock)
	if there, err := os.Lstat(name); err != nil || !there.Mode().IsRegular() {
		if time.Since(info.ModTime()) > youngScratch {
			_ = os.Remove(path) // only if it is empty
		}
		return
	}
	lock, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	abandoned := lockfile.Lock(lock) == nil
	if closing := lock.Close(); abandoned && closing == nil {
		_ = os.RemoveAll(path)
	}
}

// withScratch does work in a scratch folder beside a file that is to be written.
func withScratch(out string, work func(folder string) error) (err error) {
	s, err := openScratch(filepath.Dir(out), lookupScratch)
	if err != nil {
		var path *fs.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return fmt.Errorf("%s: %w", out, err)
	}
	defer func() { err = errors.Join(err, s.close()) }()
	return work(s.path)
}
