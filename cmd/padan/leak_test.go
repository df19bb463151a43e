package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	testscript.Main(withoutLeaks{m}, map[string]func(){"padan": main})
}

// withoutLeaks are tests that fail if a goroutine outlives them, as those of commands
// that fail or are interrupted might.
type withoutLeaks struct{ tests *testing.M }

// Run implements testscript.TestingM.
func (w withoutLeaks) Run() int {
	code := w.tests.Run()
	if code != 0 {
		return code
	}
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
