package store

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// RejectedRow is a row that could not be read as a person.
type RejectedRow struct {
	Side   match.Side
	Source string // display name
	Sheet  string
	Row    int
	Reason string // stable code
	Cells  []string
}

// Rejected yields the rejected rows of the sources of a run, of those in use if it
// is 0, central ones first, each side in canonical order.
func (s *Store) Rejected(ctx context.Context, id RunID) iter.Seq2[RejectedRow, error] {
	c, sources, err := s.sourcesOf(ctx, id)
	if err != nil {
		return failWith[RejectedRow](err)
	}
	var spans []span
	for _, side := range bothSides {
		for i := range sources[side] {
			spans = append(spans, excludedSpans(&sources[side][i])...)
		}
	}
	return oneByOne(ordered(ctx, s, spans, c.openRejected))
}

// excludedSpans cuts the excluded rows of a source into chunks.
func excludedSpans(source *Source) []span {
	return span{source: source, first: source.firstExcluded, last: source.lastExcluded}.cut(packRecords)
}

// rejectedQuery gives the rejected rows among some excluded ones.
const rejectedQuery = "SELECT id, sheet_id, row, reason, cells FROM excluded WHERE id BETWEEN ? AND ? AND kind = 'rejected' ORDER BY id"

// sourcesOf returns the sources of a run, those in use for 0.
func (s *Store) sourcesOf(ctx context.Context, id RunID) (c *catalog, sources [2][]Source, err error) {
	if id != 0 {
		sc, err := s.scope(ctx, id)
		return sc.catalog, sc.run.Sources, err
	}
	err = s.read(ctx, func(conn *sqlite.Conn) (err error) {
		c, err = readCatalog(conn)
		return err
	})
	if err == nil {
		sources = c.sources
	}
	return c, sources, err
}

func (c *catalog) openRejected(conn *sqlite.Conn) (chunkReader[RejectedRow], error) {
	stmt, err := conn.Prepare(rejectedQuery)
	if err != nil {
		return nil, err
	}
	var cells []string
	return func(at span, rows []RejectedRow) ([]RejectedRow, error) {
		stmt.BindInt64(1, at.first)
		stmt.BindInt64(2, at.last)
		err := eachRow(stmt, func() error {
			sheet, err := c.sheet(stmt.ColumnInt64(1))
			if err != nil {
				return err
			}
			if cells, err = splitCells(stmt.ColumnText(4), cells); err != nil {
				return damaged(fmt.Sprintf("cells of excluded row %d", stmt.ColumnInt64(0)), err)
			}
			rows = append(rows, RejectedRow{
				Side: at.source.Side, Source: at.source.Name, Sheet: sheet.Name,
				Row: stmt.ColumnInt(2), Reason: stmt.ColumnText(3), Cells: slices.Clone(cells),
			})
			return nil
		})
		return rows, err
	}, nil
}
