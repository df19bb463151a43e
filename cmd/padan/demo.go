package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"padan/internal/evaluate"
	"padan/internal/intake"
	"padan/internal/reporting"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"github.com/spf13/cobra"
)

// demoFolder is where a demo goes if nothing is said.
const demoFolder = "padan-demo"

func newDemoCommand(g *globals) *cobra.Command {
	var o generateOptions
	reports := reportOptions{out: "-", csv: csvDialect{word: "comma"}, packages: reporting.PackageKecamatan, precedence: match.DefaultPrecedence()}
	cmd := &cobra.Command{
		Use: "demo", Short: "Run the whole road on invented people", Args: cobra.NoArgs,
		Long: `Invent a population, load it, match it, write the reports, print the recap, and measure
precision and recall against the truth. All files go into a new folder.

EXIT STATUS
  0  done
  1  failed     5  the totals do not add up     64  usage     130  interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if err := reports.check(); err != nil {
				return err
			}
			if err := o.findFolder(); err != nil {
				return err
			}
			g.started = true
			g.database = filepath.Join(o.out, "padan.db")
			reports.out = filepath.Join(o.out, "reports")
			return runDemo(cmd.Context(), g, o, reports)
		},
	}
	o.addPopulation(cmd.Flags())
	cmd.Flags().StringVar(&o.out, "out", "", "a new or empty folder (default "+demoFolder+", or the next free name)")
	reports.addFormat(cmd.Flags())
	return cmd
}

// findFolder settles on a folder that has nothing in it.
func (o *generateOptions) findFolder() error {
	if o.out != "" {
		if !vacant(o.out) {
			return &usageError{err: fmt.Errorf("--out %s: the folder is not empty", o.out), hint: "name a new folder"}
		}
		return nil
	}
	o.out = demoFolder
	for n := 2; !vacant(o.out); n++ {
		o.out = fmt.Sprintf("%s-%d", demoFolder, n)
	}
	return nil
}

// vacant reports whether a folder is empty or yet to be made.
func vacant(folder string) bool {
	entries, err := os.ReadDir(folder)
	return errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0
}

// runDemo walks the whole road.
func runDemo(ctx context.Context, g *globals, o generateOptions, reports reportOptions) error {
	started := time.Now()
	g.say(msgGenerating)
	if err := runGenerate(ctx, g, o); err != nil {
		return err
	}
	return g.withStore(ctx, store.ModeCreate, func(s *store.Store) error {
		if err := loadDemo(ctx, g, s, o.out); err != nil {
			return err
		}
		run, err := runMatch(ctx, g, s, &chosenModel{model: match.DefaultModel()})
		if err != nil {
			return err
		}
		recap, err := runReport(ctx, g, s, reports)
		if err != nil {
			return err
		}
		if !g.json {
			if err := recap.WriteText(g.stdout, report.Options{Language: report.Language(g.text.code)}); err != nil {
				return err
			}
		}
		m, err := measure(ctx, g, s, run, o.out, "")
		if err != nil {
			return err
		}
		return g.endDemo(o.out, reports.out, m, time.Since(started))
	})
}

// loadDemo loads both sides of a generated population.
func loadDemo(ctx context.Context, g *globals, s *store.Store, folder string) error {
	for _, side := range []match.Side{match.Central, match.Regional} {
		files, err := filepath.Glob(filepath.Join(folder, side.String(), "*"))
		if err != nil {
			return err
		}
		var o readOptions
		options, err := o.intake(g)
		if err != nil {
			return err
		}
		sum, err := loadFiles(ctx, g, s, side, files, options, func(*intake.Result) error { return nil })
		if err != nil {
			return err
		}
		name := msgCentral
		if side == match.Regional {
			name = msgRegional
		}
		g.result(msgDemoLoaded, g.text.format(name), sum.Loaded, sum.Records, sum.Rejected)
		if sum.Failed > 0 {
			return said(errors.New("a generated file could not be loaded"))
		}
	}
	return nil
}

// endDemo says how well it went and where to look further.
func (g *globals) endDemo(folder, reports string, m *evaluate.Measures, took time.Duration) error {
	if err := g.reportMeasures(m); err != nil {
		return err
	}
	g.result(msgDemoFiles, folder, reports, g.database, g.text.seconds(took.Seconds()))
	g.result(msgDemoNext, g.database, g.database)
	return nil
}
