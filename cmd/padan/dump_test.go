package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// moment is a point in time as the database keeps it.
var moment = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[0-9.]*(Z|[+-]\d\d:\d\d)`)

// dump is everything that padan.db holds but the hours, in the order of its tables. The
// anchor of the audit trail, whose entries have an hour, is left out.
func dump(t *testing.T) string {
	t.Helper()
	conn, err := sqlite.OpenConn("padan.db", sqlite.OpenReadOnly)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}()
	var tables []string
	query(t, conn, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('audit_anchor', 'sqlite_sequence') ORDER BY name", func(stmt *sqlite.Stmt) {
		tables = append(tables, stmt.ColumnText(0))
	})
	var text strings.Builder
	for _, table := range tables {
		text.WriteString(table + "\n")
		query(t, conn, "SELECT * FROM "+table, func(stmt *sqlite.Stmt) {
			for i := range stmt.ColumnCount() {
				fmt.Fprintf(&text, " %s=%q", stmt.ColumnName(i), moment.ReplaceAllString(stmt.ColumnText(i), "HOUR"))
			}
			text.WriteByte('\n')
		})
	}
	return text.String()
}

func query(t *testing.T, conn *sqlite.Conn, text string, row func(stmt *sqlite.Stmt)) {
	t.Helper()
	err := sqlitex.ExecuteTransient(conn, text, &sqlitex.ExecOptions{ResultFunc: func(stmt *sqlite.Stmt) error {
		row(stmt)
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}

// listed is the content of the files of a folder as one text, but the hours.
func listed(t *testing.T, folder string, except ...string) string {
	t.Helper()
	files := tree(t, folder)
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !slices.Contains(except, name) {
			fmt.Fprintf(&text, "%s\n%s\n", name, moment.ReplaceAllString(files[name], "HOUR"))
		}
	}
	return text.String()
}

// excerpt is the part of a text from a little before the place where it differs from
// another.
func excerpt(text, other string) string {
	i := 0
	for i < min(len(text), len(other)) && text[i] == other[i] {
		i++
	}
	return text[max(0, i-200):min(len(text), i+400)]
}
