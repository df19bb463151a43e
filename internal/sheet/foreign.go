package sheet

// Foreign is what a file is that holds no table padan can read. Its text is a
// stable code.
type Foreign string

// The kinds of such files.
const (
	ForeignDocument Foreign = "document" // PDF, RTF, a text document: the table must be taken out
	ForeignPicture  Foreign = "picture"
	ForeignArchive  Foreign = "archive"  // packed in a way that padan does not unpack, or in another archive
	ForeignWorkbook Foreign = "workbook" // of a kind that a spreadsheet program can save anew: .xlsb, .mht, older than .xls
	ForeignPage     Foreign = "page"     // a web page without a table
	ForeignData     Foreign = "data"     // a database
)

// ForeignError says what a file is that cannot be read. It is an ErrUnsupported.
type ForeignError struct{ What Foreign }

// Error says the same of all of them; the hint tells more.
func (e *ForeignError) Error() string { return ErrUnsupported.Error() }

// Is reports that it is an ErrUnsupported.
func (e *ForeignError) Is(target error) bool { return target == ErrUnsupported }

// refuse is the error of a file that is something else.
func (b *Book) refuse(what Foreign, hint string) error { return b.fail(&ForeignError{what}, hint) }
