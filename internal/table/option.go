package table

import "padan/normalize"

// Options says how a book is to be read. The zero value is the usual way.
type Options struct {
	// Columns gives fields to columns, against what would be found: by the title
	// ("NO. KTP"), or by the letters of a spreadsheet ("#C") where titles are alike.
	Columns map[normalize.Field]string
	// Mapping, if set, says which columns are read and how their values are coded.
	Mapping *Mapping
	// Remembered, if set, returns the mapping kept for a header; see HeaderKey.
	Remembered func(key string) *Mapping
	// WithoutNIK accepts a list of persons that has no column for the NIK.
	WithoutNIK bool
	// AsOf is the day the file speaks of; see normalize.Options.
	AsOf normalize.Date
	// MonthFirst reads 05/12/1987 as 12 May, whatever the values show.
	MonthFirst bool
	// Defaults is the area of rows that name none, where neither the title rows
	// nor the names of sheet and file do.
	Defaults normalize.Area
	// SkipHiddenRows passes over the rows that a spreadsheet program does not show.
	SkipHiddenRows bool
	// Hashed says what NIK and KK must be.
	Hashed Hashed
	// HiddenSheets reads hidden sheets beside the others.
	HiddenSheets bool
}
