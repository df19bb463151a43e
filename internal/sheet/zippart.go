package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
)

// zipPart reads one part of a packed file, up to the limits.
type zipPart struct {
	source io.ReadCloser
	read   int64
	limit  int64
}

func (w *workbook) openPart(file *zip.File) (*zipPart, error) { return openPart(file, &w.book.limits) }

// openPart opens a part. One that says it unpacks to more than the limits is
// refused at once.
func openPart(file *zip.File, limits *Limits) (*zipPart, error) {
	limit := unpackedLimit(limits, int64(min(file.CompressedSize64, 1<<40)))
	if file.UncompressedSize64 > uint64(limit) {
		return nil, ErrTooLarge
	}
	source, err := file.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return nil, fmt.Errorf("%w: packed by an unusual method", ErrUnsupported)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return &zipPart{source: source, limit: limit}, nil
}

// unpackedLimit returns the bytes that so many packed ones may unpack to.
func unpackedLimit(limits *Limits, packed int64) int64 {
	return min(limits.Unzipped, max(limits.Floor, packed*limits.Ratio))
}

// Read reads on; errors are io.EOF, ErrTooLarge and those of the packing.
func (p *zipPart) Read(b []byte) (int, error) {
	n, err := p.source.Read(b)
	p.read += int64(n)
	if p.read > p.limit {
		return n, ErrTooLarge
	}
	return n, err //nolint:wrapcheck // a reader passes errors on
}

// close frees the part; it was only read, so nothing can go wrong.
func (p *zipPart) close() { _ = p.source.Close() }

// partError says of an error inside a part that the workbook is damaged, unless
// the error is of another kind.
func partError(err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrEncrypted) || errors.Is(err, ErrUnsupported) || errors.Is(err, ErrDamaged) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}
