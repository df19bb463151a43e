// Command padan matches the persons of a central social-welfare data set with
// those of regional spreadsheets. README.md shows the way.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"padan/internal/crash"
)

func main() {
	// Who stops reading what is printed does not end the work half-way.
	signal.Ignore(syscall.SIGPIPE)
	code := exitFailed
	crash.Guarded(func() { code = run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr) })()
	os.Exit(code)
}

// run executes one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return newGlobals(args, stdin, stdout, stderr).execute(args)
}

// execute executes one command line and returns its exit code.
func (g *globals) execute(args []string) int {
	ctx, stop := interruptible(g)
	defer stop()
	root := newRootCommand(g)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if cause := context.Cause(ctx); err != nil && errors.Is(cause, errInterrupted) {
		err = cause
	}
	return g.finish(err)
}

// interruptible returns a context that the first SIGINT or SIGTERM cancels. From
// then on the signals have their usual effect, so that a second one ends the
// program at once.
func interruptible(g *globals) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	done := make(chan struct{})
	go crash.Guarded(func() {
		select {
		case <-signals:
			signal.Stop(signals)
			if g.prepared.Load() {
				g.say(msgInterrupting)
			}
			cancel(errInterrupted)
		case <-done:
		}
	})()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel(nil)
	}
}
