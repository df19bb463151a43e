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
	Side   match.Side
	Source int // position in the canonical order of the side's sources
	Sheet  string
	Row    int // 1-based row in its sheet
	Person normalize.Person
}

// Persons yields all records of a side in canonical order, in batches that are
// valid until the next one. The position of a record in the whole sequence is its
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
	return ordered(ctx, s, recordSpans(c.sources[side]), c.openPersons)
}

// Everybody yields all records, central ones first, each side in canonical order.
// Each is valid until the next one.
func (s *Store) Everybody(ctx context.Context) iter.Seq2[*PersonRow, error] {
	return func(yield func(*PersonRow, error) bool) {
		for _, side := range bothSides {
			for row, err := range inPlace(s.Persons(ctx, side)) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

func (c *catalog) openPersons(conn *sqlite.Conn) (chunkReader[PersonRow], error) {
	stmt, err := conn.Prepare("SELECT first_record, sheet_id, records, persons FROM person_pack WHERE first_record BETWEEN ? AND ? ORDER BY first_record")
	if err != nil {
		return nil, err
	}
	var block, plain []byte
	return func(at span, rows []PersonRow) ([]PersonRow, error) {
		rows = slices.Grow(rows, int(at.last-at.first+1))
		stmt.BindInt64(1, max(at.source.firstRecord, at.first-personsPerPack+1)) // the pack that begins before the span
		stmt.BindInt64(2, at.last)
		err := eachRow(stmt, func() error {
			id := stmt.ColumnInt64(0)
			sheet, err := c.sheet(stmt.ColumnInt64(1))
			if err != nil {
				return err
			}
			if sheet.source.ID != at.source.ID {
				return damaged(fmt.Sprintf("persons from record %d on stand in a sheet of another source", id), nil)
			}
			block = columnBytes(stmt, 3, block)
			var ok bool
			if plain, ok = inflate(plain, block, maxPackBytes); !ok {
				return damaged(fmt.Sprintf("persons from record %d on", id), nil)
			}
			cut, text := packCutter{rest: plain}, string(plain)
			for last := id + stmt.ColumnInt64(2) - 1; id <= min(last, at.last); id++ {
				row, encoded := cut.nextRow(), cut.span(plain)
				if id < at.first {
					continue
				}
				person, err := normalize.DecodePerson(text[encoded.from:encoded.to])
				if err != nil {
					return damaged(fmt.Sprintf("person of record %d", id), err)
				}
				rows = append(rows, PersonRow{ID: id, Side: at.source.Side, Source: c.index[at.source.ID], Sheet: sheet.Name, Row: row, Person: person})
			}
			return nil
		})
		if err == nil && int64(len(rows)) != at.last-at.first+1 {
			err = damaged(fmt.Sprintf("source %d lacks persons", at.source.ID), nil)
		}
		return rows, err
	}, nil
}

// columnBytes copies a column into buffer, which doubles at least if it is too
// small.
func columnBytes(stmt *sqlite.Stmt, column int, buffer []byte) []byte {
	n := stmt.ColumnLen(column)
	if n > cap(buffer) {
		buffer = make([]byte, n, n+cap(buffer))
	}
	return buffer[:stmt.ColumnBytes(column, buffer[:n])]
}
