package store

import (
	"context"
	"fmt"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// RecordOutcomes yields every record of a side with its outcome and its person,
// in canonical order. Raw stays empty: a recap needs no cells, so they are not even
// read. Each is valid until the next one.
func (s *Store) RecordOutcomes(ctx context.Context, id RunID, side match.Side) iter.Seq2[*match.RecordOutcome, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[*match.RecordOutcome](err)
	}
	spans := recordSpans(sc.run.Sources[side])
	return inPlace(counted(sc, ordered(ctx, s, spans, sc.openOutcomes), sc.run.Totals[side].Records, "outcomes"))
}

// openOutcomes reads the persons of a chunk with what was decided.
func (sc *scope) openOutcomes(conn *sqlite.Conn) (chunkReader[match.RecordOutcome], error) {
	decide, err := sc.openDecisions(conn)
	if err != nil {
		return nil, err
	}
	read, err := sc.catalog.openPersons(conn)
	if err != nil {
		return nil, err
	}
	var decisions []decision
	var persons []PersonRow
	return func(at span, outcomes []match.RecordOutcome) ([]match.RecordOutcome, error) {
		var err error
		if decisions, err = decide(at, decisions[:0]); err != nil {
			return nil, err
		}
		if persons, err = read(at, persons[:0]); err != nil {
			return nil, err
		}
		for i, d := range decisions {
			p := &persons[i]
			outcomes = append(outcomes, match.RecordOutcome{
				Record: lean(at.source, p.Sheet, p.Row, p.ID, &p.Person), Person: p.Person, Outcome: d.outcome, Reason: d.reason,
			})
		}
		return outcomes, nil
	}, nil
}

// openDecisions reads the decisions of a chunk of records.
func (sc *scope) openDecisions(conn *sqlite.Conn) (chunkReader[decision], error) {
	stmt, err := conn.Prepare("SELECT letters FROM outcome_pack WHERE run_id = ? AND first_record = ?")
	if err != nil {
		return nil, err
	}
	return func(at span, decisions []decision) ([]decision, error) {
		stmt.BindInt64(1, int64(sc.run.ID))
		stmt.BindInt64(2, at.first)
		var packed string
		if err := eachRow(stmt, func() error { packed = stmt.ColumnText(0); return nil }); err != nil {
			return nil, err
		}
		return sc.unpack(packed, at, decisions)
	}, nil
}

func (sc *scope) unpack(packed string, at span, decisions []decision) ([]decision, error) {
	if int64(len(packed)) != at.last-at.first+1 {
		return nil, damaged(fmt.Sprintf("outcomes of run %d in source %d", sc.run.ID, at.source.ID), nil)
	}
	for i := range len(packed) {
		d, ok := sc.decisions[packed[i]]
		if !ok {
			return nil, damaged(fmt.Sprintf("outcome letter in run %d", sc.run.ID), nil)
		}
		decisions = append(decisions, d)
	}
	return decisions, nil
}

// OutcomeOf returns what a run decided about one record.
func (s *Store) OutcomeOf(ctx context.Context, id RunID, record int64) (match.Outcome, match.Reason, error) {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return 0, 0, err
	}
	var found decision
	err = s.read(ctx, func(conn *sqlite.Conn) error {
		source := sc.catalog.sourceOf(record)
		if source == nil {
			return ErrNoRecord
		}
		read, err := sc.openDecisions(conn)
		if err != nil {
			return err
		}
		first := record - (record-source.firstRecord)%packRecords
		decisions, err := read(span{source: source, first: first, last: min(first+packRecords-1, source.lastRecord)}, nil)
		if err == nil {
			found = decisions[record-first]
		}
		return err
	})
	return found.outcome, found.reason, err
}
