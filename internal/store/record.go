package store

import (
	"context"
	"fmt"
	"strings"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// recordReader makes records of their packs. It belongs to one connection.
type recordReader struct {
	packs *packReader
	cells []string
}

func (c *catalog) newRecordReader(conn *sqlite.Conn) (*recordReader, error) {
	packs, err := newPackReader(conn, c)
	return &recordReader{packs: packs}, err
}

// raw reads a record with its cells.
func (r *recordReader) raw(id int64, record *match.Record) error {
	pack, err := r.packs.pack(id)
	if err != nil {
		return err
	}
	keys, err := normalize.DecodePerson(pack.keys(id))
	if err != nil {
		return damaged(fmt.Sprintf("keys of record %d", id), err)
	}
	*record = lean(pack.sheet.source, pack.sheet.Name, pack.row(id), id, &keys)
	return r.addCells(id, record)
}

// addCells adds its cells to a record.
func (r *recordReader) addCells(id int64, record *match.Record) error {
	pack, err := r.packs.pack(id)
	if err != nil {
		return err
	}
	if r.cells, err = splitCells(pack.cells(id), r.cells); err != nil {
		return damaged(fmt.Sprintf("cells of record %d", id), err)
	}
	record.Raw = pack.sheet.Columns.Values(r.cells)
	return nil
}

// lean is a record without its cells.
func lean(source *Source, sheet string, row int, id int64, p *normalize.Person) match.Record {
	return match.Record{
		ID: id, Side: source.Side, Source: source.Name, Sheet: sheet, Row: row,
		Area: p.Area, KK: p.KK, NIK: p.NIK,
	}
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
		r, err := c.newRecordReader(conn)
		if err != nil {
			return err
		}
		records = make([]match.Record, len(ids))
		for i, id := range ids {
			if c.sourceOf(id) == nil {
				return ErrNoRecord
			}
			if err := r.raw(id, &records[i]); err != nil {
				return err
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
	for row, err := range s.Everybody(ctx) {
		if err != nil {
			return nil, err
		}
		if row.Person.NIK.Value == nik {
			ids = append(ids, row.ID)
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
		packs, err := newPackReader(conn, c)
		if err != nil {
			return err
		}
		for side := range c.sources {
			for i := range c.sources[side] {
				source := &c.sources[side][i]
				if !source.Named(q.Source) {
					continue
				}
				for id := source.firstRecord; id <= source.lastRecord; id++ {
					pack, err := packs.pack(id)
					if err != nil {
						return err
					}
					if pack.row(id) == q.Row && (q.Sheet == "" || q.Sheet == pack.sheet.Name) {
						ids = append(ids, id)
					}
				}
			}
		}
		return nil
	})
	return ids, err
}

// Named reports whether name is the display name of s or an end of its path.
func (s *Source) Named(name string) bool {
	wanted := strings.Join(pathParts(name), "/")
	path := strings.Join(pathParts(s.Path), "/")
	return name == s.Name || wanted != "" && (path == wanted || strings.HasSuffix(path, "/"+wanted))
}
