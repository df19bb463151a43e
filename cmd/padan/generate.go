package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"padan/fixtures"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

type generateOptions struct {
	out      string
	regional string
	messy    bool
	fixtures fixtures.Options
}

func (o *generateOptions) addFlags(flags *pflag.FlagSet) {
	o.addPopulation(flags)
	flags.StringVar(&o.out, "out", "", "the folder for the files; it is made if need be")
}

// addPopulation adds the flags that say who is invented; demo has them too.
func (o *generateOptions) addPopulation(flags *pflag.FlagSet) {
	flags.IntVar(&o.fixtures.Persons, "persons", 20_000, "about the number of persons of each side")
	choiceVar(flags, &o.fixtures.Preset, "preset", fixtures.PresetRealistic, fixtures.Presets(), "how many faults the files have")
	flags.Uint64Var(&o.fixtures.Seed, "seed", 1, "the same seed gives the same bytes")
	flags.Float64Var(&o.fixtures.HouseholdSize, "household-size", 0, "mean number of persons per KK (default 7.07)")
	choiceVar(flags, &o.regional, "regional", string(fixtures.RegionalMixed),
		[]string{string(fixtures.RegionalMixed), string(fixtures.RegionalCSV), string(fixtures.RegionalMessy)}, "format of the regional files")
	flags.StringSliceVar(&o.fixtures.Without, "without", nil,
		"columns that the regional lists lack altogether ("+strings.Join(fixtures.OmittableColumns(), ", ")+")")
	flags.StringSliceVar(&o.fixtures.Only, "only", nil, "the only faults there are: codes as truth.csv has them, such as nik_one_digit,kk_missing")
	flags.Float64Var(&o.fixtures.FaultRate, "rate", 0, "with --only: the rate of each of these faults in the regional rows (default: that of the preset)")
	flags.BoolVar(&o.messy, "messy", false, "regional files as offices send them: every layout, every kind of file (--regional messy)")
}

// check refuses a population that cannot be generated.
func (o *generateOptions) check() error {
	if o.fixtures.Persons < 1 {
		return &usageError{err: fmt.Errorf("--persons %d: must be at least 1", o.fixtures.Persons)}
	}
	if size := o.fixtures.HouseholdSize; size != 0 && size < 1 {
		return &usageError{err: fmt.Errorf("--household-size %g: must be at least 1", size)}
	}
	if o.messy {
		o.regional = string(fixtures.RegionalMessy)
	}
	o.fixtures.Regional = fixtures.RegionalFormat(o.regional)
	if err := o.fixtures.Check(); err != nil {
		return &usageError{err: err}
	}
	return nil
}

func newGenerateCommand(g *globals) *cobra.Command {
	var o generateOptions
	cmd := &cobra.Command{
		Use: "generate --out FOLDER", Short: "Invent a population whose true links are known", Args: cobra.NoArgs,
		Long: `Invent a population of DKI Jakarta and write it as the two sides would see it: one
central file and a regional file for each kecamatan, with the faults of real lists, and
the truth beside them. Nobody is real: serial numbers are 9000 and above.

EXIT STATUS
  0  done
  1  failed     64  usage     130  interrupted`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(); err != nil {
				return err
			}
			if o.out == "" {
				return &usageError{err: errors.New("--out is missing: the folder for the files"), hint: "padan generate --out contoh"}
			}
			g.started = true
			if err := runGenerate(cmd.Context(), g, o); err != nil {
				return err
			}
			g.say(msgNextLoad, filepath.Join(o.out, "central", "*"), filepath.Join(o.out, "regional", "*"))
			return nil
		},
	}
	o.addFlags(cmd.Flags())
	return cmd
}

// runGenerate writes the population and says what it holds.
func runGenerate(ctx context.Context, g *globals, o generateOptions) error {
	shown := g.newProgress(g.text.format(msgGenerating))
	o.fixtures.OnProgress = func(done, total int) { shown.at(int64(done), int64(total)) }
	summary, err := fixtures.Generate(ctx, o.out, o.fixtures)
	shown.end()
	if err != nil {
		return err
	}
	g.result(msgGenerated, o.out, summary.Rows[0], summary.Rows[1], summary.Files, summary.Households, summary.Links)
	return g.emit("population", struct {
		Folder     string `json:"folder"`
		Central    int    `json:"central_rows"`
		Regional   int    `json:"regional_rows"`
		Files      int    `json:"regional_files"`
		Households int    `json:"households"`
		Links      int    `json:"links"`
		Duplicates int    `json:"duplicates"`
		Conflicts  int    `json:"conflicts"`
	}{o.out, summary.Rows[0], summary.Rows[1], summary.Files, summary.Households, summary.Links, summary.Duplicates, summary.Conflicts})
}
