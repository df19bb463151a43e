package store

import (
	"fmt"

	"zombiezen.com/go/sqlite"
)

// openPack is one row of person_pack or of record_pack, decompressed; E says where
// the parts of a record stand in its text. It does not change once it is made, so
// that readers may share it.
type openPack[E any] struct {
	first   int64 // record id
	sheet   *sheetEntry
	text    string
	entries []E
}

type textSpan struct{ from, to int32 }

// last is the id of the last record.
func (p *openPack[E]) last() int64 { return p.first + int64(len(p.entries)) - 1 }

func (p *openPack[E]) holds(id int64) bool { return p.first <= id && id <= p.last() }

// entry says where the parts of a record stand.
func (p *openPack[E]) entry(id int64) *E { return &p.entries[id-p.first] }

// part returns a part of the text.
func (p *openPack[E]) part(at textSpan) string { return p.text[at.from:at.to] }

// packSeeker finds the packs of records in any order, with a statement of one
// connection.
type packSeeker[E any] struct {
	catalog      *catalog
	cache        *packCache[openPack[E]]
	cut          func(plain []byte, count int) ([]E, bool) // false if the pack is damaged
	what         string                                    // what is lost if a pack is
	seek         *sqlite.Stmt
	block, plain []byte
}

// prepare prepares the statement; column holds the packs of table.
func (r *packSeeker[E]) prepare(conn *sqlite.Conn, table, column string) (err error) {
	r.seek, err = conn.Prepare("SELECT first_record, sheet_id, records, " + column + " FROM " + table +
		" WHERE first_record <= ? ORDER BY first_record DESC LIMIT 1")
	return err
}

// pack returns the pack that holds a record.
func (r *packSeeker[E]) pack(id int64) (*openPack[E], error) {
	if p := r.cache.get(id); p != nil && p.holds(id) {
		return p, nil
	}
	var p *openPack[E]
	r.seek.BindInt64(1, id)
	err := eachRow(r.seek, func() (err error) {
		p, err = r.open()
		return err
	})
	if err != nil {
		return nil, err
	}
	if p == nil || !p.holds(id) {
		return nil, damaged(fmt.Sprintf("%s of record %d is lost", r.what, id), nil)
	}
	r.cache.keep(p, p.first, p.last())
	return p, nil
}

// open decompresses the pack of the current row.
func (r *packSeeker[E]) open() (*openPack[E], error) {
	p := &openPack[E]{first: r.seek.ColumnInt64(0)}
	var err error
	if p.sheet, err = r.catalog.sheet(r.seek.ColumnInt64(1)); err != nil {
		return nil, err
	}
	r.block = columnBytes(r.seek, 3, r.block)
	var ok bool
	if r.plain, ok = inflate(r.plain, r.block, maxPackBytes); ok {
		p.text = string(r.plain)
		p.entries, ok = r.cut(r.plain, r.seek.ColumnInt(2))
	}
	if !ok {
		return nil, damaged(fmt.Sprintf("%s of records from %d on", r.what, p.first), nil)
	}
	return p, nil
}

// cutEntries takes as many entries as stated from a decompressed pack, of which one
// holds at most limit; false if it does not hold exactly these.
func cutEntries[E any](plain []byte, count, limit int, next func(cut *packCutter) E) ([]E, bool) {
	if count < 1 || count > limit {
		return nil, false
	}
	cut := packCutter{rest: plain}
	entries := make([]E, count)
	for i := range entries {
		entries[i] = next(&cut)
	}
	return entries, cut.complete()
}

// span takes what appendSized wrote and says where in whole it stands.
func (c *packCutter) span(whole []byte) textSpan {
	size := len(c.sized())
	to := len(whole) - len(c.rest)
	return textSpan{from: int32(to - size), to: int32(to)}
}
