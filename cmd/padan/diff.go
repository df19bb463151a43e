package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"padan/internal/reporting"
	"padan/internal/store"
	"padan/match"
	"padan/normalize"
	"padan/report"

	"github.com/spf13/cobra"
)

// errOneRun: two runs are to be compared, and there is only one.
var errOneRun = errors.New("there is only one run")

type diffOptions struct {
	out  string
	area string
	side string
	mask bool

	within normalize.AreaRange // zero = everywhere
	sides  []match.Side        // those wanted
}

func newDiffCommand(g *globals) *cobra.Command {
	var o diffOptions
	cmd := &cobra.Command{
		Use: "diff [RUN [RUN]]", Short: "Show what changed between two runs, and why", Args: cobra.MaximumNArgs(2),
		Long: `Compare two runs of the database: who is new or gone, newly matched, no longer matched,
matched to another person, or has another outcome or reason; why, and in which area. Without
a number the last two runs are compared; with one, that run and the last one.

A record of a file that both runs have is the same person. In files that only one of them
has, persons are recognised by NIK, name and birth date, or by all that is known of them.

--out FILE.xlsx, .csv, .jsonl or .parquet writes the list of the persons who changed; the
workbook also has the figures by cause and by area. The two runs remain as they are.

EXIT STATUS
  0  done, whether anything changed or not
  1  there is no such run, or only one
  5  the totals do not add up
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, args []string) error {
			runs, err := runNumbers(args)
			if err != nil {
				return err
			}
			if err := o.check(); err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runDiff(cmd.Context(), g, s, runs, o)
			})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.out, "out", "", "write the persons who changed to this file: .xlsx, .csv, .jsonl or .parquet")
	flags.StringVar(&o.area, "area", "", "only persons of this area, by its code: 31.74, 31.74.01 or 31.74.01.1005")
	choiceVar(flags, &o.side, "side", "both", []string{"both", "central", "regional"}, "only persons of this side")
	flags.BoolVar(&o.mask, "mask", false, "show NIK and KK as 317401******0001")
	return cmd
}

// runNumbers reads the numbers of runs on the command line.
func runNumbers(args []string) ([]store.RunID, error) {
	var runs []store.RunID
	for _, arg := range args {
		number, ok := parseNumber(arg)
		if !ok {
			return nil, &usageError{err: fmt.Errorf("%q is not the number of a run", arg), hint: "padan diff 1 2"}
		}
		runs = append(runs, store.RunID(number))
	}
	return runs, nil
}

func (o *diffOptions) check() error {
	if o.out != "" && !slices.Contains(reporting.Formats(), strings.TrimPrefix(o.format(), ".")) {
		return &usageError{err: fmt.Errorf("--out %s: must end in one of .%s", o.out, strings.Join(reporting.Formats(), ", .")), hint: "padan diff --out changes.xlsx"}
	}
	if o.area != "" {
		var err error
		if o.within, err = parseArea(o.area); err != nil {
			return err
		}
	}
	o.sides = map[string][]match.Side{
		"both": {match.Central, match.Regional}, match.Central.String(): {match.Central}, match.Regional.String(): {match.Regional},
	}[o.side]
	return nil
}

// format is the end of the name of the file that is wanted.
func (o *diffOptions) format() string { return strings.ToLower(filepath.Ext(o.out)) }

// chooseRuns returns the runs before and after: those with the numbers, or else
// the last ones.
func chooseRuns(ctx context.Context, s *store.Store, numbers []store.RunID) (before, after store.Run, err error) {
	if len(numbers) == 0 {
		runs, err := s.Runs(ctx)
		switch {
		case err != nil:
			return before, after, err
		case len(runs) == 0:
			return before, after, store.ErrNoRun
		case len(runs) == 1:
			return before, after, errOneRun
		}
		return runs[len(runs)-2], runs[len(runs)-1], nil
	}
	if before, err = chooseRun(ctx, s, int64(numbers[0])); err != nil {
		return before, after, err
	}
	last := int64(0)
	if len(numbers) > 1 {
		last = int64(numbers[1])
	}
	after, err = chooseRun(ctx, s, last)
	return before, after, err
}

func runDiff(ctx context.Context, g *globals, s *store.Store, numbers []store.RunID, o diffOptions) error {
	before, after, err := chooseRuns(ctx, s, numbers)
	if err != nil {
		return err
	}
	defer thrifty()()
	took := g.stage("compare")
	c, err := s.Compare(ctx, before.ID, after.ID)
	if err != nil {
		return err
	}
	took()
	w := &diffWriter{g: g, comparison: c, options: o, format: report.Options{Language: report.Language(g.text.code), Mask: o.mask}}
	if w.diff, err = newDiff(c.Runs(), o); err != nil {
		return err
	}
	return w.write(ctx)
}
