package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"padan/internal/intake"
	"padan/internal/nightly"
	"padan/internal/store"
	"padan/report"
)

// stage does one part of the work and notes how long it took.
func (n *night) stage(name string, work func() error) error {
	started := time.Now()
	took := n.g.stage(name)
	err := work()
	took()
	n.summary.Stages = append(n.summary.Stages, nightly.Stage{Name: name, Seconds: time.Since(started).Seconds(), Done: err == nil})
	return err
}

// skip notes that the result of a stage is there already.
func (n *night) skip(name string) {
	n.summary.Stages = append(n.summary.Stages, nightly.Stage{Name: name, Done: true, Skipped: true})
}

// load makes the sources in use those of the plan. A file that cannot be loaded does
// not stop the others; what it was to replace is then one of those whose files are
// gone.
func (n *night) load(ctx context.Context, plan *nightly.Plan) error {
	files := &n.summary.Files
	files.Same = plan.Same
	for _, r := range plan.Rename {
		if err := n.store.Rename(ctx, r.Source.ID, r.Path); err != nil {
			return err
		}
		files.Renamed = append(files.Renamed, r.Path)
	}
	missing := plan.Missing
	complete := true
	for i := range plan.Load {
		loaded, err := n.loadFile(ctx, &plan.Load[i])
		if err != nil {
			return err
		}
		if !loaded {
			missing = append(missing, plan.Load[i].Replaces...)
			complete = false
		}
	}
	for _, list := range plan.Copies {
		files.Copies = append(files.Copies, list.Path)
	}
	var gone []store.Source
	if complete {
		gone = append(gone, plan.Replaced...)
	}
	if n.options.missing == missingWithdraw {
		return n.withdraw(ctx, append(gone, missing...))
	}
	for i := range missing {
		files.Missing = append(files.Missing, missing[i].Name)
		n.g.say(msgFileMissing, missing[i].Name)
	}
	return n.withdraw(ctx, gone)
}

func (n *night) withdraw(ctx context.Context, gone []store.Source) error {
	ids := make([]int64, 0, len(gone))
	for i := range gone {
		ids = append(ids, gone[i].ID)
		n.summary.Files.Withdrawn = append(n.summary.Files.Withdrawn, gone[i].Name)
		n.g.say(msgFileWithdrawn, gone[i].Name)
	}
	if len(ids) == 0 {
		return nil
	}
	return n.store.Withdraw(ctx, ids, n.g.now())
}

// loadFile loads one file; false if it cannot be read as a list.
func (n *night) loadFile(ctx context.Context, step *nightly.Step) (bool, error) {
	options := n.groups[step.Group].options
	for i := range step.Replaces {
		options.Replaces = append(options.Replaces, step.Replaces[i].ID)
	}
	if err := recall(ctx, n.store, &options); err != nil {
		return false, err
	}
	sum, err := loadFiles(ctx, n.g, n.store, step.Side, []string{step.Path}, options, func(r *intake.Result) error {
		for i := range step.Replaces {
			n.replaced = append(n.replaced, nightly.Replaced{Before: step.Replaces[i], After: r.Source})
			n.summary.Files.Replaced = append(n.summary.Files.Replaced, step.Replaces[i].Name)
		}
		n.summary.Files.Loaded = append(n.summary.Files.Loaded, step.Path)
		return n.g.reportSource(r)
	})
	if err != nil {
		return false, err
	}
	n.rejected = n.rejected || sum.Rejected > 0
	if sum.Failed > 0 {
		n.failed(step.Path, step.Side, nil)
	}
	return sum.Failed == 0, nil
}

// lastRunOf returns the last run; nil if there is none.
func lastRunOf(ctx context.Context, s *store.Store) (*store.Run, error) {
	run, err := s.LastRun(ctx)
	if errors.Is(err, store.ErrNoRun) {
		return nil, nil
	}
	return &run, err
}

// matched returns the run of what is loaded and the one before it. The last run is
// taken if it has seen the same.
func (n *night) matched(ctx context.Context, last *store.Run) (run, before *store.Run, err error) {
	if last != nil {
		current, err := n.isCurrent(ctx, last)
		if err != nil {
			return nil, nil, err
		}
		if current {
			n.skip("match")
			before, err := runBefore(ctx, n.store, last)
			return last, before, err
		}
	}
	err = n.stage("match", func() (err error) {
		run, err = runMatch(ctx, n.g, n.store, n.model)
		return err
	})
	return run, last, err
}

