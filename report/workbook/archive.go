package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"

	"github.com/klauspost/compress/flate"
)

// archive is the zip file of a workbook. Excelize by itself collects the whole
// file in memory and writes its sheets in no certain order; an archive keeps the
// compressed parts in a temporary file and writes them sorted by name. The rows of
// a sheet may be compressed before the rest of its part is known.
type archive struct {
	spool   *os.File
	out     *bufio.Writer // to the spool: flate writes some hundred bytes at a time
	deflate *flate.Writer
	segment segment     // being written
	sum     hash.Hash32 // of it
	parts   []part
	open    bool               // the last part is being written
	rows    map[string]segment // of sheets, by the name of the part in which they stand
	shell   bytes.Buffer       // the rest of such a part
}

// segment is a stretch of a part and where its compressed bytes stand.
type segment struct {
	offset     int64
	compressed int64
	plain      int64 // its size
	sum        uint32
}

// part is a file in the archive.
type part struct {
	name     string
	segments []segment
}

// newArchive keeps its temporary file in folder.
func newArchive(folder string) (*archive, error) {
	spool, err := os.CreateTemp(folder, ".parts.*")
	if err != nil {
		return nil, err
	}
	out := bufio.NewWriterSize(spool, rowsBuffer)
	deflate, err := flate.NewWriter(out, flate.BestSpeed)
	if err != nil {
		return nil, errors.Join(err, spool.Close(), os.Remove(spool.Name()))
	}
	return &archive{spool: spool, out: out, deflate: deflate, sum: crc32.NewIEEE(), rows: map[string]segment{}}, nil
}

// begin begins a segment, which is written by Write.
func (a *archive) begin() error {
	offset, err := a.spool.Seek(0, io.SeekCurrent)
	a.deflate.Reset(a.out)
	a.sum.Reset()
	a.segment = segment{offset: offset}
	return err
}

// Write adds to the segment.
func (a *archive) Write(p []byte) (int, error) {
	n, err := a.deflate.Write(p)
	_, _ = a.sum.Write(p[:n]) // a hash never fails
	a.segment.plain += int64(n)
	return n, err
}

// end completes a segment, which is the last of its part or ends at a whole byte.
func (a *archive) end(last bool) (segment, error) {
	complete := a.deflate.Flush
	if last {
		complete = a.deflate.Close
	}
	if err := complete(); err != nil {
		return segment{}, err
	}
	if err := a.out.Flush(); err != nil {
		return segment{}, err
	}
	end, err := a.spool.Seek(0, io.SeekCurrent)
	a.segment.compressed, a.segment.sum = end-a.segment.offset, a.sum.Sum32()
	return a.segment, err
}

// Create begins a part. It implements excelize.ZipWriter.
func (a *archive) Create(name string) (io.Writer, error) {
	if err := a.endPart(); err != nil {
		return nil, err
	}
	a.parts, a.open = append(a.parts, part{name: name}), true
	if _, ok := a.rows[name]; ok {
		a.shell.Reset()
		return &a.shell, nil
	}
	return a, a.begin()
}

// endPart completes the last part.
func (a *archive) endPart() error {
	if !a.open {
		return nil
	}
	a.open = false
	p := &a.parts[len(a.parts)-1]
	rows, ok := a.rows[p.name]
	if !ok {
		whole, err := a.end(true)
		p.segments = []segment{whole}
		return err
	}
	head, tail, ok := bytes.Cut(a.shell.Bytes(), rowsBegin)
	if !ok {
		return fmt.Errorf("%s has no place for rows", p.name)
	}
	before, err := a.write(false, head, rowsBegin)
	if err != nil {
		return err
	}
	after, err := a.write(true, tail)
	p.segments = []segment{before, rows, after}
	return err
}

// rowsBegin is what stands in the part of a sheet before its rows.
var rowsBegin = []byte("<sheetData>")

// write writes a segment.
func (a *archive) write(last bool, texts ...[]byte) (segment, error) {
	if err := a.begin(); err != nil {
		return segment{}, err
	}
	for _, text := range texts {
		if _, err := a.Write(text); err != nil {
			return segment{}, err
		}
	}
	return a.end(last)
}

// AddFS implements excelize.ZipWriter, which does not use it.
func (a *archive) AddFS(fs.FS) error { return errors.ErrUnsupported }

// Close completes the parts. It implements excelize.ZipWriter.
func (a *archive) Close() error { return a.endPart() }

// copyTo writes the archive.
func (a *archive) copyTo(out io.Writer) error {
	slices.SortFunc(a.parts, func(p, q part) int { return cmp.Compare(p.name, q.name) })
	z := zip.NewWriter(out)
	for i := range a.parts {
		if err := a.copyPart(z, &a.parts[i]); err != nil {
			return err
		}
	}
	return z.Close()
}

func (a *archive) copyPart(z *zip.Writer, p *part) error {
	header := zip.FileHeader{Name: p.name, Method: zip.Deflate}
	for i := range p.segments {
		s := &p.segments[i]
		header.CRC32 = joinedSum(header.CRC32, s.sum, s.plain)
		header.CompressedSize64 += uint64(s.compressed)
		header.UncompressedSize64 += uint64(s.plain)
	}
	w, err := z.CreateRaw(&header)
	for i := 0; i < len(p.segments) && err == nil; i++ {
		s := &p.segments[i]
		_, err = io.Copy(w, io.NewSectionReader(a.spool, s.offset, s.compressed))
	}
	return err
}

func (a *archive) remove() {
	_ = a.spool.Close()
	_ = os.Remove(a.spool.Name())
}
