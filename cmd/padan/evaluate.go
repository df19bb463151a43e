package main

import (
	"context"
	"errors"
	"fmt"

	"padan/internal/evaluate"
	"padan/internal/store"

	"github.com/spf13/cobra"
)

// evaluateOptions say what is measured, and how.
type evaluateOptions struct {
	truth, id, out string
	sample         int
	seed           uint64
	judged         string
	estimate       bool
}

func newEvaluateCommand(g *globals) *cobra.Command {
	var o evaluateOptions
	cmd := &cobra.Command{
		Use: "evaluate --truth PATH", Short: "Measure the last run", Args: cobra.NoArgs,
		Long: `Measure the last run, in one of four ways.

--truth FOLDER compares with the truth that padan generate wrote beside its files: links,
households, duplicates and each kind of conflict; whom the links leave out; precision and recall
over the threshold; whether the probabilities mean what they say; what each blocking rule reaches.
--truth FILE reads true links made by anybody: a CSV file with the columns central_file, central_row,
regional_file, regional_row (and central_sheet, regional_sheet), or central_id and regional_id,
where --id names the column of the lists that holds these ids. --out FOLDER keeps all tables as CSV
files and draws two of them (SVG).

--sample N --out FILE.xlsx draws N links for a person to judge, and --judged FILE.xlsx turns the
decisions into the precision with its 95 % interval. --estimate guesses the recall from how far
different rules find the same links; it needs no truth, and is optimistic.

EXIT STATUS
  0  done
  1  failed
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				run, err := s.LastRun(cmd.Context())
				if err != nil {
					return err
				}
				return runEvaluate(cmd.Context(), g, s, &run, o)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.truth, "truth", "", "the folder of padan generate, or a CSV file of true links")
	flags.StringVar(&o.id, "id", "", "the title of the column that holds the ids of a truth by id")
	flags.StringVar(&o.out, "out", "", "the folder for the tables of --truth, or the workbook of --sample")
	flags.IntVar(&o.sample, "sample", 0, "draw so many links to be judged by a person")
	flags.Uint64Var(&o.seed, "seed", 1, "the same seed draws the same links")
	flags.StringVar(&o.judged, "judged", "", "a workbook of --sample with decisions filled in")
	flags.BoolVar(&o.estimate, "estimate", false, "estimate the recall without a truth")
	return cmd
}

// check refuses flags that do not go together.
func (o *evaluateOptions) check() error {
	ways := 0
	for _, given := range []bool{o.truth != "", o.sample != 0, o.judged != "", o.estimate} {
		if given {
			ways++
		}
	}
	switch {
	case ways != 1:
		return &usageError{
			err:  errors.New("give one of --truth, --sample, --judged and --estimate"),
			hint: "--truth names the folder that padan generate wrote, or a file of true links",
		}
	case o.sample < 0:
		return &usageError{err: fmt.Errorf("--sample %d: must be above 0", o.sample)}
	case o.sample > 0 && o.out == "":
		return &usageError{err: errors.New("--out is missing"), hint: "name the workbook: --out sampel.xlsx"}
	case o.id != "" && o.truth == "":
		return &usageError{err: errors.New("--id goes with --truth")}
	}
	return nil
}

func runEvaluate(ctx context.Context, g *globals, s *store.Store, run *store.Run, o evaluateOptions) error {
	switch {
	case o.sample > 0:
		return g.drawSample(ctx, s, run, o)
	case o.judged != "":
		j, err := evaluate.ReadJudged(ctx, o.judged, run.ID)
		if err != nil {
			return err
		}
		g.result(msgJudged, j.Judged, j.Same, j.Different, j.Unsure, j.Open)
		g.result(msgJudgedPrecision, g.text.percent(j.Precision), g.text.percent(j.Low), g.text.percent(j.High), j.Links)
		return g.emit("judged", j)
	case o.estimate:
		return g.estimateRecall(ctx, s, run)
	}
	m, err := measure(ctx, g, s, run, o.truth, o.id)
	if err != nil {
		return err
	}
	if err := g.reportMeasures(m); err != nil {
		return err
	}
	g.resultText(g.text.measures(m))
	if o.out == "" {
		return nil
	}
	if err := g.writeMeasures(m, o.out); err != nil {
		return err
	}
	g.say(msgMeasuresWritten, o.out)
	return nil
}

// measure compares a run with a truth.
func measure(ctx context.Context, g *globals, s *store.Store, run *store.Run, truth, id string) (*evaluate.Measures, error) {
	model, err := modelOf(run)
	if err != nil {
		return nil, err
	}
	return evaluate.Measure(ctx, s, run, evaluate.Options{Truth: truth, IDHeader: id, Model: model, Workers: g.workers})
}

// reportMeasures prints precision and recall in one line.
func (g *globals) reportMeasures(m *evaluate.Measures) error {
	g.result(msgMeasured, g.text.percent(m.Links.Precision), m.Links.Right, m.Links.Claimed, g.text.percent(m.Decidable.Recall), m.Decidable.True)
	return g.emit("measures", m)
}

func (g *globals) estimateRecall(ctx context.Context, s *store.Store, run *store.Run) error {
	model, err := modelOf(run)
	if err != nil {
		return err
	}
	c, err := evaluate.EstimateRecall(ctx, s, run, model, g.workers)
	if err != nil {
		return err
	}
	if c.Available {
		g.result(msgEstimated, c.Links, int(c.Estimate+0.5), g.text.percent(c.Recall))
	} else {
		g.result(msgNotEstimated)
	}
	return g.emit("estimate", c)
}
