// Package reporting writes all reports of a run: it reads the store, and gives package
// report what it writes.
package reporting

import (
	"context"
	"errors"
	"path/filepath"

	"padan/internal/crash"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"golang.org/x/sync/errgroup"
)

// writer writes the reports of one run into a folder of their own.
type writer struct {
	store   *store.Store
	run     *store.Run
	options *Options
	format  report.Options
	folder  *report.Folder
	summary *report.Summary
	choice  *report.Choice    // of the pairs that the page shows
	master  *Master           // once all records are counted; nil if nothing wants it
	areas   *report.AreaIndex // nil if no workbooks of areas are wanted
	written []*Written
}

// Written is a report that was written.
type Written struct {
	Name  string // in the folder
	Rows  int    // or cases
	Files int    // of a folder, else 0
}

// Result is what was written.
type Result struct {
	Reports []Written
	Files   []report.FileInfo
	Recap   *report.Recap // empty if no part wanted shows it
}

// Write writes the reports of a run into a folder: all of them or, if anything fails,
// none. The totals of the run must add up.
func Write(ctx context.Context, s *store.Store, run *store.Run, folder string, o Options) (result *Result, err error) {
	w := &writer{store: s, run: run, options: &o, format: report.Options{Language: o.Language, Mask: o.Mask}, areas: o.newAreaIndex()}
	if w.summary, err = newSummary(ctx, s, run, o.Warnings); err != nil {
		return nil, err
	}
	w.summary.Grounds = o.Grounds
	w.choice = report.NewChoice(w.summary.Run)
	if w.folder, err = report.OpenFolder(folder); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.folder.Close()) }()
	w.folder.Guard = crash.Guarded
	if err := w.writeAll(ctx); err != nil {
		return nil, err
	}
	if err := w.publish(ctx); err != nil {
		return nil, err
	}
	result = &Result{Files: w.folder.Files(), Recap: w.summary.Recap}
	for _, file := range w.written {
		result.Reports = append(result.Reports, *file)
	}
	return result, nil
}

// writeAll writes the reports, several at a time: first most of the lists, while
// all records are counted, then those of the persons and what states the counts.
func (w *writer) writeAll(ctx context.Context) error {
	var unmatched []consumer[match.MasterPerson]
	err := inParallel(ctx, w.options.Workers, func(ctx context.Context, group *errgroup.Group) {
		var households []consumer[match.HouseholdCase]
		if w.options.wants(PartLists) {
			unmatched = w.unmatchedLists()
			w.startLists(ctx, group)
			l := list[match.HouseholdCase]{"households", report.HouseholdColumns, oneByOne(w, report.Households)}
			households = l.consumers(w)
		}
		group.Go(crash.GuardedError(func() error { return w.readRun(ctx, households) }))
	})
	if err != nil {
		return err
	}
	areas, err := w.openAreas(ctx)
	if err != nil {
		return err
	}
	return inParallel(ctx, w.options.Workers, func(ctx context.Context, group *errgroup.Group) {
		w.writePersons(ctx, group, unmatched)
		if w.options.wants(PartRecap) {
			for _, file := range w.recapFiles() {
				group.Go(crash.GuardedError(func() error { return w.writeRecap(file) }))
			}
		}
		if w.options.wants(PartPage) {
			file := w.file("laporan.html")
			group.Go(crash.GuardedError(func() error { return w.writePage(ctx, file) }))
		}
		areas.start(ctx, group)
	})
}

// inParallel runs what start hands to the group, as many at a time as there are
// workers.
func inParallel(ctx context.Context, workers int, start func(ctx context.Context, group *errgroup.Group)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	start(ctx, group)
	return group.Wait()
}

// files announces one report in all formats.
func (w *writer) files(name string) []*Written {
	files := make([]*Written, 0, len(w.options.Formats))
	for _, format := range w.options.Formats {
		files = append(files, w.file(name+"."+format))
	}
	return files
}

// file announces one file.
func (w *writer) file(name string) *Written {
	file := &Written{Name: name}
	w.written = append(w.written, file)
	return file
}

// writeList writes one file of a list and counts its rows or cases.
func (w *writer) writeList(name string, columns func(report.Options) []report.Column, file *Written, write func(report.Table) (int, error)) error {
	t, err := w.open(file.Name, name, columns(w.format))
	if err != nil {
		return err
	}
	took := w.options.Stage(file.Name)
	file.Rows, err = write(t)
	took()
	if err != nil {
		t.Abort()
		return err
	}
	return t.Close()
}

func (w *writer) open(name, list string, columns []report.Column) (report.Table, error) {
	f, err := w.folder.Create(name)
	if err != nil {
		return nil, err
	}
	return NewTable(f, filepath.Ext(name), w.options.Sheets[list], columns, w.options.CSV, w.options.Version)
}

// NewTable starts a table in the format that a name ends with, which is one of
// reportFormats. A workbook calls its sheet so.
func NewTable(f *report.File, format, sheet string, columns []report.Column, csv report.CSVOptions, version string) (report.Table, error) {
	switch format {
	case ".xlsx":
		return report.NewXLSX(f, sheet, columns)
	case ".jsonl":
		return report.NewJSONL(f, columns), nil
	case ".parquet":
		return report.NewParquet(f, columns, version), nil
	}
	return report.NewCSV(f, columns, csv), nil
}

// recapFiles announces the recap: as a table for programs, as a workbook for
// people.
func (w *writer) recapFiles() []*Written {
	var files []*Written
	for _, format := range w.options.Formats {
		name := "recap." + format
		if format == "xlsx" {
			name = "rekap.xlsx"
		}
		files = append(files, w.file(name))
	}
	return files
}

func (w *writer) writeRecap(file *Written) error {
	rows := len(w.summary.Recap.Rows())
	if filepath.Ext(file.Name) != ".xlsx" {
		return w.writeList("recap", report.RecapColumns, file, func(t report.Table) (int, error) {
			return rows, report.WriteRecap(t, w.summary.Recap, w.format)
		})
	}
	file.Rows = rows
	f, err := w.folder.Create(file.Name)
	if err != nil {
		return err
	}
	defer w.options.Stage(file.Name)()
	return report.WriteRecapBook(f, w.summary, w.format)
}

// publish adds the manifest and moves the finished files to their place.
func (w *writer) publish(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	err := report.WriteManifest(w.folder, w.summary, w.options.Version, w.options.Manifest())
	if err != nil {
		return err
	}
	return w.folder.Publish()
}
