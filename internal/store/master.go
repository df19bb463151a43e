package store

import (
	"context"
	"iter"
	"slices"
	"sort"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// Master reads the persons of the master list of a run: each link is one, and so
// is each record of either side that neither has a link nor is a duplicate. They
// stand in the canonical order of the central records, followed by that of the
// regional records without a central one. It may be used by several goroutines.
type Master struct {
	store *Store
	scope *scope
	links []linkRows
	// By side and row: what was decided of each record, and the kinds of the
	// conflicts in which it stands.
	decisions [2][]decision
	kinds     [2][]match.KindSet
	aside     []asideRecord // by the record that stands for them, then in canonical order
}

// linkRows are the central rows of a pack of links, which is known by its
// position.
type linkRows struct{ first, last int32 }

// asideRecord is a record set aside for another.
type asideRecord struct{ of, record int64 }

// Master opens the master list of a run; ErrNoRun if there is no such run.
func (s *Store) Master(ctx context.Context, id RunID) (*Master, error) {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return nil, err
	}
	m := &Master{store: s, scope: sc}
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		for _, step := range []func(*sqlite.Conn) error{m.findDecisions, m.findLinks, m.findKinds, m.findAside} {
			if err := step(conn); err != nil {
				return err
			}
		}
		return nil
	})
	return m, err
}

// Len returns the number of persons.
func (m *Master) Len() int64 {
	run := &m.scope.run
	total := -run.Links
	for _, side := range bothSides {
		total += run.Totals[side].Records - run.Totals[side].Duplicate
	}
	return total
}

// findDecisions notes what was decided of each record.
func (m *Master) findDecisions(conn *sqlite.Conn) error {
	decide, err := m.scope.openDecisions(conn)
	if err != nil {
		return err
	}
	for _, side := range bothSides {
		m.decisions[side] = make([]decision, 0, m.scope.run.Totals[side].Records)
		for _, at := range recordSpans(m.scope.run.Sources[side]) {
			if m.decisions[side], err = decide(at, m.decisions[side]); err != nil {
				return err
			}
		}
	}
	return nil
}

// findLinks notes where the packs of links lie.
func (m *Master) findLinks(conn *sqlite.Conn) error {
	stmt, err := conn.Prepare("SELECT first_central, last_central FROM link_pack WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return err
	}
	id := m.scope.run.ID
	stmt.BindInt64(1, id.key(0))
	stmt.BindInt64(2, id.key(keyMask))
	return eachRow(stmt, func() error {
		_, first, err := m.scope.rowOf(stmt.ColumnInt64(0))
		if err != nil {
			return err
		}
		_, last, err := m.scope.rowOf(stmt.ColumnInt64(1))
		m.links = append(m.links, linkRows{first, last})
		return err
	})
}

// findKinds notes for each record the kinds of the conflicts in which it stands.
func (m *Master) findKinds(conn *sqlite.Conn) error {
	for _, side := range bothSides {
		m.kinds[side] = make([]match.KindSet, len(m.decisions[side]))
	}
	stmt, err := conn.Prepare("SELECT id, records, kind FROM conflict WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return err
	}
	id := m.scope.run.ID
	stmt.BindInt64(1, id.key(0))
	stmt.BindInt64(2, id.key(keyMask))
	var list conflictList
	return eachRow(stmt, func() error {
		ids, err := list.read(stmt, 1)
		if err != nil {
			return err
		}
		kind := m.scope.kinds[stmt.ColumnText(2)]
		for _, id := range ids {
			side, row, err := m.scope.rowOf(id)
			if err != nil {
				return err
			}
			m.kinds[side][row].Add(kind)
		}
		return nil
	})
}

// findAside notes which records are set aside for which.
func (m *Master) findAside(conn *sqlite.Conn) error {
	stmt, err := conn.Prepare("SELECT id, of_record FROM duplicate WHERE id BETWEEN ? AND ?")
	if err != nil {
		return err
	}
	id := m.scope.run.ID
	stmt.BindInt64(1, id.key(0))
	stmt.BindInt64(2, id.key(keyMask))
	err = eachRow(stmt, func() error {
		m.aside = append(m.aside, asideRecord{of: stmt.ColumnInt64(1), record: stmt.ColumnInt64(0) & keyMask})
		return nil
	})
	if err != nil {
		return err
	}
	return m.sortAside()
}

func (m *Master) sortAside() error {
	var failed error
	row := func(id int64) int32 {
		_, row, err := m.scope.rowOf(id)
		if err != nil {
			failed = err
		}
		return row
	}
	slices.SortFunc(m.aside, func(a, b asideRecord) int {
		if a.of != b.of {
			if a.of < b.of {
				return -1
			}
			return 1
		}
		return int(row(a.record)) - int(row(b.record))
	})
	return failed
}

// asideFor returns the records that are set aside for one.
func (m *Master) asideFor(id int64) []asideRecord {
	from := sort.Search(len(m.aside), func(i int) bool { return m.aside[i].of >= id })
	to := from
	for to < len(m.aside) && m.aside[to].of == id {
		to++
	}
	return m.aside[from:to]
}

// Persons yields all persons in order, with the cells of their records if wanted.
func (m *Master) Persons(ctx context.Context, cells bool) iter.Seq2[match.MasterPerson, error] {
	var spans []span
	for _, side := range bothSides {
		for _, s := range recordSpans(m.scope.run.Sources[side]) {
			spans = append(spans, s.cut(pairRecords)...)
		}
	}
	return exactly(m.scope, ordered(ctx, m.store, spans, func(conn *sqlite.Conn) (chunkReader[match.MasterPerson], error) {
		r, err := m.newReader(conn, cells)
		if err != nil {
			return nil, err
		}
		return r.readSpan, nil
	}), m.Len(), "persons of the master list")
}

// PersonsOf yields the persons with the given keys, in the order of the keys, with
// their cells; one that has no record for a key of none.
func (m *Master) PersonsOf(ctx context.Context, keys []match.MasterKey) iter.Seq2[match.MasterPerson, error] {
	var spans []span
	for first := 0; first < len(keys); first += pairRecords {
		spans = append(spans, span{first: int64(first), last: int64(min(first+pairRecords, len(keys)) - 1)})
	}
	return oneByOne(ordered(ctx, m.store, spans, func(conn *sqlite.Conn) (chunkReader[match.MasterPerson], error) {
		r, err := m.newReader(conn, true)
		if err != nil {
			return nil, err
		}
		return func(at span, persons []match.MasterPerson) ([]match.MasterPerson, error) {
			for i := at.first; i <= at.last; i++ {
				persons = append(persons, match.MasterPerson{})
				if err := r.readKey(&keys[i], &persons[len(persons)-1]); err != nil {
					return persons, err
				}
			}
			return persons, nil
		}, nil
	}))
}
