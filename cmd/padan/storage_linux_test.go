package main

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"padan/internal/fault"
	"padan/internal/reporting"
)

// TestReportOnAFailingDisk fills a small file system, then forbids to write on
// it: exit 13 says where and why, and the old reports are there, alone.
func TestReportOnAFailingDisk(t *testing.T) {
	folder, disk := t.TempDir(), t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=256k"); err != nil {
		t.Skip("this test may not mount a file system: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	database, out := loadedPair(t, folder), filepath.Join(disk, "laporan")
	runDone(t, "match", "--db", database)
	runDone(t, "report", "--db", database, "--out", out, "--format", "csv")
	before := tree(t, out)
	wantFailure := func(cause string, args ...string) {
		t.Helper()
		var stderr bytes.Buffer
		args = append([]string{"report", "--db", database, "--out", out, "--lang", "en"}, args...)
		code := run(args, nil, &bytes.Buffer{}, &stderr)
		if code != exitStorage || !strings.HasPrefix(stderr.String(), "padan: "+out) || !strings.Contains(stderr.String(), ": "+cause+"\n") {
			t.Errorf("%q: exit code %d, %s", args, code, stderr.String())
		}
		if after := tree(t, out); !maps.Equal(after, before) {
			t.Errorf("%q: the old reports are not what they were, or are not alone", args)
		}
	}
	if err := os.WriteFile(filepath.Join(disk, "full"), make([]byte, 1<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk is not full: %v", err)
	}
	for _, format := range reporting.Formats() {
		wantFailure("no space left on device", "--mask", "--format", format)
	}
	if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	wantFailure("read-only file system", "--mask")
	fault.Tried(t, "full_disk", len(reporting.Formats()), "reports in every format: told where, the old reports untouched and alone")
}
