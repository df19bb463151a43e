package sheet

import (
	"errors"
	"strconv"
	"strings"
)

// The ways in which a file can be no readable table.
var (
	ErrEmpty       = errors.New("the file is empty")
	ErrDirectory   = errors.New("this is a folder, not a file")
	ErrBinary      = errors.New("the file is neither a spreadsheet nor text")
	ErrDamaged     = errors.New("the workbook is damaged or cut off")
	ErrEncrypted   = errors.New("the workbook is protected by a password")
	ErrUnsupported = errors.New("this kind of file cannot be read")
	ErrTooLarge    = errors.New("the workbook unpacks to more than is allowed")
	ErrNoHeader    = errors.New("no header row found")
)

// The codes of Row.Broken.
const (
	BrokenQuote     = "stray_quote"   // quotes do not pair and the cells are not those of the table
	BrokenEncoding  = "encoding"      // some bytes are neither UTF-8 nor windows-1252; U+FFFD stands for them
	BrokenLong      = "too_long"      // a cell or the line is longer than Limits; it is cut
	BrokenWide      = "too_wide"      // the row has more cells than Limits; the others are missing
	BrokenReference = "bad_reference" // a cell refers to a text that the workbook does not hold
)

// Error says where reading failed. It never holds the content of a cell.
type Error struct {
	Path   string
	Sheet  string // "" for a delimited file or the whole workbook
	Row    int    // 0 = not in a row
	Column string // "" = not in a column
	Err    error
	Hint   string // what the user can do about it
}

// Error names file, sheet, row and column as far as they are known.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString(e.Path)
	if e.Sheet != "" {
		text.WriteString(`: sheet "` + e.Sheet + `"`)
	}
	if e.Row > 0 {
		text.WriteString(": row " + strconv.Itoa(e.Row))
	}
	if e.Column != "" {
		text.WriteString(": column " + e.Column)
	}
	text.WriteString(": " + e.Err.Error())
	return text.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }
