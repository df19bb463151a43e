package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"padan/internal/audit"
	"padan/internal/intake"
	"padan/internal/store"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// unrecorded are the commands that leave no entry in the audit trail: they show no
// persons and change nothing.
var unrecorded = []string{"status", "check", "audit show", "audit verify", "review list"}

// unrecordedFlags say where the database is and how messages are shown.
var unrecordedFlags = []string{"db", "json", "quiet", "verbose", "progress", "color"}

// trail collects what the audit trail keeps of this command.
type trail struct {
	command string
	options map[string]string
	inputs  []audit.File
	outputs []audit.File
	counts  map[string]int64
}

// begin notes the command and its options. The NIK that somebody looks for stays out.
func (t *trail) begin(cmd *cobra.Command) {
	t.command = cmd.CommandPath()[len(cmd.Root().Name()):]
	t.options, t.counts = map[string]string{}, map[string]int64{}
	if t.command != "" {
		t.command = t.command[1:]
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		switch {
		case !f.Changed || slices.Contains(unrecordedFlags, f.Name):
		case f.Name == "nik":
			t.options[f.Name] = "***"
		default:
			t.options[f.Name] = f.Value.String()
		}
	})
}

// input notes a file whose digest is known.
func (t *trail) input(name, sha256 string) {
	t.inputs = append(t.inputs, audit.File{Name: filepath.Base(name), SHA256: sha256})
}

// output notes a file that was written.
func (t *trail) output(name, sha256 string) {
	t.outputs = append(t.outputs, audit.File{Name: name, SHA256: sha256})
}

// read notes a file of the user's that was read, with its digest.
func (t *trail) read(ctx context.Context, path string) error {
	digest, err := intake.Digest(ctx, path)
	if err == nil {
		t.input(path, digest)
	}
	return err
}

// wrote notes a file that was written, with its digest.
func (t *trail) wrote(ctx context.Context, path string) error {
	digest, err := intake.Digest(ctx, path)
	if err == nil {
		t.output(filepath.Base(path), digest)
	}
	return err
}

// record adds an entry for the command that ends with err, and anchors it in the
// database if that may be written.
func (g *globals) record(ctx context.Context, s *store.Store, mode store.Mode, err error) error {
	if slices.Contains(unrecorded, g.trail.command) {
		return nil
	}
	host, failed := os.Hostname()
	if failed != nil {
		host = "?"
	}
	anchor, failed := audit.Append(audit.PathOf(s.Path()), audit.Entry{
		Time: g.now().UTC().Truncate(time.Millisecond), User: thisUser(), Host: host, Command: g.trail.command, Options: g.trail.options,
		Inputs: g.trail.inputs, Outputs: g.trail.outputs, Counts: g.trail.counts, Version: version, ExitCode: exitCode(err, true),
	})
	switch {
	case failed == nil && mode != store.ModeRead && errors.Is(err, store.ErrSchema):
		return nil // nothing is written to a damaged database
	case failed == nil && mode != store.ModeRead:
		return s.SetAnchor(context.WithoutCancel(ctx), anchor.Number, anchor.Hash)
	case failed != nil && mode == store.ModeRead && (errors.Is(failed, fs.ErrPermission) || errors.Is(failed, syscall.EROFS)):
		g.say(msgAuditFailed)
		return nil
	}
	return failed
}

// thisUser is the user of this computer.
func thisUser() string {
	if u, err := user.Current(); err == nil {
		return cmp.Or(u.Name, u.Username)
	}
	return "?"
}
