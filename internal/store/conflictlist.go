package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// conflictListQuery gives the records of conflicts, which conflictList reads from
// column 1.
const conflictListQuery = "SELECT id, records FROM conflict WHERE id BETWEEN ? AND ? ORDER BY id"

// recordList is a list of record ids, each written as a signed varint of what it
// differs from the one before it, the first from 0. The zero value is empty.
type recordList struct {
	bytes []byte
	last  int64
}

func (l *recordList) add(id int64) {
	l.bytes = binary.AppendVarint(l.bytes, id-l.last)
	l.last = id
}

// reset empties the list and keeps its memory.
func (l *recordList) reset() { *l = recordList{bytes: l.bytes[:0]} }

// cutRecords appends the ids of a list; false if there are none or the list is
// damaged.
func cutRecords(ids []int64, list []byte) ([]int64, bool) {
	cut := packCutter{rest: list, bad: len(list) == 0}
	for last := int64(0); len(cut.rest) > 0 && !cut.bad; ids = append(ids, last) {
		last += cut.varint()
	}
	return ids, !cut.bad
}

// conflictList reads the records of conflicts; its memory is reused.
type conflictList struct {
	bytes []byte
	ids   []int64
}

// read returns the list in a column of a row whose first column is the key of the
// conflict; it is valid until the next call.
func (l *conflictList) read(stmt *sqlite.Stmt, column int) ([]int64, error) {
	l.bytes = columnBytes(stmt, column, l.bytes)
	var ok bool
	if l.ids, ok = cutRecords(l.ids[:0], l.bytes); !ok {
		key := stmt.ColumnInt64(0)
		return nil, damaged(fmt.Sprintf("records of conflict %d of run %d", key&keyMask, key>>keyBits), nil)
	}
	return l.ids, nil
}

// ConflictRows yields the kinds, the weights and the rows of the conflicts of a
// run, in canonical order. It reads no records.
func (s *Store) ConflictRows(ctx context.Context, id RunID) iter.Seq2[match.Conflict, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[match.Conflict](err)
	}
	return exactly(sc, ordered(ctx, s, sc.conflictSpans(packRecords), sc.openConflictRows), sc.conflicts(), "conflicts")
}

func (sc *scope) openConflictRows(conn *sqlite.Conn) (chunkReader[match.Conflict], error) {
	stmt, err := conn.Prepare("SELECT id, records, kind, weight FROM conflict WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	var list conflictList
	return func(at span, conflicts []match.Conflict) ([]match.Conflict, error) {
		stmt.BindInt64(1, sc.run.ID.key(at.first))
		stmt.BindInt64(2, sc.run.ID.key(at.last))
		err := eachRow(stmt, func() error {
			ids, err := list.read(stmt, 1)
			if err != nil {
				return err
			}
			c := match.Conflict{Kind: sc.kinds[stmt.ColumnText(2)], Weight: stmt.ColumnFloat(3)}
			for _, id := range ids {
				if err := sc.addRow(id, &c); err != nil {
					return err
				}
			}
			conflicts = append(conflicts, c)
			return nil
		})
		return conflicts, err
	}, nil
}
