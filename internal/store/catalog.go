package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"sort"

	"padan/normalize"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// catalog is all that is known of sources and sheets; what readers of records
// need beside the record itself.
type catalog struct {
	sources [2][]Source // in use, canonical order
	retired [2][]Source // withdrawn
	byID    map[int64]*Source
	index   map[int64]int // source id -> position in sources of its side
	holders []*Source     // those with records, by their records
	sheets  map[int64]*sheetEntry
	packs   packCache[openPack[packedRecord]]
	persons packCache[openPack[packedPerson]]
}

type sheetEntry struct {
	Sheet
	source *Source
}

func readCatalog(conn *sqlite.Conn) (*catalog, error) {
	c := &catalog{byID: map[int64]*Source{}, index: map[int64]int{}, sheets: map[int64]*sheetEntry{}}
	var err error
	if c.sources, err = readSources(conn, "WHERE withdrawn_at IS NULL"); err != nil {
		return nil, err
	}
	if c.retired, err = readSources(conn, "WHERE withdrawn_at IS NOT NULL"); err != nil {
		return nil, err
	}
	for source, position := range c.every() {
		c.byID[source.ID] = source
		c.index[source.ID] = position
		if source.firstRecord <= source.lastRecord {
			c.holders = append(c.holders, source)
		}
	}
	slices.SortFunc(c.holders, func(a, b *Source) int { return cmp.Compare(a.lastRecord, b.lastRecord) })
	err = sqlitex.ExecuteTransient(conn, "SELECT id, source_id, name, header_row, header, columns FROM sheet", &sqlitex.ExecOptions{
		ResultFunc: c.addSheet,
	})
	return c, err
}

func (c *catalog) addSheet(stmt *sqlite.Stmt) error {
	id := stmt.ColumnInt64(0)
	entry := &sheetEntry{source: c.byID[stmt.ColumnInt64(1)]}
	if entry.source == nil {
		return damaged(fmt.Sprintf("sheet %d has no source", id), nil)
	}
	entry.Name, entry.HeaderRow = stmt.ColumnText(2), stmt.ColumnInt(3)
	if err := json.Unmarshal([]byte(stmt.ColumnText(4)), &entry.Header); err != nil {
		return damaged(fmt.Sprintf("header of sheet %d", id), err)
	}
	var err error
	if entry.Columns, err = decodeColumns([]byte(stmt.ColumnText(5))); err != nil {
		return damaged(fmt.Sprintf("columns of sheet %d", id), err)
	}
	c.sheets[id] = entry
	return nil
}

// every yields all sources, those in use first, with their positions.
func (c *catalog) every() iter.Seq2[*Source, int] {
	return func(yield func(*Source, int) bool) {
		for _, sources := range [][]Source{c.sources[0], c.sources[1], c.retired[0], c.retired[1]} {
			for i := range sources {
				if !yield(&sources[i], i) {
					return
				}
			}
		}
	}
}

// sheet returns the sheet of a record.
func (c *catalog) sheet(id int64) (*sheetEntry, error) {
	entry := c.sheets[id]
	if entry == nil {
		return nil, damaged(fmt.Sprintf("no sheet %d", id), nil)
	}
	return entry, nil
}

// sourceOf returns the source that holds a record; nil if there is none.
func (c *catalog) sourceOf(record int64) *Source {
	i := sort.Search(len(c.holders), func(i int) bool { return record <= c.holders[i].lastRecord })
	if i < len(c.holders) && c.holders[i].firstRecord <= record {
		return c.holders[i]
	}
	return nil
}

// encodeColumns writes the mapping by field code.
func encodeColumns(columns normalize.Columns) ([]byte, error) {
	cells := map[string]int{}
	for f := normalize.FieldNIK; f < normalize.FieldCount; f++ {
		if columns.Has(f) {
			cells[f.String()] = columns.Cell(f)
		}
	}
	return json.Marshal(cells)
}

// decodeColumns is the inverse of encodeColumns; a field this version does not
// know is dropped.
func decodeColumns(text []byte) (normalize.Columns, error) {
	var byCode map[string]int
	if err := json.Unmarshal(text, &byCode); err != nil {
		return normalize.Columns{}, err
	}
	cells := map[normalize.Field]int{}
	for code, cell := range byCode {
		if f, ok := normalize.ParseField(code); ok {
			cells[f] = cell
		}
	}
	return normalize.NewColumns(cells), nil
}
