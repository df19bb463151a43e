package main

import (
	"context"
	"strings"
	"time"

	"padan/internal/review"
	"padan/internal/store"
	"padan/match"

	"github.com/spf13/cobra"
)

func newReviewListCommand(g *globals) *cobra.Command {
	all := false
	cmd := &cobra.Command{
		Use: "list", Short: "Show the decisions in force", Args: cobra.NoArgs,
		Long: `Show the decisions in force: number, decision, who, when, from which row of which file,
and where the two records stand now, if they are loaded.

EXIT STATUS
  0  done
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runReviewList(cmd.Context(), g, s, all)
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "those that were replaced or undone as well")
	return cmd
}

// decisionLine is a decision as scripts read it.
type decisionLine struct {
	ID       int64        `json:"id"`
	Verdict  string       `json:"verdict"`
	Kind     string       `json:"kind,omitempty"`
	Reviewer string       `json:"reviewer"`
	Decided  time.Time    `json:"decided_at"`
	File     string       `json:"file"`
	Row      int          `json:"row"`
	Note     string       `json:"note,omitempty"`
	Records  []recordLine `json:"records"` // those that are loaded
	InForce  bool         `json:"in_force"`
	Ended    *time.Time   `json:"ended_at,omitempty"`
	EndedBy  string       `json:"ended_by,omitempty"`
	EndedFor string       `json:"ended_for,omitempty"`
}

func runReviewList(ctx context.Context, g *globals, s *store.Store, all bool) error {
	decisions, err := s.Decisions(ctx)
	if err != nil {
		return err
	}
	places, err := placesOf(ctx, s, identitiesOf(decisions))
	if err != nil {
		return err
	}
	rows := [][]string{strings.Split(g.text.format(msgDecisionsHead), "|")}
	for i := range decisions {
		d := &decisions[i]
		if !d.InForce() && !all {
			continue
		}
		line := newDecisionLine(d, places)
		if err := g.emit("decision", line); err != nil {
			return err
		}
		rows = append(rows, g.text.decisionRow(d, &line))
	}
	if len(rows) == 1 {
		g.result(msgNoDecisions)
		return nil
	}
	g.resultText(aligned(rows, 0))
	return nil
}

func newDecisionLine(d *store.Decision, places map[match.Identity][]recordLine) decisionLine {
	line := decisionLine{
		ID: d.ID, Verdict: string(d.Verdict), Kind: d.Kind, Reviewer: d.Reviewer, Decided: d.Decided, File: d.File, Row: d.Row, Note: d.Note,
		InForce: d.InForce(), EndedBy: d.EndedBy, EndedFor: d.EndedFor, Records: []recordLine{},
	}
	if !d.InForce() {
		line.Ended = &d.Ended
	}
	for _, id := range d.Pair.Identities {
		line.Records = append(line.Records, places[id]...)
	}
	return line
}

func (t *texts) decisionRow(d *store.Decision, line *decisionLine) []string {
	where := make([]string, 0, len(line.Records))
	for _, r := range line.Records {
		where = append(where, t.place(r.File, r.Sheet, r.Row))
	}
	ended := ""
	if !d.InForce() {
		ended = t.format(map[string]message{"undone": msgDecisionUndone, "replaced": msgDecisionReplaced}[d.EndedFor], d.EndedBy)
	}
	return []string{
		itoa(int(d.ID)), review.Word(d.Verdict), d.Reviewer, d.Decided.Local().Format(time.DateTime), t.place(d.File, "", d.Row),
		strings.Join(where, "; "), ended,
	}
}

// placesOf finds where the records with some identities stand, central ones first.
func placesOf(ctx context.Context, s *store.Store, wanted map[match.Identity]bool) (map[match.Identity][]recordLine, error) {
	places := map[match.Identity][]recordLine{}
	if len(wanted) == 0 {
		return places, nil
	}
	sources, err := s.Sources(ctx)
	if err != nil {
		return nil, err
	}
	for row, err := range s.Everybody(ctx) {
		if err != nil {
			return nil, err
		}
		if id := match.IdentityOf(row.Side, &row.Person); wanted[id] {
			source := &sources[row.Side][row.Source]
			places[id] = append(places[id], recordLine{Side: row.Side.String(), File: source.Name, Sheet: row.Sheet, Row: row.Row})
		}
	}
	return places, nil
}
