package main

import (
	"context"
	"path/filepath"

	"padan/internal/crash"
	"padan/internal/store"
	"padan/report"

	"golang.org/x/sync/errgroup"
)

// reportWriter writes the reports of one run into a folder of their own.
type reportWriter struct {
	store   *store.Store
	run     *store.Run
	options reportOptions
	format  report.Options
	text    *texts
	stage   func(name string) func()
	folder  *report.Folder
	summary *report.Summary
	choice  *report.Choice    // of the pairs that the page shows
	master  *master           // once all records are counted; nil if nothing wants it
	areas   *report.AreaIndex // nil if no workbooks of areas are wanted
	written []*writtenReport
}

type writtenReport struct {
	name  string
	rows  int
	files int // of a folder
}

// writeAll writes the reports, several at a time: first the lists, while all
// records are counted, then what states the counts.
func (w *reportWriter) writeAll(ctx context.Context, workers int) error {
	if w.areas != nil {
		defer thrifty()()
	}
	err := inParallel(ctx, workers, func(ctx context.Context, group *errgroup.Group) {
		var households []*writtenReport
		if w.options.wants(partLists) {
			for _, l := range w.lists(ctx) {
				for _, file := range w.files(l.name) {
					group.Go(crash.GuardedError(func() error { return w.writeList(&l, file) }))
				}
			}
			households = w.files("households")
		}
		if w.options.wantsFigures() {
			group.Go(crash.GuardedError(func() error { return w.countAll(ctx, households) }))
		} else {
			for _, file := range households {
				group.Go(crash.GuardedError(func() error { return w.writeHouseholds(w.store.Households(ctx, w.run.ID), file) }))
			}
		}
		if w.options.wants(partMaster) || w.areas != nil {
			group.Go(crash.GuardedError(func() error { return w.readMaster(ctx) }))
		}
	})
	if err != nil {
		return err
	}
	areas, err := w.openAreas(ctx)
	if err != nil {
		return err
	}
	return inParallel(ctx, workers, func(ctx context.Context, group *errgroup.Group) {
		w.writePersons(ctx, group)
		if w.options.wants(partRecap) {
			for _, file := range w.recapFiles() {
				group.Go(crash.GuardedError(func() error { return w.writeRecap(file) }))
			}
		}
		if w.options.wants(partPage) {
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
func (w *reportWriter) files(name string) []*writtenReport {
	files := make([]*writtenReport, 0, len(w.options.formats))
	for _, format := range w.options.formats {
		files = append(files, w.file(name+"."+format))
	}
	return files
}

// file announces one file.
func (w *reportWriter) file(name string) *writtenReport {
	file := &writtenReport{name: name}
	w.written = append(w.written, file)
	return file
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
	f, err := w.folder.Create(name)
	if err != nil {
		return nil, err
	}
	return newTable(f, filepath.Ext(name), w.text.format(sheet), columns, w.options.csv.CSVOptions)
}

// newTable starts a table in the format that a name ends with, which is one of
// reportFormats. A workbook calls its sheet so.
func newTable(f *report.File, format, sheet string, columns []report.Column, csv report.CSVOptions) (report.Table, error) {
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
func (w *reportWriter) recapFiles() []*writtenReport {
	var files []*writtenReport
	for _, format := range w.options.formats {
		name := "recap." + format
		if format == "xlsx" {
			name = "rekap.xlsx"
		}
		files = append(files, w.file(name))
	}
	return files
}

func (w *reportWriter) writeRecap(file *writtenReport) error {
	rows := len(w.summary.Recap.Rows())
	if filepath.Ext(file.name) != ".xlsx" {
		return w.writeList(&list{"recap", msgNone, report.RecapColumns, func(t report.Table) (int, error) {
			return rows, report.WriteRecap(t, w.summary.Recap, w.format)
		}}, file)
	}
	file.rows = rows
	f, err := w.folder.Create(file.name)
	if err != nil {
		return err
	}
	defer w.stage(file.name)()
	return report.WriteRecapBook(f, w.summary, w.format)
}

// publish adds the manifest and moves the finished files to their place.
func (w *reportWriter) publish(ctx context.Context) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	err := report.WriteManifest(w.folder, w.summary, version, w.options.manifest(w.text, w.summary.Grounds))
	if err != nil {
		return err
	}
	return w.folder.Publish()
}
