package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// RunID names a run; later runs have greater ones.
type RunID int64

// Run is one matching. SaveRun takes the fields up to Model; it counts the rest.
type Run struct {
	ID         RunID
	StartedAt  time.Time
	FinishedAt time.Time
	Version    string          // of the program
	Options    json.RawMessage // nil = {}
	Model      json.RawMessage // nil = {}

	Sources   [2][]Source // by side, canonical order
	Rules     []match.RuleCount
	Totals    [2]Totals // by side
	Links     int64
	Conflicts map[string]int64 // by kind

	Households Households
}

// Holds reports whether a record took part in the run.
func (r *Run) Holds(record int64) bool {
	for side := range r.Sources {
		for i := range r.Sources[side] {
			if s := &r.Sources[side][i]; s.firstRecord <= record && record <= s.lastRecord {
				return true
			}
		}
	}
	return false
}

// Totals counts the records of one side of a run by outcome. Records is the sum
// of the four others.
type Totals struct {
	Records   int64            `json:"records"`
	Matched   int64            `json:"matched"`
	Conflict  int64            `json:"conflict"`
	Unmatched int64            `json:"unmatched"`
	Duplicate int64            `json:"duplicate"`
	Reasons   map[string]int64 `json:"reasons"` // of the unmatched
}

// Of returns the number of records with an outcome.
func (t *Totals) Of(outcome match.Outcome) int64 { return *t.field(outcome) }

func (t *Totals) field(outcome match.Outcome) *int64 {
	switch outcome {
	case match.Matched:
		return &t.Matched
	case match.Conflicted:
		return &t.Conflict
	case match.Duplicate:
		return &t.Duplicate
	case match.Unmatched:
	}
	return &t.Unmatched
}

// storedTotals is the JSON of run.totals.
type storedTotals struct {
	Central   Totals           `json:"central"`
	Regional  Totals           `json:"regional"`
	Links     int64            `json:"links"`
	Conflicts map[string]int64 `json:"conflicts"`

	Households Households `json:"households"`
}

// storedRule is one element of the JSON of run.rules.
type storedRule struct {
	Rule    string `json:"rule"`
	Pairs   int64  `json:"pairs"`
	New     int64  `json:"new"`
	Refined int64  `json:"refined"`
	Dropped int64  `json:"dropped"`
}

// Runs returns all runs, the oldest first.
func (s *Store) Runs(ctx context.Context) ([]Run, error) {
	return s.runs(ctx, "ORDER BY id")
}

// LastRun returns the newest run; ErrNoRun if there is none.
func (s *Store) LastRun(ctx context.Context) (Run, error) {
	runs, err := s.runs(ctx, "ORDER BY id DESC LIMIT 1")
	if err == nil && len(runs) == 0 {
		err = ErrNoRun
	}
	if err != nil {
		return Run{}, err
	}
	return runs[0], nil
}

// Run returns one run; ErrNoRun if there is none with this id.
func (s *Store) Run(ctx context.Context, id RunID) (Run, error) {
	runs, err := s.runs(ctx, "WHERE id = ?", int64(id))
	if err == nil && len(runs) == 0 {
		err = fmt.Errorf("run %d: %w", id, ErrNoRun)
	}
	if err != nil {
		return Run{}, err
	}
	return runs[0], nil
}

func (s *Store) runs(ctx context.Context, which string, args ...any) ([]Run, error) {
	var runs []Run
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		c, err := readCatalog(conn)
		if err != nil {
			return err
		}
		runs, err = readRuns(conn, c, which, args...)
		return err
	})
	return runs, err
}

func readRuns(conn *sqlite.Conn, c *catalog, which string, args ...any) ([]Run, error) {
	var runs []Run
	err := sqlitex.ExecuteTransient(conn, "SELECT id, started_at, finished_at, version, options, model, rules, totals FROM run "+which, &sqlitex.ExecOptions{
		Args: args,
		ResultFunc: func(stmt *sqlite.Stmt) error {
			run, err := readRun(stmt)
			if err != nil {
				return damaged(fmt.Sprintf("run %d", run.ID), err)
			}
			runs = append(runs, run)
			return nil
		},
	})
	if err != nil {
		return nil, err
	}
	for i := range runs {
		if err := readRunSources(conn, c, &runs[i]); err != nil {
			return nil, err
		}
	}
	return runs, nil
}

