package main

import (
	"context"
	"errors"
	"path/filepath"

	"padan/internal/reporting"
	"padan/internal/store"
	"padan/report"

	"github.com/spf13/cobra"
)

func newReportCommand(g *globals) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use: "report --out FOLDER", Short: "Write the reports of a run", Args: cobra.NoArgs,
		Long: `Write matched, unmatched_central, unmatched_regional, conflicts, duplicates, households,
rejected, recap and the master list (data_induk, one row per real person, and data_induk_kk,
one per household) into a folder, in each --format, and the page laporan.html, which shows
no number and no name in full; or only the parts named by --only. With xlsx comes the
folder wilayah: a workbook for each kecamatan, or for each kelurahan with --package
kelurahan, and a zip of those of each kota.

The files replace those of an earlier report when all of them are whole and safe on the
disk; if anything fails before that, the earlier report stays as it was. Other files in
the folder are left alone. manifest.json lists what was written, with rows, size and
SHA-256 of each file, and the run, the sources and the options it was made from.

EXIT STATUS
  0  done
  1  failed; the reports that were there are untouched
  10 12 13  no database, damaged, storage full or failing
  11        another padan writes into the folder     64  usage     130  interrupted`,
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

// runReport writes the reports of a run and returns its recap, which is empty if
// no part wanted shows it.
func runReport(ctx context.Context, g *globals, s *store.Store, o reportOptions) (*report.Recap, error) {
	run, err := chooseRun(ctx, s, o.run)
	if err != nil {
		return nil, err
	}
	if err := checkTotals(&run); err != nil {
		return nil, err
	}
	defer thrifty()()
	result, err := reporting.Write(ctx, s, &run, o.out, o.reporting(g))
	if err != nil {
		return nil, err
	}
	return result.Recap, g.listReports(o.out, result)
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

// listReports says which files there are now in a folder.
func (g *globals) listReports(folder string, result *reporting.Result) error {
	for _, f := range result.Files {
		g.trail.output(f.Name, f.SHA256)
	}
	for _, f := range result.Reports {
		path := filepath.Join(folder, f.Name)
		if f.Files > 0 {
			g.result(msgReportFolder, path, f.Files)
		} else {
			g.result(msgReportFile, path, f.Rows)
		}
		err := g.emit("report", struct {
			File  string `json:"file"`
			Rows  int    `json:"rows"`
			Files int    `json:"files,omitempty"`
		}{path, f.Rows, f.Files})
		if err != nil {
			return err
		}
	}
	return nil
}
