package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Source is one loaded file. Rows = Records + Rejected + the sum of Skipped.
type Source struct {
	ID       int64
	Side     match.Side
	Path     string // as it was given when loading
	Name     string // display name: the shortest end of Path that no other source has
	SHA256   string // of the file, hexadecimal
	Size     int64  // bytes
	LoadedAt time.Time
	Version  string // of the program that loaded it
	Rows     int64
	Records  int64
	Rejected int64
	Skipped  map[string]int64 // by reason
	Issues   map[string]int64 // by field and code: "nik:short"
	Warnings []string
	// Withdrawn is when the source was taken out of use; zero if it is in use.
	Withdrawn time.Time

	firstRecord, lastRecord     int64 // ids; last < first if there are none
	firstExcluded, lastExcluded int64
}

// Sheet is one sheet of a source, or the whole of a delimited file.
type Sheet struct {
	Name      string // "" for a delimited file
	HeaderRow int    // 1-based; 0 = none
	Header    []string
	Columns   normalize.Columns
}

// HasSource tells whether the same bytes are loaded and in use on the same side.
func (s *Store) HasSource(ctx context.Context, side match.Side, sha256 string) (Source, bool, error) {
	sources, err := s.Sources(ctx)
	if err != nil {
		return Source{}, false, err
	}
	for _, source := range sources[side] {
		if strings.EqualFold(source.SHA256, sha256) {
			return source, true, nil
		}
	}
	return Source{}, false, nil
}

// Sources returns the sources of each side that are in use, in canonical order.
func (s *Store) Sources(ctx context.Context) ([2][]Source, error) {
	var sources [2][]Source
	err := s.read(ctx, func(conn *sqlite.Conn) (err error) {
		sources, err = readSources(conn, "WHERE withdrawn_at IS NULL")
		return err
	})
	return sources, err
}

const sourceColumns = `id, side, path, sha256, size, loaded_at, version, rows, records, rejected,
skipped, issues, warnings, first_record, last_record, first_excluded, last_excluded`

// readSources reads the sources of each side in canonical order, named apart from
// each other.
func readSources(conn *sqlite.Conn, which string) (sources [2][]Source, err error) {
	return querySources(conn, "SELECT "+sourceColumns+", withdrawn_at FROM source "+which)
}

func querySources(conn *sqlite.Conn, query string) (sources [2][]Source, err error) {
	err = sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			source, err := readSource(stmt)
			if err != nil {
				return damaged(fmt.Sprintf("source %d", source.ID), err)
			}
			sources[source.Side] = append(sources[source.Side], source)
			return nil
		},
	})
	arrange(sources)
	return sources, err
}

// arrange names sources apart and puts them in canonical order.
func arrange(sources [2][]Source) {
	nameSources(sources)
	for _, side := range sources {
		slices.SortFunc(side, compareSources)
	}
}

func readSource(stmt *sqlite.Stmt) (Source, error) {
	s := Source{
		ID: stmt.ColumnInt64(0), Side: parseSide(stmt.ColumnText(1)), Path: stmt.ColumnText(2),
		SHA256: stmt.ColumnText(3), Size: stmt.ColumnInt64(4), Version: stmt.ColumnText(6),
		Rows: stmt.ColumnInt64(7), Records: stmt.ColumnInt64(8), Rejected: stmt.ColumnInt64(9),
		firstRecord: stmt.ColumnInt64(13), lastRecord: stmt.ColumnInt64(14),
		firstExcluded: stmt.ColumnInt64(15), lastExcluded: stmt.ColumnInt64(16),
	}
	var err error
	if s.LoadedAt, err = time.Parse(time.RFC3339, stmt.ColumnText(5)); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(stmt.ColumnText(10)), &s.Skipped); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(stmt.ColumnText(11)), &s.Issues); err != nil {
		return s, err
	}
	if err := json.Unmarshal([]byte(stmt.ColumnText(12)), &s.Warnings); err != nil || stmt.ColumnIsNull(17) {
		return s, err
	}
	s.Withdrawn, err = time.Parse(time.RFC3339, stmt.ColumnText(17))
	return s, err
}

// parseSide is the inverse of match.Side.String for the two texts the schema admits.
func parseSide(code string) match.Side {
	if code == match.Regional.String() {
		return match.Regional
	}
	return match.Central
}

// compareSources is the canonical order: by the base name of the path, then by
// digest, which is unique on a side.
func compareSources(a, b Source) int {
	pathA, pathB := pathParts(a.Path), pathParts(b.Path)
	return cmp.Or(
		strings.Compare(pathA[len(pathA)-1], pathB[len(pathB)-1]),
		strings.Compare(a.SHA256, b.SHA256),
	)
}

// pathParts splits a path of any system, so that a database moved between
// systems keeps its order.
func pathParts(path string) []string {
	return strings.FieldsFunc(path+"/", func(r rune) bool { return r == '/' || r == '\\' })
}

// nameSources gives every source the shortest end of its path that no other
// source has; two different files of one path are told apart by their digest.
func nameSources(sources [2][]Source) {
	count := map[string]int{}
	for _, side := range sources {
		for _, source := range side {
			parts := pathParts(source.Path)
			for i := range parts {
				count[strings.Join(parts[i:], "/")]++
			}
		}
	}
	for _, side := range sources {
		for i := range side {
			side[i].Name = displayName(&side[i], count)
		}
	}
}

func displayName(source *Source, count map[string]int) string {
	parts := pathParts(source.Path)
	for i := len(parts) - 1; i >= 0; i-- {
		if name := strings.Join(parts[i:], "/"); count[name] == 1 {
			return name
		}
	}
	return fmt.Sprintf("%s (sha256 %.8s)", strings.Join(parts, "/"), source.SHA256)
}
