package main

import (
	"cmp"
	"fmt"
	"slices"

	"padan/internal/store"

	"github.com/spf13/cobra"
)

// newReviewUndoCommand ends decisions.
func newReviewUndoCommand(g *globals) *cobra.Command {
	by := ""
	cmd := &cobra.Command{
		Use: "undo NUMBER...", Short: "End decisions; they stay on record", Args: cobra.MinimumNArgs(1),
		Long: `End decisions by the numbers that padan review list shows. They stay on record; the next
padan match no longer follows them.

EXIT STATUS
  0  done
  1  one of them is not in force; none is ended
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ids, err := decisionNumbers(args)
			if err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeWrite, func(s *store.Store) error {
				if err := s.UndoDecisions(cmd.Context(), ids, cmp.Or(by, thisUser()), g.now()); err != nil {
					return err
				}
				g.result(msgDecisionsUndone, len(ids))
				g.say(msgNextMatchAgain)
				return g.emit("review_undo", struct {
					Ended []int64 `json:"ended"`
				}{ids})
			})
		},
	}
	cmd.Flags().StringVar(&by, "reviewer", "", "who ends them (default: the user of this computer)")
	return cmd
}

func decisionNumbers(args []string) ([]int64, error) {
	ids := make([]int64, 0, len(args))
	for _, text := range args {
		id, ok := parseNumber(text)
		if !ok {
			return nil, &usageError{err: fmt.Errorf("%q is no number above 0", text), hint: "padan review list"}
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
