package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"padan/internal/store"
	"padan/match"

	"github.com/spf13/cobra"
)

type trainOptions struct {
	out   string
	seed  uint64
	model modelOptions
}

func newTrainCommand(g *globals) *cobra.Command {
	var o trainOptions
	cmd := &cobra.Command{
		Use: "train --out FILE", Short: "Learn from the loaded lists how much each agreement is worth", Args: cobra.NoArgs,
		Long: `Learn the weights of the comparisons from the loaded lists themselves, without any known
truth, and write them as a model file that padan match --model reads. How often persons
who are not the same agree by chance (u) is counted from values and random pairs; how
often records of one person agree (m) is learned by EM from pairs that share a NIK, a KK,
or a name and birth date, never from the field that they share. What the lists say too
little of keeps its value; so do the thresholds.

EXIT STATUS
  0  done
  1  the lists have too few pairs in common to learn from; nothing is written
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			from, err := o.model.choose()
			if err != nil {
				return err
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				return runTrain(cmd.Context(), g, s, &o, from.model)
			})
		},
	}
	cmd.Flags().StringVar(&o.out, "out", "", "the model file to write")
	cmd.Flags().Uint64Var(&o.seed, "seed", 1, "chooses the random pairs; the same seed gives the same bytes")
	cmd.Flags().StringVar(&o.model.file, "from", "", "the model file to start from (default: the model inside padan)")
	return cmd
}

func (o *trainOptions) check() error {
	if o.out == "" {
		return &usageError{err: errors.New("--out is missing: the model file to write"), hint: "padan train --out model.json"}
	}
	folder := filepath.Dir(o.out)
	if about, err := os.Stat(folder); err != nil || !about.IsDir() {
		return &usageError{err: fmt.Errorf("--out %s: there is no folder %s", o.out, folder), hint: "make it first"}
	}
	return nil
}

// runTrain learns a model, writes it and shows what changed.
func runTrain(ctx context.Context, g *globals, s *store.Store, o *trainOptions, from *match.Model) error {
	took := g.stage("read")
	t, err := readTables(ctx, s, nil)
	if err != nil {
		return err
	}
	took()
	took = g.stage("train")
	shown := g.newProgress(g.text.format(msgTraining))
	model, training, err := match.Train(ctx, t.side[match.Central], t.side[match.Regional], from, match.TrainOptions{
		Seed: o.seed, Workers: g.workers,
		OnProgress: func(done, total int) { shown.at(int64(done), int64(total)) },
	})
	shown.end()
	if errors.Is(err, match.ErrEmptySide) {
		return errNoPersons
	}
	if training != nil {
		g.reportSessions(training)
	}
	if err != nil {
		return err
	}
	took()
	training.Program = version
	text, err := (&chosenModel{model, training}).text()
	if err != nil {
		return err
	}
	if err := writeWhole(o.out, text); err != nil {
		return err
	}
	return g.reportModel(o.out, from, model, training)
}

// reportSessions tells what each session had to teach.
func (g *globals) reportSessions(t *match.Training) {
	for i := range t.Sessions {
		if s := &t.Sessions[i]; s.Skipped != "" {
			g.say(msgSessionSkipped, s.Rule, s.Skipped, s.Pairs)
		}
	}
}

// levelLine is one level before and after a training, as scripts read it. U of
// a level that goes by frequency is a factor on the frequency.
type levelLine struct {
	Comparison string  `json:"comparison"`
	Level      string  `json:"level"`
	FromM      float64 `json:"m_before"`
	M          float64 `json:"m"`
	FromU      float64 `json:"u_before"`
	U          float64 `json:"u"`
	FromBits   float64 `json:"bits_before"`
	Bits       float64 `json:"bits"`
	Matches    float64 `json:"matches"`
}

func levelLines(from, model *match.Model, t *match.Training) []levelLine {
	lines := make([]levelLine, 0, len(t.Levels))
	k := 0
	for c := range match.ComparisonCount {
		for level := 1; level < match.LevelCount(c); level++ {
			lines = append(lines, levelLine{
				Comparison: c.String(), Level: match.LevelCode(c, uint8(level)),
				FromM: from.M[c][level], M: model.M[c][level], FromU: from.U[c][level], U: model.U[c][level],
				FromBits: from.Bits(c, uint8(level)), Bits: model.Bits(c, uint8(level)),
				Matches: t.Levels[k].Matches,
			})
			k++
		}
	}
	return lines
}

// reportModel prints the levels before and after, the sessions and where the
// model is.
func (g *globals) reportModel(path string, from, model *match.Model, t *match.Training) error {
	lines := levelLines(from, model, t)
	if err := g.emit("model", struct {
		File     string          `json:"file"`
		Levels   []levelLine     `json:"levels"`
		Training *match.Training `json:"training"`
	}{path, lines, t}); err != nil {
		return err
	}
	g.resultText(g.text.levelTable(lines))
	g.resultText("\n" + g.text.sessionTable(t))
	g.result(msgTrained, int64(t.Matches+0.5), g.text.percent(t.Overlap))
	g.result(msgModelWritten, path)
	g.say(msgNextModel, path)
	return nil
}

func (t *texts) levelTable(lines []levelLine) string {
	rows := [][]string{strings.Split(t.format(msgLevelsHead), "\t")}
	for i := range lines {
		l := &lines[i]
		rows = append(rows, []string{
			l.Comparison, l.Level, t.chance(l.FromM) + " -> " + t.chance(l.M),
			t.chance(l.FromU) + " -> " + t.chance(l.U), t.bits(l.FromBits) + " -> " + t.bits(l.Bits), t.number(int64(l.Matches + 0.5)),
		})
	}
	return aligned(rows, 0)
}

func (t *texts) sessionTable(training *match.Training) string {
	rows := [][]string{strings.Split(t.format(msgSessionsHead), "\t")}
	for i := range training.Sessions {
		s := &training.Sessions[i]
		if s.Skipped == "" {
			rows = append(rows, []string{
				s.Rule, t.number(s.Pairs), t.number(int64(s.Matches + 0.5)), t.number(int64(s.Iterations)),
				t.printer.Sprintf("%.1f", s.LogLikelihood), strings.Join(s.Trained, ", "),
			})
		}
	}
	return aligned(rows, tabwriter.TabIndent)
}

// chance writes a probability with three digits.
func (t *texts) chance(p float64) string { return t.printer.Sprintf("%.3g", p) }
