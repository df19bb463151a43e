package store

import (
	"fmt"

	"zombiezen.com/go/sqlite"
)

// openPack is a pack of record_pack that is being read.
type openPack struct {
	first   int64 // record id
	sheet   *sheetEntry
	plain   []byte
	records []packedRecord // none if the pack is not open
}

// packedRecord is what is shown of one record; it is valid while its pack is.
type packedRecord struct {
	row   int
	keys  []byte // of a normalize.Person
	cells []byte // as EncodeCells writes them
}

func (p *openPack) holds(id int64) bool {
	return p.first <= id && id < p.first+int64(len(p.records))
}

// openPacks is the number of packs that a reader keeps: who reads the records of
// one list in the order of another finds most of them there.
const openPacks = 1024

// packReader finds what is shown of records, with a statement of one connection.
type packReader struct {
	catalog *catalog
	seek    *sqlite.Stmt
	open    []openPack
	block   []byte
}

func newPackReader(conn *sqlite.Conn, c *catalog) (*packReader, error) {
	seek, err := conn.Prepare("SELECT first_record, sheet_id, records, shown FROM record_pack WHERE first_record <= ? ORDER BY first_record DESC LIMIT 1")
	return &packReader{catalog: c, seek: seek, open: make([]openPack, openPacks)}, err
}

// pack returns the pack that holds a record; it is valid until the next call.
func (r *packReader) pack(id int64) (*openPack, error) {
	p := &r.open[uint64(id)/recordsPerPack%openPacks]
	if p.holds(id) {
		return p, nil
	}
	p.records = p.records[:0]
	r.seek.BindInt64(1, id)
	if err := eachRow(r.seek, func() error { return r.fill(p) }); err != nil {
		p.records = p.records[:0]
		return nil, err
	}
	if !p.holds(id) {
		return nil, damaged(fmt.Sprintf("record %d is lost", id), nil)
	}
	return p, nil
}

// fill reads the current row of record_pack.
func (r *packReader) fill(p *openPack) (err error) {
	p.first = r.seek.ColumnInt64(0)
	if p.sheet, err = r.catalog.sheet(r.seek.ColumnInt64(1)); err != nil {
		return err
	}
	r.block = columnBytes(r.seek, 3, r.block)
	var ok bool
	p.plain, ok = inflate(p.plain, r.block, maxPackBytes)
	cut := packCutter{rest: p.plain, bad: !ok}
	for range r.seek.ColumnInt(2) {
		record := packedRecord{row: cut.nextRow(), keys: cut.sized(), cells: cut.sized()}
		if cut.bad {
			break
		}
		p.records = append(p.records, record)
	}
	if !cut.complete() {
		return damaged(fmt.Sprintf("records from %d on", p.first), nil)
	}
	return nil
}

// each calls visit for each of some consecutive records.
func (r *packReader) each(first, last int64, visit func(p *openPack, id int64) error) error {
	for id := first; id <= last; {
		p, err := r.pack(id)
		if err != nil {
			return err
		}
		for ; id <= last && p.holds(id); id++ {
			if err := visit(p, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// record returns what is shown of a record that the pack holds.
func (p *openPack) record(id int64) *packedRecord { return &p.records[id-p.first] }
