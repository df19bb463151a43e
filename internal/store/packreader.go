package store

import "zombiezen.com/go/sqlite"

// packedRecord says where what is shown of a record stands in the text of its pack.
type packedRecord struct {
	row         int32
	keys, cells textSpan
}

// shownPack is what is shown of the records of one row of record_pack.
type shownPack struct{ *openPack[packedRecord] }

// row returns the row of a record in its sheet.
func (p shownPack) row(id int64) int { return int(p.entry(id).row) }

// keys returns the encoded normalize.Person of a record's keys.
func (p shownPack) keys(id int64) string { return p.part(p.entry(id).keys) }

// cells returns the cells of a record as EncodeCells writes them.
func (p shownPack) cells(id int64) string { return p.part(p.entry(id).cells) }

// packReader finds what is shown of records.
type packReader struct{ packs packSeeker[packedRecord] }

func newPackReader(conn *sqlite.Conn, c *catalog) (*packReader, error) {
	r := &packReader{packSeeker[packedRecord]{catalog: c, cache: &c.packs, cut: cutShown, what: "what is shown"}}
	return r, r.packs.prepare(conn, "record_pack", "shown")
}

// pack returns the pack that holds a record.
func (r *packReader) pack(id int64) (shownPack, error) {
	p, err := r.packs.pack(id)
	return shownPack{p}, err
}

// cutShown finds the parts of the records of a decompressed pack.
func cutShown(plain []byte, count int) ([]packedRecord, bool) {
	return cutEntries(plain, count, recordsPerPack, func(cut *packCutter) packedRecord {
		return packedRecord{row: int32(cut.nextRow()), keys: cut.span(plain), cells: cut.span(plain)}
	})
}
