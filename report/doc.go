// Package report writes the outcome of a run as files an office can act on.
//
// Each list is a Table of cells, written as CSV, XLSX, JSON Lines or Parquet by
// the same code, in the order in which its rows come. Lists say everything twice:
// as a stable code for programs and as a sentence in the reader's language. What
// states figures, the recap and the page, takes them from one Summary. All files
// of a report are written into a Folder, which publishes them together or not at
// all.
package report
