package store

import (
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// moveLinks moves the rows of the table link, one for each link, into packs in the
// canonical order of each run.
func moveLinks(conn *sqlite.Conn) error {
	var runs []int64
	err := sqlitex.ExecuteTransient(conn, "SELECT id FROM run ORDER BY id", &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			runs = append(runs, stmt.ColumnInt64(0))
			return nil
		},
	})
	for _, run := range runs {
		if err == nil {
			err = moveLinksOf(conn, RunID(run))
		}
	}
	if err != nil {
		return err
	}
	return sqlitex.ExecuteTransient(conn, "DROP TABLE link", nil)
}

// oldLinkQuery gives the links of a run in canonical order.
const oldLinkQuery = `SELECT link.central, link.regional, link.rule, link.weight, link.probability, link.evidence
FROM run_source
CROSS JOIN source ON source.id = run_source.source_id
CROSS JOIN link ON link.id BETWEEN run_source.run_id << 40 | source.first_record AND run_source.run_id << 40 | source.last_record
WHERE run_source.run_id = ? AND run_source.side = 'central'
ORDER BY run_source.position, link.id`

func moveLinksOf(conn *sqlite.Conn, run RunID) error {
	w, err := newLinkWriter(conn, run)
	if err != nil {
		return err
	}
	var evidence []byte
	err = sqlitex.ExecuteTransient(conn, oldLinkQuery, &sqlitex.ExecOptions{
		Args: []any{int64(run)},
		ResultFunc: func(stmt *sqlite.Stmt) error {
			evidence = columnBytes(stmt, 5, evidence)
			return w.add(&packedLink{
				central: stmt.ColumnInt64(0), regional: stmt.ColumnInt64(1), rule: stmt.ColumnInt64(2),
				weight: stmt.ColumnFloat(3), probability: stmt.ColumnFloat(4), evidence: evidence,
			})
		},
	})
	if err != nil {
		return err
	}
	return w.flush()
}
