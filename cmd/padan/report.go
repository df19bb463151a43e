package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"padan/internal/store"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type reportOptions struct {
	out     string
	formats []string
	run     int64
	mask    bool
}

func (o *reportOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.out, "out", "", "the folder for the reports; it is made if need be")
	flags.StringSliceVar(&o.formats, "format", []string{"csv", "xlsx"}, "formats: csv, xlsx")
	flags.Int64Var(&o.run, "run", 0, "the number of a run (default the last one)")
	flags.BoolVar(&o.mask, "mask", false, "show NIK and KK as 317401******0001")
}

func (o *reportOptions) check() error {
	if o.out == "" {
		return &usageError{err: errors.New("--out is missing: the folder for the reports"), hint: "padan report --out reports"}
	}
	for _, format := range o.formats {
		if format != "csv" && format != "xlsx" {
			return &usageError{err: fmt.Errorf("--format %q: must be csv or xlsx", format)}
		}
	}
	slices.Sort(o.formats)
	o.formats = slices.Compact(o.formats)
	return nil
}

func newReportCommand(g *globals) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use: "report --out FOLDER", Short: "Write the reports of a run", Args: cobra.NoArgs,
		Long: `Write matched, unmatched_central, unmatched_regional, conflicts, duplicates, households,
rejected and recap as CSV and XLSX into a folder. Files there are replaced when all new ones are whole.

EXIT STATUS
  0  done
  1  failed; the reports that were there are untouched
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				if _, err := runReport(cmd.Context(), g, s, o); err != nil {
					return err
				}
				g.say(msgNextExplain)
				return nil
			})
		},
	}
	o.addFlags(cmd.Flags())
	return cmd
}

// runReport writes all reports of a run and returns its recap.
func runReport(ctx context.Context, g *globals, s *store.Store, o reportOptions) (recap *report.Recap, err error) {
	run, err := chooseRun(ctx, s, o.run)
	if err != nil {
		return nil, err
	}
	if err := checkTotals(&run); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.out, 0o700); err != nil {
		return nil, err
	}
	w := &reportWriter{store: s, run: &run, options: o, text: g.text, stage: g.stage, format: report.Options{Language: report.Language(g.text.code), Mask: o.mask}}
	if w.summary, err = newSummary(ctx, s, &run); err != nil {
		return nil, err
	}
	if w.folder, err = os.MkdirTemp(o.out, ".padan-report-"); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(w.folder)) }()
	if err := w.writeAll(ctx, g.workers); err != nil {
		return nil, err
	}
	if err := w.publish(); err != nil {
		return nil, err
	}
	return w.summary.Recap, g.listReports(w)
}

// errNoSuchRun: a run was asked for by a number that none has.
var errNoSuchRun = errors.New("no run has this number")

// chooseRun returns the run with a number, the last one for 0.
func chooseRun(ctx context.Context, s *store.Store, id int64) (store.Run, error) {
	if id == 0 {
		return s.LastRun(ctx)
	}
	run, err := s.Run(ctx, store.RunID(id))
	if errors.Is(err, store.ErrNoRun) {
		err = errNoSuchRun
	}
	return run, err
}

// listReports says which files there are now.
func (g *globals) listReports(w *reportWriter) error {
	for _, f := range w.written {
		g.result(msgReportFile, filepath.Join(w.options.out, f.name), f.rows)
		err := g.emit("report", struct {
			File string `json:"file"`
			Rows int    `json:"rows"`
		}{filepath.Join(w.options.out, f.name), f.rows})
		if err != nil {
			return err
		}
	}
	return nil
}
