package store

import (
	"fmt"

	"zombiezen.com/go/sqlite"
)

// openPack is what is shown of the records of one row of record_pack.
type openPack struct {
	first   int64 // record id
	sheet   *sheetEntry
	text    string // decompressed
	records []packedRecord
}

// packedRecord says where the parts of a record stand in the text of its pack.
type packedRecord struct {
	row         int32
	keys, cells textSpan
}

type textSpan struct{ from, to int32 }

// last is the id of the last record.
func (p *openPack) last() int64 { return p.first + int64(len(p.records)) - 1 }

func (p *openPack) holds(id int64) bool { return p.first <= id && id <= p.last() }

// row returns the row of a record in its sheet.
func (p *openPack) row(id int64) int { return int(p.records[id-p.first].row) }

// keys returns the encoded normalize.Person of a record's keys.
func (p *openPack) keys(id int64) string {
	at := p.records[id-p.first].keys
	return p.text[at.from:at.to]
}

// cells returns the cells of a record as EncodeCells writes them.
func (p *openPack) cells(id int64) string {
	at := p.records[id-p.first].cells
	return p.text[at.from:at.to]
}

// packReader finds what is shown of records, with a statement of one connection.
type packReader struct {
	catalog      *catalog
	seek         *sqlite.Stmt
	block, plain []byte
}

func newPackReader(conn *sqlite.Conn, c *catalog) (*packReader, error) {
	seek, err := conn.Prepare("SELECT first_record, sheet_id, records, shown FROM record_pack WHERE first_record <= ? ORDER BY first_record DESC LIMIT 1")
	return &packReader{catalog: c, seek: seek}, err
}

// pack returns the pack that holds a record.
func (r *packReader) pack(id int64) (*openPack, error) {
	if p := r.catalog.packs.get(id); p != nil && p.holds(id) {
		return p, nil
	}
	var p *openPack
	r.seek.BindInt64(1, id)
	err := eachRow(r.seek, func() (err error) {
		p, err = r.open()
		return err
	})
	if err != nil {
		return nil, err
	}
	if p == nil || !p.holds(id) {
		return nil, damaged(fmt.Sprintf("record %d is lost", id), nil)
	}
	r.catalog.packs.keep(p, p.first, p.last())
	return p, nil
}

// open reads the current row of record_pack.
func (r *packReader) open() (*openPack, error) {
	p := &openPack{first: r.seek.ColumnInt64(0)}
	var err error
	if p.sheet, err = r.catalog.sheet(r.seek.ColumnInt64(1)); err != nil {
		return nil, err
	}
	r.block = columnBytes(r.seek, 3, r.block)
	var ok bool
	if r.plain, ok = inflate(r.plain, r.block, maxPackBytes); ok {
		p.text = string(r.plain)
		p.records, ok = cutShown(r.plain, r.seek.ColumnInt(2))
	}
	if !ok {
		return nil, damaged(fmt.Sprintf("records from %d on", p.first), nil)
	}
	return p, nil
}

// cutShown finds the parts of the records of a decompressed pack, which must be as
// many as stated; false if they are not.
func cutShown(plain []byte, count int) ([]packedRecord, bool) {
	if count < 1 || count > recordsPerPack {
		return nil, false
	}
	cut := packCutter{rest: plain}
	records := make([]packedRecord, count)
	for i := range records {
		records[i] = packedRecord{row: int32(cut.nextRow()), keys: cut.span(plain), cells: cut.span(plain)}
	}
	return records, cut.complete()
}

// span takes what appendSized wrote and says where in whole it stands.
func (c *packCutter) span(whole []byte) textSpan {
	size := len(c.sized())
	to := len(whole) - len(c.rest)
	return textSpan{from: int32(to - size), to: int32(to)}
}
