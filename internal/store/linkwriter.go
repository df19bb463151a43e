package store

import "zombiezen.com/go/sqlite"

// linkWriter writes the links of one run, which it is given in canonical order,
// as packs.
type linkWriter struct {
	stmt  *sqlite.Stmt
	run   RunID
	packs int64 // written
	pack  linkPack
	block []byte
}

func newLinkWriter(conn *sqlite.Conn, run RunID) (*linkWriter, error) {
	stmt, err := conn.Prepare("INSERT INTO link_pack (id, links, first_central, last_central, block) VALUES (?, ?, ?, ?, ?)")
	return &linkWriter{stmt: stmt, run: run}, err
}

// add takes one link and keeps nothing of it.
func (w *linkWriter) add(l *packedLink) error {
	if !w.pack.takes(l.central) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	w.pack.add(l)
	return nil
}

// flush writes the pack that is begun; it follows the last link.
func (w *linkWriter) flush() error {
	if w.pack.links == 0 {
		return nil
	}
	w.block = deflate(w.block, w.pack.plain)
	w.stmt.BindInt64(1, w.run.key(w.packs))
	w.stmt.BindInt64(2, int64(w.pack.links))
	w.stmt.BindInt64(3, w.pack.first)
	w.stmt.BindInt64(4, w.pack.last)
	w.stmt.BindBytes(5, w.block)
	w.packs++
	w.pack.reset()
	return execute(w.stmt)
}
