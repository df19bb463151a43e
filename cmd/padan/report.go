package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"padan/internal/store"
	"padan/match"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"
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
	return w.recap, g.listReports(w)
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

// reportWriter writes the reports of one run into a folder of their own.
type reportWriter struct {
	store   *store.Store
	run     *store.Run
	options reportOptions
	format  report.Options
	text    *texts
	stage   func(name string) func()
	folder  string // where they are written before they are published
	recap   *report.Recap
	written []writtenReport
}

type writtenReport struct {
	name string
	rows int
}

// list is a report with a row for each record, pair or case.
type list struct {
	name    string
	sheet   message
	columns func(report.Options) []report.Column
	write   func(t report.Table) (int, error)
}

// lists returns the reports that are lists, the longest first, but for those of
// the households.
func (w *reportWriter) lists(ctx context.Context) []list {
	id := w.run.ID
	return []list{
		{"matched", msgSheetMatched, report.MatchedColumns, func(t report.Table) (int, error) {
			return report.Matched(t, w.store.LinkedPairs(ctx, id), w.format)
		}},
		{"unmatched_central", msgSheetUnmatchedCentral, report.UnmatchedColumns, func(t report.Table) (int, error) {
			return report.Unmatched(t, w.store.UnmatchedRecords(ctx, id, match.Central), w.format)
		}},
		{"unmatched_regional", msgSheetUnmatchedRegional, report.UnmatchedColumns, func(t report.Table) (int, error) {
			return report.Unmatched(t, w.store.UnmatchedRecords(ctx, id, match.Regional), w.format)
		}},
		{"conflicts", msgSheetConflicts, report.ConflictColumns, func(t report.Table) (int, error) {
			return report.Conflicts(t, w.store.Conflicts(ctx, id), w.format)
		}},
		{"duplicates", msgSheetDuplicates, report.DuplicateColumns, func(t report.Table) (int, error) {
			return report.Duplicates(t, w.store.Duplicates(ctx, id), w.format)
		}},
		{"rejected", msgSheetRejected, report.RejectedColumns, func(t report.Table) (int, error) {
			return report.Rejected(t, rejectedRows(w.store.Rejected(ctx)), w.format)
		}},
	}
}

// writeAll writes the reports, several at a time.
func (w *reportWriter) writeAll(ctx context.Context, workers int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	lists := w.lists(ctx)
	w.written = make([]writtenReport, 0, (len(lists)+2)*len(w.options.formats))
	for _, l := range lists {
		files := w.files(l.name)
		for i := range files {
			group.Go(func() error { return w.writeList(&l, &files[i]) })
		}
	}
	households, recaps := w.files("households"), w.files("recap")
	group.Go(func() error { return w.writeAreas(ctx, households, recaps) })
	return group.Wait()
}

// files announces one report in all formats.
func (w *reportWriter) files(name string) []writtenReport {
	from := len(w.written)
	for _, format := range w.options.formats {
		w.written = append(w.written, writtenReport{name: name + "." + format})
	}
	return w.written[from:]
}

// writeList writes one list and counts its rows or cases.
func (w *reportWriter) writeList(l *list, file *writtenReport) error {
	t, err := w.open(file.name, l.sheet, l.columns(w.format))
	if err != nil {
		return err
	}
	took := w.stage(file.name)
	file.rows, err = l.write(t)
	took()
	if err != nil {
		t.Abort()
		return err
	}
	return t.Close()
}

func (w *reportWriter) open(name string, sheet message, columns []report.Column) (report.Table, error) {
	path := filepath.Join(w.folder, name)
	if strings.HasSuffix(name, ".xlsx") {
		return report.NewXLSX(path, w.text.format(sheet), columns)
	}
	return report.NewCSV(path, columns, report.CSVOptions{})
}

// writeAreas counts all records of the run by area, then the households, which it
// lists meanwhile, and writes the recap.
func (w *reportWriter) writeAreas(ctx context.Context, households, recaps []writtenReport) error {
	w.recap = report.NewRecap()
	for _, side := range []match.Side{match.Central, match.Regional} {
		for record, err := range w.store.RecordOutcomes(ctx, w.run.ID, side) {
			if err != nil {
				return err
			}
			w.recap.Add(&record)
		}
	}
	cases := w.countedHouseholds(ctx)
	for i := range households {
		err := w.writeList(&list{"households", msgSheetHouseholds, report.HouseholdColumns, func(t report.Table) (int, error) {
			return report.Households(t, cases, w.format)
		}}, &households[i])
		if err != nil {
			return err
		}
		cases = w.store.Households(ctx, w.run.ID)
	}
	return w.writeRecap(recaps)
}

// countedHouseholds yields the households and adds them to the recap.
func (w *reportWriter) countedHouseholds(ctx context.Context) iter.Seq2[match.HouseholdCase, error] {
	return func(yield func(match.HouseholdCase, error) bool) {
		for c, err := range w.store.Households(ctx, w.run.ID) {
			if err == nil {
				w.recap.AddHousehold(&c.Household)
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

func (w *reportWriter) writeRecap(files []writtenReport) error {
	for i := range files {
		files[i].rows = len(w.recap.Rows())
		if strings.HasSuffix(files[i].name, ".xlsx") {
			err := report.WriteRecapBook(filepath.Join(w.folder, files[i].name), w.recap, w.account(), w.format)
			if err != nil {
				return err
			}
			continue
		}
		t, err := report.NewCSV(filepath.Join(w.folder, files[i].name), report.RecapColumns(w.format), report.CSVOptions{})
		if err != nil {
			return err
		}
		if err := report.WriteRecap(t, w.recap, w.format); err != nil {
			t.Abort()
			return err
		}
		if err := t.Close(); err != nil {
			return err
		}
	}
	return nil
}

// account says what the recap is about.
func (w *reportWriter) account() report.RecapInfo {
	var info report.RecapInfo
	info.Lines = append(info.Lines, w.text.format(msgLastRun, itoa(int(w.run.ID)), w.run.StartedAt.Local().Format(time.DateTime), w.run.Version))
	for side, name := range []message{msgCentral, msgRegional} {
		for i := range w.run.Sources[side] {
			s := &w.run.Sources[side][i]
			info.Sources = append(info.Sources, w.text.format(msgRecapSource, w.text.format(name), s.Name, s.Rows, s.Records, s.Rejected, s.SHA256))
		}
	}
	return info
}

// publish moves the finished files to their place.
func (w *reportWriter) publish() error {
	for _, f := range w.written {
		if err := os.Rename(filepath.Join(w.folder, f.name), filepath.Join(w.options.out, f.name)); err != nil {
			return err
		}
	}
	return nil
}

// rejectedRows hands the rejected rows of the store to the report.
func rejectedRows(rows iter.Seq2[store.RejectedRow, error]) iter.Seq2[report.RejectedRow, error] {
	return func(yield func(report.RejectedRow, error) bool) {
		for r, err := range rows {
			row := report.RejectedRow{Side: r.Side, Source: r.Source, Sheet: r.Sheet, Row: r.Row, Reason: r.Reason, Cells: r.Cells}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
