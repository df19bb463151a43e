package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// lockFolder takes the right to write reports into a folder, which lasts until
// the file is closed or the process ends. ErrFolderBusy if another process has
// it. The right is a file that nobody else may open and that goes with its handle.
func lockFolder(path string) (*os.File, error) {
	path = filepath.Join(path, ".padan-report.lock")
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	handle, err := windows.CreateFile(name, windows.GENERIC_WRITE, 0, nil, windows.OPEN_ALWAYS,
		windows.FILE_ATTRIBUTE_HIDDEN|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		return nil, ErrFolderBusy
	}
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(handle), path), nil
}

// syncFolder does nothing: Windows has no such call, and its file systems keep a
// journal of names.
func syncFolder(string) error { return nil }

// isOwn reports whether a file belongs to the user who runs padan. Here the
// permissions of the folder decide.
func isOwn(fs.FileInfo) bool { return true }
