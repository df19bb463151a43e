package table

import (
	"errors"
	"strings"

	"padan/normalize"
)

// The ways in which a readable sheet can be no list of persons. They come as
// *HeaderError.
var (
	ErrNoHeader    = errors.New("no header row found")
	ErrNoNIK       = errors.New("column NIK not found")
	ErrNoName      = errors.New("no column holds names")
	ErrAmbiguous   = errors.New("two columns could be the same field")
	ErrNoSuchTitle = errors.New("no column has the title given for a field")
	ErrHashed      = errors.New("NIK and KK are hashed")
	ErrClear       = errors.New("NIK and KK are clear numbers")
	ErrOtherKey    = errors.New("NIK and KK are hashed with another key")
)

// HeaderError says what is wrong with the header of a sheet. It holds titles of
// columns and never the content of a row.
type HeaderError struct {
	Path   string
	Sheet  string          // "" for a delimited file
	Row    int             // of the header; 0 if there is none
	Field  normalize.Field // the field that is missing or ambiguous
	Titles []string        // ErrAmbiguous: the columns in question; ErrNoSuchTitle: the title given
	Seen   []string        // the titles of the header
	Err    error           // one of the sentinels above

	nameless bool // there is no column for names either
}

// Error names file, sheet, row and columns.
func (e *HeaderError) Error() string {
	text := e.Path + ": "
	if e.Sheet != "" {
		text += `sheet "` + e.Sheet + `": `
	}
	text += e.Err.Error()
	if e.Field != normalize.FieldNone {
		text += " (" + e.Field.String() + ")"
	}
	if len(e.Titles) > 0 {
		text += ": " + strings.Join(e.Titles, ", ")
	}
	return text
}

// Unwrap returns the sentinel.
func (e *HeaderError) Unwrap() error { return e.Err }

// noPersons reports whether the sheet seems to be no list of persons at all.
func (e *HeaderError) noPersons() bool {
	return errors.Is(e.Err, ErrNoHeader) || errors.Is(e.Err, ErrNoNIK) && e.nameless
}
