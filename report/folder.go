package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Folder is a folder of reports while its files are written anew. They are
// written into a temporary folder inside it and take the place of the old ones
// when all of them are whole. Create may be called by several goroutines.
type Folder struct {
	// Guard, if set, makes work fit for a goroutine of its own: a panic in it tells
	// nothing of persons. Files of text are then hashed and written while their next
	// rows are made. It is set before the first file is created.
	Guard func(work func()) func()

	path      string
	temporary string
	lock      *os.File // nil where the file system knows no locks
	keep      bool     // the temporary folder has old reports that could not be put back

	mu    sync.Mutex
	files []FileInfo
}

// ErrFolderBusy says that another padan writes reports into the same folder.
var ErrFolderBusy = errors.New("another padan writes reports into this folder")

// temporaryPrefix begins the name of a temporary folder; digits follow.
const temporaryPrefix = ".padan-report-"

// OpenFolder begins reports in the folder at path, which is made if need be, and
// takes away what a padan that was killed left there. The caller must call Close.
func OpenFolder(path string) (*Folder, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, failed(path, err)
	}
	lock, err := lockFolder(path)
	if err != nil {
		return nil, failed(path, err)
	}
	f := &Folder{path: path, lock: lock}
	if lock != nil {
		f.sweep()
	}
	f.temporary, err = os.MkdirTemp(path, temporaryPrefix)
	if err != nil {
		return nil, errors.Join(failed(path, err), f.unlock())
	}
	return f, nil
}

// Create begins a file of the reports. Its name may have folders, separated by
// "/"; the first of them is replaced as a whole.
func (f *Folder) Create(name string) (*File, error) {
	local, place := filepath.FromSlash(name), filepath.Join(f.path, filepath.FromSlash(name))
	if !filepath.IsLocal(local) {
		return nil, failed(place, fs.ErrInvalid)
	}
	at := filepath.Join(f.temporary, local)
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return nil, failed(place, err)
	}
	file, err := createAt(filepath.Dir(at), at, place, name, f.add)
	if err == nil {
		file.guard = f.Guard
	}
	return file, err
}

// MakeFolder makes a folder that is replaced as a whole, even if nothing comes
// to be in it.
func (f *Folder) MakeFolder(name string) error {
	if err := os.MkdirAll(filepath.Join(f.temporary, name), 0o700); err != nil {
		return failed(filepath.Join(f.path, name), err)
	}
	return nil
}

func (f *Folder) add(info FileInfo) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files = append(f.files, info)
}

// Files lists the finished files by name.
func (f *Folder) Files() []FileInfo {
	f.mu.Lock()
	defer f.mu.Unlock()
	files := append([]FileInfo{}, f.files...)
	slices.SortFunc(files, func(a, b FileInfo) int { return strings.Compare(a.Name, b.Name) })
	return files
}

// Close removes all that was not published.
func (f *Folder) Close() error {
	var err error
	if !f.keep {
		err = os.RemoveAll(f.temporary)
	}
	if err != nil {
		err = failed(f.path, err)
	}
	return errors.Join(err, f.unlock())
}

func (f *Folder) unlock() error {
	if f.lock == nil {
		return nil
	}
	return f.lock.Close()
}
