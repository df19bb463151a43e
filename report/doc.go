// Package report writes the outcome of a run as files an office can act on.
//
// Each report is a Table of cells, written as CSV or XLSX by the same code, in
// the order in which its rows come. Reports say everything twice: as a stable
// code for programs and as a sentence in the reader's language.
package report
