package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/report"
)

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err     error
		started bool
		want    int
	}{
		{nil, true, exitDone},
		{errors.New("unknown flag"), false, exitUsage},
		{errors.New("failed"), true, exitFailed},
		{&usageError{err: errors.New("bad value")}, true, exitUsage},
		{said(errRejected), true, exitRejected},
		{errConflicts, true, exitConflicts},
		{fmt.Errorf("run 1: %w", errTotals), true, exitTotals},
		{errDamage, true, exitTotals},
		{fmt.Errorf("save: %w", store.ErrResult), true, exitTotals},
		{fmt.Errorf("a.db: %w", store.ErrNoDatabase), true, exitNoDatabase},
		{&store.LockedError{Path: "a.db"}, true, exitLocked},
		{&store.SchemaError{Path: "a.db"}, true, exitSchema},
		{fmt.Errorf("a.db: %w", store.ErrStorage), true, exitStorage},
		{&fs.PathError{Op: "write", Path: "matched.csv", Err: storageErrors[0]}, true, exitStorage},
		{&fs.PathError{Op: "open", Path: "matched.csv", Err: fs.ErrPermission}, true, exitFailed},
		{fmt.Errorf("reports: %w", report.ErrFolderBusy), true, exitLocked},
		{context.Canceled, true, exitInterrupted},
		{fmt.Errorf("load: %w", errInterrupted), true, exitInterrupted},
	} {
		if got := exitCode(c.err, c.started); got != c.want {
			t.Errorf("%v: exit code %d, want %d", c.err, got, c.want)
		}
	}
}

// exitConstants are the codes that exit.go names.
func exitConstants(t *testing.T) map[string]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "exit.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "exit") {
			if value, ok := spec.Values[0].(*ast.BasicLit); ok {
				codes[value.Value] = spec.Names[0].Name
			}
		}
		return true
	})
	return codes
}

// TestEveryExitCodeIsPinned holds that each code of exit.go, and no other, is what a
// script wants of the program itself, and that the help of padan explains it.
func TestEveryExitCodeIsPinned(t *testing.T) {
	codes := exitConstants(t)
	if len(codes) != 11 {
		t.Errorf("%d codes: %v", len(codes), codes)
	}
	content, err := os.ReadFile("testdata/script/exit_codes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	pinned := map[string]bool{}
	for line := range strings.Lines(string(content)) {
		fields := strings.Fields(strings.TrimPrefix(line, "[unix] "))
		switch {
		case len(fields) > 2 && fields[0] == "exits":
			pinned[fields[1]] = true
		case len(fields) > 2 && fields[0] == "interrupted":
			pinned[strconv.Itoa(exitInterrupted)] = true
		}
	}
	for code, name := range codes {
		if !pinned[code] {
			t.Errorf("no line of exit_codes.txtar wants exit code %s (%s)", code, name)
		}
		if !regexp.MustCompile(`(?m)(^|  )` + code + `  `).MatchString(rootLong) {
			t.Errorf("padan help does not explain exit code %s", code)
		}
	}
	for code := range pinned {
		if codes[code] == "" {
			t.Errorf("exit code %s is none of padan's", code)
		}
	}
}

// TestCausesHaveTexts finds causes that would be printed as nothing.
func TestCausesHaveTexts(t *testing.T) {
	for _, c := range causes {
		if c.text == msgNone && (c.whole || c.hint == msgNone) {
			t.Errorf("%v has no text", c.err)
		}
	}
}
