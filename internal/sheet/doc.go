// Package sheet reads rows of cells from spreadsheets and delimited files, one
// row at a time.
//
// What a file is, its content decides, never its name. Every cell is delivered
// as the text that is stored, with every digit: a number is never rounded or
// shown through its format. There are three exceptions. A number whose format is
// a date is delivered as ISO 8601 text (1987-12-31, with 1987-12-31 10:30:00 for
// a time beside it); a whole number in exponent form is written out; a truth
// value is TRUE or FALSE. All text is valid UTF-8.
//
// Terms: a Book is one file; a Sheet is one table of it (a delimited file has
// one, without a name); a Row is one line of cells. A row that could not be read
// as it was meant is delivered with a Broken code, and the rows around it are
// not touched.
//
// Each kind of file has one reader: recognise in sniff.go chooses it by the first
// bytes of the file, and it gives the Book its sheets, each with a table that
// delivers rows.
package sheet
