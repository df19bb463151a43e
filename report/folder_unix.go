//go:build !windows

package report

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// lockFolder takes the right to write reports into a folder, which lasts until
// the file is closed or the process ends. ErrFolderBusy if another process has
// it; nil if the file system knows no locks.
func lockFolder(path string) (*os.File, error) {
	folder, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	err = unix.Flock(int(folder.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return folder, nil
	}
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, errors.Join(ErrFolderBusy, folder.Close())
	}
	return nil, folder.Close()
}

// syncFolder makes durable which files a folder has.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	err = folder.Sync()
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) { // not on this file system
		err = nil
	}
	return errors.Join(err, folder.Close())
}

// isOwn reports whether a file belongs to the user who runs padan.
func isOwn(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}
