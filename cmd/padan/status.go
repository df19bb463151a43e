package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"padan/internal/store"

	"github.com/spf13/cobra"
)

func newStatusCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Show what is loaded and what the last run found", Args: cobra.NoArgs,
		Long: `Show the sources of both sides and the totals of the last run.

EXIT STATUS
  0  done
  5  the totals of the last run do not add up
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runStatus(cmd.Context(), g, s)
			})
		},
	}
}

func runStatus(ctx context.Context, g *globals, s *store.Store) error {
	sources, err := s.Sources(ctx)
	if err != nil {
		return err
	}
	for side := range sources {
		for i := range sources[side] {
			if err := g.emit("source", newSourceLine(&sources[side][i], true)); err != nil {
				return err
			}
		}
	}
	g.resultText(g.text.sources(sources))
	run, err := s.LastRun(ctx)
	if errors.Is(err, store.ErrNoRun) {
		g.result(msgNoRunYet)
		return nil
	}
	if err != nil {
		return err
	}
	g.result(msgLastRun, itoa(int(run.ID)), run.StartedAt.Local().Format(time.DateTime), run.Version)
	if err := g.emit("run", newRunLine(&run)); err != nil {
		return err
	}
	g.reportTotals(&run)
	if stale(sources, &run) {
		g.say(msgStaleRun)
	}
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return err
	}
	if n := decidedSince(decisions, run.StartedAt); n > 0 {
		g.say(msgDecisionsSince, n)
	}
	return checkTotals(&run)
}

// stale reports whether other sources are in use than the run has seen.
func stale(sources [2][]store.Source, run *store.Run) bool {
	for side := range sources {
		same := slices.EqualFunc(sources[side], run.Sources[side], func(a, b store.Source) bool { return a.ID == b.ID })
		if !same {
			return true
		}
	}
	return false
}

// decidedSince counts the decisions that were made or ended after a time.
func decidedSince(decisions []store.Decision, at time.Time) int {
	n := 0
	for i := range decisions {
		if d := &decisions[i]; d.Decided.After(at) || d.Ended.After(at) {
			n++
		}
	}
	return n
}

// sources draws the loaded files as a table.
func (t *texts) sources(sources [2][]store.Source) string {
	rows := [][]string{strings.Split(t.format(msgSourcesHead), "\t")}
	for side, name := range []message{msgCentral, msgRegional} {
		for i := range sources[side] {
			s := &sources[side][i]
			rows = append(rows, []string{
				t.format(name), s.Name, t.number(s.Rows), t.number(s.Records), t.number(s.Rejected), s.LoadedAt.Local().Format(time.DateTime),
			})
		}
	}
	return aligned(rows, 0)
}
