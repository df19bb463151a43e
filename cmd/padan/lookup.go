package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"padan/internal/intake"
	"padan/internal/reporting"
	"padan/internal/scratch"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type lookupOptions struct {
	out        string
	direction  string
	run        int64
	mask       bool
	csv        csvDialect
	precedence match.Precedence
}

func (o *lookupOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringVar(&o.out, "out", "", "the file for the result: ."+strings.Join(reporting.Formats(), ", ."))
	markPaths(flags, "out")
	choiceVar(flags, &o.direction, "direction", "", []string{string(report.LookupReference), string(report.LookupExclusion)},
		"what the list is: of reference, so that it is good to be found, or of exclusion, so that it is bad news")
	flags.Int64Var(&o.run, "run", 0, "the number of the run whose master list is looked into (default the last one)")
	o.csv.addFlags(flags)
	addPreferFlag(flags, &o.precedence)
	flags.BoolVar(&o.mask, "mask", false, "show NIK and KK as 317401******0001, those of the list too")
}

const lookupUsage = "padan lookup LIST --direction reference|exclusion --out result.xlsx"

func (o *lookupOptions) check() error {
	switch {
	case o.direction == "":
		return &usageError{err: errors.New("--direction is missing: what it means to be found"), hint: lookupUsage}
	case o.out == "":
		return &usageError{err: errors.New("--out is missing: the file for the result"), hint: lookupUsage}
	case !slices.Contains(reporting.Formats(), strings.TrimPrefix(o.format(), ".")):
		return &usageError{err: fmt.Errorf("--out %s: must end in one of .%s", o.out, strings.Join(reporting.Formats(), ", .")), hint: lookupUsage}
	}
	return o.csv.settle()
}

// format is what the name of the result ends with.
func (o *lookupOptions) format() string { return strings.ToLower(filepath.Ext(o.out)) }

func newLookupCommand(g *globals) *cobra.Command {
	var read readOptions
	var model modelOptions
	var o lookupOptions
	cmd := &cobra.Command{
		Use: "lookup LIST... --direction reference|exclusion --out FILE", Short: "Find the persons of any list in the master list of a run", Args: cobra.MinimumNArgs(1),
		Long: `Find the persons of another list (payments, members, exclusions) in the master list of a
run. The list is read as padan load reads it and matched with the model of the run; the
database is only read. Each row of the list gets one status: in, not_in, doubt (a person
must look), duplicate (of another row) or rejected (unreadable), with the person found,
the evidence, and what it means: with --direction reference it is good to be found; on a
list of exclusion it may cost somebody an aid, so that it must be verified first.

The lists are kept in a folder .padan-scratch-... beside the result meanwhile; if padan is
killed, the next lookup that writes there takes it away.

EXIT STATUS
  0  done
  1  failed; a result that was there is untouched
  3  done, but some rows or files were rejected
  5  the totals do not add up; nothing is written
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, files []string) error {
			if err := o.check(); err != nil {
				return err
			}
			options, err := read.intake(g)
			if err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runLookup(cmd.Context(), g, s, files, options, &model, &o)
			})
		},
	}
	read.addFlags(cmd.Flags())
	model.addFlags(cmd.Flags())
	o.addFlags(cmd.Flags())
	return cmd
}

// runLookup looks the lists up in the master list of a run.
func runLookup(ctx context.Context, g *globals, s *store.Store, files []string, read intake.Options, model *modelOptions, o *lookupOptions) error {
	run, err := chooseRun(ctx, s, o.run)
	if err != nil {
		return err
	}
	if err := checkTotals(&run); err != nil {
		return err
	}
	chosen, err := model.of(&run)
	if err != nil {
		return err
	}
	if err := recall(ctx, s, &read); err != nil {
		return err
	}
	defer thrifty()()
	return scratch.Beside(o.out, func(folder string) error {
		return withListStore(ctx, folder, func(list *store.Store) error {
			l := &lookup{g: g, store: s, list: list, run: &run, model: chosen, options: o, folder: folder}
			return l.lookUp(ctx, files, read)
		})
	})
}

// lookUp reads the lists, searches their persons and writes what it finds.
func (l *lookup) lookUp(ctx context.Context, files []string, read intake.Options) error {
	loaded, err := loadFiles(ctx, l.g, l.list, match.Regional, files, read, l.g.reportSource)
	if err != nil {
		return err
	}
	if loaded.Loaded == 0 {
		return said(errors.New("no list could be read"))
	}
	if err := oneKindOfNumbers(ctx, l.store, l.list); err != nil {
		return err
	}
	if err := l.search(ctx); err != nil {
		return err
	}
	if err := l.write(ctx); err != nil {
		return err
	}
	if loaded.Failed > 0 || loaded.Rejected > 0 {
		l.g.say(msgLookupRejected, loaded.Rejected, loaded.Failed)
		return said(errRejected)
	}
	return nil
}

// withListStore opens a database for the lists that are looked up, in a folder that
// is removed with it.
func withListStore(ctx context.Context, folder string, work func(*store.Store) error) (err error) {
	s, err := store.Open(ctx, filepath.Join(folder, "list.db"), store.ModeCreate)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return work(s)
}
