//go:build unix

package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"padan/internal/fault"
)

// parts is in how many steps the space for a command grows.
func parts(t *testing.T) int { return min(20, fault.Kills(t, 2)) }

// growUnderALimit gives the command again and again, each time with a larger limit on the
// size of files, until it succeeds.
func (v *victim) growUnderALimit() {
	v.t.Helper()
	largest := int64(0)
	v.restore()
	v.run(v.command, v.codes...)
	eachFile(v.t, func(info fs.FileInfo) { largest = max(largest, info.Size()) })
	v.grow("full_limit", largest, func(bytes int64) int {
		script := fmt.Sprintf("ulimit -f %d; exec padan %s", bytes/512, strings.Join(v.command, " "))
		command := exec.CommandContext(context.Background(), "sh", "-c", script)
		command.Env = append(os.Environ(), "PADAN_LANG=en")
		return statusOf(command.Run())
	})
}

// grow runs the command with more and more space: it must say that the storage is full,
// and leave nothing half-done, until it fits.
func (v *victim) grow(code string, need int64, within func(bytes int64) int) {
	v.t.Helper()
	steps := parts(v.t)
	full := 0
	for i := 0; ; i++ {
		if i > 10*steps {
			v.t.Fatalf("%v does not fit into %d bytes", v.command, 10*need)
		}
		v.restore()
		bytes := need * int64(i) / int64(steps)
		status := within(bytes)
		// The journal is hot if there was no space to roll back; the next padan does.
		left := slices.DeleteFunc(leftovers(v.t), func(name string) bool { return name == "padan.db-journal" })
		if len(left) > 0 {
			v.t.Errorf("with %d bytes, %v leaves %q", bytes, v.command, left)
		}
		if slices.Contains(v.codes, status) {
			break
		}
		if full++; status != exitStorage {
			v.t.Errorf("with %d bytes, %v exits with %d", bytes, v.command, status)
		}
		v.run([]string{"check"}, v.checks...)
		v.again(fmt.Sprintf("%d bytes", bytes))
	}
	if full == 0 {
		v.t.Errorf("%v needs no space", v.command)
	}
	fault.Tried(v.t, code, full, "in steps of %d bytes; each time told by exit code 13, no report half-done", need/int64(steps))
}

// eachFile visits all files of the folder.
func eachFile(t *testing.T, visit func(info fs.FileInfo)) {
	t.Helper()
	err := filepath.WalkDir(".", func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			visit(info)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
