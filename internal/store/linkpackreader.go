package store

import (
	"fmt"

	"zombiezen.com/go/sqlite"
)

// linkPackQuery gives the columns that linkPackReader reads.
const linkPackQuery = "SELECT id, links, first_central, last_central, block FROM link_pack WHERE id BETWEEN ? AND ? "

// linkPackReader turns rows of linkPackQuery into links.
type linkPackReader struct {
	block, plain []byte
	links        []packedLink
}

// read returns the links of the current row; they are valid until the next call.
func (r *linkPackReader) read(stmt *sqlite.Stmt) ([]packedLink, error) {
	r.block = columnBytes(stmt, 4, r.block)
	var ok bool
	if r.plain, ok = inflate(r.plain, r.block, maxLinkBytes); ok {
		r.links, ok = cutLinks(r.links[:0], r.plain, stmt.ColumnInt(1), stmt.ColumnInt64(2), stmt.ColumnInt64(3))
	}
	if !ok {
		key := stmt.ColumnInt64(0)
		return nil, damaged(fmt.Sprintf("links %d of run %d", key&keyMask, key>>keyBits), nil)
	}
	return r.links, nil
}
