package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// applicationID marks a database as padan's; the first migration writes it.
const applicationID = 1885430894

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrationScripts returns the scripts in order, each statement ended by a
// semicolon: script i brings a database
// from version i to version i+1.
func migrationScripts() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	scripts := make([]string, len(names))
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", path.Base(name), err)
		}
		scripts[i] = string(text)
	}
	return scripts, nil
}

// identity is what a file says about itself.
type identity struct {
	application int64
	version     int64
	objects     int64 // tables, views and indexes
}

func readIdentity(conn *sqlite.Conn) (identity, error) {
	var id identity
	var err error
	for _, q := range []struct {
		query string
		value *int64
	}{
		{"PRAGMA application_id", &id.application},
		{"PRAGMA user_version", &id.version},
		{"SELECT count(*) FROM sqlite_schema", &id.objects},
	} {
		if *q.value, err = queryInt(conn, q.query); err != nil {
			return id, err
		}
	}
	return id, nil
}

// empty reports whether nothing was ever written: the creation of a database
// that was killed before its first migration leaves such a file.
func (id identity) empty() bool { return id == identity{} }

// steps are the parts of a migration that SQL cannot do, by the version that they
// lead to. They run after its script, in the same transaction.
var steps = map[int64][]func(conn *sqlite.Conn) error{4: {moveRecords, moveLinks, moveConflicts}}

// migrate brings the database from version to the newest version, one
// transaction for each step.
func migrate(ctx context.Context, conn *sqlite.Conn, version int64, scripts []string) error {
	for ; version < int64(len(scripts)); version++ {
		script := fmt.Sprintf("%s\nPRAGMA user_version = %d;", scripts[version], version+1)
		err := transact(ctx, conn, func(conn *sqlite.Conn) error {
			if err := sqlitex.ExecuteScript(conn, script, nil); err != nil {
				return err
			}
			for _, step := range steps[version+1] {
				if err := step(conn); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("migrate to schema version %d: %w", version+1, err)
		}
	}
	return nil
}

// queryInt runs a query that gives one integer.
func queryInt(conn *sqlite.Conn, query string, args ...any) (int64, error) {
	var value int64
	err := sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{
		Args: args,
		ResultFunc: func(stmt *sqlite.Stmt) error {
			value = stmt.ColumnInt64(0)
			return nil
		},
	})
	return value, err
}
