package main

import (
	"context"
	"iter"
	"strings"

	"padan/internal/reporting"
	"padan/internal/scratch"
	"padan/internal/store"
	"padan/match"
	"padan/report"
)

// diffWriter counts and writes what changed between two runs.
type diffWriter struct {
	g          *globals
	comparison *store.Comparison
	options    diffOptions
	format     report.Options
	diff       *report.Diff
}

// newDiff tells what is known of two runs before their persons are compared.
func newDiff(runs [2]*store.Run, o diffOptions) (*report.Diff, error) {
	info := report.DiffInfo{Area: o.within, Sides: o.sides, Model: string(runs[match.Before].Model) != string(runs[match.After].Model)}
	for when, run := range runs {
		var err error
		if info.Runs[when], err = reporting.NewRunInfo(run); err != nil {
			return nil, err
		}
	}
	for side := range info.Added {
		info.Added[side] = lackingSources(runs[match.After].Sources[side], runs[match.Before].Sources[side])
		info.Removed[side] = lackingSources(runs[match.Before].Sources[side], runs[match.After].Sources[side])
	}
	return report.NewDiff(info), nil
}

// lackingSources names the sources that others lack.
func lackingSources(sources, others []store.Source) []string {
	known := map[int64]bool{}
	for i := range others {
		known[others[i].ID] = true
	}
	var names []string
	for i := range sources {
		if !known[sources[i].ID] {
			names = append(names, sources[i].Name)
		}
	}
	return names
}

// write counts all persons, shows the counts, and writes the list of those who
// changed if it is wanted and the counts add up.
func (w *diffWriter) write(ctx context.Context) error {
	if err := w.count(ctx); err != nil {
		return err
	}
	if err := w.emitFigures(); err != nil {
		return err
	}
	var text strings.Builder
	if err := w.diff.WriteText(&text, w.format); err != nil {
		return err
	}
	w.g.resultText(text.String())
	if !w.addsUp() {
		return errTotals
	}
	return w.writeList(ctx)
}

func (w *diffWriter) count(ctx context.Context) error {
	defer w.g.stage("count")()
	for _, side := range w.options.sides {
		for change, err := range w.comparison.Persons(ctx, side) {
			if err != nil {
				return err
			}
			w.diff.Add(&change)
		}
	}
	return nil
}

// addsUp reports whether all persons of both runs were counted, and whether they
// are those who stayed, changed, came and went.
func (w *diffWriter) addsUp() bool {
	for _, side := range w.options.sides {
		for when, run := range w.comparison.Runs() {
			counts := w.diff.All(side, when)
			for _, outcome := range match.Outcomes {
				if counts[outcome] != run.Totals[side].Of(outcome) {
					return false
				}
			}
		}
	}
	return w.diff.AddsUp()
}

// writeList writes the persons who changed to the file that is wanted, and to
// scripts.
func (w *diffWriter) writeList(ctx context.Context) error {
	if w.options.out == "" && !w.g.json {
		return nil
	}
	defer w.g.stage("list")()
	listed := 0
	cases := w.emitted(w.changes(ctx), &listed)
	if w.options.out == "" {
		for _, err := range cases {
			if err != nil {
				return err
			}
		}
	} else if err := w.writeFile(cases); err != nil {
		return err
	}
	if int64(listed) != w.diff.Changed() {
		return errTotals
	}
	return nil
}

// changes yields the persons of the wanted sides and area who changed.
func (w *diffWriter) changes(ctx context.Context) iter.Seq2[match.ChangeCase, error] {
	return func(yield func(match.ChangeCase, error) bool) {
		for _, side := range w.options.sides {
			for c, err := range w.comparison.Changes(ctx, side, w.diff.Info.Within) {
				if !yield(c, err) || err != nil {
					return
				}
			}
		}
	}
}

// emitted yields the changes and tells scripts of each; it counts them.
func (w *diffWriter) emitted(cases iter.Seq2[match.ChangeCase, error], listed *int) iter.Seq2[match.ChangeCase, error] {
	return func(yield func(match.ChangeCase, error) bool) {
		for c, err := range cases {
			if err == nil {
				*listed++
				err = w.g.emit("change", newChangeLine(&c))
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

// writeFile writes the list of changes.
func (w *diffWriter) writeFile(cases iter.Seq2[match.ChangeCase, error]) error {
	return scratch.Beside(w.options.out, func(folder string) error { return w.writeFrom(folder, cases) })
}

// writeFrom writes the list of changes, which stays in folder until it is finished.
func (w *diffWriter) writeFrom(folder string, cases iter.Seq2[match.ChangeCase, error]) error {
	f, err := report.Create(folder, w.options.out)
	if err != nil {
		return err
	}
	var t report.Table
	if w.options.format() == ".xlsx" {
		t, err = report.NewDiffBook(f, w.diff, w.format)
	} else {
		t, err = reporting.NewTable(f, w.options.format(), "", report.ChangeColumns(w.format), report.CSVOptions{}, version)
	}
	if err != nil {
		return err
	}
	rows, err := report.Changes(t, cases, w.format)
	if err != nil {
		t.Abort()
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	w.g.say(msgReportFile, w.options.out, rows)
	return nil
}
