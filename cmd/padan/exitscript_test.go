package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"padan/internal/lockfile"
)

// locked DATABASE holds the writer lock of a database until the script ends.
func locked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: locked DATABASE")
	}
	file, err := os.OpenFile(ts.MkAbs(args[0]+".lock"), os.O_RDWR|os.O_CREATE, 0o600)
	ts.Check(err)
	ts.Defer(func() { ts.Check(file.Close()) })
	ts.Check(lockfile.Lock(file))
}

// interrupted FILE padan ARGS... runs padan, which reads FILE and waits for more of
// the standard input, interrupts it, and wants its exit code.
func interrupted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: interrupted FILE COMMAND ARGS...")
	}
	cmd := exec.CommandContext(context.Background(), args[1], args[2:]...)
	cmd.Dir, cmd.Env = ts.MkAbs("."), append(os.Environ(), "TMPDIR="+ts.Getenv("TMPDIR"), "PADAN_LANG=en")
	stdin, err := cmd.StdinPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() { _ = cmd.Process.Kill() }) // it has ended, unless the script failed
	_, err = io.WriteString(stdin, ts.ReadFile(args[0]))
	ts.Check(err)
	ended := make(chan error, 1)
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		read, err := filepath.Glob(filepath.Join(ts.Getenv("TMPDIR"), "padan-input-*", spooled))
		ts.Check(err)
		if len(read) > 0 {
			if info, err := os.Stat(read[0]); err == nil && info.Size() > 0 {
				break
			}
		}
		if time.Now().After(deadline) {
			ts.Fatalf("it does not wait for its standard input")
		}
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	go func() { ended <- cmd.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(30 * time.Second):
		ts.Fatalf("it does not end")
	}
	var status *exec.ExitError
	if !errors.As(err, &status) || status.ExitCode() != exitInterrupted {
		ts.Fatalf("interrupted, it ends with %v, want exit code %d", err, exitInterrupted)
	}
	left, err := filepath.Glob(filepath.Join(ts.Getenv("TMPDIR"), "padan-input-*"))
	ts.Check(err)
	if len(left) > 0 {
		ts.Fatalf("it leaves %q", left)
	}
}
