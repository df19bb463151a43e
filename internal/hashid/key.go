package hashid

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
)

// Bounds of a key, in bytes.
const (
	ShortestKey = 32
	longestKey  = 4096
	// fewestBytes is the number of different bytes that a key has at least: one of
	// fewer was typed and not drawn.
	fewestBytes = 8
)

// Errors of a key. None holds anything of it.
var (
	ErrShortKey = fmt.Errorf("the key is shorter than %d bytes", ShortestKey)
	ErrLongKey  = fmt.Errorf("the key is longer than %d bytes", longestKey)
	ErrOpenKey  = errors.New("others than the owner may read the key (chmod 600)")
	ErrWeakKey  = fmt.Errorf("the key has fewer than %d different bytes", fewestBytes)
)

// Key is what two offices share. It never shows itself.
type Key struct{ secret []byte }

// String stands for the key wherever it is printed.
func (Key) String() string { return "key" }

// GoString stands for the key wherever it is printed.
func (Key) GoString() string { return "key" }

// NewKey makes a key of some bytes, those of a line end behind them left out.
func NewKey(secret []byte) (Key, error) {
	secret = bytes.TrimRight(secret, "\r\n")
	var seen [256]bool
	different := 0
	for _, b := range secret {
		if !seen[b] {
			seen[b] = true
			different++
		}
	}
	switch {
	case len(secret) < ShortestKey:
		return Key{}, ErrShortKey
	case len(secret) > longestKey:
		return Key{}, ErrLongKey
	case different < fewestBytes:
		return Key{}, ErrWeakKey
	}
	return Key{bytes.Clone(secret)}, nil
}

// ReadKey reads the key in a file, which nobody but its owner may be able to read,
// where the system tells. Errors name the file.
func ReadKey(path string) (key Key, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", path, cause(err))
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", path, cause(err))
	}
	if runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o077 != 0 {
		return Key{}, fmt.Errorf("%s: %w", path, ErrOpenKey)
	}
	content, err := io.ReadAll(io.LimitReader(f, longestKey+3))
	if err != nil {
		return Key{}, fmt.Errorf("%s: %w", path, cause(err))
	}
	if key, err = NewKey(content); err != nil {
		return Key{}, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// WriteKey draws a key of 256 bits and writes it to a new file as 64 hexadecimal
// digits, which survive mail and editors. Only the owner may read the file. A file
// that is there is not touched.
func WriteKey(path string) (err error) {
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		return fmt.Errorf("draw a key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%s: %w", path, cause(err))
	}
	_, err = f.WriteString(hex.EncodeToString(secret[:]) + "\n")
	err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close()) // whatever the umask
	if err != nil {
		return errors.Join(fmt.Errorf("%s: %w", path, cause(err)), os.Remove(path))
	}
	return nil
}

// cause takes the path out of an error of package os.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
