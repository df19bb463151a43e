package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// ErrNoSource says that no source in use has an id.
var ErrNoSource = errors.New("no such source in use")

// Withdraw takes sources out of use, all or none: later runs leave them out, those
// before keep them. ErrNoSource if one is not in use.
func (s *Store) Withdraw(ctx context.Context, ids []int64, at time.Time) error {
	return s.write(ctx, func(conn *sqlite.Conn) error { return withdraw(conn, ids, at) })
}

func withdraw(conn *sqlite.Conn, ids []int64, at time.Time) error {
	for _, id := range ids {
		err := sqlitex.Execute(conn, "UPDATE source SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
			&sqlitex.ExecOptions{Args: []any{at.UTC().Format(time.RFC3339), id}})
		if err != nil {
			return err
		}
		if conn.Changes() != 1 {
			return &callerError{fmt.Errorf("source %d: %w", id, ErrNoSource)}
		}
	}
	return nil
}

// Reinstate puts a withdrawn source back into use if the same bytes come again on
// the same side, under the path that they have now, and withdraws the sources
// replaced; false if there is none.
func (s *Store) Reinstate(ctx context.Context, side match.Side, sha256, path string, at time.Time, replaced ...int64) (Source, bool, error) {
	found := false
	err := s.write(ctx, func(conn *sqlite.Conn) error {
		err := sqlitex.Execute(conn, "UPDATE source SET withdrawn_at = NULL, path = ? WHERE side = ? AND sha256 = ? AND withdrawn_at IS NOT NULL",
			&sqlitex.ExecOptions{Args: []any{path, side.String(), strings.ToLower(sha256)}})
		if found = conn.Changes() == 1; err != nil || !found {
			return err
		}
		return withdraw(conn, replaced, at)
	})
	if err != nil || !found {
		return Source{}, false, err
	}
	return s.HasSource(ctx, side, sha256)
}

// Rename tells where the file of a source in use is now; ErrNoSource if there is no
// such source.
func (s *Store) Rename(ctx context.Context, id int64, path string) error {
	return s.write(ctx, func(conn *sqlite.Conn) error {
		err := sqlitex.Execute(conn, "UPDATE source SET path = ? WHERE id = ? AND withdrawn_at IS NULL", &sqlitex.ExecOptions{Args: []any{path, id}})
		if err == nil && conn.Changes() != 1 {
			err = &callerError{fmt.Errorf("source %d: %w", id, ErrNoSource)}
		}
		return err
	})
}

// forgotten lists the withdrawn sources of which no run speaks.
func forgotten(conn *sqlite.Conn) ([]Source, error) {
	sources, err := readSources(conn, "WHERE withdrawn_at IS NOT NULL AND id NOT IN (SELECT source_id FROM run_source)")
	return append(sources[match.Central], sources[match.Regional]...), err
}

// purge deletes sources of which no run speaks.
func purge(conn *sqlite.Conn, sources []Source) error {
	for i := range sources {
		if err := purgeSource(conn, &sources[i]); err != nil {
			return err
		}
	}
	return nil
}

func purgeSource(conn *sqlite.Conn, s *Source) error {
	for _, deletion := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM person_pack WHERE first_record BETWEEN ? AND ?", []any{s.firstRecord, s.lastRecord}},
		{"DELETE FROM record_pack WHERE first_record BETWEEN ? AND ?", []any{s.firstRecord, s.lastRecord}},
		{"DELETE FROM excluded WHERE id BETWEEN ? AND ?", []any{s.firstExcluded, s.lastExcluded}},
		{"DELETE FROM sheet WHERE source_id = ?", []any{s.ID}},
		{"DELETE FROM source WHERE id = ?", []any{s.ID}},
	} {
		if err := sqlitex.ExecuteTransient(conn, deletion.query, &sqlitex.ExecOptions{Args: deletion.args}); err != nil {
			return err
		}
	}
	return nil
}
