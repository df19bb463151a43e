package sheet

import (
	"errors"
	"io"
	"sync/atomic"
)

// source is the bytes of a Book.
type source interface {
	io.ReaderAt
	io.Closer
}

// unclosed is a source that has nothing to close, or that another one closes.
type unclosed struct{ io.ReaderAt }

func (unclosed) Close() error { return nil }

// watched is a source that remembers that it could not be read. Its readers may take
// that for damage of the file, or do without a part.
type watched struct {
	source
	failure atomic.Pointer[error] // the first
}

// ReadAt implements io.ReaderAt.
func (w *watched) ReadAt(b []byte, at int64) (int, error) {
	n, err := w.source.ReadAt(b, at)
	if err != nil && !errors.Is(err, io.EOF) {
		w.failure.CompareAndSwap(nil, &err)
	}
	return n, err //nolint:wrapcheck // a reader passes errors on
}

// Failure is the *Error of the first read that the storage refused; nil if all bytes
// were there that were asked for. Whatever was read of such a Book may be a part only.
func (b *Book) Failure() error {
	if failure := b.source.failure.Load(); failure != nil {
		return b.fail(withoutPath(*failure), hintStorage)
	}
	return nil
}

// Failure is that of the Book.
func (s *Sheet) Failure() error { return s.book.Failure() }

// hintStorage is for a file that cannot be read where it lies.
const hintStorage = "copy the file to a local disk and try again"
