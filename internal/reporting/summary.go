package reporting

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"padan/internal/store"
	"padan/match"
	"padan/report"
)

// countAll adds all records of the run to the summary, then the households, which
// it lists meanwhile, and the weights.
func (w *writer) countAll(ctx context.Context, households []*Written) error {
	for _, side := range []match.Side{match.Central, match.Regional} {
		for record, err := range w.store.RecordOutcomes(ctx, w.run.ID, side) {
			if err != nil {
				return err
			}
			w.summary.Add(&record)
			if w.areas != nil {
				w.areas.Add(&record)
			}
		}
	}
	cases := w.countedHouseholds(ctx)
	for _, file := range households {
		if err := w.writeHouseholds(cases, file); err != nil {
			return err
		}
		cases = w.store.Households(ctx, w.run.ID)
	}
	if len(households) == 0 {
		for _, err := range cases {
			if err != nil {
				return err
			}
		}
	}
	if err := w.countWeights(ctx); err != nil {
		return err
	}
	w.summary.Finish()
	return nil
}

func (w *writer) countWeights(ctx context.Context) error {
	for link, err := range w.store.Links(ctx, w.run.ID) {
		if err != nil {
			return err
		}
		w.summary.AddLink(link.Weight)
		w.choice.AddLink(link.Weight)
		if w.areas != nil {
			w.areas.AddLink(&link)
		}
	}
	for c, err := range w.store.ConflictRows(ctx, w.run.ID) {
		if err != nil {
			return err
		}
		w.choice.AddConflict(c.Kind, c.Weight)
		if c.Kind == match.Review {
			w.summary.AddReview(c.Weight)
		}
		if w.areas != nil {
			w.areas.AddConflict(&c)
		}
	}
	return nil
}

// countedHouseholds yields the households and adds them to the recap.
func (w *writer) countedHouseholds(ctx context.Context) iter.Seq2[match.HouseholdCase, error] {
	return func(yield func(match.HouseholdCase, error) bool) {
		for c, err := range w.store.Households(ctx, w.run.ID) {
			if err == nil {
				w.summary.Recap.AddHousehold(&c.Household)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// newSummary tells what is known of a run before its records are counted. The
// trend is of the runs up to this one; words puts warnings into words.
func newSummary(ctx context.Context, s *store.Store, run *store.Run, words func([]string) []string) (*report.Summary, error) {
	info, err := NewRunInfo(run)
	if err != nil {
		return nil, err
	}
	var sources [2][]report.SourceInfo
	for side := range run.Sources {
		for i := range run.Sources[side] {
			from := &run.Sources[side][i]
			sources[side] = append(sources[side], report.SourceInfo{
				Name: from.Name, SHA256: from.SHA256, Loaded: from.LoadedAt, Rows: from.Rows, Records: from.Records,
				Rejected: from.Rejected, Skipped: from.Skipped, Issues: from.Issues, Warnings: words(from.Warnings),
			})
		}
	}
	summary := report.NewSummary(info, sources)
	for _, kind := range match.ConflictKinds() {
		if n := run.Conflicts[kind.String()]; n > 0 {
			summary.Conflicts = append(summary.Conflicts, report.CodeCount{Code: kind.String(), Count: n})
		}
	}
	runs, err := s.Runs(ctx)
	for i := range runs {
		if runs[i].ID <= run.ID {
			summary.Trend = append(summary.Trend, trendPoint(&runs[i]))
		}
	}
	return summary, err
}

// NewRunInfo tells what is known of a run as a whole.
func NewRunInfo(run *store.Run) (report.RunInfo, error) {
	info := report.RunInfo{Number: int64(run.ID), Started: run.StartedAt, Version: run.Version, Links: run.Links}
	model, training, err := match.ReadModel(bytes.NewReader(run.Model))
	if err != nil {
		return info, fmt.Errorf("run %d: %w", run.ID, err)
	}
	info.Trained = training != nil
	info.Link, info.Review = model.Link, model.Review
	return info, nil
}

func trendPoint(run *store.Run) report.TrendPoint {
	point := report.TrendPoint{Run: int64(run.ID), Started: run.StartedAt}
	for side := range run.Totals {
		for _, outcome := range match.Outcomes {
			point.Persons[side][outcome] = run.Totals[side].Of(outcome)
		}
	}
	return point
}
