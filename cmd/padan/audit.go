package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"padan/internal/audit"
	"padan/internal/store"

	"github.com/spf13/cobra"
)

func newAuditCommand(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use: "audit show|verify", Short: "Show or verify the trail of what was done with the database", Args: cobra.ArbitraryArgs,
		Long: `Show or verify the audit trail: who ran which command, when, with which options, files
(by SHA-256), version, counts and exit code. It stands beside the database (padan.db.audit),
is only ever added to, and each entry has the hash of the one before.`,
		RunE: needsSubcommand,
	}
	last := 0
	show := &cobra.Command{
		Use: "show", Short: "Show the audit trail", Args: cobra.NoArgs,
		Long: `Show the audit trail, the newest entry last.

EXIT STATUS
  0  done
  5  the trail was changed
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error { return g.showTrail(cmd.Context(), s, last) })
		},
	}
	show.Flags().IntVar(&last, "last", 0, "only so many of the newest entries (0: all)")
	verify := &cobra.Command{
		Use: "verify", Short: "Verify that the audit trail was not changed", Args: cobra.NoArgs,
		Long: `Verify that no entry of the audit trail was changed, added or taken out, and that it
holds the entry that the database knows.

EXIT STATUS
  0  it is whole
  5  it was changed
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				entries, err := readTrail(cmd.Context(), s)
				if err != nil {
					return err
				}
				g.result(msgAuditWhole, len(entries))
				return g.emit("audit", struct {
					Entries int  `json:"entries"`
					Whole   bool `json:"whole"`
				}{len(entries), true})
			})
		},
	}
	cmd.AddCommand(show, verify)
	return cmd
}

// readTrail reads and verifies the audit trail of a database.
func readTrail(ctx context.Context, s *store.Store) ([]audit.Entry, error) {
	number, hash, err := s.Anchor(ctx)
	if err != nil {
		return nil, err
	}
	var entries []audit.Entry
	err = audit.Read(audit.PathOf(s.Path()), audit.Anchor{Number: number, Hash: hash}, func(e audit.Entry) error {
		entries = append(entries, e)
		return nil
	})
	if errors.Is(err, audit.ErrBroken) {
		err = fmt.Errorf("%w: %w", errDamagedTrail, err)
	}
	return entries, err
}

// errDamagedTrail: the audit trail is not what padan wrote.
var errDamagedTrail = errors.New("audit trail")

func (g *globals) showTrail(ctx context.Context, s *store.Store, last int) error {
	entries, err := readTrail(ctx, s)
	if last > 0 {
		entries = entries[max(0, len(entries)-last):]
	}
	rows := [][]string{strings.Split(g.text.format(msgAuditHead), "|")}
	for i := range entries {
		e := &entries[i]
		if err := g.emit("entry", e); err != nil {
			return err
		}
		rows = append(rows, []string{
			itoa(int(e.Number)), e.Time.Local().Format(time.DateTime), e.User, e.Command, itoa(e.ExitCode), describeEntry(e),
		})
	}
	g.resultText(aligned(rows, 0))
	return err
}

// describeEntry lists the options and files of an entry, before them why it was done.
func describeEntry(e *audit.Entry) string {
	var grounds, parts []string
	for _, name := range slices.Sorted(maps.Keys(e.Options)) {
		if name == "purpose" || name == "legal-basis" {
			grounds = append(grounds, fmt.Sprintf("--%s %q", name, e.Options[name]))
			continue
		}
		parts = append(parts, "--"+name+" "+e.Options[name])
	}
	for _, f := range e.Inputs {
		parts = append(parts, fmt.Sprintf("< %s (%.8s)", f.Name, f.SHA256))
	}
	for _, f := range e.Outputs {
		parts = append(parts, fmt.Sprintf("> %s (%.8s)", f.Name, f.SHA256))
	}
	const most = 6
	if len(parts) > most {
		parts = append(parts[:most], fmt.Sprintf("+%d", len(parts)-most))
	}
	return strings.Join(append(grounds, parts...), "  ")
}
