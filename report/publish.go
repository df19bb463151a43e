package report

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ErrPlaceTaken says that a report would take the place of something that is none.
var ErrPlaceTaken = errors.New("a folder stands in the place of a file, or the other way round")

// What is replaced is kept in a folder of the temporary one. Its name tells
// whether all is published: if not, it is put back.
const (
	keptFolder = ".old"
	doneFolder = ".done"
)

// Publish makes everything durable and moves it to its place, the manifest last.
// If a step fails, those before it are undone, so that the old reports are back;
// if padan is killed meanwhile, the next OpenFolder undoes them. Other files of
// the folder stay as they are.
func (f *Folder) Publish() error {
	names, err := f.finish()
	if err != nil {
		return failed(f.path, err)
	}
	for i, name := range names {
		if err := f.replace(name); err != nil {
			return errors.Join(failed(filepath.Join(f.path, name), err), f.restore(names[:i]))
		}
	}
	err = syncFolder(f.path)
	if err == nil {
		err = os.Rename(f.inside(keptFolder), f.inside(doneFolder))
	}
	if err != nil {
		return errors.Join(failed(f.path, err), f.restore(names))
	}
	return nil
}

// inside is a path in the temporary folder.
func (f *Folder) inside(names ...string) string {
	return filepath.Join(f.temporary, filepath.Join(names...))
}

// finish makes the folders durable and lists what is to be published.
func (f *Folder) finish() ([]string, error) {
	err := filepath.WalkDir(f.temporary, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		return syncFolder(path)
	})
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(f.temporary)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if i := slices.Index(names, manifestName); i >= 0 {
		names = append(slices.Delete(names, i, i+1), manifestName)
	}
	return names, os.Mkdir(f.inside(keptFolder), 0o700)
}

// replace moves a finished file or folder to its place. What stood there is
// kept; a file has its place until the new one takes it.
func (f *Folder) replace(name string) error {
	from, to, kept := f.inside(name), filepath.Join(f.path, name), f.inside(keptFolder, name)
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	switch old, err := os.Lstat(to); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case old.IsDir() != info.IsDir():
		return ErrPlaceTaken
	case old.IsDir() || os.Link(to, kept) != nil:
		if err := os.Rename(to, kept); err != nil {
			return err
		}
	}
	if err := os.Rename(from, to); err != nil {
		return errors.Join(err, f.putBack(name))
	}
	return nil
}

// restore undoes replace, the last first.
func (f *Folder) restore(names []string) error {
	var err error
	for _, name := range slices.Backward(names) {
		if moving := os.Rename(filepath.Join(f.path, name), f.inside(name)); moving != nil && !errors.Is(moving, fs.ErrNotExist) {
			f.keep = true
			err = errors.Join(err, failed(filepath.Join(f.path, name), moving))
			continue
		}
		err = errors.Join(err, f.putBack(name))
	}
	return err
}

// putBack gives what was kept its place again, if there was anything.
func (f *Folder) putBack(name string) error {
	err := os.Rename(f.inside(keptFolder, name), filepath.Join(f.path, name))
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	f.keep = true
	return failed(filepath.Join(f.path, name), err)
}

// sweep takes away the temporary folders of a padan that was killed. What it was
// about to replace is put back. Folders that are not padan's own, or not of this
// user, are left alone, and so is what cannot be removed: the next report tries
// again. The caller holds the lock.
func (f *Folder) sweep() {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !isTemporary(entry.Name()) {
			continue
		}
		left := Folder{path: f.path, temporary: filepath.Join(f.path, entry.Name())}
		info, err := os.Lstat(left.temporary)
		if err != nil || !info.IsDir() || !isOwn(info) {
			continue
		}
		_ = left.restore(left.unfinished())
		_ = left.Close()
	}
}

// unfinished lists what a padan that was killed had replaced.
func (f *Folder) unfinished() []string {
	var names []string
	entries, err := os.ReadDir(f.inside(keptFolder))
	if err != nil {
		return nil
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// isTemporary reports whether OpenFolder gives such names.
func isTemporary(name string) bool {
	digits, ok := strings.CutPrefix(name, temporaryPrefix)
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}
