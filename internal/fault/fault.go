// Package fault knows what can go wrong around padan: power, disks, clocks, other
// programs, people. The tests that bring a fault about note here what they saw, and
// RELIABILITY.md is made of their notes. Only tests import this package.
package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
)

// Fault is something that goes wrong.
type Fault struct {
	Code     string // stable; tests name it
	Name     string
	Provoked string // how tests bring it about
}

// Note is what a test saw of a fault.
type Note struct {
	Fault  string `json:"fault"`
	Test   string `json:"test"`  // its name, with that of the subtest
	Tried  int    `json:"tried"` // times
	Seen   string `json:"seen"`
	Failed bool   `json:"failed"` // something was lost
}

// NotesVariable names the environment variable with the file that notes go to, if any.
const NotesVariable = "PADAN_FAULTS"

// KillsVariable names the environment variable with the number of times that each
// command is killed or interrupted; a few, if it is not set.
const KillsVariable = "PADAN_KILLS"

// Tried notes that the test has brought about a fault a number of times, and what was
// seen. The note is written when the test ends, with its outcome. A test that stands
// not in RELIABILITY.md fails, unless notes for a new one are collected.
func Tried(t testing.TB, code string, times int, seen string, args ...any) {
	t.Helper()
	note := Note{Fault: code, Test: t.Name(), Tried: times, Seen: fmt.Sprintf(seen, args...)}
	t.Attr("fault", fmt.Sprintf("%s, %d times: %s", code, times, note.Seen))
	if err := note.known(); err != nil {
		t.Error(err)
	}
	t.Cleanup(func() {
		note.Failed = t.Failed()
		if err := note.write(os.Getenv(NotesVariable)); err != nil {
			t.Error(err)
		}
	})
}

// known makes sure that the list of faults and the table know the note.
func (n *Note) known() error {
	f, ok := find(n.Fault)
	if !ok {
		return fmt.Errorf("no fault has the code %q", n.Fault)
	}
	if os.Getenv(NotesVariable) != "" {
		return nil
	}
	rows, err := readTable()
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(rows, func(r row) bool { return r.fault == f.Name && r.test == n.Test }) {
		return fmt.Errorf("RELIABILITY.md has no row for %q, %s; it says how it is made", f.Name, n.Test)
	}
	return nil
}

// write adds the note to a file of notes; several tests may do so at the same time.
func (n *Note) write(path string) (err error) {
	if path == "" {
		return nil
	}
	text, err := json.Marshal(n)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	_, err = file.Write(append(text, '\n'))
	return err
}

// Kills is how often a command is to be killed: as the environment says, else usual.
func Kills(t testing.TB, usual int) int {
	t.Helper()
	text := os.Getenv(KillsVariable)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%q: must be a number above 0", KillsVariable, text)
	}
	return n
}

// find returns the fault with a code.
func find(code string) (Fault, bool) {
	for _, f := range All {
		if f.Code == code {
			return f, true
		}
	}
	return Fault{}, false
}
