package report

import (
	"archive/zip"
	"cmp"
	"compress/flate"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"

	"github.com/xuri/excelize/v2"
)

// archive is the zip file of a workbook. Excelize by itself collects the whole
// file in memory and writes its sheets in no certain order; an archive keeps the
// compressed parts in a temporary file and writes them sorted by name.
type archive struct {
	out     io.Writer
	spool   *os.File
	deflate *flate.Writer
	parts   []part
	sum     hash.Hash32 // of the part being written
	plain   uint64      // its size
}

// part is a file in the archive and where its compressed bytes begin.
type part struct {
	name       string
	offset     int64
	compressed int64
	plain      uint64
	sum        uint32
}

// newArchive keeps its temporary file in folder.
func newArchive(out io.Writer, folder string) (*archive, error) {
	spool, err := os.CreateTemp(folder, ".parts.*")
	if err != nil {
		return nil, err
	}
	deflate, err := flate.NewWriter(spool, flate.BestSpeed)
	if err != nil {
		return nil, errors.Join(err, spool.Close(), os.Remove(spool.Name()))
	}
	return &archive{out: out, spool: spool, deflate: deflate, sum: crc32.NewIEEE()}, nil
}

// Create begins a part. It implements excelize.ZipWriter.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.end(); err != nil {
		return nil, err
	}
	offset, err := a.spool.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	a.parts = append(a.parts, part{name: name, offset: offset})
	a.deflate.Reset(a.spool)
	a.sum.Reset()
	a.plain = 0
	return partWriter{a}, nil
}

type partWriter struct{ *archive }

func (w partWriter) Write(p []byte) (int, error) {
	n, err := w.deflate.Write(p)
	_, _ = w.sum.Write(p[:n]) // a hash never fails
	w.plain += uint64(n)
	return n, err
}

// end completes the last part.
func (a *archive) end() error {
	if len(a.parts) == 0 {
		return nil
	}
	if err := a.deflate.Close(); err != nil {
		return err
	}
	offset, err := a.spool.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	p := &a.parts[len(a.parts)-1]
	p.compressed, p.plain, p.sum = offset-p.offset, a.plain, a.sum.Sum32()
	return nil
}

// AddFS implements excelize.ZipWriter, which does not use it.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close writes the archive. It implements excelize.ZipWriter.
func (a *archive) Close() error {
	if err := a.end(); err != nil {
		return err
	}
	slices.SortFunc(a.parts, func(p, q part) int { return cmp.Compare(p.name, q.name) })
	z := zip.NewWriter(a.out)
	for i := range a.parts {
		if err := a.copy(z, &a.parts[i]); err != nil {
			return err
		}
	}
	return z.Close()
}

func (a *archive) copy(z *zip.Writer, p *part) error {
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: p.name, Method: zip.Deflate, CRC32: p.sum,
		CompressedSize64: uint64(p.compressed), UncompressedSize64: p.plain,
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, io.NewSectionReader(a.spool, p.offset, p.compressed))
	return err
}

func (a *archive) remove() {
	_ = a.spool.Close()
	_ = os.Remove(a.spool.Name())
}

// newBook returns an empty workbook whose temporary files stay in the folder of
// the report: they hold people's data and may be larger than a memory disk.
func newBook(f *File) *excelize.File {
	return excelize.NewFile(excelize.Options{TmpDir: filepath.Dir(f.path)})
}

// closeBook writes a workbook and publishes its file.
func closeBook(book *excelize.File, f *File) error {
	err := writeBook(book, f)
	if closing := book.Close(); err == nil {
		err = closing
	}
	if err != nil {
		f.discard()
		return failed(f.place, err)
	}
	return f.publish()
}

func writeBook(book *excelize.File, f *File) error {
	a, err := newArchive(f, filepath.Dir(f.path))
	if err != nil {
		return err
	}
	defer a.remove()
	sortContentTypes(book)
	book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return a })
	return book.Write(io.Discard)
}

// sortContentTypes puts the kinds of parts in an order: with charts, excelize
// lists them in that of a map.
func sortContentTypes(book *excelize.File) {
	if types := book.ContentTypes; types != nil {
		sort.Slice(types.Defaults, func(i, j int) bool { return types.Defaults[i].Extension < types.Defaults[j].Extension })
	}
}
