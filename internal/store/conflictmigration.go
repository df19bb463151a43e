package store

import (
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// moveConflicts moves the rows of conflict_3, and those of conflict_record into
// the lists of their conflicts. A conflict without records stays one.
func moveConflicts(conn *sqlite.Conn) error {
	insert, err := conn.Prepare(`INSERT INTO conflict (` + conflictColumns + `)
SELECT id, kind, rule, weight, evidence, proposed, ?2 FROM conflict_3 WHERE id = ?1`)
	if err != nil {
		return err
	}
	m := conflictMover{insert: insert, conflict: -1}
	err = sqlitex.ExecuteTransient(conn, `SELECT conflict_3.id, named.record_id
FROM conflict_3 LEFT JOIN conflict_record AS named ON named.conflict_id = conflict_3.id
ORDER BY conflict_3.id, named.position`, &sqlitex.ExecOptions{ResultFunc: m.add})
	if err == nil {
		err = m.flush()
	}
	if err != nil {
		return err
	}
	return sqlitex.ExecuteScript(conn, "DROP TABLE conflict_record; DROP TABLE conflict_3;", nil)
}

// conflictMover collects the records of one conflict.
type conflictMover struct {
	insert   *sqlite.Stmt
	conflict int64 // key; below 0 before the first
	records  recordList
}

// add takes a key and a record, NULL for none.
func (m *conflictMover) add(stmt *sqlite.Stmt) error {
	if id := stmt.ColumnInt64(0); id != m.conflict {
		if err := m.flush(); err != nil {
			return err
		}
		m.conflict = id
	}
	if !stmt.ColumnIsNull(1) {
		m.records.add(stmt.ColumnInt64(1))
	}
	return nil
}

func (m *conflictMover) flush() error {
	if m.conflict < 0 {
		return nil
	}
	m.insert.BindInt64(1, m.conflict)
	m.insert.BindBytes(2, m.records.bytes)
	m.records.reset()
	return execute(m.insert)
}