func readRun(stmt *sqlite.Stmt) (Run, error) {
	run := Run{
		ID: RunID(stmt.ColumnInt64(0)), Version: stmt.ColumnText(3),
		Options: json.RawMessage(stmt.ColumnText(4)), Model: json.RawMessage(stmt.ColumnText(5)),
	}
	var err error
	if run.StartedAt, err = time.Parse(time.RFC3339Nano, stmt.ColumnText(1)); err != nil {
		return run, err
	}
	if run.FinishedAt, err = time.Parse(time.RFC3339Nano, stmt.ColumnText(2)); err != nil {
		return run, err
	}
	if run.Rules, err = decodeRules([]byte(stmt.ColumnText(6))); err != nil {
		return run, err
	}
	var totals storedTotals
	if err := json.Unmarshal([]byte(stmt.ColumnText(7)), &totals); err != nil {
		return run, err
	}
	run.Totals = [2]Totals{totals.Central, totals.Regional}
	run.Links, run.Conflicts, run.Households = totals.Links, totals.Conflicts, totals.Households
	return run, nil
}

// readRunSources reads the sources of a run, which are named apart from each other.
func readRunSources(conn *sqlite.Conn, c *catalog, run *Run) error {
	defer func() { nameSources(run.Sources) }()
	return sqlitex.ExecuteTransient(conn, "SELECT source_id FROM run_source WHERE run_id = ? ORDER BY side, position", &sqlitex.ExecOptions{
		Args: []any{int64(run.ID)},
		ResultFunc: func(stmt *sqlite.Stmt) error {
			source := c.byID[stmt.ColumnInt64(0)]
			if source == nil {
				return damaged(fmt.Sprintf("run %d lacks a source", run.ID), nil)
			}
			run.Sources[source.Side] = append(run.Sources[source.Side], *source)
			return nil
		},
	})
}

// Prune deletes all runs but the last keep ones, and the withdrawn sources of
// which no run speaks any more. It returns how many runs went.
func (s *Store) Prune(ctx context.Context, keep int) (int, error) {
	deleted := 0
	err := s.write(ctx, func(conn *sqlite.Conn) error {
		ids, err := queryInts(conn, "SELECT id FROM run ORDER BY id DESC LIMIT -1 OFFSET ?", max(keep, 0))
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := deleteRun(conn, RunID(id)); err != nil {
				return err
			}
		}
		deleted = len(ids)
		sources, err := forgotten(conn)
		if err != nil {
			return err
		}
		return purge(conn, sources)
	})
	if err != nil {
		return 0, err
	}
	return deleted, nil
}

func deleteRun(conn *sqlite.Conn, id RunID) error {
	first, last := id.key(0), id.key(keyMask)
	for _, table := range []string{"link_pack", "duplicate", "conflict", "household"} {
		err := sqlitex.ExecuteTransient(conn, "DELETE FROM "+table+" WHERE id BETWEEN ? AND ?", &sqlitex.ExecOptions{Args: []any{first, last}})
		if err != nil {
			return err
		}
	}
	for _, query := range []string{
		"DELETE FROM outcome_pack WHERE run_id = ?", "DELETE FROM run_source WHERE run_id = ?", "DELETE FROM run WHERE id = ?",
	} {
		if err := sqlitex.ExecuteTransient(conn, query, &sqlitex.ExecOptions{Args: []any{int64(id)}}); err != nil {
			return err
		}
	}
	return nil
}

// The keys of packs of links, of conflicts, duplicates and households hold the
// run in the upper bits and a record or a position in the lower ones.
const (
	keyBits = 40
	keyMask = 1<<keyBits - 1
)

func (id RunID) key(low int64) int64 { return int64(id)<<keyBits | low }
