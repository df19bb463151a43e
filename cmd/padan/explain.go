package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"padan/internal/review"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// place names a row of a source on the command line.
type place struct {
	source, sheet string
	row           int
}

func (p *place) given() bool { return p.source != "" || p.row != 0 }

func (p *place) query() store.Query {
	return store.Query{Source: p.source, Sheet: p.sheet, Row: p.row}
}

type explainOptions struct {
	first, second place
	nik           string
	unmask        bool
}

func (o *explainOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.first.source, "source", "", "a loaded file, by the name status shows")
	flags.IntVar(&o.first.row, "row", 0, "the row in it, as a spreadsheet program numbers it")
	flags.StringVar(&o.first.sheet, "sheet", "", "the sheet, if the file has several")
	flags.StringVar(&o.second.source, "with", "", "a file of the other side, to explain a pair")
	flags.IntVar(&o.second.row, "with-row", 0, "the row in it")
	flags.StringVar(&o.second.sheet, "with-sheet", "", "its sheet")
	flags.StringVar(&o.nik, "nik", "", "everybody with this NIK, or with its hash where a list has that")
	flags.BoolVar(&o.unmask, "unmask", false, "show NIK and KK in full")
}

// query returns what to look for.
func (o *explainOptions) query() (store.Query, error) {
	if o.nik != "" {
		nik, hashed := normalize.ParseHash(strings.TrimSpace(o.nik))
		if !hashed {
			nik = normalize.ReadNIK(o.nik, false).Value
		}
		if o.first.given() || o.second.given() || nik == 0 {
			return store.Query{}, &usageError{err: errors.New("--nik needs a number and goes without --source and --with"), hint: explainUsage}
		}
		return store.Query{NIK: nik}, nil
	}
	if o.first.source == "" || o.first.row <= 0 || o.second.given() && (o.second.source == "" || o.second.row <= 0) {
		return store.Query{}, &usageError{err: errors.New("say which row: a file and a row number"), hint: explainUsage}
	}
	return o.first.query(), nil
}

const explainUsage = "padan explain --source FILE --row N [--with FILE --with-row N]"

func newExplainCommand(g *globals) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use: "explain --source FILE --row N", Short: "Explain what was decided about a person, and why", Args: cobra.NoArgs,
		Long: `Explain what the last run decided about the person in a row, or about everybody with a
NIK: each comparison with both values, its level and its weight in bits, and one plain
sentence. With --with, weigh any pair of a central and a regional row.

EXIT STATUS
  0  done
  1  there is no such row, NIK or run
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			query, err := o.query()
			if err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				e := &explainer{g: g, store: s, unmask: o.unmask}
				if o.second.given() {
					return e.explainPair(cmd.Context(), query, o.second.query())
				}
				return e.explainRecords(cmd.Context(), query)
			})
		},
	}
	o.addFlags(cmd.Flags())
	return cmd
}

// explainer explains decisions from what the store keeps of them.
type explainer struct {
	g      *globals
	store  *store.Store
	unmask bool
}

// explainRecords explains what the last run decided about each record found.
func (e *explainer) explainRecords(ctx context.Context, query store.Query) error {
	run, err := e.store.LastRun(ctx)
	if err != nil {
		return err
	}
	records, err := e.find(ctx, query)
	if err != nil {
		return err
	}
	for i := range records {
		if err := e.explainRecord(ctx, &run, &records[i]); err != nil {
			return err
		}
	}
	return nil
}

func (e *explainer) find(ctx context.Context, query store.Query) ([]match.Record, error) {
	records, err := e.store.FindRecords(ctx, query)
	if err == nil && len(records) == 0 {
		err = store.ErrNoRecord
	}
	return records, err
}

func (e *explainer) explainRecord(ctx context.Context, run *store.Run, r *match.Record) error {
	if !run.Holds(r.ID) {
		e.g.result(msgNotInRun, e.name(r))
		return e.g.emit("outcome", outcomeLine{Record: newRecordLine(r), Outcome: "not_in_run"})
	}
	outcome, reason, err := e.store.OutcomeOf(ctx, run.ID, r.ID)
	if err != nil {
		return err
	}
	if err := e.showOutcome(r, outcome, reason); err != nil {
		return err
	}
	switch outcome {
	case match.Matched:
		err = e.showLink(ctx, run, r)
	case match.Duplicate:
		err = e.showDuplicate(ctx, run, r)
	case match.Conflicted, match.Unmatched:
	}
	if err != nil {
		return err
	}
	if err := e.showDecisions(ctx, r); err != nil {
		return err
	}
	cases, err := e.store.ConflictsOf(ctx, run.ID, r.ID)
	if err != nil {
		return err
	}
	for i := range cases {
		if err := e.showCase(&cases[i], r, outcome); err != nil {
			return err
		}
	}
	return nil
}

// showDecisions shows what people decided about a record and others.
func (e *explainer) showDecisions(ctx context.Context, r *match.Record) error {
	decisions, err := e.store.Decisions(ctx)
	if err != nil || len(decisions) == 0 {
		return err
	}
	persons, err := e.store.PersonsOf(ctx, r.ID)
	if err != nil {
		return err
	}
	id := match.IdentityOf(r.Side, &persons[0])
	for i := range decisions {
		d := &decisions[i]
		if !d.InForce() || !slices.Contains(d.Pair.Identities[:], id) {
			continue
		}
		note := ""
		if d.Note != "" {
			note = ": " + d.Note
		}
		e.g.result(msgDecidedBy, review.Word(d.Verdict), d.Reviewer, d.Decided.Local().Format(time.DateTime), e.g.text.place(d.File, "", d.Row), note)
		if err := e.g.emit("decision", newDecisionLine(d, nil)); err != nil {
			return err
		}
	}
	return nil
}

// explainPair weighs any two rows of the two sides with the frequencies of all
// that is loaded.
func (e *explainer) explainPair(ctx context.Context, first, second store.Query) error {
	a, err := e.single(ctx, first)
	if err != nil {
		return err
	}
	b, err := e.single(ctx, second)
	if err != nil {
		return err
	}
	if a.Side == b.Side {
		return fmt.Errorf("%s, %s: %w", e.name(&a), e.name(&b), errOneSide)
	}
	if a.Side == match.Regional {
		a, b = b, a
	}
	t, err := readTables(ctx, e.store, nil)
	if err != nil {
		return err
	}
	model, err := lastModel(ctx, e.store)
	if err != nil {
		return err
	}
	weighing, err := match.NewExplainer(ctx, t.side[match.Central], t.side[match.Regional], model)
	if err != nil {
		return err
	}
	x := weighing.Explain(t.rowOf(match.Central, a.ID), t.rowOf(match.Regional, b.ID))
	return e.showPair(&pairEvidence{
		first: &a, second: &b, vector: x.Vector, weights: x.Weights, weight: x.Weight,
		probability: x.Probability, verdict: verdictOf(&x),
	})
}

// single finds exactly one record.
func (e *explainer) single(ctx context.Context, query store.Query) (match.Record, error) {
	records, err := e.find(ctx, query)
	if err != nil {
		return match.Record{}, err
	}
	if len(records) > 1 {
		return match.Record{}, fmt.Errorf("%s: %w", query.Source, errManyRecords)
	}
	return records[0], nil
}

// Mistakes in naming rows.
var (
	errOneSide     = errors.New("both rows are of the same side")
	errManyRecords = errors.New("several files or sheets have this row")
)
