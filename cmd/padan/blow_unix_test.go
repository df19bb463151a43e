//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"padan/internal/fault"
)

// blow is what hits a process at a moment that it does not choose.
type blow struct {
	code  string
	usual int // how often a command is hit if nobody asks for more
	share int // of the times that are asked for, one in so many
	hit   func(p *os.Process) error
	clean bool // a command that notices leaves nothing beside its work
}

var blows = []blow{
	{code: "kill", usual: 2, share: 1, hit: (*os.Process).Kill},
	{code: "interrupt", usual: 1, share: 4, hit: interrupt, clean: true},
	{code: "interrupt_twice", usual: 1, share: 4, hit: func(p *os.Process) error {
		if err := interrupt(p); err != nil {
			return err
		}
		time.Sleep(2 * time.Millisecond)
		return interrupt(p)
	}},
}

func interrupt(p *os.Process) error {
	err := p.Signal(os.Interrupt)
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// victim is a command that is hit while it works. It works in the folder that the test
// is in, so that paths in databases and reports are the same each time.
type victim struct {
	t       *testing.T
	before  string   // holds the folder as it is before the command
	command []string // the arguments of padan
	codes   []int    // exit codes of the command undisturbed
	checks  []int    // exit codes of padan check right after the blow
	outcome func(v *victim) string

	undisturbed string  // the outcome of the command that nothing disturbs
	seconds     float64 // that it takes a process of its own
}

// tally counts what became of the blows.
type tally struct {
	tried, hit, amid int
}

// suffer hits the command at moments drawn from equal parts of the time it takes, until
// it was at work as often as is wanted, and compares what it does then with what it
// does undisturbed.
func (v *victim) suffer(b blow) {
	v.t.Helper()
	want := max(b.usual, fault.Kills(v.t, b.usual)/b.share)
	random := rand.New(rand.NewPCG(uint64(len(v.command)), 5))
	var sum tally
	for ; sum.hit < want && sum.tried < 3*want+10; sum.tried++ {
		part := float64(sum.tried%want) + random.Float64()
		v.restore()
		if v.strike(b, v.seconds*part/float64(want), &sum); v.t.Failed() {
			return
		}
		v.again(fmt.Sprintf("blow %d", sum.tried))
	}
	if sum.hit < want {
		v.t.Errorf("%d of %d blows hit the command at work, %d are wanted", sum.hit, sum.tried, want)
	}
	fault.Tried(v.t, b.code, sum.tried, "%d hit the command at work, %d of them amid a write", sum.hit, sum.amid)
}

// in is the victim in a subtest.
func (v *victim) in(t *testing.T) *victim {
	inner := *v
	inner.t = t
	return &inner
}

// measure finds out what the command does undisturbed, and how long it takes.
func (v *victim) measure() {
	v.t.Helper()
	for range 2 {
		v.restore()
		started := time.Now()
		if err := v.process().Run(); !slices.Contains(v.codes, statusOf(err)) {
			v.t.Fatalf("%v undisturbed: %v", v.command, err)
		}
		v.seconds = time.Since(started).Seconds()
		again := v.nowhere(v.outcome(v))
		if v.undisturbed != "" && v.undisturbed != again {
			v.t.Fatalf("%v gives two outcomes:\n%s\n%s", v.command, excerpt(v.undisturbed, again), excerpt(again, v.undisturbed))
		}
		v.undisturbed = again
	}
}

// nowhere is an outcome that does not say in which folder it came about.
func (v *victim) nowhere(outcome string) string {
	v.t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		v.t.Fatal(err)
	}
	return strings.ReplaceAll(outcome, folder, "FOLDER")
}

// again gives the command once more, after something has disturbed it.
func (v *victim) again(after string) {
	v.t.Helper()
	v.run(v.command, v.codes...)
	v.run([]string{"check"}, exitDone)
	if got := v.nowhere(v.outcome(v)); got != v.undisturbed {
		v.t.Fatalf("after %s, %v ends with another outcome:\n%s\nundisturbed:\n%s", after, v.command, excerpt(got, v.undisturbed), excerpt(v.undisturbed, got))
	}
}

// strike starts the command and hits it after some seconds. One that ends before that
// tells how long it takes now.
func (v *victim) strike(b blow, seconds float64, sum *tally) {
	v.t.Helper()
	command := v.process()
	var said bytes.Buffer
	command.Stderr = &said
	started := time.Now()
	if err := command.Start(); err != nil {
		v.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	var code int
	select {
	case err := <-ended:
		code = statusOf(err)
		v.seconds = (v.seconds + time.Since(started).Seconds()) / 2
	case <-time.After(time.Duration(seconds * float64(time.Second))):
		if err := b.hit(command.Process); err != nil && !errors.Is(err, os.ErrProcessDone) {
			v.t.Fatal(err)
		}
		code = statusOf(<-ended)
	}
	left := leftovers(v.t)
	switch {
	case code == -1, code == exitInterrupted:
		sum.hit++
		if len(left) > 0 {
			sum.amid++
		}
		if code == exitInterrupted && b.clean && len(left) > 0 {
			v.t.Fatalf("interrupted, it leaves %q", left)
		}
	case !slices.Contains(v.codes, code):
		v.t.Fatalf("hit after %.3f s, it exits with %d: %s", seconds, code, said.String())
	}
	v.run([]string{"check"}, v.checks...)
}

// process is the command as a process of its own.
func (v *victim) process() *exec.Cmd {
	command := exec.CommandContext(context.Background(), "padan", v.command...)
	command.Env = append(os.Environ(), "PADAN_LANG=en")
	command.WaitDelay = time.Minute
	return command
}

// statusOf is the exit code of a process; -1 if a signal ended it.
func statusOf(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		return -2
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return -1
	}
	return exit.ExitCode()
}

// run executes a command of padan within the test.
func (v *victim) run(args []string, codes ...int) {
	v.t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(append(slices.Clone(args), "--lang", "en"), nil, &stdout, &stderr); !slices.Contains(codes, code) {
		v.t.Fatalf("%v exits with %d, not %d: %s%s", args, code, codes, stdout.String(), stderr.String())
	}
}

// keep makes what stands in the folder the state before the command.
func (v *victim) keep() {
	v.t.Helper()
	v.before = v.t.TempDir()
	copyFolder(v.t, v.before, ".")
}

// restore brings the folder back to the state before the command.
func (v *victim) restore() {
	v.t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		v.t.Fatal(err)
	}
	for _, entry := range entries {
		if err := os.RemoveAll(entry.Name()); err != nil {
			v.t.Fatal(err)
		}
	}
	copyFolder(v.t, ".", v.before)
}

func copyFolder(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// leftovers are the signs of a write that was not finished: the journal of a
// transaction, a report that is not published.
func leftovers(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"*-journal", "*/.padan-report-*", "*.tmp*"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, names...)
	}
	return found
}
