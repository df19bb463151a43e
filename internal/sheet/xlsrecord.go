package sheet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The records of an .xls workbook that are read ([MS-XLS] 2.3; those of Excel 5
// and 95 have the same numbers).
const (
	recordFormula    = 0x0006
	recordEOF        = 0x000A
	recordDateMode   = 0x0022
	recordFilePass   = 0x002F
	recordContinue   = 0x003C
	recordCodePage   = 0x0042
	recordColInfo    = 0x007D
	recordBoundSheet = 0x0085
	recordMulRK      = 0x00BD
	recordRString    = 0x00D6
	recordXF         = 0x00E0
	recordMergeCells = 0x00E5
	recordSST        = 0x00FC
	recordLabelSST   = 0x00FD
	recordNumber     = 0x0203
	recordLabel      = 0x0204
	recordBoolErr    = 0x0205
	recordString     = 0x0207
	recordRow        = 0x0208
	recordRK         = 0x027E
	recordFormat     = 0x041E
	recordBOF        = 0x0809
)

// holdsCell reports whether a record holds cells that are not empty. All of them
// begin with the numbers of row and column.
func holdsCell(id uint16) bool {
	switch id {
	case recordFormula, recordMulRK, recordRString, recordLabelSST, recordNumber, recordLabel, recordBoolErr, recordRK:
		return true
	}
	return false
}

// recordHeader is the size of number and length before the content of a record.
const recordHeader = 4

// recordBuffer holds several records of any length.
const recordBuffer = 72 << 10

// recordReader splits a stream into records.
type recordReader struct {
	source   io.Reader
	failure  error // how source ended
	buffer   []byte
	from, to int    // the part of buffer that is still to be read
	place    int64  // of the record in what source delivers
	end      int64  // of the record
	id       uint16 // what the record is
	data     []byte // its content, valid until the next call
}

// newRecordReader reads size bytes at most.
func newRecordReader(source io.Reader, size int64) *recordReader {
	return &recordReader{source: io.LimitReader(source, size), buffer: make([]byte, max(recordHeader, min(size, recordBuffer)))}
}

// next reads the next record; io.EOF at the end of the stream.
func (r *recordReader) next() error {
	size, err := r.length()
	if err != nil {
		return err
	}
	if r.to-r.from < size {
		if err := r.fill(size); err != nil {
			return err
		}
	}
	record := r.buffer[r.from : r.from+size]
	r.id, r.data = binary.LittleEndian.Uint16(record), record[recordHeader:]
	r.from += size
	r.place, r.end = r.end, r.end+int64(size)
	return nil
}

// length returns that of the next record with its header.
func (r *recordReader) length() (int, error) {
	if r.to-r.from < recordHeader {
		if err := r.fill(recordHeader); err != nil {
			return 0, err
		}
	}
	return recordHeader + int(binary.LittleEndian.Uint16(r.buffer[r.from+2:])), nil
}

// nextIs goes on to the next record if it is of this kind.
func (r *recordReader) nextIs(id uint16) bool {
	if _, err := r.length(); err != nil || binary.LittleEndian.Uint16(r.buffer[r.from:]) != id {
		return false
	}
	return r.next() == nil
}

// fill makes size bytes available.
func (r *recordReader) fill(size int) error {
	r.to = copy(r.buffer, r.buffer[r.from:r.to])
	r.from = 0
	for r.to < len(r.buffer) && r.failure == nil {
		var n int
		n, r.failure = r.source.Read(r.buffer[r.to:])
		r.to += n
	}
	switch {
	case r.to >= size:
		return nil
	case r.failure != nil && r.failure != io.EOF: //nolint:errorlint // a reader returns it bare
		return r.failure
	case r.to > 0:
		return io.ErrUnexpectedEOF
	}
	return io.EOF
}

var errShortRecord = errors.New("a record is shorter than its kind")

// substream delivers the records of one sheet, or those of the workbook, without
// the streams that are embedded in it, such as charts.
type substream struct{ *recordReader }

// next reads the next record; io.EOF behind the last one.
func (s substream) next() error {
	for depth := 0; ; {
		err := s.recordReader.next()
		switch {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return fmt.Errorf("%w: %w", ErrDamaged, errNoEnd)
		case err != nil:
			return partError(err)
		case s.id == recordFilePass:
			return ErrEncrypted
		case s.id == recordBOF:
			depth++
		case s.id == recordEOF && depth == 0:
			return io.EOF
		case s.id == recordEOF:
			depth--
		case depth == 0:
			return nil
		}
	}
}

// word reads two bytes of the record, 0 if it is shorter.
func (r *recordReader) word(at int) int {
	if len(r.data) < at+2 {
		return 0
	}
	return int(binary.LittleEndian.Uint16(r.data[at:]))
}
