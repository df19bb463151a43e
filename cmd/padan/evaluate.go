package main

import (
	"context"
	"errors"
	"path"

	"padan/fixtures"
	"padan/internal/store"
	"padan/match"

	"github.com/spf13/cobra"
)

func newEvaluateCommand(g *globals) *cobra.Command {
	folder := ""
	cmd := &cobra.Command{
		Use: "evaluate --truth FOLDER", Short: "Measure the last run against a known truth", Args: cobra.NoArgs,
		Long: `Compare the links of the last run with the truth that padan generate wrote beside its files:
precision is the share of links that are true, recall the share of true links found, of
those that the rows say enough about.

EXIT STATUS
  0  done
  1  failed
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if folder == "" {
				return &usageError{err: errors.New("--truth is missing"), hint: "name the folder that padan generate wrote"}
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				run, err := s.LastRun(cmd.Context())
				if err != nil {
					return err
				}
				m, err := measure(cmd.Context(), s, run.ID, folder)
				if err != nil {
					return err
				}
				return g.reportMeasures(m)
			})
		},
	}
	cmd.Flags().StringVar(&folder, "truth", "", "the folder that padan generate wrote")
	return cmd
}

// reportMeasures prints precision and recall.
func (g *globals) reportMeasures(m measures) error {
	g.result(msgMeasured, g.text.percent(m.Precision), m.True, m.Links, g.text.percent(m.Recall), m.Known)
	return g.emit("measures", m)
}

// measures compares the links of a run with the truth.
type measures struct {
	Links     int     `json:"links"`
	True      int     `json:"true_links_found"`
	Known     int     `json:"true_links"` // those that the rows say enough about
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// truth tells which rows of the two sides are one person. Second rows of a
// person count as the first.
type truth struct {
	links  map[[2]fixtures.RowRef]bool // true: rows that do not say enough for anybody to be sure
	origin map[sideRow]fixtures.RowRef
	sure   int
}

type sideRow struct {
	side string
	row  fixtures.RowRef
}

func readTruth(folder string) (*truth, error) {
	read, err := fixtures.ReadTruth(folder)
	if err != nil {
		return nil, err
	}
	t := &truth{links: map[[2]fixtures.RowRef]bool{}, origin: map[sideRow]fixtures.RowRef{}}
	for _, d := range read.Duplicates {
		t.origin[sideRow{d.Side, based(d.Row)}] = based(d.Of)
	}
	for _, l := range read.Links {
		t.links[[2]fixtures.RowRef{based(l.Central), based(l.Regional)}] = l.Ambiguous
		if !l.Ambiguous {
			t.sure++
		}
	}
	return t, nil
}

// based drops the folder of a file, which a loaded source may go without.
func based(r fixtures.RowRef) fixtures.RowRef {
	r.File = path.Base(r.File)
	return r
}

// first returns the first row of the person of a record.
func (t *truth) first(r *match.Record) fixtures.RowRef {
	row := based(fixtures.RowRef{File: r.Source, Sheet: r.Sheet, Row: r.Row})
	for {
		of, ok := t.origin[sideRow{r.Side.String(), row}]
		if !ok {
			return row
		}
		row = of
	}
}

// measure compares the links of a run with the truth beside the files.
func measure(ctx context.Context, s *store.Store, run store.RunID, folder string) (measures, error) {
	t, err := readTruth(folder)
	if err != nil {
		return measures{}, err
	}
	m := measures{Known: t.sure}
	recalled := 0
	for pair, err := range s.LinkedPairs(ctx, run) {
		if err != nil {
			return m, err
		}
		m.Links++
		if ambiguous, known := t.links[[2]fixtures.RowRef{t.first(&pair.Central), t.first(&pair.Regional)}]; known {
			m.True++
			if !ambiguous {
				recalled++
			}
		}
	}
	m.Precision, m.Recall = share(m.True, m.Links), share(recalled, m.Known)
	return m, nil
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}
