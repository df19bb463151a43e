package store

import (
	"context"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// KeepMapping keeps the text of a mapping for all files with a header, in place
// of an earlier one.
func (s *Store) KeepMapping(ctx context.Context, header, text string) error {
	return s.write(ctx, func(conn *sqlite.Conn) error {
		return sqlitex.Execute(conn, "INSERT OR REPLACE INTO mapping (header, text, kept_at) VALUES (?, ?, ?)", &sqlitex.ExecOptions{
			Args: []any{header, text, time.Now().UTC().Format(time.RFC3339)},
		})
	})
}

// Mappings returns the texts of all mappings by the key of their header.
func (s *Store) Mappings(ctx context.Context) (map[string]string, error) {
	texts := map[string]string{}
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		return sqlitex.ExecuteTransient(conn, "SELECT header, text FROM mapping", &sqlitex.ExecOptions{
			ResultFunc: func(stmt *sqlite.Stmt) error {
				texts[stmt.ColumnText(0)] = stmt.ColumnText(1)
				return nil
			},
		})
	})
	return texts, err
}
