package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"time"

	"padan/internal/sheet"
)

// fingerprint is what tells whether a file is still the one that was hashed.
type fingerprint struct {
	sha256   string // hexadecimal
	size     int64
	modified time.Time
}

// Digest returns the SHA-256 of a file in hexadecimal, as a Source has it. Its errors
// are *sheet.Error and the cause of a cancelled context.
func Digest(ctx context.Context, path string) (string, error) {
	f, err := hash(ctx, path)
	return f.sha256, err
}

// hash reads a file to its end. The file must be one that sheet.Open accepts.
func hash(ctx context.Context, path string) (f fingerprint, err error) {
	file, err := os.Open(path)
	if err != nil {
		return f, &sheet.Error{Path: path, Err: withoutPath(err)}
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return f, &sheet.Error{Path: path, Err: withoutPath(err)}
	}
	digest := sha256.New()
	buffer := make([]byte, 1<<20)
	for {
		n, err := file.Read(buffer)
		digest.Write(buffer[:n])
		f.size += int64(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return f, &sheet.Error{Path: path, Err: withoutPath(err), Hint: "copy the file to a local disk and try again"}
		}
		if ctx.Err() != nil {
			return f, context.Cause(ctx)
		}
	}
	f.sha256, f.modified = hex.EncodeToString(digest.Sum(nil)), info.ModTime()
	return f, nil
}

// unchanged returns ErrChanged if the file is no longer the one that was hashed.
func (f *fingerprint) unchanged(path string) error {
	info, err := os.Stat(path)
	if err != nil || info.Size() != f.size || !info.ModTime().Equal(f.modified) {
		return &sheet.Error{Path: path, Err: ErrChanged, Hint: "load it again when nobody writes to it"}
	}
	return nil
}

// withoutPath takes the path out of an error of package os, which names it again.
func withoutPath(err error) error {
	var pathError *os.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}
