package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// waitingLookup is a padan lookup of its own that has read one list and waits for the
// standard input.
type waitingLookup struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

// startLookup starts one and waits until its lists lie in folders that are not old.
func (o *office) startLookup(temporary string, old ...string) *waitingLookup {
	o.t.Helper()
	cmd := exec.CommandContext(o.t.Context(), "padan", "lookup", "daftar.csv", "-", "--direction", "reference", "--out", "hasil.csv", "--lang", "en")
	cmd.Dir, cmd.Env = o.folder, append(os.Environ(), "TMPDIR="+temporary, "TMP="+temporary)
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err == nil {
		_, err = io.WriteString(stdin, "NIK,NAMA,TGL LAHIR\n3174015205899002,SITI RAHAYU,12-05-1989\n")
	}
	if err != nil {
		o.t.Fatal(err)
	}
	w := &waitingLookup{cmd, stdin}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if strings.Contains(o.below(o.folder, old), "BUDI") && strings.Contains(o.below(temporary, old), "SITI") {
			return w
		}
		if time.Now().After(deadline) {
			o.t.Fatal("the lookup does not wait")
		}
	}
}

// below is the content of all scratch folders in a folder but for old ones.
func (o *office) below(folder string, old []string) string {
	var all strings.Builder
	found, err := filepath.Glob(filepath.Join(folder, "*padan-*", "*"))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, path := range found {
		if slices.Contains(old, filepath.Dir(path)) {
			continue
		}
		content, err := os.ReadFile(path)
		if err == nil {
			all.Write(content)
		}
	}
	return all.String()
}

// folders are the scratch folders in a folder.
func folders(t *testing.T, folder string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder, "*padan-[si][cn]*-*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestAKilledLookupLeavesNothing kills a lookup while people's data lie in its
// folders: the next one takes them away, and leaves those of one that is at work.
func TestAKilledLookupLeavesNothing(t *testing.T) {
	o, temporary := newOffice(t), t.TempDir()
	o.write("daftar.csv", "NIK,NAMA,TGL LAHIR\n3174011205879001,BUDI SANTOSO,12-05-1987\n")
	o.padan(exitDone, "match")
	killed := o.startLookup(temporary)
	if err := killed.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.cmd.Wait() // it was killed
	left := append(folders(t, o.folder), folders(t, temporary)...)
	if len(left) != 2 {
		t.Fatalf("a lookup that is killed leaves %q, the test wants two folders", left)
	}

	second := o.startLookup(temporary, left...)
	now := append(folders(t, o.folder), folders(t, temporary)...)
	for _, path := range left {
		if _, err := os.Stat(path); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", path, err)
		}
	}
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	var stderr bytes.Buffer
	third := []string{"lookup", o.path("daftar.csv"), "-", "--direction", "reference", "--out", o.path("lain.csv"), "--db", o.path("padan.db"), "--lang", "en"}
	if code := run(third, strings.NewReader("NIK,NAMA,TGL LAHIR\n3174015205899002,SITI RAHAYU,12-05-1989\n"), io.Discard, &stderr); code != exitDone {
		t.Fatalf("exit code %d, %s", code, stderr.String())
	}
	for _, path := range now {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("the folder of a padan at work is gone: %v", err)
		}
	}
	if err := second.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := second.cmd.Wait(); err != nil {
		t.Errorf("the one at work was disturbed: %v", err)
	}
	if left := append(folders(t, o.folder), folders(t, temporary)...); len(now) != 2 || len(left) != 0 {
		t.Errorf("%q is left of %q", left, now)
	}
}
