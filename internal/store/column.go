package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// ErrNoColumn says that no sheet of a side has a column with the title asked for.
var ErrNoColumn = errors.New("no list has a column with this title")

// Cells yields one cell of every record of a side in canonical order: that under
// a title of its sheet's header, which is compared without regard to case; ""
// where a sheet has no such column. The error is ErrNoColumn if none has it.
func (s *Store) Cells(ctx context.Context, side match.Side, title string) iter.Seq2[string, error] {
	var c *catalog
	err := s.read(ctx, func(conn *sqlite.Conn) (err error) {
		c, err = readCatalog(conn)
		return err
	})
	if err != nil {
		return failWith[string](err)
	}
	title = strings.TrimSpace(title)
	at := map[*sheetEntry]int{}
	for _, sheet := range c.sheets {
		i := slices.IndexFunc(sheet.Header, func(text string) bool { return strings.EqualFold(strings.TrimSpace(text), title) })
		if i >= 0 && sheet.source.Side == side {
			at[sheet] = i
		}
	}
	if len(at) == 0 && len(c.sources[side]) > 0 {
		return failWith[string](fmt.Errorf("%s: %w", side, ErrNoColumn))
	}
	return oneByOne(ordered(ctx, s, recordSpans(c.sources[side]), func(conn *sqlite.Conn) (chunkReader[string], error) {
		return c.openColumn(conn, at)
	}))
}

// openColumn reads one cell of each record; at holds its index by sheet.
func (c *catalog) openColumn(conn *sqlite.Conn, at map[*sheetEntry]int) (chunkReader[string], error) {
	packs, err := newPackReader(conn, c)
	if err != nil {
		return nil, err
	}
	var cells []string
	return func(span span, rows []string) ([]string, error) {
		for id := span.first; id <= span.last; id++ {
			pack, err := packs.pack(id)
			if err != nil {
				return rows, err
			}
			if cells, err = splitCells(pack.cells(id), cells); err != nil {
				return rows, damaged(fmt.Sprintf("cells of record %d", id), err)
			}
			text := ""
			if i, ok := at[pack.sheet]; ok && i < len(cells) {
				text = strings.Clone(cells[i])
			}
			rows = append(rows, text)
		}
		return rows, nil
	}, nil
}
