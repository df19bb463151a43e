package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
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
	case errors.Is(err, ErrEmpty):
		return hintEmpty
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
var foreign = []struct {
	start, name string
	what        Foreign
}{
	{"%PDF-", "a PDF document", ForeignDocument},
	{`{\rtf`, "an RTF document", ForeignDocument},
	{"Rar!", "a RAR archive", ForeignArchive},
	{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", ForeignArchive},
	{"SQLite format 3\x00", "an SQLite database", ForeignData},
	{"\x89PNG", "an image", ForeignPicture},
	{"\xFF\xD8\xFF", "an image", ForeignPicture},
	{"GIF8", "an image", ForeignPicture},
	{"MIME-Version: ", "a web page in a single file (.mht)", ForeignWorkbook},
}

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
	case bytes.HasPrefix(head, []byte("\x1F\x8B")):
		return b.openGzip()
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return b.openCompound(head)
	case isBareXLS(head):
		return b.openXLS(bareStream{b.content()})
	}
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.start)) {
			return b.refuse(f.what, "this is "+f.name+"; export the table as .xlsx or CSV")
		}
	}
	if isTar(head) {
		return b.refuse(ForeignArchive, hintArchive)
	}
	if known, err := b.openMarkup(head); known {
		return err
	}
	return b.openText(head)
}

// lost stands for a sheet of a workbook that cannot be read; the others can.
type lost struct{ err error }

func (l lost) rows() (rowReader, error)               { return nil, l.err }
func (l lost) layout(context.Context) (Layout, error) { return Layout{}, l.err }
