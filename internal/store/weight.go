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

// ReviewWeights returns the weights in bits of the conflicts of a run that are
// undecided for their weight alone, in canonical order.
func (s *Store) ReviewWeights(ctx context.Context, id RunID) ([]float64, error) {
	var weights []float64
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		stmt, err := conn.Prepare("SELECT weight FROM conflict WHERE id BETWEEN ? AND ? AND kind = ? ORDER BY id")
		if err != nil {
			return err
		}
		stmt.BindInt64(1, id.key(0))
		stmt.BindInt64(2, id.key(keyMask))
		stmt.BindText(3, match.Review.String())
		return eachRow(stmt, func() error {
			weights = append(weights, stmt.ColumnFloat(0))
			return nil
		})
	})
	return weights, err
}
