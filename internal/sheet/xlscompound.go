package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/richardlehane/mscfb"
)

// openCompound reads a compound file (OLE): an .xls workbook, or a newer one
// under a password. Others are refused.
func (b *Book) openCompound(head []byte) error {
	sectors := newSectorSource(b.source, b.size)
	compound, err := mscfb.New(sectors)
	if err != nil {
		if bytes.Contains(head, utf16Name("EncryptedPackage")) || bytes.Contains(head, utf16Name("EncryptionInfo")) {
			return b.fail(ErrEncrypted, hintLocked)
		}
		return b.fail(fmt.Errorf("%w: %w", ErrDamaged, err), hintDamaged)
	}
	sectors.openUp()
	if compoundFile(compound, "EncryptedPackage") != nil || compoundFile(compound, "EncryptionInfo") != nil {
		return b.fail(ErrEncrypted, hintLocked)
	}
	for _, name := range [...]string{"Workbook", "Book"} { // some files hold an older copy of the workbook as Book
		if file := compoundFile(compound, name); file != nil {
			return b.openXLS(compoundStream{file: file, size: min(file.Size, b.size)})
		}
	}
	return b.refuse(ForeignWorkbook, "this is no workbook that padan knows; "+hintSave)
}

// compoundFile finds a stream in the root of a compound file.
func compoundFile(compound *mscfb.Reader, name string) *mscfb.File {
	at := slices.IndexFunc(compound.File, func(f *mscfb.File) bool {
		return len(f.Path) == 0 && strings.EqualFold(f.Name, name) && !f.FileInfo().IsDir()
	})
	if at < 0 {
		return nil
	}
	return compound.File[at]
}

// utf16Name writes an ASCII name as the directory of a compound file does.
func utf16Name(name string) []byte {
	wide := make([]byte, 0, 2*len(name)+2)
	for i := range len(name) {
		wide = append(wide, name[i], 0)
	}
	return append(wide, 0, 0)
}

// compoundStream is a stream of a compound file.
type compoundStream struct {
	file *mscfb.File
	size int64
}

func (s compoundStream) length() int64 { return s.size }

// from reads from a place on. Every reader has its own position.
func (s compoundStream) from(place int64) (io.Reader, error) {
	file := *s.file
	if _, err := file.Seek(place, io.SeekStart); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return io.LimitReader(sectorReader{&file}, s.size-place), nil
}

// sectorReader reads sector by sector: of a longer piece of a broken chain the
// container would deliver nothing.
type sectorReader struct{ file *mscfb.File }

// smallSector is the size of a sector of nearly all compound files.
const smallSector = 512

func (s sectorReader) Read(p []byte) (int, error) {
	return s.file.Read(p[:min(len(p), smallSector)]) //nolint:wrapcheck // a reader passes errors on
}

// sectorSource keeps the pages of a file that were read last, for the container
// asks for a few bytes at a time. Until openUp it admits only as many reads as the
// directory of a workbook can need.
type sectorSource struct {
	source  io.ReaderAt
	size    int64
	mutex   sync.Mutex
	pages   [sectorPages]sectorPage
	open    bool
	lookups int64 // steps along a chain that are still admitted
	sectors int64 // bytes of the directory that are still admitted
}

const (
	sectorPages    = 16
	sectorPageSize = 8 << 10
)

type sectorPage struct {
	number int64 // in the file, 1 for the first; 0 if nothing was read
	data   []byte
}

// directoryBytes is the room of two thousand entries; a workbook has a dozen.
const directoryBytes = 256 << 10

func newSectorSource(source io.ReaderAt, size int64) *sectorSource {
	return &sectorSource{source: source, size: size, lookups: size/smallSector + directoryBytes, sectors: size/(16*smallSector) + directoryBytes}
}

// openUp ends the bounds on the directory.
func (s *sectorSource) openUp() { s.open = true }

var errDirectory = errors.New("the directory is longer than that of a workbook can be")

// ReadAt reads a few bytes or a sector. The last sector of a file may be cut short;
// what is missing reads as zeros.
func (s *sectorSource) ReadAt(p []byte, place int64) (int, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if !s.open {
		s.lookups--
		if len(p) >= smallSector {
			s.sectors -= int64(len(p))
		}
		if s.lookups < 0 || s.sectors < 0 {
			return 0, errDirectory
		}
	}
	for read := 0; ; {
		page, err := s.page((place + int64(read)) / sectorPageSize)
		inside := int((place + int64(read)) % sectorPageSize)
		switch {
		case err != nil:
			return read, err
		case inside >= len(page) && place >= s.size:
			return read, io.EOF
		case inside >= len(page):
			clear(p[read:])
			return len(p), nil
		}
		if read += copy(p[read:], page[inside:]); read == len(p) {
			return read, nil
		}
	}
}

// page returns a page of the file; the last one is shorter.
func (s *sectorSource) page(number int64) ([]byte, error) {
	page := &s.pages[number%sectorPages]
	if page.number == number+1 {
		return page.data, nil
	}
	if page.data == nil {
		page.data = make([]byte, sectorPageSize)
	}
	page.number = 0
	n, err := s.source.ReadAt(page.data[:sectorPageSize], number*sectorPageSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, withoutPath(err)
	}
	page.data, page.number = page.data[:n], number+1
	return page.data, nil
}
