package store

import (
	"context"
	"errors"
	"maps"
	"slices"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// schema verifies that tables, columns and indexes are those of a new database: one bit
// in their definitions makes a column that nobody finds.
func (k *checker) schema(ctx context.Context) (err error) {
	scripts, err := migrationScripts()
	if err != nil {
		return err
	}
	fresh, err := sqlite.OpenConn(":memory:", sqlite.OpenReadWrite, sqlite.OpenCreate)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fresh.Close()) }()
	if err := migrate(ctx, fresh, 0, scripts); err != nil {
		return err
	}
	want, err := definitions(fresh)
	if err != nil {
		return err
	}
	found, err := definitions(k.conn)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if found[name] != want[name] {
			k.problem("the definition of %s is damaged", name)
		}
	}
	if len(k.problems) == 0 && len(found) != len(want) {
		k.problem("there are %d tables and indexes instead of %d", len(found), len(want))
	}
	return nil
}

// definitions are the tables and indexes of a database by name.
func definitions(conn *sqlite.Conn) (map[string]string, error) {
	found := map[string]string{}
	err := sqlitex.ExecuteTransient(conn, "SELECT name, type, tbl_name, sql FROM sqlite_schema", &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			found[stmt.ColumnText(0)] = stmt.ColumnText(1) + " " + stmt.ColumnText(2) + " " + stmt.ColumnText(3)
			return nil
		},
	})
	return found, err
}
