package sheet

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
)

// Kind is what a file is by its content.
type Kind string

// The kinds of file that can be read.
const (
	KindText Kind = "csv"
	KindXLSX Kind = "xlsx"
	KindXLS  Kind = "xls"
	KindODS  Kind = "ods"
	KindHTML Kind = "html"
	KindZIP  Kind = "zip"
)

// Book is one open file. Its sheets may be read at the same time.
type Book struct {
	path   string
	kind   Kind
	source *watched
	size   int64
	limits Limits
	sheets []*Sheet
	member bool        // it is packed in an archive
	extra  []io.Closer // what its reader has to give back
}

// Sheet is one table of a Book.
type Sheet struct {
	book   *Book
	name   string
	hidden bool
	text   bool
	table  table
}

// table is what the reader of a kind of file does for one sheet.
type table interface {
	// rows starts at the first row.
	rows() (rowReader, error)
	// layout reads what stands beside the cells.
	layout(ctx context.Context) (Layout, error)
}

// rowReader delivers the rows of one sheet in their order.
type rowReader interface {
	// next adds one row to the batch; io.EOF after the last one.
	next(b *batch) error
	// at returns the number of the row at which the reader is, 0 before the first.
	at() int
	close()
}

// Open opens a file and finds out what it is, within DefaultLimits. Errors are
// *Error; errors.Is finds those of package os in them.
func Open(path string) (*Book, error) { return OpenWithin(path, DefaultLimits()) }

// OpenWithin is Open with limits of one's own.
func OpenWithin(path string, limits Limits) (*Book, error) {
	b := &Book{path: path, limits: limits}
	info, err := os.Stat(path)
	if err != nil {
		return nil, b.fail(withoutPath(err), "check the name and the folder of the file")
	}
	switch {
	case info.IsDir():
		return nil, b.fail(ErrDirectory, "name the files in it")
	case !info.Mode().IsRegular():
		return nil, b.fail(ErrUnsupported, "save it as a file on disk first")
	case info.Size() == 0:
		return nil, b.fail(ErrEmpty, hintEmpty)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, b.fail(withoutPath(err), "check that the file may be read")
	}
	b.source, b.size = &watched{source: file}, info.Size()
	return b.begin()
}

// OpenSource is OpenWithin for size bytes that are no file, or are part of one.
// name stands for the path in errors. Closing the Book closes source if it is an
// io.Closer; an error of OpenSource leaves it open.
func OpenSource(name string, content io.ReaderAt, size int64, limits Limits) (*Book, error) {
	b := &Book{path: name, limits: limits, size: size, source: &watched{source: unclosed{content}}}
	if size == 0 {
		return nil, b.fail(ErrEmpty, hintEmpty)
	}
	opened, err := b.begin()
	if closer, ok := content.(source); ok && err == nil {
		opened.source.source = closer
	}
	return opened, err
}

// begin finds out what the source is; an error closes everything.
func (b *Book) begin() (*Book, error) {
	err := b.recognise()
	if failure := b.Failure(); failure != nil {
		err = failure
	}
	if err != nil {
		_ = b.Close() // nothing was written
		return nil, err
	}
	return b, nil
}

// withoutPath takes the path out of an error of package os, since Error names it.
func withoutPath(err error) error {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err
	}
	return err
}

func (b *Book) fail(err error, hint string) error {
	return &Error{Path: b.path, Err: err, Hint: hint}
}

// Content returns the bytes of the file that is open, as long as it was then, even if
// another one has its name by now.
func (b *Book) Content() *io.SectionReader { return b.content() }

// Stat describes the file that is open; nil if the book is none.
func (b *Book) Stat() (fs.FileInfo, error) {
	if file, ok := b.source.source.(*os.File); ok {
		return file.Stat() //nolint:wrapcheck // the caller says which file
	}
	return nil, nil
}

// content returns the bytes of the file from the first one on.
func (b *Book) content() *io.SectionReader { return io.NewSectionReader(b.source, 0, b.size) }

// Kind returns what the file is.
func (b *Book) Kind() Kind { return b.kind }

// Sheets lists the sheets in the order of the workbook, hidden ones included.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// Close closes the file.
func (b *Book) Close() error {
	failures := []error{b.source.Close()}
	for _, c := range b.extra {
		failures = append(failures, c.Close())
	}
	return errors.Join(failures...)
}

// Name returns the sheet's name, "" for a delimited file and for the only table
// of a web page. In an archive the name of the packed file stands before it.
func (s *Sheet) Name() string { return s.name }

// Hidden reports whether a spreadsheet program does not show the sheet.
func (s *Sheet) Hidden() bool { return s.hidden }

// Delimited reports whether the sheet is delimited text: there a row that is
// shorter or longer than the header is a torn or a joined line, while the rows of
// a spreadsheet end with their last cell that is not empty.
func (s *Sheet) Delimited() bool { return s.text }

// Batches reads the sheet from its first row in batches of size rows; the last
// one is smaller, and so is one of very long rows. Every batch is freshly
// allocated and may be handed to another goroutine. The sequence ends after its
// first error, which is an *Error or that of the context; the rows above it have
// been delivered. No goroutine runs, and leaving the loop early frees everything.
func (s *Sheet) Batches(ctx context.Context, size int) iter.Seq2[[]Row, error] {
	return func(yield func([]Row, error) bool) {
		reader, err := s.table.rows()
		if err != nil {
			yield(nil, s.fail(0, err))
			return
		}
		defer reader.close()
		b := newBatch(max(1, size))
		for {
			err := fillBatch(ctx, reader, b)
			if len(b.rows) > 0 && !yield(b.take(), nil) {
				return
			}
			if err == io.EOF { //nolint:errorlint // next returns it bare
				return
			}
			if err != nil {
				yield(nil, s.fail(reader.at(), err))
				return
			}
		}
	}
}

func fillBatch(ctx context.Context, reader rowReader, b *batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	for !b.full() {
		if err := reader.next(b); err != nil {
			return err
		}
	}
	return nil
}

// fail locates an error of a reader.
func (s *Sheet) fail(row int, err error) error {
	var located *Error
	switch {
	case errors.As(err, &located), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return &Error{Path: s.book.path, Sheet: s.name, Row: row, Err: err, Hint: hintFor(err)}
}

// Rows reads the sheet row by row. It ends after its first error, like Batches,
// which is faster where rows go to another goroutine.
func (s *Sheet) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for rows, err := range s.Batches(ctx, 256) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// Layout reads what stands beside the cells of the sheet; a delimited file has
// none of it. It costs about as much as unpacking the sheet.
func (s *Sheet) Layout(ctx context.Context) (Layout, error) {
	l, err := s.table.layout(ctx)
	if err != nil {
		return Layout{}, s.fail(0, err)
	}
	return l, nil
}
