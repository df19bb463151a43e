package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"strconv"
)

// Kind is what a file is by its content.
type Kind string

// The kinds of file that can be read.
const (
	KindText Kind = "csv"
	KindXLSX Kind = "xlsx"
)

// Row is one line of a sheet. Its strings stay valid; the slices belong to the
// batch it came in.
type Row struct {
	// Number is the 1-based row as a spreadsheet program numbers it; for a
	// delimited file the line on which the row begins.
	Number int
	Cells  []string
	// Numeric tells which cells were numbers; nil if none was.
	Numeric []bool
	// Broken is a stable code if the row could not be read as it was meant:
	// "stray_quote" or "encoding"; "" otherwise.
	Broken string
	// Hidden tells that a spreadsheet program does not show the row.
	Hidden bool
}

// Book is one open file.
type Book struct {
	path   string
	kind   Kind
	file   *os.File
	sheets []*Sheet
}

// Sheet is one table of a Book.
type Sheet struct {
	book   *Book
	name   string
	hidden bool
	read   func(ctx context.Context, size int) iter.Seq2[[]Row, error]
}

// Limits on what a file may unpack to, against files made to exhaust memory.
const (
	maxUnzipped = 8 << 30  // bytes of one part of a workbook
	maxStrings  = 2 << 30  // bytes of all shared strings of a workbook
	maxColumns  = 16_384   // cells of a row, as in Excel
	maxCell     = 1 << 20  // bytes of one cell
	maxRow      = 16 << 20 // bytes of one line of text
)

// Open opens a file and finds out what it is. Errors are *Error.
func Open(path string) (*Book, error) {
	b := &Book{path: path}
	info, err := os.Stat(path)
	if err != nil {
		return nil, b.fail(withoutPath(err), "check the name and the folder of the file")
	}
	switch {
	case info.IsDir():
		return nil, b.fail(ErrDirectory, "name the files in it, for example "+path+"/*.csv")
	case info.Size() == 0:
		return nil, b.fail(ErrEmpty, "export the file again")
	}
	if b.file, err = os.Open(path); err != nil { //nolint:gosec // the user names the file
		return nil, b.fail(withoutPath(err), "check that the file may be read")
	}
	if err := b.recognise(info.Size()); err != nil {
		return nil, errors.Join(err, b.file.Close())
	}
	return b, nil
}

// withoutPath takes the path out of an error of package os, which names it again.
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

// recognise looks at the first bytes of the file.
func (b *Book) recognise(size int64) error {
	head := make([]byte, 64<<10)
	n, err := b.file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return b.fail(err, "copy the file to a local disk and try again")
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return b.openZip(size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return b.refuseCompound()
	case looksBinary(head):
		return b.fail(ErrBinary, "open it in a spreadsheet program and save it as .xlsx or .csv")
	}
	b.kind = KindText
	return b.openText(head)
}

// refuseCompound tells an encrypted .xlsx from an old .xls.
func (b *Book) refuseCompound() error {
	content := make([]byte, 1<<20)
	n, err := b.file.ReadAt(content, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return b.fail(err, "copy the file to a local disk and try again")
	}
	if bytes.Contains(content[:n], utf16Name("EncryptedPackage")) {
		return b.fail(ErrEncrypted, "remove the password in Excel (File, Info, Protect Workbook) and save again")
	}
	return b.fail(ErrUnsupported, "this is an old .xls; save it as .xlsx or .csv")
}

func utf16Name(name string) []byte {
	wide := make([]byte, 0, 2*len(name))
	for i := range len(name) {
		wide = append(wide, name[i], 0)
	}
	return wide
}

// Kind returns what the file is.
func (b *Book) Kind() Kind { return b.kind }

// Sheets lists the sheets in the order of the workbook, hidden ones included.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// Close closes the file.
func (b *Book) Close() error { return b.file.Close() }

// Name returns the sheet's name, "" for a delimited file.
func (s *Sheet) Name() string { return s.name }

// Hidden reports whether a spreadsheet program does not show the sheet.
func (s *Sheet) Hidden() bool { return s.hidden }

// Batches reads the sheet from its first row in batches of at most size rows.
// Every batch is freshly allocated and may be handed to another goroutine. The
// sequence ends after its first error.
func (s *Sheet) Batches(ctx context.Context, size int) iter.Seq2[[]Row, error] {
	return s.read(ctx, max(1, size))
}

// Rows reads the sheet row by row; it ends after its first error.
func (s *Sheet) Rows(ctx context.Context) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for batch, err := range s.Batches(ctx, 256) {
			if err != nil {
				yield(Row{}, err)
				return
			}
			for _, row := range batch {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
