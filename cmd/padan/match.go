package main

import (
	"context"
	"errors"
	"text/tabwriter"
	"time"

	"padan/internal/store"
	"padan/match"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
)

// errNoPersons: a side has nothing to be matched.
var errNoPersons = errors.New("one of the two sides has no persons")

func newMatchCommand(g *globals) *cobra.Command {
	failOnConflict := false
	var o modelOptions
	cmd := &cobra.Command{
		Use: "match", Short: "Link the persons of both sides", Args: cobra.NoArgs,
		Long: `Compare the persons of the central and the regional side, link those who are the same,
and keep the run. First the exact number of pairs of each blocking rule is printed. Every
person ends in exactly one outcome: matched, conflict, unmatched or duplicate.

EXIT STATUS
  0  done
  4  done, undecided conflicts exist (only with --fail-on-conflict)
  5  the totals do not add up; nothing is kept
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := o.choose()
			if err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeWrite, func(s *store.Store) error {
				run, err := runMatch(cmd.Context(), g, s, chosen)
				if err != nil {
					return err
				}
				g.say(msgNextReport)
				if failOnConflict && undecided(run) > 0 {
					return errConflicts
				}
				return nil
			})
		},
	}
	o.addFlags(cmd.Flags())
	cmd.Flags().BoolVar(&failOnConflict, failOnConflictFlag, false, "exit with 4 if persons remain undecided")
	return cmd
}

// failOnConflictFlag is a flag of match, and a key of what padan run reads of it.
const failOnConflictFlag = "fail-on-conflict"

// runMatch matches all that is loaded, keeps the run and prints its totals.
func runMatch(ctx context.Context, g *globals, s *store.Store, chosen *chosenModel) (*store.Run, error) {
	started := g.now()
	defer thrifty()()
	took := g.stage("read")
	decisions, err := inForce(ctx, s)
	if err != nil {
		return nil, err
	}
	t, err := readTables(ctx, s, identitiesOf(decisions))
	if err != nil {
		return nil, err
	}
	took()
	if t.side[match.Central].Len() == 0 || t.side[match.Regional].Len() == 0 {
		return nil, errNoPersons
	}
	took = g.stage("match")
	decided, use := decisionsFor(t, decisions)
	if len(decisions) > 0 {
		g.result(msgDecisionsUsed, use.Same, use.Different, use.Absent)
	}
	result, err := compare(ctx, g, t, chosen.model, decided)
	if err != nil {
		return nil, err
	}
	took()
	if live := liveMemory(); g.memory.exceeds(live) {
		g.say(msgMemoryExceeded, humanize.IBytes(live), g.memory.text)
	}
	run := store.Run{StartedAt: started, FinishedAt: g.now(), Version: version}
	if run.Model, err = chosen.text(); err != nil {
		return nil, err
	}
	if run.Options, err = notesOf(t, use); err != nil {
		return nil, err
	}
	took = g.stage("save")
	id, err := s.SaveRun(ctx, run, t.ids, result)
	if err != nil {
		return nil, err
	}
	took()
	if run, err = s.Run(ctx, id); err != nil {
		return nil, err
	}
	for side, name := range []string{match.Central: "central", match.Regional: "regional"} {
		g.trail.counts[name] = run.Totals[side].Records
	}
	g.trail.counts["run"], g.trail.counts["links"] = int64(run.ID), run.Links
	return &run, g.reportRun(&run)
}

// compare runs the matching and shows how it goes.
func compare(ctx context.Context, g *globals, t *tables, model *match.Model, decided *match.Decisions) (*match.Result, error) {
	g.result(msgPersonsRead, t.side[match.Central].Len(), t.side[match.Regional].Len())
	shown := g.newProgress(g.text.format(msgComparing))
	defer shown.end()
	return match.Run(ctx, t.side[match.Central], t.side[match.Regional], model, match.Options{
		Workers:   g.workers,
		MaxPairs:  g.memory.maxPairs(),
		Decisions: decided,
		OnRule: func(c match.RuleCount) {
			shown.clear()
			g.reportRule(c)
		},
		OnProgress: func(done, total int) { shown.at(int64(done), int64(total)) },
	})
}

// ruleLine is the work of one blocking rule as scripts read it.
type ruleLine struct {
	Rule    string `json:"rule"`
	Pairs   int64  `json:"pairs"`
	New     int64  `json:"new"`
	Refined int64  `json:"refined"`
	Dropped int64  `json:"dropped"`
}

// reportRule prints how many pairs a blocking rule makes, before they are compared.
func (g *globals) reportRule(c match.RuleCount) {
	g.result(msgRule, match.RuleCode(c.Rule), c.Pairs)
	if c.Refined > 0 {
		g.say(msgRefined, match.RuleCode(c.Rule), c.Refined)
	}
	if c.Dropped > 0 {
		g.say(msgDropped, match.RuleCode(c.Rule), c.Dropped)
	}
}

// runLine is a run as scripts read it.
type runLine struct {
	Run        int64            `json:"run"`
	Started    time.Time        `json:"started_at"`
	Seconds    float64          `json:"seconds"`
	Version    string           `json:"version"`
	Rules      []ruleLine       `json:"rules"`
	Central    store.Totals     `json:"central"`
	Regional   store.Totals     `json:"regional"`
	Links      int64            `json:"links"`
	Conflicts  map[string]int64 `json:"conflicts"`
	Households store.Households `json:"households"`
	AddsUp     bool             `json:"adds_up"`
}

func newRunLine(run *store.Run) runLine {
	line := runLine{
		Run: int64(run.ID), Started: run.StartedAt, Seconds: run.FinishedAt.Sub(run.StartedAt).Seconds(), Version: run.Version,
		Central: run.Totals[match.Central], Regional: run.Totals[match.Regional],
		Links: run.Links, Conflicts: run.Conflicts, Households: run.Households, AddsUp: checkTotals(run) == nil,
	}
	for _, c := range run.Rules {
		line.Rules = append(line.Rules, ruleLine{match.RuleCode(c.Rule), c.Pairs, c.New, c.Refined, c.Dropped})
	}
	return line
}

// reportRun prints the totals of a run and checks that they add up.
func (g *globals) reportRun(run *store.Run) error {
	if err := g.emit("run", newRunLine(run)); err != nil {
		return err
	}
	g.reportTotals(run)
	if err := checkTotals(run); err != nil {
		return err
	}
	g.result(msgRunKept, itoa(int(run.ID)))
	return nil
}

// reportTotals prints what a run found: persons, conflicts and households.
func (g *globals) reportTotals(run *store.Run) {
	g.resultText(g.text.totals(run))
	if len(run.Conflicts) > 0 {
		g.result(msgConflictKinds, g.text.counts(run.Conflicts))
	}
	if h := &run.Households; len(h.Kinds) > 0 {
		g.result(msgHouseholds, h.Central, h.Regional, h.Links, g.text.counts(h.Kinds))
	}
}

// totals draws the outcomes of both sides as a table.
func (t *texts) totals(run *store.Run) string {
	central, regional := &run.Totals[match.Central], &run.Totals[match.Regional]
	rows := [][]string{
		{"", t.format(msgCentral), t.format(msgRegional), ""},
		{t.format(msgPersons), t.number(central.Records), t.number(regional.Records), ""},
	}
	for _, outcome := range match.Outcomes {
		rows = append(rows, []string{t.outcome(outcome), t.number(central.Of(outcome)), t.number(regional.Of(outcome)), ""})
	}
	return aligned(rows, tabwriter.AlignRight)
}

// outcome names an outcome.
func (t *texts) outcome(o match.Outcome) string {
	switch o {
	case match.Matched:
		return t.format(msgMatched)
	case match.Conflicted:
		return t.format(msgConflict)
	case match.Duplicate:
		return t.format(msgDuplicate)
	case match.Unmatched:
	}
	return t.format(msgUnmatched)
}

// checkTotals proves that no row is lost: the outcomes of each side are its
// records, those of its sources, and every row of a source is a record, rejected
// or skipped.
func checkTotals(run *store.Run) error {
	for side := range run.Totals {
		t := &run.Totals[side]
		if t.Matched+t.Conflict+t.Unmatched+t.Duplicate != t.Records || t.Matched != run.Links {
			return errTotals
		}
		records := int64(0)
		for i := range run.Sources[side] {
			source := &run.Sources[side][i]
			rows := source.Records + source.Rejected
			for _, n := range source.Skipped {
				rows += n
			}
			if rows != source.Rows {
				return errTotals
			}
			records += source.Records
		}
		if records != t.Records {
			return errTotals
		}
	}
	return nil
}

// undecided counts the persons who wait for a decision.
func undecided(run *store.Run) int64 {
	return run.Totals[match.Central].Conflict + run.Totals[match.Regional].Conflict
}
