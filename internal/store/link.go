package store

import (
	"context"
	"iter"
	"slices"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// LinkedPairs yields the links of a run with their records, in the canonical
// order of the central records.
func (s *Store) LinkedPairs(ctx context.Context, id RunID) iter.Seq2[match.LinkedPair, error] {
	return allLinks(ctx, s, id, (*scope).openPairs)
}

// Links yields the links of a run in the canonical order of the central records.
// It reads no records.
func (s *Store) Links(ctx context.Context, id RunID) iter.Seq2[match.Link, error] {
	return allLinks(ctx, s, id, (*scope).openLinks)
}

func allLinks[T any](ctx context.Context, s *Store, id RunID, open func(*scope, *sqlite.Conn) (chunkReader[T], error)) iter.Seq2[T, error] {
	var spans []span
	sc, err := s.scope(ctx, id)
	if err == nil {
		spans, err = s.linkSpans(ctx, id)
	}
	if err != nil {
		return failWith[T](err)
	}
	chunks := ordered(ctx, s, spans, func(conn *sqlite.Conn) (chunkReader[T], error) { return open(sc, conn) })
	return exactly(sc, chunks, sc.run.Links, "links")
}

// linkSpans returns the positions of the packs of links of a run.
func (s *Store) linkSpans(ctx context.Context, id RunID) ([]span, error) {
	var spans []span
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		last, err := queryInt(conn, "SELECT coalesce(max(id), ?1 - 1) FROM link_pack WHERE id BETWEEN ?1 AND ?2", id.key(0), id.key(keyMask))
		for position := int64(0); err == nil && position <= last-id.key(0); position++ {
			spans = append(spans, span{first: position, last: position})
		}
		return err
	})
	return spans, err
}

// openLinks reads links by the positions of their packs in the run.
func (sc *scope) openLinks(conn *sqlite.Conn) (chunkReader[match.Link], error) {
	r, err := sc.newLinkReader(conn)
	return func(at span, links []match.Link) ([]match.Link, error) {
		err := r.each(at, func(l *packedLink) error {
			link, err := r.link(l)
			links = append(links, link)
			return err
		})
		return links, err
	}, err
}

// openPairs is openLinks with the records.
func (sc *scope) openPairs(conn *sqlite.Conn) (chunkReader[match.LinkedPair], error) {
	r, err := sc.newLinkReader(conn)
	return func(at span, pairs []match.LinkedPair) ([]match.LinkedPair, error) {
		err := r.each(at, func(l *packedLink) error {
			pairs = append(pairs, match.LinkedPair{})
			return r.read(l, &pairs[len(pairs)-1])
		})
		return pairs, err
	}, err
}

// linkReader turns packed links into links and pairs.
type linkReader struct {
	scope   *scope
	stmt    *sqlite.Stmt // linkPackQuery, in order
	packs   linkPackReader
	records *recordReader
}

func (sc *scope) newLinkReader(conn *sqlite.Conn) (*linkReader, error) {
	stmt, err := conn.Prepare(linkPackQuery + "ORDER BY id")
	if err != nil {
		return nil, err
	}
	records, err := sc.catalog.newRecordReader(conn)
	return &linkReader{scope: sc, stmt: stmt, records: records}, err
}

// each calls f with every link of the packs at some positions.
func (r *linkReader) each(at span, f func(l *packedLink) error) error {
	r.stmt.BindInt64(1, r.scope.run.ID.key(at.first))
	r.stmt.BindInt64(2, r.scope.run.ID.key(at.last))
	return eachRow(r.stmt, func() error {
		links, err := r.packs.read(r.stmt)
		for i := range links {
			if err == nil {
				err = f(&links[i])
			}
		}
		return err
	})
}

func (r *linkReader) read(l *packedLink, pair *match.LinkedPair) (err error) {
	if pair.Link, err = r.link(l); err != nil {
		return err
	}
	if err := r.records.raw(l.central, &pair.Central); err != nil {
		return err
	}
	return r.records.raw(l.regional, &pair.Regional)
}

// link returns a link with the rows of its records.
func (r *linkReader) link(l *packedLink) (link match.Link, err error) {
	rule, ok := r.scope.rules[l.rule]
	if !ok {
		rule = unknownRule
	}
	link = match.Link{Rule: rule, Weight: l.weight, Probability: l.probability}
	if link.Vector, link.Weights, err = r.scope.decode(l.evidence); err != nil {
		return link, err
	}
	if _, link.Central, err = r.scope.rowOf(l.central); err != nil {
		return link, err
	}
	_, link.Regional, err = r.scope.rowOf(l.regional)
	return link, err
}

// LinkOf returns the link of a record, of either side; false if it has none.
// For a regional record it reads through the links of the run.
func (s *Store) LinkOf(ctx context.Context, id RunID, record int64) (match.LinkedPair, bool, error) {
	var pair match.LinkedPair
	found := false
	sc, err := s.scope(ctx, id)
	if err != nil {
		return pair, false, err
	}
	side, _, err := sc.rowOf(record)
	if err != nil {
		return pair, false, s.classify(ctx, err)
	}
	err = s.read(ctx, func(conn *sqlite.Conn) (err error) {
		found, err = sc.findLink(conn, side, record, &pair)
		return err
	})
	return pair, found, err
}

// findLink reads the link of a record of a side; false if it has none.
func (sc *scope) findLink(conn *sqlite.Conn, side match.Side, record int64, pair *match.LinkedPair) (found bool, err error) {
	query, is := linkPackQuery+"AND ?3 BETWEEN first_central AND last_central", func(l packedLink) bool { return l.central == record }
	if side == match.Regional {
		query, is = linkPackQuery, func(l packedLink) bool { return l.regional == record }
	}
	stmt, err := conn.Prepare(query)
	if err != nil {
		return false, err
	}
	stmt.BindInt64(1, sc.run.ID.key(0))
	stmt.BindInt64(2, sc.run.ID.key(keyMask))
	if side == match.Central {
		stmt.BindInt64(3, record)
	}
	r, err := sc.newLinkReader(conn)
	if err != nil {
		return false, err
	}
	err = eachRow(stmt, func() error {
		links, err := r.packs.read(stmt)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(links, is)
		if i < 0 {
			return nil
		}
		found = true
		return r.read(&links[i], pair)
	})
	return found, err
}
