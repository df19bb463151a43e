package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const rootLong = `padan matches the persons of a central social-welfare data set (BDT, DTKS, SIKS-NG,
DTSEN) with those of regional spreadsheets, and writes the matched, unmatched and
conflict lists and the recap per kota, kecamatan and kelurahan. It works offline.

The usual road: padan load, padan match, padan report. To see it work on invented
people first: padan demo.

Every flag has an environment variable: PADAN_ and its name in capitals, with _ for -
(PADAN_DB, PADAN_LANG). A flag wins over its variable.

EXIT STATUS
  0   done
  1   failed; what was finished before stays, nothing half-done is visible
  3   done, but some rows or files were rejected
  4   done, undecided conflicts exist (only with fail-on-conflict), or alarms of run
  5   the totals do not add up, or check found damage
  10  no database     11  locked by another padan     12  damaged or newer database
  13  storage full or failing     64  usage error     130  interrupted`

func newRootCommand(g *globals) *cobra.Command {
	root := &cobra.Command{
		Use:               "padan",
		Short:             "Match central and regional social-welfare data",
		Long:              rootLong,
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return g.prepare(cmd) },
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return needsSubcommand(cmd, args)
		},
	}
	root.SetIn(g.stdin)
	root.SetOut(g.stdout)
	root.SetErr(g.stderr)
	root.SetFlagErrorFunc(flagError)
	root.SuggestionsMinimumDistance = 2
	g.addFlags(root.PersistentFlags())
	root.AddCommand(
		newDemoCommand(g), newGenerateCommand(g), newEvaluateCommand(g), newTrainCommand(g),
		newInspectCommand(g), newLoadCommand(g), newMatchCommand(g), newReportCommand(g), newReviewCommand(g), newExplainCommand(g), newDiffCommand(g),
		newLookupCommand(g), newRunCommand(g), newInitCommand(g), newStatusCommand(g), newCheckCommand(g), newAuditCommand(g),
		newBackupCommand(g), newRestoreCommand(g), newForgetCommand(g), newHashIDsCommand(g), newVersionCommand(g), newManualCommand(g),
	)
	return root
}

// flagError adds the flag that was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	usage := &usageError{err: err, hint: cmd.CommandPath() + " --help"}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return usage
	}
	if near := nearestFlag(unknown.GetSpecifiedName(), cmd.Flags()); near != "" {
		usage.hint = "--" + near
	}
	return usage
}

// nearestFlag is the flag that was probably meant by a name; "" if none is near.
func nearestFlag(wanted string, flags *pflag.FlagSet) string {
	near, best := "", 3
	flags.VisitAll(func(f *pflag.Flag) {
		if d := levenshtein.ComputeDistance(wanted, f.Name); d < best || d < len(wanted) && strings.HasPrefix(f.Name, wanted) && best == 3 {
			best, near = min(d, 2), f.Name
		}
	})
	return near
}

// needsSubcommand is the RunE of a command that only groups others.
func needsSubcommand(cmd *cobra.Command, args []string) error {
	names := []string{}
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	hint := cmd.CommandPath() + " " + strings.Join(names, "|")
	if len(args) == 0 {
		return &usageError{err: fmt.Errorf("%s needs one of: %s", cmd.CommandPath(), strings.Join(names, ", ")), hint: hint}
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		hint = cmd.CommandPath() + " " + near[0]
	}
	return &usageError{err: fmt.Errorf("unknown command %q for %q", args[0], cmd.CommandPath()), hint: hint}
}
