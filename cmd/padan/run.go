package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"padan/internal/nightly"
	"padan/internal/store"
	"padan/report"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// What becomes of sources whose files are gone.
const (
	missingKeep     = "keep"
	missingWithdraw = "withdraw"
)

// runOptions are the flags of padan run.
type runOptions struct {
	central, regional []string // patterns, of one more group that is read in the usual way
	missing           string
	keep              int
	summary           string
	dryRun            bool
	limits            nightly.Limits
}

func (o *runOptions) addFlags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&o.central, "central", nil, "files of the central side, as patterns (pusat/*.csv, ** for folders)")
	flags.StringSliceVar(&o.regional, "regional", nil, "files of the regional side")
	choiceVar(flags, &o.missing, "missing", missingKeep, []string{missingKeep, missingWithdraw}, "what becomes of the data of files that are gone or can no longer be read")
	flags.IntVar(&o.keep, "keep", 30, "how many runs are kept in the database")
	flags.StringVar(&o.summary, "summary", "", "where the machine's summary is written (default run.json beside the reports)")
	flags.BoolVar(&o.dryRun, "dry-run", false, "say what would be done, and do nothing")
	flags.Float64Var(&o.limits.RateFalls, "alarm-rate-falls", 2, "alarm if the share of matched persons falls by more points than this (0: never)")
	flags.Float64Var(&o.limits.RowsFall, "alarm-rows-fall", 10, "alarm if a corrected file has so many percent fewer rows (0: never)")
	flags.Float64Var(&o.limits.Rejected, "alarm-rejected", 5, "alarm if so many percent of the rows of a file are rejected (0: never)")
	flags.BoolVar(&o.limits.Vanished, "alarm-vanished", true, "alarm if a kelurahan that had persons has none")
	markPaths(flags, "central", "regional", "summary")
}

func (o *runOptions) check() error {
	switch {
	case o.keep < 1:
		return &usageError{err: fmt.Errorf("--keep %d: at least one run is kept", o.keep)}
	case min(o.limits.RateFalls, o.limits.RowsFall, o.limits.Rejected) < 0:
		return &usageError{err: errors.New("a limit of an alarm must not be negative")}
	}
	return nil
}

// errAlarm: the work is done, and something gives cause for alarm.
var errAlarm = errors.New("there are alarms")

func newRunCommand(g *globals) *cobra.Command {
	var o runOptions
	cmd := &cobra.Command{
		Use: "run", Short: "Do the work of a night: load what changed, match, report, compare, raise alarms", Args: cobra.NoArgs,
		Long: `Do the work of a night, as padan.toml says (padan init writes one): load the files that
are new or corrected, by content; a corrected file takes the place of the older one of
the same path. Files that are gone are kept with a warning, or withdrawn (--missing).
Then match, report, compare with the run before, and keep the last --keep runs. The
tables [match] and [report] hold the flags of those commands, [[run.central]] and
[[run.regional]] the files and how they are read.

Where nothing changed, nothing is done again. If the work is cut off at any moment, the
next padan run goes on from the last stage that was finished.

EXIT STATUS
  0  done
  1  failed; what was finished before stays, the earlier reports are untouched
  3  done, but some rows or files of this night were rejected
  4  done, and there are alarms: see run.json; or persons remain undecided, if [match]
     has fail-on-conflict = true. All is reported all the same.
  5  the totals do not add up; nothing is reported
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			n, err := newNight(g, &o)
			if err != nil {
				return err
			}
			g.started = true
			return n.run(cmd.Context())
		},
	}
	o.addFlags(cmd.Flags())
	return cmd
}

// night is the work of one night.
type night struct {
	g       *globals
	options *runOptions
	groups  []fileGroup
	model   *chosenModel
	report  reportOptions
	store   *store.Store
	started time.Time
	summary nightly.Summary
	// failOnConflict makes persons who remain undecided decide on the exit code.
	failOnConflict bool
	// What happened so far.
	replaced      []nightly.Replaced
	rejected      bool
	found, before *store.Run   // the run of the night and the one before; nil if there is none
	changes       *report.Diff // between the two; nil if they were not compared
}

// newNight reads what padan.toml says of a night. All its errors are usage errors.
func newNight(g *globals, o *runOptions) (*night, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	n := &night{g: g, options: o, started: g.now()}
	var chosen modelOptions
	flags := pflag.NewFlagSet("match", pflag.ContinueOnError)
	chosen.addFlags(flags)
	flags.BoolVar(&n.failOnConflict, failOnConflictFlag, false, "")
	if err := g.fill(flags, "match", 0); err != nil {
		return nil, err
	}
	var err error
	if n.model, err = chosen.choose(); err != nil {
		return nil, err
	}
	flags = pflag.NewFlagSet("report", pflag.ContinueOnError)
	n.report.addFlags(flags)
	if err := g.fill(flags, "report", 0); err != nil {
		return nil, err
	}
	if err := n.report.check(); err != nil {
		return nil, err
	}
	n.report.run = 0
	n.groups, err = g.fileGroups(o)
	return n, err
}

// run does the work, or says what it would do.
func (n *night) run(ctx context.Context) error {
	lists, err := n.lists(ctx)
	if err != nil {
		return err
	}
	if n.options.dryRun {
		return n.rehearse(ctx, lists)
	}
	return n.g.withStore(ctx, store.ModeCreate, func(s *store.Store) error {
		n.store = s
		plan, err := n.plan(ctx, lists)
		if err != nil {
			return err
		}
		return n.end(n.work(ctx, plan))
	})
}

// plan compares the files of the night with the sources in use.
func (n *night) plan(ctx context.Context, lists []nightly.List) (*nightly.Plan, error) {
	sources, err := n.store.Sources(ctx)
	return nightly.NewPlan(lists, sources, n.replaces()), err
}

// rehearse says what a night would do.
func (n *night) rehearse(ctx context.Context, lists []nightly.List) error {
	err := n.g.withStore(ctx, store.ModeRead, func(s *store.Store) error {
		n.store = s
		plan, err := n.plan(ctx, lists)
		if err == nil {
			n.sayPlan(plan)
		}
		return err
	})
	if errors.Is(err, store.ErrNoDatabase) {
		n.sayPlan(nightly.NewPlan(lists, [2][]store.Source{}, nil))
		return nil
	}
	return err
}

// work goes through the stages.
func (n *night) work(ctx context.Context, plan *nightly.Plan) error {
	previous, err := lastRunOf(ctx, n.store)
	if err != nil {
		return err
	}
	if err := n.stage("load", func() error { return n.load(ctx, plan) }); err != nil {
		return err
	}
	if n.found, n.before, err = n.matched(ctx, previous); err != nil {
		return err
	}
	n.summary.Run = newRunLine(n.found)
	written, err := n.reported(ctx, n.found)
	if err != nil {
		return err
	}
	if err := n.compared(ctx, written); err != nil {
		return err
	}
	n.summary.Alarms = append(n.summary.Alarms, nightly.Alarms(n.before, n.found, n.replaced, n.options.limits)...)
	return n.stage("prune", func() error {
		n.summary.Pruned, err = n.store.Prune(ctx, n.options.keep)
		return err
	})
}