// isCurrent reports whether a run has seen what is in use now, and decided by the
// same model, decisions and version.
func (n *night) isCurrent(ctx context.Context, run *store.Run) (bool, error) {
	sources, err := n.store.Sources(ctx)
	if err != nil {
		return false, err
	}
	decisions, err := inForce(ctx, n.store)
	if err != nil {
		return false, err
	}
	model, err := n.model.text()
	if err != nil {
		return false, err
	}
	return !stale(sources, run) && run.Version == version && nightly.ReadNotes(run).Decisions.Digest == digestOf(decisions) &&
		sameJSON(run.Model, model), nil
}

// sameJSON compares two JSON texts without regard to spaces.
func sameJSON(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	if json.Compact(&x, a) != nil || json.Compact(&y, b) != nil {
		return false
	}
	return bytes.Equal(x.Bytes(), y.Bytes())
}

// runBefore returns the run before another; nil if there is none.
func runBefore(ctx context.Context, s *store.Store, run *store.Run) (*store.Run, error) {
	runs, err := s.Runs(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(runs, func(r store.Run) bool { return r.ID == run.ID })
	if i < 1 {
		return nil, nil
	}
	return &runs[i-1], nil
}

// reported writes the reports of a run, unless they are there.
func (n *night) reported(ctx context.Context, run *store.Run) (written bool, err error) {
	n.summary.Reports = n.report.out
	options := n.report.reporting(n.g)
	if report.IsReportOf(n.report.out, int64(run.ID), version, options.Manifest()) {
		n.skip("report")
		return false, nil
	}
	return true, n.stage("report", func() error {
		_, err := runReport(ctx, n.g, n.store, n.report)
		return err
	})
}

// compared tells what changed since the run before, if it is news.
func (n *night) compared(ctx context.Context, news bool) error {
	if n.before == nil {
		return nil
	}
	if !news {
		n.skip("compare")
		return nil
	}
	return n.stage("compare", func() error {
		o := diffOptions{side: "both"}
		if err := o.check(); err != nil {
			return err
		}
		c, err := n.store.Compare(ctx, n.before.ID, n.found.ID)
		if err != nil {
			return err
		}
		w := &diffWriter{g: n.g, comparison: c, options: o, format: report.Options{Language: report.Language(n.g.text.code)}}
		if w.diff, err = newDiff(c.Runs(), o); err != nil {
			return err
		}
		if err := w.write(ctx); err != nil {
			return err
		}
		n.changes, n.summary.Changes = w.diff, w.newDiffLine()
		return nil
	})
}

// end writes the summary, says what to look at, and decides on the exit code.
func (n *night) end(err error) error {
	n.summary.Version, n.summary.Started, n.summary.Finished = version, n.started, n.g.now()
	n.summary.Purpose, n.summary.LegalBasis = n.g.grounds.Purpose, n.g.grounds.LegalBasis
	complete := err == nil
	if complete {
		switch {
		case len(n.summary.Alarms) > 0:
			err = errAlarm
		case n.failOnConflict && n.found != nil && undecided(n.found) > 0:
			err = errConflicts
		case n.rejected:
			err = errRejected
		}
	}
	n.summary.ExitCode = exitCode(err, true)
	if err != nil {
		n.summary.Error = n.g.describe(err).text
	}
	if complete {
		n.sayOutcome()
	}
	n.sayAlarms()
	if failed := n.writeSummary(); failed != nil {
		return errors.Join(err, failed)
	}
	if errors.Is(err, errRejected) {
		return said(err)
	}
	return err
}

// sayAlarms says every alarm in a line.
func (n *night) sayAlarms() {
	for _, a := range n.summary.Alarms {
		n.g.result(msgAlarm, n.g.text.alarm(&a))
	}
}

func (n *night) writeSummary() error {
	n.summary.Complete()
	text, err := json.MarshalIndent(&n.summary, "", "  ")
	if err != nil {
		return err
	}
	path := n.options.summary
	if path == "" {
		path = filepath.Join(n.report.out, "run.json")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := writeWhole(path, append(text, '\n')); err != nil {
		return err
	}
	return n.g.emit("night", &n.summary)
}
