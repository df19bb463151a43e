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

// SaveRun stores a result in one transaction, visible only when it is whole.
// ids holds the record id of each row index, as Persons gave them. Of run it
// takes the fields up to Model. A result that does not add up, or is not about
// all records of all sources, is an ErrResult and nothing is stored.
func (s *Store) SaveRun(ctx context.Context, run Run, ids [2][]int64, res *match.Result) (RunID, error) {
	err := s.write(ctx, func(conn *sqlite.Conn) error {
		sources, err := readSources(conn, "WHERE withdrawn_at IS NULL")
		if err != nil {
			return err
		}
		if err := checkResult(sources, ids, res); err != nil {
			return err
		}
		id, err := queryInt(conn, "SELECT coalesce(max(id), 0) + 1 FROM run")
		if err != nil {
			return err
		}
		run.ID, run.Sources = RunID(id), sources
		return (&saver{conn: conn, run: &run, ids: ids, res: res}).save()
	})
	if err != nil {
		return 0, err
	}
	return run.ID, nil
}

// saver writes one run.
type saver struct {
	conn  *sqlite.Conn
	run   *Run
	ids   [2][]int64
	res   *match.Result
	rules map[uint8]int64
	// The encodings of the row that is bound; binding copies them.
	evidence []byte
	listed   recordList
}

func (s *saver) save() (err error) {
	if s.rules, err = saveRules(s.conn); err != nil {
		return err
	}
	for _, step := range []func() error{s.saveRun, s.saveSources, s.saveOutcomes, s.saveLinks, s.saveDuplicates, s.saveConflicts, s.saveHouseholds} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) saveRun() error {
	s.count()
	rules, err := encodeRules(s.res.Rules)
	if err != nil {
		return err
	}
	layout, err := encodeLayout()
	if err != nil {
		return err
	}
	totals, err := json.Marshal(storedTotals{
		Central: s.run.Totals[match.Central], Regional: s.run.Totals[match.Regional],
		Links: s.run.Links, Conflicts: s.run.Conflicts, Households: s.run.Households,
	})
	if err != nil {
		return err
	}
	for name, text := range map[string]*json.RawMessage{"options": &s.run.Options, "model": &s.run.Model} {
		if len(*text) == 0 {
			*text = json.RawMessage("{}")
		}
		if !json.Valid(*text) {
			return fmt.Errorf("%w: %s of the run are not JSON", ErrResult, name)
		}
	}
	return sqlitex.Execute(s.conn, "INSERT INTO run (id, started_at, finished_at, version, options, model, rules, comparisons, totals) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		&sqlitex.ExecOptions{Args: []any{
			int64(s.run.ID), s.run.StartedAt.UTC().Format(time.RFC3339Nano), s.run.FinishedAt.UTC().Format(time.RFC3339Nano),
			s.run.Version, string(s.run.Options), string(s.run.Model), string(rules), string(layout), string(totals),
		}})
}

// count fills the totals of the run.
func (s *saver) count() {
	for _, side := range bothSides {
		totals := Totals{Reasons: map[string]int64{}}
		for d, n := range s.decisions(side) {
			totals.Records += n
			*totals.field(d.outcome) += n
			if d.reason != match.ReasonNone {
				totals.Reasons[d.reason.String()] += n
			}
		}
		s.run.Totals[side] = totals
	}
	s.run.Links = int64(len(s.res.Links))
	s.run.Conflicts = map[string]int64{}
	for i := range s.res.Conflicts {
		s.run.Conflicts[s.res.Conflicts[i].Kind.String()]++
	}
	s.run.Households = newHouseholds(s.res)
}

// decisions counts the records of a side by decision.
func (s *saver) decisions(side match.Side) map[decision]int64 {
	var counts [256][256]int64
	for row, outcome := range s.res.Outcomes[side] {
		counts[outcome][s.res.Reasons[side][row]]++
	}
	found := map[decision]int64{}
	for outcome := range counts {
		for reason, n := range counts[outcome] {
			if n > 0 {
				found[decision{match.Outcome(outcome), match.Reason(reason)}] = n
			}
		}
	}
	return found
}

