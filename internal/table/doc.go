// Package table finds the list of persons in a sheet: its header, what each
// column holds, how the values are coded, and the part that each row plays.
//
// Survey looks at the first rows of every sheet of a book and gives a Plan, with
// a Table for each sheet. A Table's Lines then take the rows one after the other
// and tell persons from titles, repeated headers, groups, families, totals and
// signatures; what stands once for several persons (the KK number above a family,
// the RT above its people) is completed in each of their rows. Every row gets
// exactly one part: a person, skipped with a reason, or rejected with a reason.
//
// Whatever was decided from values and not from a title is said: as the Reason of
// a Column and as a Warning.
package table
