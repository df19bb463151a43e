// Package intake turns one file into batches for the store: it opens the file, has
// package table tell what its sheets hold, normalises the rows in parallel and
// keeps their order.
//
// Every row of the file becomes one entry: a record (a person), a rejected row
// (it cannot be used; kept with its reason) or a skipped row (title, header,
// numbering, total, blank line: no person was meant). The entries depend on the
// bytes of the file and the options, never on the number of workers.
package intake
