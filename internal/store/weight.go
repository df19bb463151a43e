package store

import (
	"context"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// LinkWeights yields the weights of the links of a run in bits, in the canonical
// order of the central records. It reads no records.
func (s *Store) LinkWeights(ctx context.Context, id RunID) iter.Seq2[float64, error] {
	spans, err := s.linkSpans(ctx, id)
	if err != nil {
		return failWith[float64](err)
	}
	return oneByOne(ordered(ctx, s, spans, func(conn *sqlite.Conn) (chunkReader[float64], error) {
		stmt, err := conn.Prepare(linkPackQuery)
		if err != nil {
			return nil, err
		}
		var packs linkPackReader
		return func(at span, weights []float64) ([]float64, error) {
			stmt.BindInt64(1, id.key(at.first))
			stmt.BindInt64(2, id.key(at.last))
			err := eachRow(stmt, func() error {
				links, err := packs.read(stmt)
				for i := range links {
					weights = append(weights, links[i].weight)
				}
				return err
			})
			return weights, err
		}, nil
	}))
}

// ConflictWeight is what a conflict says without its records.
type ConflictWeight struct {
	Kind   match.ConflictKind
	Weight float64 // bits
}

// ConflictWeights yields the kinds and weights of the conflicts of a run in
// canonical order. It reads no records.
func (s *Store) ConflictWeights(ctx context.Context, id RunID) iter.Seq2[ConflictWeight, error] {
	sc, err := s.scope(ctx, id)
	if err != nil {
		return failWith[ConflictWeight](err)
	}
	chunks := ordered(ctx, s, sc.conflictSpans(packRecords), func(conn *sqlite.Conn) (chunkReader[ConflictWeight], error) {
		stmt, err := conn.Prepare("SELECT kind, weight FROM conflict WHERE id BETWEEN ? AND ? ORDER BY id")
		if err != nil {
			return nil, err
		}
		return func(at span, weights []ConflictWeight) ([]ConflictWeight, error) {
			stmt.BindInt64(1, id.key(at.first))
			stmt.BindInt64(2, id.key(at.last))
			err := eachRow(stmt, func() error {
				weights = append(weights, ConflictWeight{Kind: sc.kinds[stmt.ColumnText(0)], Weight: stmt.ColumnFloat(1)})
				return nil
			})
			return weights, err
		}, nil
	})
	return exactly(sc, chunks, sc.conflicts(), "conflicts")
}
