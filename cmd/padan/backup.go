package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"padan/internal/audit"
	"padan/internal/store"

	"github.com/spf13/cobra"
)

func newBackupCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Write a copy of the database, also while others use it", Args: cobra.ExactArgs(1),
		Long: `Write a copy of the database as it is at one moment, and of its audit trail (FILE.audit).
Others may use the database meanwhile. FILE appears whole or not at all.

EXIT STATUS
  0  done
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, args []string) error {
			g.started = true
			return g.withStore(cmd.Context(), store.ModeRead, func(s *store.Store) error {
				if err := s.Backup(cmd.Context(), args[0]); err != nil {
					return err
				}
				if err := copyTrail(audit.PathOf(s.Path()), audit.PathOf(args[0])); err != nil {
					return err
				}
				if err := g.trail.wrote(cmd.Context(), args[0]); err != nil {
					return err
				}
				g.result(msgBackedUp, args[0])
				return g.emit("backup", struct {
					File   string `json:"file"`
					SHA256 string `json:"sha256"`
				}{args[0], g.trail.outputs[0].SHA256})
			})
		},
	}
}

func newRestoreCommand(g *globals) *cobra.Command {
	return &cobra.Command{
		Use: "restore FILE", Short: "Put a backup in place of the database", Args: cobra.ExactArgs(1),
		Long: `Put a backup in place of the database, once it is verified. The database that stood there
is kept beside it, with the time in its name. The audit trail goes on: entries that came
after the backup stay.

EXIT STATUS
  0  done
  10 11 12 13  no backup, the database is in use, the backup is damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, args []string) error {
			g.started = true
			return g.restore(cmd.Context(), args[0])
		},
	}
}

// restore puts a backup in place of the database, and the trail that goes further in
// place of the other.
func (g *globals) restore(ctx context.Context, backup string) error {
	old, err := store.Restore(ctx, backup, g.database)
	if err != nil {
		return err
	}
	err = g.withStore(ctx, store.ModeWrite, func(s *store.Store) error {
		if _, err := readTrail(ctx, s); errors.Is(err, errDamagedTrail) {
			if err := copyTrail(audit.PathOf(backup), audit.PathOf(s.Path())); err != nil {
				return err
			}
		} else if err != nil {
			return err
		}
		return g.trail.read(ctx, backup)
	})
	if err != nil {
		return err
	}
	g.result(msgRestored, g.database, backup)
	if old != "" {
		g.say(msgOldKept, old)
	}
	return g.emit("restore", struct {
		Database string `json:"database"`
		Old      string `json:"old,omitempty"`
	}{g.database, old})
}

// copyTrail copies an audit trail, if there is one; what stands at the place is
// replaced.
func copyTrail(from, to string) error {
	content, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return writeWhole(to, content)
}

func newForgetCommand(g *globals) *cobra.Command {
	before := ""
	cmd := &cobra.Command{
		Use: "forget --before DATE", Short: "Delete what is no longer to be kept", Args: cobra.NoArgs,
		Long: `Delete the runs that began before a day, but for the last one, the lists that were
withdrawn before it and of which no run speaks any more, and the decisions that ended
before it (UU PDP 27/2022, article 16: personal data are kept no longer than needed). What
is deleted is overwritten in the database; backups and reports are yours to delete.

EXIT STATUS
  0  done
  10 11 12 13  no database, locked, damaged, storage failed; 64 usage`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := time.ParseInLocation(time.DateOnly, before, time.Local)
			if err != nil {
				return &usageError{err: fmt.Errorf("--before %q: must be a date as 2026-01-31", before)}
			}
			g.started = true
			return g.withStore(cmd.Context(), store.ModeWrite, func(s *store.Store) error {
				f, err := s.Forget(cmd.Context(), day)
				if err != nil {
					return err
				}
				g.trail.counts["runs"], g.trail.counts["sources"], g.trail.counts["decisions"] = int64(f.Runs), int64(f.Sources), int64(f.Decisions)
				g.result(msgForgotten, f.Runs, f.Sources, f.Decisions, filepath.Base(g.database))
				return g.emit("forget", f)
			})
		},
	}
	cmd.Flags().StringVar(&before, "before", "", "the first day that is kept, as 2026-01-31")
	return cmd
}
