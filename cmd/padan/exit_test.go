package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
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

// TestCausesHaveTexts finds causes that would be printed as nothing.
func TestCausesHaveTexts(t *testing.T) {
	for _, c := range causes {
		if c.text == msgNone && (c.whole || c.hint == msgNone) {
			t.Errorf("%v has no text", c.err)
		}
	}
}
