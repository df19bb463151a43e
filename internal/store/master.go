package store

import (
	"cmp"
	"context"
	"fmt"
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
	packs []linkRows // of the links, by position
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
type asideRecord struct {
	of, record int64
	row        int32 // of the record
}

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

// findDecisions notes what was decided of each record, which must be what the run
// counted when it was saved.
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
		if err := m.checkTotals(side); err != nil {
			return err
		}
	}
	return nil
}

func (m *Master) checkTotals(side match.Side) error {
	var counts [len(match.Outcomes)]int64
	for _, d := range m.decisions[side] {
		counts[d.outcome]++
	}
	run := &m.scope.run
	for _, outcome := range match.Outcomes {
		if want := run.Totals[side].Of(outcome); counts[outcome] != want {
			return damaged(fmt.Sprintf("run %d has %d %s records of the %s side instead of %d", run.ID, counts[outcome], outcome, side, want), nil)
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
		_, first, err := m.place(stmt.ColumnInt64(0))
		if err != nil {
			return err
		}
		_, last, err := m.place(stmt.ColumnInt64(1))
		m.packs = append(m.packs, linkRows{first, last})
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
			side, row, err := m.place(id)
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
		a := asideRecord{of: stmt.ColumnInt64(1), record: stmt.ColumnInt64(0) & keyMask}
		_, row, err := m.place(a.record)
		a.row = row
		m.aside = append(m.aside, a)
		return err
	})
	slices.SortFunc(m.aside, func(a, b asideRecord) int { return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.row, b.row)) })
	return err
}

// place returns the side and the row of a record, which must be one of the run.
func (m *Master) place(id int64) (match.Side, int32, error) {
	source := m.scope.catalog.sourceOf(id)
	if source != nil {
		row := m.scope.row(source, id)
		if _, ok := m.scope.offsets[source.ID]; ok && int(row) < len(m.decisions[source.Side]) {
			return source.Side, row, nil
		}
	}
	return 0, 0, damaged(fmt.Sprintf("run %d has no record %d", m.scope.run.ID, id), nil)
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

// Persons yields all persons in order, in batches that are valid until the next one:
// the whole of them, or without the cells of their records, their links and the places
// of the records set aside.
func (m *Master) Persons(ctx context.Context, whole bool) iter.Seq2[[]match.MasterPerson, error] {
	batches := ordered(ctx, m.store, m.personSpans(), func(conn *sqlite.Conn) (chunkReader[match.MasterPerson], error) {
		r, err := m.newReader(conn, whole)
		if err != nil {
			return nil, err
		}
		return r.readSpan, nil
	})
	return counted(m.scope, batches, m.Len(), "persons of the master list")
}

// PersonsOf yields persons by their keys, with the cells of their records but
// without their links; a key that names no record gives an empty person. The
// function that names the key of each may be called from several goroutines.
func (m *Master) PersonsOf(ctx context.Context, n int, key func(i int) match.MasterKey) iter.Seq2[match.MasterPerson, error] {
	return picked(ctx, m.store, n, func(conn *sqlite.Conn) (func(int, *match.MasterPerson) error, error) {
		r, err := m.newReader(conn, true)
		return func(i int, p *match.MasterPerson) error {
			wanted := key(i)
			return r.readKey(&wanted, p)
		}, err
	})
}

// personSpans cuts the records into chunks whose persons are read together. A chunk
// of central records ends where a pack of links does, so that each is read once.
func (m *Master) personSpans() []span {
	var spans []span
	packs := m.packs
	for _, side := range bothSides {
		for i := range m.scope.run.Sources[side] {
			source := &m.scope.run.Sources[side][i]
			for first := source.firstRecord; first <= source.lastRecord; first = spans[len(spans)-1].last + 1 {
				last, row := min(first+2*pairRecords-1, source.lastRecord), m.scope.row(source, first)
				for side == match.Central && len(packs) > 0 && packs[0].last < row {
					packs = packs[1:]
				}
				if side == match.Central && len(packs) > 0 {
					last = min(last, first+int64(packs[0].last-row))
				}
				spans = append(spans, span{source: source, first: first, last: last})
			}
		}
	}
	return spans
}
