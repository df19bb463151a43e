package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// PersonRow is the comparable form of one record.
type PersonRow struct {
	ID     int64
	Source int // position in the canonical order of the side's sources
	Row    int // 1-based row in its sheet
	Person normalize.Person
}

// Persons yields all records of a side in canonical order, in batches that
// belong to the receiver. The position of a record in the whole sequence is its
// row index in a run.
func (s *Store) Persons(ctx context.Context, side match.Side) iter.Seq2[[]PersonRow, error] {
	var c *catalog
	err := s.read(ctx, func(conn *sqlite.Conn) (err error) {
		c, err = readCatalog(conn)
		return err
	})
	if err != nil {
		return failWith[[]PersonRow](err)
	}
	return ordered(ctx, s, recordSpans(c.sources[side], packRecords), c.openPersons)
}

func (c *catalog) openPersons(conn *sqlite.Conn) (chunkReader[PersonRow], error) {
	stmt, err := conn.Prepare("SELECT id, row, person FROM record WHERE id BETWEEN ? AND ? ORDER BY id")
	if err != nil {
		return nil, err
	}
	var buffer []byte
	return func(at span, rows []PersonRow) ([]PersonRow, error) {
		rows = slices.Grow(rows, int(at.last-at.first+1))
		source := c.index[at.source.ID]
		stmt.BindInt64(1, at.first)
		stmt.BindInt64(2, at.last)
		err := eachRow(stmt, func() error {
			buffer = columnBytes(stmt, 2, buffer)
			person, err := normalize.DecodePerson(buffer)
			if err != nil {
				return damaged(fmt.Sprintf("person of record %d", stmt.ColumnInt64(0)), err)
			}
			rows = append(rows, PersonRow{ID: stmt.ColumnInt64(0), Source: source, Row: stmt.ColumnInt(1), Person: person})
			return nil
		})
		if err == nil && int64(len(rows)) != at.last-at.first+1 {
			err = damaged(fmt.Sprintf("source %d lacks records", at.source.ID), nil)
		}
		return rows, err
	}, nil
}

// columnBytes copies a column into buffer, which grows as needed.
func columnBytes(stmt *sqlite.Stmt, column int, buffer []byte) []byte {
	n := stmt.ColumnLen(column)
	if n > cap(buffer) {
		buffer = make([]byte, n*2)
	}
	return buffer[:stmt.ColumnBytes(column, buffer[:n])]
}
