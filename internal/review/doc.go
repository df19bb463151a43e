// Package review finds the pairs of a run that a person must decide, and reads the
// decisions back from the spreadsheets in which they were made.
//
// A reviewed row names its two records by what they say, not by where they stand:
// it is understood whatever became of the order of rows, of the file, or of the
// run, and refused if one of the records says something else by now.
package review
