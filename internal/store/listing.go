package store

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
)

// Listing reads the rows of the sources of a side as they stood, persons and
// rejected rows, in canonical order of the sources and the order of each.
type Listing struct {
	store   *Store
	catalog *catalog
	side    match.Side
	sheets  []*ListedSheet
	listed  map[*sheetEntry]*ListedSheet
}

// ListedSheet is a sheet of a listing.
type ListedSheet struct {
	*Sheet

	Source string // display name of its file
	order  [2]int // position of the source, id of the sheet
}

// ListedRow is a row of a listing.
type ListedRow struct {
	Sheet    *ListedSheet
	Row      int              // 1-based
	Person   int              // position in Persons of the side, from 0; -1 for a rejected row
	Rejected string           // stable code of the reason; "" for a person
	NIK, KK  normalize.Number // of a person
	Cells    []string
}

// Listing opens the sources of a side.
func (s *Store) Listing(ctx context.Context, side match.Side) (*Listing, error) {
	l := &Listing{store: s, side: side, listed: map[*sheetEntry]*ListedSheet{}}
	err := s.read(ctx, func(conn *sqlite.Conn) (err error) {
		l.catalog, err = readCatalog(conn)
		return err
	})
	if err != nil {
		return nil, err
	}
	positions := map[*Source]int{}
	for i := range l.catalog.sources[side] {
		positions[&l.catalog.sources[side][i]] = i
	}
	for id, entry := range l.catalog.sheets {
		if position, ok := positions[entry.source]; ok {
			l.listed[entry] = &ListedSheet{Sheet: &entry.Sheet, Source: entry.source.Name, order: [2]int{position, int(id)}}
			l.sheets = append(l.sheets, l.listed[entry])
		}
	}
	slices.SortFunc(l.sheets, func(a, b *ListedSheet) int { return slices.Compare(a.order[:], b.order[:]) })
	return l, nil
}

// Sheets returns the sheets that have rows, in order.
func (l *Listing) Sheets() []*ListedSheet { return l.sheets }

// Rows yields all rows.
func (l *Listing) Rows(ctx context.Context) iter.Seq2[ListedRow, error] {
	return func(yield func(ListedRow, error) bool) {
		first := 0
		for i := range l.catalog.sources[l.side] {
			source := &l.catalog.sources[l.side][i]
			for row, err := range l.rowsOf(ctx, source, first) {
				if !yield(row, err) || err != nil {
					return
				}
			}
			first += int(source.Records)
		}
	}
}

// rowsOf merges the persons of a source, the first of which has a position in the
// side, with its rejected rows.
func (l *Listing) rowsOf(ctx context.Context, source *Source, first int) iter.Seq2[ListedRow, error] {
	return func(yield func(ListedRow, error) bool) {
		rejected, stop := iter.Pull2(oneByOne(ordered(ctx, l.store, excludedSpans(source), l.openRejected)))
		defer stop()
		next, err, more := rejected()
		// flush yields the rejected rows above a row, all of them for nil.
		flush := func(below *ListedRow) bool {
			for more && (err != nil || below == nil || next.before(below)) {
				if !yield(next, err) || err != nil {
					return false
				}
				next, err, more = rejected()
			}
			return true
		}
		for row, err := range oneByOne(ordered(ctx, l.store, recordSpans([]Source{*source}), l.openPersons)) {
			if err != nil {
				yield(row, err)
				return
			}
			row.Person += first
			if !flush(&row) || !yield(row, nil) {
				return
			}
		}
		flush(nil)
	}
}

// before reports whether a row stands above another one of its source.
func (r *ListedRow) before(other *ListedRow) bool {
	return cmp.Or(slices.Compare(r.Sheet.order[:], other.Sheet.order[:]), cmp.Compare(r.Row, other.Row)) < 0
}

// openPersons reads the persons of a chunk; their positions are those in the source.
func (l *Listing) openPersons(conn *sqlite.Conn) (chunkReader[ListedRow], error) {
	packs, err := newPackReader(conn, l.catalog)
	if err != nil {
		return nil, err
	}
	return func(at span, rows []ListedRow) ([]ListedRow, error) {
		for id := at.first; id <= at.last; id++ {
			pack, err := packs.pack(id)
			if err != nil {
				return rows, err
			}
			row := ListedRow{Sheet: l.listed[pack.sheet], Row: pack.row(id), Person: int(id - at.source.firstRecord)}
			keys, err := normalize.DecodePerson(pack.keys(id))
			if err != nil {
				return rows, damaged(fmt.Sprintf("keys of record %d", id), err)
			}
			row.NIK, row.KK = keys.NIK, keys.KK
			if row.Cells, err = splitCells(pack.cells(id), nil); err != nil {
				return rows, damaged(fmt.Sprintf("cells of record %d", id), err)
			}
			rows = append(rows, row)
		}
		return rows, nil
	}, nil
}

func (l *Listing) openRejected(conn *sqlite.Conn) (chunkReader[ListedRow], error) {
	stmt, err := conn.Prepare(rejectedQuery)
	if err != nil {
		return nil, err
	}
	return func(at span, rows []ListedRow) ([]ListedRow, error) {
		stmt.BindInt64(1, at.first)
		stmt.BindInt64(2, at.last)
		err := eachRow(stmt, func() error {
			sheet, err := l.catalog.sheet(stmt.ColumnInt64(1))
			if err != nil {
				return err
			}
			row := ListedRow{Sheet: l.listed[sheet], Row: stmt.ColumnInt(2), Person: -1, Rejected: stmt.ColumnText(3)}
			if row.Cells, err = splitCells(stmt.ColumnText(4), nil); err != nil {
				return damaged(fmt.Sprintf("cells of excluded row %d", stmt.ColumnInt64(0)), err)
			}
			rows = append(rows, row)
			return nil
		})
		return rows, err
	}, nil
}
