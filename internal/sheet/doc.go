// Package sheet reads rows of cells from spreadsheets and delimited files, one
// row at a time.
//
// What a file is, its content decides, never its name. Every cell is delivered
// as the text that is stored, with every digit: a number is never rounded or
// shown through its format. The one exception is a number whose format is a
// date, which is delivered as ISO 8601 text (1987-12-31).
//
// Terms: a Book is one file; a Sheet is one table of it (a delimited file has
// one, without a name); a Row is one line of cells.
package sheet
