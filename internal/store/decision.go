package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"padan/match"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Verdict is what a person said of two records.
type Verdict string

// The verdicts.
const (
	VerdictSame      Verdict = "same"
	VerdictDifferent Verdict = "different"
	VerdictUnsure    Verdict = "unsure" // a run decides as if nothing had been said
)

// Decision is what a person decided about two records, which it knows by their
// identities.
type Decision struct {
	ID       int64
	Pair     Pair
	Verdict  Verdict
	Kind     string // code of the conflict that was to be decided, "" if none
	Reviewer string
	Note     string
	Decided  time.Time
	File     string // base name of the reviewed file
	Row      int    // 1-based row of its sheet

	Ended    time.Time // zero = in force
	EndedBy  string
	EndedFor string // "undone" or "replaced"
}

// Pair is the identities of two records: that of the central one first, of two
// records of one side the lesser one.
type Pair struct {
	Sides      [2]match.Side
	Identities [2]match.Identity
}

// NewPair puts two records in order.
func NewPair(sideA match.Side, a match.Identity, sideB match.Side, b match.Identity) Pair {
	if sideA > sideB || sideA == sideB && a.String() > b.String() {
		sideA, a, sideB, b = sideB, b, sideA, a
	}
	return Pair{Sides: [2]match.Side{sideA, sideB}, Identities: [2]match.Identity{a, b}}
}

// InForce reports whether runs follow the decision.
func (d *Decision) InForce() bool { return d.Ended.IsZero() }

const decisionColumns = `id, first, second, first_side, second_side, verdict, kind, reviewer, note, decided_at, file, row,
ended_at, ended_by, ended_for`

// Decisions returns all decisions, the oldest first, those that have ended
// included.
func (s *Store) Decisions(ctx context.Context) ([]Decision, error) {
	var decisions []Decision
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		return sqlitex.ExecuteTransient(conn, "SELECT "+decisionColumns+" FROM decision ORDER BY id", &sqlitex.ExecOptions{
			ResultFunc: func(stmt *sqlite.Stmt) error {
				d, err := readDecision(stmt)
				if err != nil {
					return damaged(fmt.Sprintf("decision %d", stmt.ColumnInt64(0)), err)
				}
				decisions = append(decisions, d)
				return nil
			},
		})
	})
	return decisions, err
}

func readDecision(stmt *sqlite.Stmt) (Decision, error) {
	d := Decision{
		ID: stmt.ColumnInt64(0), Verdict: Verdict(stmt.ColumnText(5)), Kind: stmt.ColumnText(6), Reviewer: stmt.ColumnText(7),
		Note: stmt.ColumnText(8), File: stmt.ColumnText(10), Row: stmt.ColumnInt(11), EndedBy: stmt.ColumnText(13), EndedFor: stmt.ColumnText(14),
	}
	for i := range d.Pair.Identities {
		var err error
		if d.Pair.Identities[i], err = match.ParseIdentity(stmt.ColumnText(1 + i)); err != nil {
			return d, err
		}
		d.Pair.Sides[i] = parseSide(stmt.ColumnText(3 + i))
	}
	var err error
	if d.Decided, err = time.Parse(time.RFC3339, stmt.ColumnText(9)); err != nil || stmt.ColumnIsNull(12) {
		return d, err
	}
	d.Ended, err = time.Parse(time.RFC3339, stmt.ColumnText(12))
	return d, err
}

// KeepDecisions keeps decisions in one transaction, all or none. One that is in
// force on the same two records ends as replaced. Of a decision it takes the
// fields up to Row but ID.
func (s *Store) KeepDecisions(ctx context.Context, decisions []Decision) error {
	return s.write(ctx, func(conn *sqlite.Conn) error {
		for i := range decisions {
			if err := keepDecision(conn, &decisions[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func keepDecision(conn *sqlite.Conn, d *Decision) error {
	first, second := d.Pair.Identities[0].String(), d.Pair.Identities[1].String()
	decided := d.Decided.UTC().Format(time.RFC3339Nano)
	err := sqlitex.Execute(conn, `UPDATE decision SET ended_at = ?, ended_by = ?, ended_for = 'replaced'
WHERE first = ? AND second = ? AND ended_at IS NULL`, &sqlitex.ExecOptions{Args: []any{decided, d.Reviewer, first, second}})
	if err != nil {
		return err
	}
	return sqlitex.Execute(conn, `INSERT INTO decision (first, second, first_side, second_side, verdict, kind, reviewer, note, decided_at, file, row)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, &sqlitex.ExecOptions{Args: []any{
		first, second, d.Pair.Sides[0].String(), d.Pair.Sides[1].String(), string(d.Verdict), d.Kind, d.Reviewer, d.Note, decided, d.File, d.Row,
	}})
}

// UndoDecisions ends decisions, all or none; ErrNoDecision if one of them is not
// in force. They stay on record.
func (s *Store) UndoDecisions(ctx context.Context, ids []int64, by string, at time.Time) error {
	return s.write(ctx, func(conn *sqlite.Conn) error {
		for _, id := range ids {
			err := sqlitex.Execute(conn, "UPDATE decision SET ended_at = ?, ended_by = ?, ended_for = 'undone' WHERE id = ? AND ended_at IS NULL",
				&sqlitex.ExecOptions{Args: []any{at.UTC().Format(time.RFC3339Nano), by, id}})
			if err != nil {
				return err
			}
			if conn.Changes() != 1 {
				return &callerError{fmt.Errorf("decision %d: %w", id, ErrNoDecision)}
			}
		}
		return nil
	})
}

// decisions verifies the table of decisions.
func (k *checker) decisions() error {
	return sqlitex.ExecuteTransient(k.conn, "SELECT "+decisionColumns+" FROM decision ORDER BY id", &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			d, err := readDecision(stmt)
			switch {
			case err != nil:
				k.problem("decision %d cannot be read", d.ID)
			case strings.TrimSpace(d.Reviewer) == "":
				k.problem("decision %d names no reviewer", d.ID)
			case NewPair(d.Pair.Sides[0], d.Pair.Identities[0], d.Pair.Sides[1], d.Pair.Identities[1]) != d.Pair:
				k.problem("decision %d names its records in the wrong order", d.ID)
			}
			return nil
		},
	})
}
