package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"padan/internal/crash"
	"padan/internal/intake"
	"padan/internal/scratch"
	"padan/internal/store"
	"padan/internal/table"
	"padan/normalize"

	"github.com/spf13/pflag"
)

// readOptions are the flags of the commands that read lists.
type readOptions struct {
	columns        []string
	mapping        string
	withoutNIK     bool
	asOf           string
	monthFirst     bool
	skipHiddenRows bool
	hiddenSheets   bool
	area           string // code
	hash           hashOptions
}

// addFlags adds the flags for reading lists of clear or hashed numbers.
func (o *readOptions) addFlags(flags *pflag.FlagSet) {
	o.addListFlags(flags)
	o.hash.addFlags(flags)
}

// addListFlags adds the flags for reading lists of clear numbers.
func (o *readOptions) addListFlags(flags *pflag.FlagSet) {
	flags.StringArrayVar(&o.columns, "column", nil, `the column of a field, by its title or letters: nik="NO. KTP", nik=#C; may be repeated`)
	flags.StringVar(&o.mapping, "mapping", "", `a mapping as inspect --write-mapping writes it; it is remembered for files with the same header ("none": forget about those)`)
	markPaths(flags, "mapping")
	flags.BoolVar(&o.withoutNIK, "without-nik", false, "accept lists that have no NIK column")
	flags.StringVar(&o.asOf, "as-of", "", "the day the files speak of, as 2026-01-31 (default today); later birth dates are wrong")
	flags.BoolVar(&o.monthFirst, "month-first", false, "read 05/12/1987 as 12 May, whatever the dates of the file show")
	flags.BoolVar(&o.skipHiddenRows, "skip-hidden-rows", false, "pass over rows that a spreadsheet program does not show")
	flags.BoolVar(&o.hiddenSheets, "hidden-sheets", false, "read hidden sheets too")
	flags.StringVar(&o.area, "area", "", "the area of rows that name none, where neither titles nor the names of sheet and file do, by its code: 31.74, 31.74.01 or 31.74.01.1005")
}

// noMapping in place of a file makes padan go by what it finds.
const noMapping = "none"

// intake checks the options and turns them into those of the work.
func (o *readOptions) intake(g *globals) (intake.Options, error) {
	options := intake.Options{Version: version, Now: g.now}
	options.WithoutNIK, options.MonthFirst, options.Columns = o.withoutNIK, o.monthFirst, map[normalize.Field]string{}
	options.SkipHiddenRows, options.HiddenSheets = o.skipHiddenRows, o.hiddenSheets
	for _, text := range o.columns {
		code, title, ok := strings.Cut(text, "=")
		field, known := normalize.ParseField(strings.ToLower(strings.TrimSpace(code)))
		if !ok || !known || strings.TrimSpace(title) == "" {
			return options, &usageError{err: fmt.Errorf("--column %q: must be FIELD=TITLE", text), hint: "fields: " + fieldList()}
		}
		if _, twice := options.Columns[field]; twice {
			return options, &usageError{
				err:  fmt.Errorf("--column %s: given twice", field),
				hint: "parts of a name: name, middle_name, surname; of an address: address, house, address2",
			}
		}
		options.Columns[field] = title
	}
	var day time.Time
	if o.asOf == "" {
		day = g.today()
	} else {
		var err error
		if day, err = time.Parse(time.DateOnly, o.asOf); err != nil {
			return options, &usageError{err: fmt.Errorf("--as-of %q: must be a date as 2026-01-31", o.asOf)}
		}
	}
	options.AsOf = normalize.NewDate(day.Year(), int(day.Month()), day.Day())
	if o.area != "" {
		area, err := parseArea(o.area)
		if err != nil {
			return options, err
		}
		options.Defaults = normalize.Area{Code: area.From}
	}
	switch o.mapping {
	case "":
		options.Remembered = func(string) *table.Mapping { return nil } // until a database is at hand
	case noMapping:
	default:
		m, err := readMapping(o.mapping)
		if err != nil {
			return options, &usageError{err: fmt.Errorf("--mapping %s: %w", o.mapping, err), hint: "padan inspect FILE --write-mapping " + o.mapping}
		}
		options.Mapping = m
	}
	return options, o.hash.apply(&options)
}

// parseArea reads the value of a flag --area.
func parseArea(text string) (normalize.AreaRange, error) {
	area, ok := normalize.ParseAreaRange(text)
	if !ok {
		return area, &usageError{err: fmt.Errorf("--area %q: not the code of an area", text), hint: "--area 31.74, --area 31.74.01"}
	}
	return area, nil
}

func readMapping(path string) (m *table.Mapping, err error) {
	f, err := os.Open(path)
	if err != nil {
		var pathError *os.PathError
		if errors.As(err, &pathError) {
			err = pathError.Err
		}
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return table.ReadMapping(f)
}

func fieldList() string {
	var codes []string
	for f := normalize.FieldNIK; f < normalize.FieldCount; f++ {
		codes = append(codes, f.String())
	}
	return strings.Join(codes, ", ")
}

// recall makes the mappings that the database keeps known to the reader, unless
// the user wants none.
func recall(ctx context.Context, s *store.Store, o *intake.Options) error {
	if o.Remembered == nil {
		return nil
	}
	kept, err := s.Mappings(ctx)
	if err != nil {
		return err
	}
	o.Remembered = func(key string) *table.Mapping {
		text, ok := kept[key]
		if !ok {
			return nil
		}
		m, err := table.ReadMapping(strings.NewReader(text))
		if err != nil {
			return nil // of another version; padan goes by what it finds
		}
		return m
	}
	return nil
}

// standardInput stands for the standard input among the files.
const standardInput = "-"

// readFile does the work on one file, with its progress. The standard input is
// kept in a temporary file meanwhile, since a spreadsheet is not read from front
// to back.
func (g *globals) readFile(ctx context.Context, path string, o intake.Options, work func(path string, o intake.Options) error) (err error) {
	if path == standardInput {
		var kept *scratch.Folder
		if kept, err = g.spool(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, kept.Close()) }()
		o.Name, path = "stdin", kept.Path(spooled)
	}
	name := path
	if o.Name != "" {
		name = o.Name
	}
	o.Workers = g.workers
	shown := g.newProgress(name)
	o.OnProgress = func(rows int64) { shown.at(rows, 0) }
	took := g.stage(name)
	err = work(path, o)
	shown.end()
	took()
	return err
}

// spooled is the file of the standard input in its scratch folder.
const spooled = "stdin"

// spool copies the standard input to a file in a scratch folder.
func (g *globals) spool(ctx context.Context) (kept *scratch.Folder, err error) {
	if kept, err = scratch.ForInput(); err != nil {
		return nil, fmt.Errorf("keep the standard input: %w", err)
	}
	if err := g.copyInput(ctx, kept.Path(spooled)); err != nil {
		return nil, errors.Join(fmt.Errorf("keep the standard input: %w", err), kept.Close())
	}
	return kept, nil
}

// copyInput copies the standard input to a file. Whoever interrupts padan does not
// wait until there is more to read.
func (g *globals) copyInput(ctx context.Context, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	copied := make(chan error, 1)
	go crash.Guarded(func() {
		_, err := io.Copy(f, g.stdin)
		copied <- err
	})()
	select {
	case err := <-copied:
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
