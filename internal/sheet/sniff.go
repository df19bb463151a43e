package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/richardlehane/mscfb"
)

// sniffSize is the number of bytes of the start of a file that decide what it
// is, how its text is encoded and what delimits its cells.
const sniffSize = 256 << 10

// What the user can do.
const (
	hintEmpty   = "export the file again"
	hintSave    = "open it in a spreadsheet program and save it as .xlsx or CSV"
	hintDamaged = "copy or export the file again; or open it in a spreadsheet program, let it repair the file, and save it as .xlsx"
	hintLocked  = "remove the password in the spreadsheet program and save the file again"
	hintCopy    = "copy the file to a local disk and try again"
	hintLarge   = "save only the sheets that are needed in a new file, or as CSV"
)

// hintFor gives the hint for an error inside a file.
func hintFor(err error) string {
	switch {
	case errors.Is(err, ErrTooLarge):
		return hintLarge
	case errors.Is(err, ErrEncrypted):
		return hintLocked
	case errors.Is(err, ErrDamaged):
		return hintDamaged
	case errors.Is(err, ErrUnsupported):
		return hintSave
	}
	return hintCopy
}

// foreign are the starts of files that are text or packed but no table.
var foreign = []struct{ start, name string }{
	{"%PDF-", "a PDF document"},
	{`{\rtf`, "an RTF document"},
	{"\x1F\x8B", "a gzip archive"},
	{"Rar!", "a RAR archive"},
	{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
	{"SQLite format 3\x00", "an SQLite database"},
}

// markup are the starts of web pages and XML documents, in lower case.
var markup = []string{"<html", "<!doctype", "<table", "<head", "<body", "<meta", "<style", "<?xml", "<office:document", "<workbook"}

// recognise finds out what the file is and prepares its sheets.
func (b *Book) recognise() error {
	head := make([]byte, min(b.size, sniffSize))
	n, err := b.source.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return b.fail(withoutPath(err), hintCopy)
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return b.openZip()
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return b.refuseCompound(head)
	}
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.start)) {
			return b.fail(ErrUnsupported, "this is "+f.name+"; export the table as .xlsx or CSV")
		}
	}
	if isMarkup(head) {
		return b.fail(ErrUnsupported, "this is a web page or an XML document; "+hintSave)
	}
	return b.openText(head)
}

// isMarkup recognises HTML and XML by their first tag.
func isMarkup(head []byte) bool {
	start := bytes.TrimPrefix(head[:min(len(head), 256)], []byte("\xEF\xBB\xBF"))
	start = bytes.ToLower(bytes.TrimLeft(start, " \t\r\n"))
	return slices.ContainsFunc(markup, func(tag string) bool { return bytes.HasPrefix(start, []byte(tag)) })
}

// refuseCompound tells what a compound file (OLE) holds: an old .xls, or a
// workbook under a password.
func (b *Book) refuseCompound(head []byte) error {
	holds := b.compoundEntries(head)
	switch {
	case holds("EncryptedPackage"), holds("EncryptionInfo"):
		return b.fail(ErrEncrypted, hintLocked)
	case holds("Workbook"), holds("Book"):
		return b.fail(ErrUnsupported, "this is an old .xls; "+hintSave)
	}
	return b.fail(ErrUnsupported, "this is no workbook that padan knows; "+hintSave)
}

// compoundEntries finds entries of a compound file by name. If its directory
// cannot be read, a name at the start of the file is believed.
func (b *Book) compoundEntries(head []byte) func(name string) bool {
	compound, err := mscfb.New(b.content())
	if err != nil {
		return func(name string) bool { return bytes.Contains(head, utf16Name(name)) }
	}
	return func(name string) bool {
		return slices.ContainsFunc(compound.File, func(f *mscfb.File) bool { return f.Name == name })
	}
}

// utf16Name writes an ASCII name as the directory of a compound file does.
func utf16Name(name string) []byte {
	wide := make([]byte, 0, 2*len(name)+2)
	for i := range len(name) {
		wide = append(wide, name[i], 0)
	}
	return append(wide, 0, 0)
}

// lost stands for a sheet of a workbook that cannot be read; the others can.
type lost struct{ err error }

func (l lost) rows() (rowReader, error)               { return nil, l.err }
func (l lost) layout(context.Context) (Layout, error) { return Layout{}, l.err }
