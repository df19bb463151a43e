package store

import (
	"strings"

	"zombiezen.com/go/sqlite"
)

// bulkRows is the number of rows a bulkInsert writes with one statement; beyond
// it the gain is lost in noise.
const bulkRows = 32

// bulkInsert writes many rows of one table: groups of bulkRows with one
// statement, the remainder row by row.
type bulkInsert struct {
	group, single *sqlite.Stmt
	columns       int
}

// newBulkInsert prepares the statements; target is a table with its columns,
// "duplicate (id, of_record)".
func newBulkInsert(conn *sqlite.Conn, target string) (*bulkInsert, error) {
	columns := strings.Count(target, ",") + 1
	row := "(" + strings.Repeat("?,", columns-1) + "?)"
	group, err := conn.Prepare("INSERT INTO " + target + " VALUES " + strings.Repeat(row+",", bulkRows-1) + row)
	if err != nil {
		return nil, err
	}
	single, err := conn.Prepare("INSERT INTO " + target + " VALUES " + row)
	return &bulkInsert{group: group, single: single, columns: columns}, err
}

// insert writes n rows. bind binds row i to the parameters that follow first.
func (b *bulkInsert) insert(n int, bind func(stmt *sqlite.Stmt, first, i int)) error {
	done := 0
	for ; n-done >= bulkRows; done += bulkRows {
		for i := range bulkRows {
			bind(b.group, i*b.columns, done+i)
		}
		if err := execute(b.group); err != nil {
			return err
		}
	}
	for ; done < n; done++ {
		bind(b.single, 0, done)
		if err := execute(b.single); err != nil {
			return err
		}
	}
	return nil
}

// execute runs a statement that gives no rows, and keeps it for the next values.
func execute(stmt *sqlite.Stmt) error {
	if _, err := stmt.Step(); err != nil {
		return err
	}
	return stmt.Reset()
}
