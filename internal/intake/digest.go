package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"

	"padan/internal/sheet"
)

// fingerprint is what tells whether a file is still the one that was hashed.
type fingerprint struct {
	book   *sheet.Book
	path   string
	sha256 string // hexadecimal
	size   int64
	info   fs.FileInfo // of the file that is open, from before it was hashed
}

// Digest returns the SHA-256 of a file in hexadecimal, as a Source has it. Its errors
// are *sheet.Error and the cause of a cancelled context.
func Digest(ctx context.Context, path string) (digest string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", &sheet.Error{Path: path, Err: withoutPath(err)}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	digest, _, err = hash(ctx, file, path)
	return digest, err
}

// takeFingerprint hashes what is open as a book, under the name that messages use.
func takeFingerprint(ctx context.Context, book *sheet.Book, path string) (*fingerprint, error) {
	f := &fingerprint{book: book, path: path}
	var err error
	if f.info, err = book.Stat(); err != nil {
		return nil, &sheet.Error{Path: path, Err: withoutPath(err)}
	}
	content := book.Content()
	if f.sha256, f.size, err = hash(ctx, content, path); err != nil {
		return nil, err
	}
	// It was opened with one size: what came behind it since then would not be read.
	if f.size != content.Size() || f.info != nil && f.info.Size() != f.size {
		return nil, f.changed()
	}
	return f, nil
}

// hash reads to the end.
func hash(ctx context.Context, content io.Reader, path string) (sum string, size int64, err error) {
	digest := sha256.New()
	buffer := make([]byte, 1<<20)
	for {
		n, err := content.Read(buffer)
		digest.Write(buffer[:n])
		size += int64(n)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(digest.Sum(nil)), size, nil
		}
		if err != nil {
			return "", size, &sheet.Error{Path: path, Err: withoutPath(err), Hint: "copy the file to a local disk and try again"}
		}
		if ctx.Err() != nil {
			return "", size, context.Cause(ctx)
		}
	}
}

// unchanged returns ErrChanged if the name no longer leads to the file that was hashed,
// or the file no longer holds what it held. Times and sizes alone do not tell: a file
// may be written over within the tick of the clock that it was last written in.
func (f *fingerprint) unchanged(ctx context.Context) error {
	if err := f.book.Failure(); err != nil {
		return err //nolint:wrapcheck // says file and hint
	}
	if f.info != nil {
		info, err := os.Stat(f.path)
		if err != nil || !os.SameFile(info, f.info) || info.Size() != f.info.Size() || !info.ModTime().Equal(f.info.ModTime()) {
			return f.changed()
		}
	}
	sum, size, err := hash(ctx, f.book.Content(), f.path)
	if err == nil && (size != f.size || sum != f.sha256) {
		return f.changed()
	}
	return err
}

func (f *fingerprint) changed() error {
	return &sheet.Error{Path: f.path, Err: ErrChanged, Hint: "try again when nobody writes to it"}
}

// blame tells why a file could not be read: one that the storage refused, or that changed
// meanwhile, is not to be called damaged or cut off.
func (f *fingerprint) blame(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	if failure := f.book.Failure(); failure != nil {
		return failure
	}
	if changed := f.unchanged(ctx); errors.Is(changed, ErrChanged) {
		return changed
	}
	return err
}

// withoutPath takes the path out of an error of package os, which names it again.
func withoutPath(err error) error {
	var pathError *os.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
