package store

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// EntryKind says what became of one row of a source.
type EntryKind uint8

// The kinds.
const (
	EntryRecord   EntryKind = iota // a person
	EntryRejected                  // unreadable; kept with its reason
	EntrySkipped                   // a heading, a total, a blank row
)

var entryKindCodes = [...]string{"record", "rejected", "skipped"}

// String returns the kind's stable code.
func (k EntryKind) String() string { return entryKindCodes[k] }

// Entry is one row of a source.
type Entry struct {
	Kind   EntryKind
	Row    int    // 1-based
	Cells  []byte // as EncodeCells writes them
	Person []byte // as normalize.Person.AppendBinary writes it; of a record only
	Keys   []byte // the same of a person of nothing but NIK, KK and area
	Reason string // stable code; of a rejected or skipped row only
}

// Batch is a number of consecutive rows of one sheet. Some thousand entries are
// a good size. Load keeps nothing of it.
type Batch struct {
	Sheet    *Sheet // the same pointer for all batches of one sheet
	Entries  []Entry
	Packs    *Packs           // of the entries; nil = Load fills them
	Issues   map[string]int64 // found in these rows; added to the source's
	Warnings []string         // likewise
}

// Load stores one source in one transaction and returns it with its counts. Any
// error, be it of batches (passed on) or of the storage, leaves nothing
// of it behind. Of src it takes what is not counted; a zero LoadedAt is now.
// The same bytes on the same side are an ErrSourceLoaded. The sources replaced are
// withdrawn with it.
func (s *Store) Load(ctx context.Context, src Source, batches iter.Seq2[Batch, error], replaced ...int64) (Source, error) {
	err := s.write(ctx, func(conn *sqlite.Conn) error {
		l, err := newLoader(conn, src)
		if err != nil {
			return err
		}
		for batch, err := range batches {
			if err != nil {
				return &callerError{err}
			}
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			if err := l.add(batch); err != nil {
				return err
			}
		}
		if src, err = l.finish(); err != nil {
			return err
		}
		return withdraw(conn, replaced, src.LoadedAt)
	})
	if err != nil {
		return Source{}, err
	}
	sources, err := s.Sources(ctx)
	if err != nil {
		return Source{}, err
	}
	i := slices.IndexFunc(sources[src.Side], func(other Source) bool { return other.ID == src.ID })
	return sources[src.Side][i], nil
}

// loader writes the rows of one source.
type loader struct {
	conn     *sqlite.Conn
	source   Source
	persons  *bulkInsert
	shown    *bulkInsert
	excluded *bulkInsert
	sheets   map[*Sheet]int64
	sheet    int64 // next id

	packs        Packs
	excludedRows []*Entry
}

func newLoader(conn *sqlite.Conn, src Source) (*loader, error) {
	src.SHA256 = strings.ToLower(src.SHA256)
	same, err := queryInt(conn, "SELECT count(*) FROM source WHERE side = ? AND sha256 = ?", src.Side.String(), src.SHA256)
	if err != nil {
		return nil, err
	}
	if same > 0 {
		return nil, fmt.Errorf("%s: %w", src.Path, ErrSourceLoaded)
	}
	src.Rows, src.Records, src.Rejected = 0, 0, 0
	src.Skipped, src.Issues = map[string]int64{}, maps.Clone(src.Issues)
	if src.Issues == nil {
		src.Issues = map[string]int64{}
	}
	src.Warnings = slices.Concat([]string{}, src.Warnings)
	if src.LoadedAt.IsZero() {
		src.LoadedAt = time.Now()
	}
	l := &loader{conn: conn, source: src, sheets: map[*Sheet]int64{}}
	if err := l.assignIDs(); err != nil {
		return nil, err
	}
	return l, l.prepare()
}

// prepare prepares the statements that insert rows.
func (l *loader) prepare() error {
	for _, insert := range []struct {
		into   **bulkInsert
		target string
	}{
		{&l.persons, "person_pack (first_record, sheet_id, records, persons)"},
		{&l.shown, "record_pack (first_record, sheet_id, records, shown)"},
		{&l.excluded, "excluded (id, sheet_id, row, kind, reason, cells)"},
	} {
		var err error
		if *insert.into, err = newBulkInsert(l.conn, insert.target); err != nil {
			return err
		}
	}
	return nil
}

// assignIDs finds the first free ids. Those of a source are contiguous, since
// nobody else writes meanwhile.
func (l *loader) assignIDs() error {
	for _, next := range []struct {
		id    *int64
		query string
	}{
		{&l.source.ID, "SELECT coalesce(max(id), 0) + 1 FROM source"},
		{&l.sheet, "SELECT coalesce(max(id), 0) + 1 FROM sheet"},
		{&l.source.firstRecord, "SELECT coalesce(max(last_record), 0) + 1 FROM source"},
		{&l.source.firstExcluded, "SELECT coalesce(max(last_excluded), 0) + 1 FROM source"},
	} {
		id, err := queryInt(l.conn, next.query)
		if err != nil {
			return err
		}
		*next.id = id
	}
	l.source.lastRecord = l.source.firstRecord - 1
	l.source.lastExcluded = l.source.firstExcluded - 1
	return nil
}

