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
// Records are many and much alike, so they are kept in packs of consecutive ones
// of a sheet, each a block of the S2 format. A pack begins each record with the
// number of rows from the one before it (from 0 for the first) as a signed varint.
// In person_pack follow the length of its normalize.Person as a varint and that
// person, which is all that a matching reads; in record_pack, in the same way, its
// keys (a person of NIK, KK and area alone) and its cells, a JSON array of strings.
//
// The links of a run, in the order of the central records, are kept in packs as
// well. In link_pack.block each link begins with the gap from the central record
// before it (from 0 for the first) as a varint and the difference from the regional
// record before it as a signed one. Then follow its rule, a varint of twice the key
// of the table rule, its weight in bits as a little-endian float64 and, sized by a
// varint, its evidence: the levels, then the weights in hundredths of bits. Its
// probability is that of its weight; if not, the varint of the rule is one greater
// and a float64 after the weight says which.
//
// In conflict.records stand the records of a conflict, those of the central side
// first, each as a signed varint of the difference from the one before it.
//
// SQL access for inspection: the view outcome joins the packed outcomes with
// their codes, conflict.rule is the key of the table rule, and link_pack tells how
// many links there are. Which records are linked, and by what rule, stands in the
// blocks alone.
package store
