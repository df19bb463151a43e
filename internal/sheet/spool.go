package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// spool keeps unpacked content until it is closed: small pieces in memory, others
// in a temporary file that only its owner may read, and that loses its name at
// once where the system allows it.
type spool struct {
	memory int // bytes kept in memory so far
	file   *os.File
	size   int64 // of the file
	named  bool  // the file still has its name
}

// Bounds on what a spool keeps in memory: of one piece, and of all.
const (
	spoolPiece  = 16 << 20
	spoolMemory = 32 << 20
)

// add keeps what a reader delivers, even if it ends in an error.
func (s *spool) add(r io.Reader) (kept *io.SectionReader, err error) {
	room := max(0, min(spoolPiece, spoolMemory-s.memory))
	var start bytes.Buffer
	n, err := io.CopyN(&start, r, int64(room)+1)
	switch {
	case errors.Is(err, io.EOF):
		err = nil
	case err == nil:
		return s.write(io.MultiReader(&start, r))
	}
	s.memory += int(n)
	return io.NewSectionReader(bytes.NewReader(start.Bytes()), 0, n), err //nolint:wrapcheck // of the reader
}

// write adds to the temporary file.
func (s *spool) write(r io.Reader) (*io.SectionReader, error) {
	if s.file == nil {
		file, err := os.CreateTemp("", "padan-*")
		if err != nil {
			return io.NewSectionReader(bytes.NewReader(nil), 0, 0), fmt.Errorf("no temporary file: %w", withoutPath(err))
		}
		s.file, s.named = file, os.Remove(file.Name()) != nil
	}
	from := s.size
	n, err := io.Copy(s.file, r)
	s.size += n
	return io.NewSectionReader(s.file, from, n), withoutPath(err)
}

// Close gives the temporary file back.
func (s *spool) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err //nolint:wrapcheck // it names the temporary file
}

// stream is content that holds several tables, each read from the place where it
// begins.
type stream struct {
	open   func() (r io.Reader, release func(), err error) // from the first byte
	direct *io.SectionReader                               // where it can be read from any place; else nil
	many   bool                                            // so many tables that it is unpacked, once, for the others than the first
	unpack sync.Once
	broken error // how unpacking ended
	spool  spool
}

// from reads on at a place.
func (s *stream) from(place int64) (r io.Reader, release func(), err error) {
	if s.many {
		s.unpack.Do(s.keep)
	}
	if s.direct != nil {
		rest := io.NewSectionReader(s.direct, place, s.direct.Size()-place)
		return io.MultiReader(rest, failing{s.broken}), func() {}, nil
	}
	if r, release, err = s.open(); err != nil {
		return nil, nil, err
	}
	if _, err = io.CopyN(io.Discard, r, place); err != nil {
		release()
		return nil, nil, unexpectedEnd(err)
	}
	return r, release, nil
}

func (s *stream) keep() {
	if s.direct != nil {
		return
	}
	r, release, err := s.open()
	if err != nil {
		s.broken, s.direct = err, io.NewSectionReader(bytes.NewReader(nil), 0, 0)
		return
	}
	defer release()
	s.direct, s.broken = s.spool.add(r)
}

// Close gives back what was unpacked.
func (s *stream) Close() error { return s.spool.Close() }

// failing is a reader that ends in its error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err == nil {
		return 0, io.EOF
	}
	return 0, f.err
}