func (s *saver) saveSources() error {
	for _, side := range bothSides {
		for position := range s.run.Sources[side] {
			err := sqlitex.Execute(s.conn, "INSERT INTO run_source (run_id, side, position, source_id) VALUES (?, ?, ?, ?)",
				&sqlitex.ExecOptions{Args: []any{int64(s.run.ID), side.String(), position, s.run.Sources[side][position].ID}})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// saveOutcomes packs the outcomes, a letter for each record.
func (s *saver) saveOutcomes() error {
	insert, err := newBulkInsert(s.conn, "outcome_pack (run_id, first_record, letters)")
	if err != nil {
		return err
	}
	for _, side := range bothSides {
		letters, err := s.letters(side)
		if err != nil {
			return err
		}
		row := int64(0)
		spans := recordSpans(s.run.Sources[side])
		err = insert.insert(len(spans), func(stmt *sqlite.Stmt, p, i int) {
			end := row + spans[i].last - spans[i].first + 1
			stmt.BindInt64(p+1, int64(s.run.ID))
			stmt.BindInt64(p+2, spans[i].first)
			stmt.BindText(p+3, string(letters[row:end]))
			row = end
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// letters returns the letter of each row of a side.
func (s *saver) letters(side match.Side) ([]byte, error) {
	var decisions []decision
	for d := range s.decisions(side) {
		decisions = append(decisions, d)
	}
	byDecision, err := saveDecisions(s.conn, decisions)
	if err != nil {
		return nil, err
	}
	var table [256][256]byte
	for d, letter := range byDecision {
		table[d.outcome][d.reason] = letter
	}
	letters := make([]byte, len(s.res.Outcomes[side]))
	for row, outcome := range s.res.Outcomes[side] {
		letters[row] = table[outcome][s.res.Reasons[side][row]]
	}
	return letters, nil
}

func (s *saver) saveLinks() error {
	w, err := newLinkWriter(s.conn, s.run.ID)
	if err != nil {
		return err
	}
	for i := range s.res.Links {
		link := &s.res.Links[i]
		err := w.add(&packedLink{
			central: s.ids[match.Central][link.Central], regional: s.ids[match.Regional][link.Regional], rule: s.rules[link.Rule],
			weight: link.Weight, probability: link.Probability, evidence: s.encode(link.Vector, link.Weights),
		})
		if err != nil {
			return err
		}
	}
	return w.flush()
}

func (s *saver) saveDuplicates() error {
	insert, err := newBulkInsert(s.conn, "duplicate (id, of_record, kind, weight, evidence)")
	if err != nil {
		return err
	}
	for _, side := range bothSides {
		err := insert.insert(len(s.res.Duplicates[side]), func(stmt *sqlite.Stmt, p, i int) {
			d := &s.res.Duplicates[side][i]
			stmt.BindInt64(p+1, s.run.ID.key(s.ids[side][d.Record]))
			stmt.BindInt64(p+2, s.ids[side][d.Of])
			stmt.BindText(p+3, d.Kind.String())
			stmt.BindFloat(p+4, d.Weight)
			stmt.BindBytes(p+5, s.encode(d.Vector, match.Weights{}))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *saver) saveConflicts() error {
	insert, err := newBulkInsert(s.conn, "conflict ("+conflictColumns+")")
	if err != nil {
		return err
	}
	return insert.insert(len(s.res.Conflicts), func(stmt *sqlite.Stmt, p, i int) {
		c := &s.res.Conflicts[i]
		stmt.BindInt64(p+1, s.run.ID.key(int64(i)))
		stmt.BindText(p+2, c.Kind.String())
		stmt.BindInt64(p+3, s.rules[c.Rule])
		stmt.BindFloat(p+4, c.Weight)
		stmt.BindBytes(p+5, s.encode(c.Vector, c.Weights))
		stmt.BindText(p+6, c.Proposed)
		stmt.BindBytes(p+7, s.list(c))
	})
}

// list gives the records of a conflict; the result is valid until the next call.
func (s *saver) list(c *match.Conflict) []byte {
	s.listed.reset()
	for side, rows := range [2][]int32{c.Central, c.Regional} {
		for _, row := range rows {
			s.listed.add(s.ids[side][row])
		}
	}
	return s.listed.bytes
}

// encode gives the evidence of one pair; the result is valid until the next call.
func (s *saver) encode(vector match.Vector, weights match.Weights) []byte {
	s.evidence = appendEvidence(s.evidence[:0], vector, weights)
	return s.evidence
}
