package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"padan/internal/review"
	"padan/internal/scratch"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newReviewCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use: "review export|import|list|undo", Short: "Let people decide what padan cannot, and keep what they decided", Args: cobra.ArbitraryArgs,
		Long: `Let people decide what padan cannot, and keep what they decided.

export writes the undecided pairs of a run as a workbook with a choice of SAMA (the same
person), BEDA (two persons) and RAGU (cannot be decided yet). import reads it back. The
next padan match follows the decisions, whatever the evidence says, as long as the two
records say who they are in the same words; so they outlive the files and the runs.
list shows them, undo ends one.`,
		RunE: needsSubcommand,
	}
	cmd.AddCommand(newReviewExportCommand(g), newReviewImportCommand(g), newReviewListCommand(g), newReviewUndoCommand(g))
	return cmd
}

type reviewExportOptions struct {
	out   string
	area  string
	kinds []string
	run   int64
	mask  bool
}

func (o *reviewExportOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.out, "out", "", "the workbook to be written (.xlsx)")
	markPaths(flags, "out")
	flags.StringVar(&o.area, "area", "", "only pairs with a record in this area: 31.74, 31.74.01 or 31.74.01.1005")
	flags.StringSliceVar(&o.kinds, "kind", nil, "kinds of conflict (default: those that block a match)")
	flags.Int64Var(&o.run, "run", 0, "the number of a run (default the last one)")
	flags.BoolVar(&o.mask, "mask", false, "show NIK and KK as 317401******0001")
}

// choose checks the options and turns them into those of package review.
func (o *reviewExportOptions) choose() (review.Options, error) {
	chosen := review.Options{Kinds: map[match.ConflictKind]bool{}}
	if o.out == "" || !strings.HasSuffix(strings.ToLower(o.out), ".xlsx") {
		return chosen, &usageError{err: errors.New("--out is missing: the workbook to be written"), hint: "padan review export --out tinjau.xlsx"}
	}
	if o.area != "" {
		var err error
		if chosen.Area, err = parseArea(o.area); err != nil {
			return chosen, err
		}
	}
	var all []string
	for _, kind := range match.ConflictKinds() {
		if len(o.kinds) == 0 && kind.Blocks() {
			chosen.Kinds[kind] = true
		}
		for _, code := range o.kinds {
			if code == kind.String() {
				chosen.Kinds[kind] = true
			}
		}
		all = append(all, kind.String())
	}
	if len(o.kinds) > len(chosen.Kinds) {
		return chosen, &usageError{err: fmt.Errorf("--kind %s: not all are kinds of conflict", strings.Join(o.kinds, ",")), hint: strings.Join(all, ", ")}
	}
	return chosen, nil
}

func newReviewExportCommand(g *globals) *cobra.Command {
	var o reviewExportOptions
	cmd := &cobra.Command{
		Use: "export --out FILE.xlsx", Short: "Write the undecided pairs as a workbook for reviewers", Args: cobra.NoArgs,
		Long: `Write the undecided pairs of a run as a workbook: both records side by side, differences
coloured, the evidence in one sentence, what to do, and a choice of SAMA, BEDA and RAGU;
all other cells are locked. What may give or take most comes first, and of that the most
doubtful.

EXIT STATUS
  0  done; if nothing waits for a decision, no file is written
  1  failed; a file that was there is untouched
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			chosen, err := o.choose()
			if err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runReviewExport(cmd.Context(), g, s, &o, chosen)
			})
		},
	}
	o.addFlags(cmd.Flags())
	return cmd
}

func runReviewExport(ctx context.Context, g *globals, s *store.Store, o *reviewExportOptions, chosen review.Options) error {
	run, err := chooseRun(ctx, s, o.run)
	if err != nil {
		return err
	}
	model, err := modelOf(&run)
	if err != nil {
		return err
	}
	w := &lateWeigher{store: s, model: model}
	chosen.Review = model.Review
	chosen.Explain = func(central, regional int64) (match.Explanation, bool, error) {
		return w.explain(ctx, central, regional)
	}
	pairs, err := review.Gather(ctx, s, run.ID, chosen)
	if err != nil {
		return err
	}
	cases := map[int]bool{}
	shown := make([]report.ReviewPair, len(pairs))
	for i := range pairs {
		shown[i] = g.reviewPair(&pairs[i])
		cases[pairs[i].Case] = true
	}
	if len(pairs) > 0 {
		guide := []string{g.text.format(msgReviewGuide), g.text.format(msgReviewOf, itoa(int(run.ID)), len(cases), len(pairs))}
		err := scratch.Beside(o.out, func(folder string) error {
			f, err := report.Create(folder, o.out)
			if err != nil {
				return err
			}
			return report.WriteReview(f, shown, guide, report.Options{Language: report.Language(g.text.code), Mask: o.mask})
		})
		if err != nil {
			return err
		}
		if err := g.trail.wrote(ctx, o.out); err != nil {
			return err
		}
		g.result(msgReviewWritten, o.out, len(cases), len(pairs))
		g.say(msgNextReview, o.out)
	} else {
		g.result(msgNothingToReview)
	}
	return g.emit("review_export", struct {
		File  string `json:"file"`
		Run   int64  `json:"run"`
		Cases int    `json:"cases"`
		Pairs int    `json:"pairs"`
	}{o.out, int64(run.ID), len(cases), len(pairs)})
}

// reviewPair shows a pair to a reviewer.
func (g *globals) reviewPair(p *review.Pair) report.ReviewPair {
	shown := report.ReviewPair{
		Case: p.Case, Kind: p.Kind, Records: p.Records, Vector: p.Vector, Weight: p.Weight, Proposed: p.Proposed, Key: p.Key().String(),
	}
	if p.Earlier != nil {
		shown.Earlier = review.Word(p.Earlier.Verdict) + ", " + p.Earlier.Reviewer
	}
	return shown
}

// lateWeigher weighs pairs of records as a run does. It reads the persons when the
// first pair is asked for.
type lateWeigher struct {
	store     *store.Store
	model     *match.Model
	explainer *match.Explainer
	rows      [2]map[int64]int
}

// explain weighs two records; false if one of them is no longer in use.
func (w *lateWeigher) explain(ctx context.Context, central, regional int64) (match.Explanation, bool, error) {
	if w.explainer == nil {
		if err := w.read(ctx); err != nil {
			return match.Explanation{}, false, err
		}
	}
	a, knownA := w.rows[match.Central][central]
	b, knownB := w.rows[match.Regional][regional]
	if !knownA || !knownB {
		return match.Explanation{}, false, nil
	}
	return w.explainer.Explain(a, b), true, nil
}

func (w *lateWeigher) read(ctx context.Context) error {
	t, err := readTables(ctx, w.store, nil)
	if err != nil {
		return err
	}
	for side := range t.ids {
		w.rows[side] = make(map[int64]int, len(t.ids[side]))
		for row, id := range t.ids[side] {
			w.rows[side][id] = row
		}
	}
	w.explainer, err = match.NewExplainer(ctx, t.side[match.Central], t.side[match.Regional], w.model)
	return err
}
