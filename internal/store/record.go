package store

import (
	"context"
	"fmt"
	"strings"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// recordReader turns rows of the table record into match.Record.
type recordReader struct {
	catalog *catalog
	person  []byte
	cells   []string
}

// The columns of a record in a query of a recordReader; rawColumns are those of
// a record with its cells.
const (
	leanColumns = "%[1]s.id, %[1]s.sheet_id, %[1]s.row, %[1]s.person"
	rawColumns  = leanColumns + ", %[1]s.cells"
	rawCount    = 5
)

// lean reads a record without its cells from the columns that start at column.
func (r *recordReader) lean(stmt *sqlite.Stmt, column int, record *match.Record) error {
	_, err := r.read(stmt, column, record)
	return err
}

// raw reads a record with its cells.
func (r *recordReader) raw(stmt *sqlite.Stmt, column int, record *match.Record) error {
	sheet, err := r.read(stmt, column, record)
	if err != nil {
		return err
	}
	if r.cells, err = splitCells(stmt.ColumnText(column+4), r.cells); err != nil {
		return damaged(fmt.Sprintf("cells of record %d", record.ID), err)
	}
	record.Raw = sheet.Columns.Values(r.cells)
	return nil
}

func (r *recordReader) read(stmt *sqlite.Stmt, column int, record *match.Record) (*sheetEntry, error) {
	record.ID, record.Row = stmt.ColumnInt64(column), stmt.ColumnInt(column+2)
	sheet, err := r.catalog.sheet(stmt.ColumnInt64(column + 1))
	if err != nil {
		return nil, err
	}
	record.Side, record.Source, record.Sheet = sheet.source.Side, sheet.source.Name, sheet.Name
	r.person = columnBytes(stmt, column+3, r.person)
	person, err := normalize.DecodePerson(r.person)
	if err != nil {
		return nil, damaged(fmt.Sprintf("person of record %d", record.ID), err)
	}
	record.Area, record.KK, record.NIK = person.Area, person.KK, person.NIK
	return sheet, nil
}

// Record returns one record; ErrNoRecord if there is none with this id.
func (s *Store) Record(ctx context.Context, id int64) (match.Record, error) {
	records, err := s.records(ctx, id)
	if err != nil {
		return match.Record{}, err
	}
	return records[0], nil
}

// records returns the records of ids, in the order of ids.
func (s *Store) records(ctx context.Context, ids ...int64) ([]match.Record, error) {
	var records []match.Record
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		c, err := readCatalog(conn)
		if err != nil {
			return err
		}
		stmt, err := conn.Prepare(fmt.Sprintf("SELECT "+rawColumns+" FROM record WHERE id = ?", "record"))
		if err != nil {
			return err
		}
		r := recordReader{catalog: c}
		for _, id := range ids {
			stmt.BindInt64(1, id)
			before := len(records)
			err := eachRow(stmt, func() error {
				records = append(records, match.Record{})
				return r.raw(stmt, 0, &records[len(records)-1])
			})
			if err != nil {
				return err
			}
			if len(records) == before {
				return ErrNoRecord
			}
		}
		return nil
	})
	return records, err
}

// Query says which records FindRecords looks for: those of a place in a source,
// or those with a NIK.
type Query struct {
	Source string // display name or another end of the path
	Sheet  string // "" = any sheet
	Row    int    // 1-based
	NIK    uint64 // the number as read; 0 = look for the place
}

// FindRecords returns the records of a query, central ones first, each side in
// canonical order. It reads through a source, or for a NIK through all of them
// (about a second per million records).
func (s *Store) FindRecords(ctx context.Context, q Query) ([]match.Record, error) {
	var ids []int64
	var err error
	if q.NIK != 0 {
		ids, err = s.findNIK(ctx, q.NIK)
	} else {
		ids, err = s.findPlace(ctx, q)
	}
	if err != nil {
		return nil, err
	}
	return s.records(ctx, ids...)
}

func (s *Store) findNIK(ctx context.Context, nik uint64) ([]int64, error) {
	var ids []int64
	for _, side := range []match.Side{match.Central, match.Regional} {
		for rows, err := range s.Persons(ctx, side) {
			if err != nil {
				return nil, err
			}
			for i := range rows {
				if rows[i].Person.NIK.Value == nik {
					ids = append(ids, rows[i].ID)
				}
			}
		}
	}
	return ids, nil
}

func (s *Store) findPlace(ctx context.Context, q Query) ([]int64, error) {
	var ids []int64
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		c, err := readCatalog(conn)
		if err != nil {
			return err
		}
		stmt, err := conn.Prepare("SELECT id, sheet_id FROM record WHERE id BETWEEN ? AND ? AND row = ? ORDER BY id")
		if err != nil {
			return err
		}
		for side := range c.sources {
			for i := range c.sources[side] {
				source := &c.sources[side][i]
				if !source.named(q.Source) {
					continue
				}
				stmt.BindInt64(1, source.firstRecord)
				stmt.BindInt64(2, source.lastRecord)
				stmt.BindInt64(3, int64(q.Row))
				err := eachRow(stmt, func() error {
					sheet, err := c.sheet(stmt.ColumnInt64(1))
					if err == nil && (q.Sheet == "" || q.Sheet == sheet.Name) {
						ids = append(ids, stmt.ColumnInt64(0))
					}
					return err
				})
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	return ids, err
}

// named reports whether name is the display name of s or an end of its path.
func (s *Source) named(name string) bool {
	wanted := strings.Join(pathParts(name), "/")
	path := strings.Join(pathParts(s.Path), "/")
	return name == s.Name || wanted != "" && (path == wanted || strings.HasSuffix(path, "/"+wanted))
}
