package store

import (
	"context"
	"fmt"
	"slices"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// LinksAt returns the links at positions in LinkedPairs, counted from 0, in the
// order in which they are named. It reads nothing of the links between them.
func (s *Store) LinksAt(ctx context.Context, id RunID, positions ...int64) ([]match.LinkedPair, error) {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return nil, err
	}
	pairs := make([]match.LinkedPair, len(positions))
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		starts, err := linkStarts(conn, id)
		if err != nil {
			return err
		}
		r, err := sc.newLinkReader(conn)
		if err != nil {
			return err
		}
		for i, position := range positions {
			pack, first := slices.BinarySearch(starts, position)
			if !first {
				pack--
			}
			found := false
			if pack >= 0 {
				found, err = r.readOne(conn, int64(pack), position-starts[pack], &pairs[i])
			}
			switch {
			case err != nil:
				return err
			case !found:
				return damaged(fmt.Sprintf("run %d has no link %d", id, position), nil)
			}
		}
		return nil
	})
	return pairs, err
}

// readOne reads the link at a place in a pack of the run; false if there is none.
func (r *linkReader) readOne(conn *sqlite.Conn, pack, place int64, pair *match.LinkedPair) (found bool, err error) {
	stmt, err := conn.Prepare(linkPackQuery)
	if err != nil {
		return false, err
	}
	stmt.BindInt64(1, r.scope.run.ID.key(pack))
	stmt.BindInt64(2, r.scope.run.ID.key(pack))
	err = eachRow(stmt, func() error {
		links, err := r.packs.read(stmt)
		if err != nil || place >= int64(len(links)) {
			return err
		}
		found = true
		return r.read(&links[place], pair)
	})
	return found, err
}

// linkStarts returns the position of the first link of each pack of a run.
func linkStarts(conn *sqlite.Conn, id RunID) ([]int64, error) {
	stmt, err := conn.Prepare("SELECT links FROM link_pack WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	stmt.BindInt64(1, id.key(0))
	stmt.BindInt64(2, id.key(keyMask))
	var starts []int64
	next := int64(0)
	err = eachRow(stmt, func() error {
		starts = append(starts, next)
		next += stmt.ColumnInt64(0)
		return nil
	})
	return starts, err
}

// ConflictsAt returns the conflicts at positions in Conflicts, counted from 0, in
// the order in which they are named.
func (s *Store) ConflictsAt(ctx context.Context, id RunID, positions ...int64) ([]match.ConflictCase, error) {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return nil, err
	}
	var cases []match.ConflictCase
	err = s.read(ctx, func(conn *sqlite.Conn) (err error) {
		cases, err = sc.conflictsAt(conn, positions)
		return err
	})
	return cases, err
}

func (sc *scope) conflictsAt(conn *sqlite.Conn, positions []int64) ([]match.ConflictCase, error) {
	read, err := sc.openConflicts(conn)
	if err != nil {
		return nil, err
	}
	cases := make([]match.ConflictCase, 0, len(positions))
	for i, position := range positions {
		if cases, err = read(span{first: position, last: position}, cases); err != nil {
			return nil, err
		}
		if len(cases) != i+1 {
			return nil, damaged(fmt.Sprintf("run %d has no conflict %d", sc.run.ID, position), nil)
		}
	}
	return cases, nil
}

// PersonsOf returns the comparable form of records, in the order in which they are
// named; ErrNoRecord if there is none with one of the ids.
func (s *Store) PersonsOf(ctx context.Context, records ...int64) ([]normalize.Person, error) {
	persons := make([]normalize.Person, len(records))
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		c, err := readCatalog(conn)
		if err != nil {
			return err
		}
		read, err := c.openPersons(conn)
		if err != nil {
			return err
		}
		var rows []PersonRow
		for i, record := range records {
			source := c.sourceOf(record)
			if source == nil {
				return ErrNoRecord
			}
			if rows, err = read(span{source: source, first: record, last: record}, rows[:0]); err != nil {
				return err
			}
			persons[i] = rows[0].Person
		}
		return nil
	})
	return persons, err
}
