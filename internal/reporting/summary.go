package reporting

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"

	"padan/internal/store"
	"padan/match"
	"padan/report"
)

// readRun reads what the reports state of the run as a whole: it adds all records,
// the households and the weights to the summary, if it is wanted, and households and
// persons to the master list, if that is. Meanwhile it writes the households.
func (w *writer) readRun(ctx context.Context, households []consumer[match.HouseholdCase]) (err error) {
	figures := w.options.wantsFigures()
	if figures {
		if err := w.countRecords(ctx); err != nil {
			return err
		}
	}
	if w.options.wants(PartMaster) || w.areas != nil {
		if w.master, err = OpenMaster(ctx, w.store, w.run, w.options.Precedence); err != nil {
			return err
		}
	}
	if err := w.readHouseholds(ctx, households, figures); err != nil {
		return err
	}
	if figures {
		if err := w.countWeights(ctx); err != nil {
			return err
		}
		w.summary.Finish()
	}
	if w.master == nil {
		return nil
	}
	return w.master.ReadPersons(ctx, w.indexPerson())
}

func (w *writer) countRecords(ctx context.Context) error {
	for _, side := range []match.Side{match.Central, match.Regional} {
		for record, err := range w.store.RecordOutcomes(ctx, w.run.ID, side) {
			if err != nil {
				return err
			}
			w.summary.Add(record)
			if w.areas != nil {
				w.areas.Add(record)
			}
		}
	}
	return nil
}

// readHouseholds hands the households to all who want them. Only a list of them
// shows cells.
func (w *writer) readHouseholds(ctx context.Context, lists []consumer[match.HouseholdCase], figures bool) error {
	consumers := slices.Clone(lists)
	if figures {
		consumers = append(consumers, eachHousehold(func(c *match.HouseholdCase) { w.summary.Recap.AddHousehold(&c.Household) }))
	}
	if w.master != nil {
		consumers = append(consumers, eachHousehold(w.master.List.Homes.Add))
	}
	if len(consumers) == 0 {
		return nil
	}
	return broadcast(w.store.Households(ctx, w.run.ID, len(lists) > 0), consumers)
}

// eachHousehold is a consumer that adds the households one by one.
func eachHousehold(add func(*match.HouseholdCase)) consumer[match.HouseholdCase] {
	return func(cases iter.Seq2[*match.HouseholdCase, error]) error {
		for c, err := range cases {
			if err != nil {
				return err
			}
			add(c)
		}
		return nil
	}
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
