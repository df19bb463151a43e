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
	var spans []span
	sc, err := s.scope(ctx, id)
	if err == nil {
		spans, err = s.linkSpans(ctx, id)
	}
	if err != nil {
		return failWith[match.LinkedPair](err)
	}
	return exactly(sc, ordered(ctx, s, spans, sc.openLinks), sc.run.Links, "links")
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
func (sc *scope) openLinks(conn *sqlite.Conn) (chunkReader[match.LinkedPair], error) {
	stmt, err := conn.Prepare(linkPackQuery + "ORDER BY id")
	if err != nil {
		return nil, err
	}
	r, err := sc.newLinkReader(conn)
	if err != nil {
		return nil, err
	}
	return func(at span, pairs []match.LinkedPair) ([]match.LinkedPair, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		err := eachRow(stmt, func() error {
			links, err := r.packs.read(stmt)
			if err != nil {
				return err
			}
			pairs = slices.Grow(pairs, len(links))
			for i := range links {
				pairs = append(pairs, match.LinkedPair{})
				if err := r.read(&links[i], &pairs[len(pairs)-1]); err != nil {
					return err
				}
			}
			return nil
		})
		return pairs, err
	}, nil
}

// linkReader turns packed links into pairs.
type linkReader struct {
	scope   *scope
	packs   linkPackReader
	records *recordReader
}

func (sc *scope) newLinkReader(conn *sqlite.Conn) (*linkReader, error) {
	records, err := sc.catalog.newRecordReader(conn)
	return &linkReader{scope: sc, records: records}, err
}

func (r *linkReader) read(l *packedLink, pair *match.LinkedPair) (err error) {
	rule, ok := r.scope.rules[l.rule]
	if !ok {
		rule = unknownRule
	}
	pair.Link = match.Link{Rule: rule, Weight: l.weight, Probability: l.probability}
	if pair.Link.Vector, pair.Link.Weights, err = r.scope.decode(l.evidence); err != nil {
		return err
	}
	for _, end := range []struct {
		id     int64
		record *match.Record
		row    *int32
	}{
		{l.central, &pair.Central, &pair.Link.Central},
		{l.regional, &pair.Regional, &pair.Link.Regional},
	} {
		if err := r.records.raw(end.id, end.record); err != nil {
			return err
		}
		if _, *end.row, err = r.scope.rowOf(end.id); err != nil {
			return err
		}
	}
	return nil
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
