package store

import (
	"padan/normalize"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// moveRecords moves the rows of the table record, one for each record, into packs
// of records with consecutive ids of one sheet.
func moveRecords(conn *sqlite.Conn) error {
	m, err := newPackMover(conn)
	if err != nil {
		return err
	}
	err = sqlitex.ExecuteTransient(conn, "SELECT id, sheet_id, row, person, cells FROM record ORDER BY id", &sqlitex.ExecOptions{ResultFunc: m.add})
	if err == nil {
		err = m.flush()
	}
	if err != nil {
		return err
	}
	return sqlitex.ExecuteTransient(conn, "DROP TABLE record", nil)
}

// packMover collects consecutive records of one sheet.
type packMover struct {
	loader  *loader
	packs   Packs
	sheet   int64
	first   int64
	entries []Entry
}

func newPackMover(conn *sqlite.Conn) (*packMover, error) {
	l := &loader{conn: conn}
	if err := l.prepare(); err != nil {
		return nil, err
	}
	return &packMover{loader: l}, nil
}

func (m *packMover) add(stmt *sqlite.Stmt) error {
	id, sheet := stmt.ColumnInt64(0), stmt.ColumnInt64(1)
	if n := len(m.entries); n == personsPerPack || n > 0 && (sheet != m.sheet || id != m.first+int64(n)) {
		if err := m.flush(); err != nil {
			return err
		}
	}
	if len(m.entries) == 0 {
		m.first, m.sheet = id, sheet
	}
	entry := Entry{Kind: EntryRecord, Row: stmt.ColumnInt(2), Person: columnBytes(stmt, 3, nil), Cells: []byte(stmt.ColumnText(4))}
	person, err := normalize.DecodePerson(string(entry.Person))
	if err != nil {
		return err
	}
	keys := person.Keys()
	entry.Keys = keys.AppendBinary(nil)
	m.entries = append(m.entries, entry)
	return nil
}

func (m *packMover) flush() error {
	m.packs.Fill(m.entries)
	m.loader.source.lastRecord = m.first - 1
	m.entries = m.entries[:0]
	return m.loader.addPacks(m.sheet, &m.packs)
}
