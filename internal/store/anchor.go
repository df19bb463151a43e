package store

import (
	"context"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Anchor returns the number and the hash of an entry that the audit trail of the
// database must hold; 0 if there is none yet.
func (s *Store) Anchor(ctx context.Context) (number int64, hash string, err error) {
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		return sqlitex.ExecuteTransient(conn, "SELECT number, hash FROM audit_anchor", &sqlitex.ExecOptions{
			ResultFunc: func(stmt *sqlite.Stmt) error {
				number, hash = stmt.ColumnInt64(0), stmt.ColumnText(1)
				return nil
			},
		})
	})
	return number, hash, err
}

// SetAnchor keeps the number and the hash of the last entry of the audit trail.
func (s *Store) SetAnchor(ctx context.Context, number int64, hash string) error {
	return s.write(ctx, func(conn *sqlite.Conn) error {
		return sqlitex.Execute(conn, "INSERT OR REPLACE INTO audit_anchor (id, number, hash) VALUES (1, ?, ?)",
			&sqlitex.ExecOptions{Args: []any{number, hash}})
	})
}