// add writes one batch.
func (l *loader) add(batch Batch) error {
	sheet, err := l.sheetID(batch.Sheet)
	if err != nil {
		return err
	}
	for code, n := range batch.Issues {
		l.source.Issues[code] += n
	}
	l.source.Warnings = append(l.source.Warnings, batch.Warnings...)
	l.sort(batch.Entries)
	if batch.Packs == nil {
		batch.Packs = &l.packs
		batch.Packs.Fill(batch.Entries)
	}
	if err := l.addPacks(sheet, batch.Packs); err != nil {
		return err
	}
	return l.addExcluded(sheet)
}

// addPacks writes the records of one sheet under the next ids.
func (l *loader) addPacks(sheet int64, p *Packs) error {
	first := l.source.lastRecord + 1
	err := l.persons.insert(len(p.persons.packs), func(stmt *sqlite.Stmt, at, i int) {
		pack := &p.persons.packs[i]
		stmt.BindInt64(at+1, first)
		stmt.BindInt64(at+2, sheet)
		stmt.BindInt64(at+3, int64(pack.records))
		stmt.BindBytes(at+4, pack.block)
		first += int64(pack.records)
	})
	if err != nil {
		return err
	}
	return l.shown.insert(len(p.shown.packs), func(stmt *sqlite.Stmt, at, i int) {
		pack := &p.shown.packs[i]
		stmt.BindInt64(at+1, l.source.lastRecord+1)
		stmt.BindInt64(at+2, sheet)
		stmt.BindInt64(at+3, int64(pack.records))
		stmt.BindBytes(at+4, pack.block)
		l.source.lastRecord += int64(pack.records)
	})
}

func (l *loader) addExcluded(sheet int64) error {
	first := l.source.lastExcluded + 1
	l.source.lastExcluded += int64(len(l.excludedRows))
	return l.excluded.insert(len(l.excludedRows), func(stmt *sqlite.Stmt, p, i int) {
		entry := l.excludedRows[i]
		stmt.BindInt64(p+1, first+int64(i))
		stmt.BindInt64(p+2, sheet)
		stmt.BindInt64(p+3, int64(entry.Row))
		stmt.BindText(p+4, entry.Kind.String())
		stmt.BindText(p+5, entry.Reason)
		stmt.BindText(p+6, string(entry.Cells))
	})
}

// sort counts the entries and parts the excluded rows from the records.
func (l *loader) sort(entries []Entry) {
	l.excludedRows = l.excludedRows[:0]
	l.source.Rows += int64(len(entries))
	for i := range entries {
		entry := &entries[i]
		if entry.Kind == EntryRecord {
			l.source.Records++
			continue
		}
		l.excludedRows = append(l.excludedRows, entry)
		if entry.Kind == EntryRejected {
			l.source.Rejected++
		} else {
			l.source.Skipped[entry.Reason]++
		}
	}
}

// sheetID writes a sheet when its first batch arrives.
func (l *loader) sheetID(sheet *Sheet) (int64, error) {
	if id, ok := l.sheets[sheet]; ok {
		return id, nil
	}
	header, err := json.Marshal(slices.Concat([]string{}, sheet.Header))
	if err != nil {
		return 0, err
	}
	columns, err := encodeColumns(sheet.Columns)
	if err != nil {
		return 0, err
	}
	id := l.sheet
	err = sqlitex.Execute(l.conn, "INSERT INTO sheet (id, source_id, position, name, header_row, header, columns) VALUES (?, ?, ?, ?, ?, ?, ?)",
		&sqlitex.ExecOptions{Args: []any{id, l.source.ID, len(l.sheets), sheet.Name, sheet.HeaderRow, string(header), string(columns)}})
	l.sheets[sheet] = id
	l.sheet++
	return id, err
}

// finish writes the source itself, which makes it whole.
func (l *loader) finish() (Source, error) {
	s := &l.source
	var texts [3]string
	for i, value := range []any{s.Skipped, s.Issues, s.Warnings} {
		text, err := json.Marshal(value)
		if err != nil {
			return Source{}, err
		}
		texts[i] = string(text)
	}
	err := sqlitex.Execute(l.conn, "INSERT INTO source ("+sourceColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		&sqlitex.ExecOptions{Args: []any{
			s.ID, s.Side.String(), s.Path, s.SHA256, s.Size, s.LoadedAt.UTC().Format(time.RFC3339), s.Version,
			s.Rows, s.Records, s.Rejected, texts[0], texts[1], texts[2],
			s.firstRecord, s.lastRecord, s.firstExcluded, s.lastExcluded,
		}})
	return *s, err
}
