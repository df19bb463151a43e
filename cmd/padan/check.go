package main

import (
	"context"
	"errors"

	"padan/internal/store"

	"github.com/spf13/cobra"
)

func newCheckCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use: "check", Short: "Check that the database is sound", Args: cobra.NoArgs,
		Long: `Check the integrity of the database, that every source is whole, and that the totals of
every source and run add up.

EXIT STATUS
  0  sound
  5  damage was found
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runCheck(cmd.Context(), g, s)
			})
		},
	}
}

func runCheck(ctx context.Context, g *globals, s *store.Store) error {
	problems, err := s.Check(ctx)
	if err != nil {
		return err
	}
	if len(problems) == 0 {
		if _, err := readTrail(ctx, s); errors.Is(err, errDamagedTrail) {
			problems = append(problems, err.Error())
		} else if err != nil {
			return err
		}
	}
	for _, problem := range problems {
		g.resultText(problem + "\n")
	}
	err = g.emit("check", struct {
		Sound    bool     `json:"sound"`
		Problems []string `json:"problems"`
	}{len(problems) == 0, problems})
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		return errDamage
	}
	g.result(msgSound)
	return nil
}
