package sheet

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
)

// xlsStream is the stream of records of an .xls workbook.
type xlsStream interface {
	length() int64
	// from reads from a place on; readers do not disturb each other.
	from(place int64) (io.Reader, error)
}

// xlsWorkbook is what an .xls file says of itself outside its sheets.
type xlsWorkbook struct {
	book     *Book
	stream   xlsStream
	size     int64 // of the stream
	unicode  bool  // texts are those of Excel 97 and later
	codePage int   // of the texts of older ones, 0 if it is UTF-8 or windows-1252
	base     int   // days from the start of the 1900 calendar to that of the workbook
	dates    []bool
	strings  *xlsStrings
}

// The content of a BOF record: version of the format and kind of substream.
const (
	versionUnicode = 0x0600 // Excel 97 and later (BIFF8)
	streamGlobals  = 0x0005
	streamSheet    = 0x0010
)

// openXLS reads a workbook out of its stream.
func (b *Book) openXLS(stream xlsStream) error {
	w := &xlsWorkbook{book: b, stream: stream, size: stream.length()}
	if w.size > b.limits.Unzipped {
		return b.fail(ErrTooLarge, hintLarge)
	}
	w.strings = &xlsStrings{workbook: w}
	if err := w.open(); err != nil {
		err = partError(err)
		return b.fail(err, hintFor(err))
	}
	b.kind = KindXLS
	return nil
}

// bareStream is a stream of records without a container, which is what some
// programs write as .xls.
type bareStream struct{ content *io.SectionReader }

func (s bareStream) length() int64 { return s.content.Size() }

func (s bareStream) from(place int64) (io.Reader, error) {
	return io.NewSectionReader(s.content, place, s.content.Size()-place), nil
}

// isBareXLS recognises a bare stream by its first record.
func isBareXLS(head []byte) bool {
	return len(head) >= 8 && bytes.HasPrefix(head, []byte{recordBOF & 0xFF, recordBOF >> 8}) && head[3] == 0 && head[7] == 0 &&
		(head[2] == 8 || head[2] == 16) && (head[6] == streamGlobals || head[6] == streamSheet)
}

// records reads from a place of the stream up to another.
func (w *xlsWorkbook) records(from, to int64) (*recordReader, error) {
	if from >= min(to, w.size) {
		return nil, io.ErrUnexpectedEOF
	}
	source, err := w.stream.from(from)
	if err != nil {
		return nil, err //nolint:wrapcheck // it is one of ours
	}
	return newRecordReader(source, min(to, w.size)-from), nil
}

// open reads the records of the workbook and the places of its sheets. A stream
// may be that of a sheet alone.
func (w *xlsWorkbook) open() error {
	r, err := w.records(0, w.size)
	if err != nil {
		return err
	}
	if err := r.next(); err != nil {
		return unexpectedEnd(err)
	}
	if r.id != recordBOF {
		return errNoBeginning
	}
	w.unicode = r.word(0) == versionUnicode
	alone := r.word(2) == streamSheet
	if !alone {
		w.codePage = 1252
	}
	entries, err := w.readGlobals(substream{r})
	switch {
	case alone && !errors.Is(err, ErrEncrypted): // other faults show when the sheet is read
		w.book.sheets = []*Sheet{{book: w.book, table: &xlsSheet{workbook: w, to: w.size}}}
		return nil
	case err != nil:
		return err
	}
	w.addSheets(entries)
	if len(w.book.sheets) == 0 {
		return errNoSheet
	}
	return nil
}

var errNoBeginning = errors.New("the stream does not begin as that of a workbook")

// xlsEntry is a sheet as the workbook lists it.
type xlsEntry struct {
	name   string
	hidden bool
	place  int64
	sound  bool  // a sheet begins there
	end    int64 // where the next one begins, or the stream ends
}

// readGlobals reads the records of the workbook.
func (w *xlsWorkbook) readGlobals(r substream) (entries []xlsEntry, err error) {
	var formats []int // by cell style
	custom := map[int]bool{}
	for {
		switch err := r.next(); {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			w.dates = make([]bool, len(formats))
			for style, format := range formats {
				date, ok := custom[format]
				w.dates[style] = ok && date || !ok && isBuiltinDate(format)
			}
			return entries, nil
		case err != nil:
			return nil, err
		}
		switch r.id {
		case recordCodePage:
			w.codePage = r.word(0)
		case recordDateMode:
			if r.word(0) == 1 {
				w.base = days1904
			}
		case recordFormat:
			if len(custom) < maxStyles {
				id := r.word(0)
				custom[id] = isDateFormat(w.formatCode(r))
			}
		case recordXF:
			if len(formats) < maxStyles {
				formats = append(formats, r.word(2))
			}
		case recordSST:
			if w.strings.place == 0 {
				w.strings.place = r.place
			}
		case recordBoundSheet:
			if e, ok := w.sheetEntry(r); ok && len(entries) < maxSheets {
				entries = append(entries, e)
			}
		}
	}
}

// formatCode reads the code of a number format.
func (w *xlsWorkbook) formatCode(r substream) string {
	size := 1
	if w.unicode {
		size = 2
	}
	return w.text(r, 2, size)
}

// text reads a text of the workbook that stands in a record; its length has
// countSize bytes.
func (w *xlsWorkbook) text(r substream, at, countSize int) string {
	if len(r.data) <= at {
		return ""
	}
	rest := xlsText{records: r.recordReader, rest: r.data[at:]}
	var text []byte
	if w.unicode {
		text, _ = rest.append(nil, countSize)
	} else if count, ok := rest.number(countSize); ok {
		text, _ = appendBytes(nil, rest.rest[:min(int(count), len(rest.rest))], w.codePage)
	}
	text, _ = validCell(text, 0, w.book.limits.Cell)
	return string(text)
}

// sheetEntry reads where a sheet stands. Charts and programs hold no cells.
func (w *xlsWorkbook) sheetEntry(r substream) (e xlsEntry, ok bool) {
	if len(r.data) < 6 || r.data[5] != 0 {
		return e, false
	}
	e.place = int64(r.word(0)) | int64(r.word(2))<<16
	e.hidden = r.data[4]&3 != 0
	e.name = w.text(r, 6, 1)
	return e, true
}

// addSheets makes the sheets of the book. A sheet ends at the latest where
// another one begins, so that no part of the stream is read for two of them.
func (w *xlsWorkbook) addSheets(entries []xlsEntry) {
	order := make([]*xlsEntry, len(entries))
	for i := range entries {
		order[i] = &entries[i]
	}
	slices.SortStableFunc(order, func(a, b *xlsEntry) int { return cmp.Compare(a.place, b.place) })
	last := int64(0)
	for _, e := range order {
		e.sound = e.place > last && w.beginsSheet(e.place)
		if e.sound {
			last = e.place
		}
	}
	end := w.size
	for _, e := range slices.Backward(order) {
		if e.end = end; e.sound {
			end = e.place
		}
	}
	for _, e := range entries {
		s := &Sheet{book: w.book, name: e.name, hidden: e.hidden, table: lost{err: fmt.Errorf("%w: %w", ErrDamaged, errMissingSheet)}}
		if e.sound {
			s.table = &xlsSheet{workbook: w, from: e.place, to: e.end}
		}
		w.book.sheets = append(w.book.sheets, s)
	}
}

// beginsSheet reports whether a sheet begins at a place.
func (w *xlsWorkbook) beginsSheet(place int64) bool {
	r, err := w.records(place, min(place+smallSector, w.size))
	return err == nil && r.next() == nil && r.id == recordBOF && r.word(2) == streamSheet
}
