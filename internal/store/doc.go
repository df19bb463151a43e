// Package store keeps sources, records, runs and decisions in one SQLite file.
//
// A source is one loaded file; it is whole or absent. Its rows are records
// (persons), rejected rows or skipped rows. Sources have a canonical order, by
// the base name of their path and then by digest, which does not depend on the
// order of loading; record ids do, and are never shown. A run is what one
// matching decided about every record of its sources; it is visible only when
// it is whole, and never changes afterwards.
//
// The database has a rollback journal, not a write-ahead log: a load then writes
// every page once, and a database at rest is a single file that can be read
// without creating another. Readers take no lock between two chunks of rows, so
// that a writer never waits for a slow consumer; while a writer commits, readers
// wait a few seconds and then report ErrLocked.
//
// SQL access for inspection: the view outcome joins the packed outcomes with
// their codes, record.cells is a JSON array for json_extract, and link.rule is
// the key of the table rule.
package store
