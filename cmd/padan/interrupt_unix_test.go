//go:build unix

package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// interrupter sends SIGINT to the test on the first write, and holds the writer
// until the program has said that it stops.
type interrupter struct {
	t      *testing.T
	once   sync.Once
	stderr *lockedBuffer
}

func (w *interrupter) Write(b []byte) (int, error) {
	w.once.Do(func() {
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			w.t.Error(err)
		}
		for deadline := time.Now().Add(10 * time.Second); !strings.Contains(w.stderr.String(), "Stopping"); {
			if time.Now().After(deadline) {
				w.t.Error("the signal was not noticed")
				return
			}
			time.Sleep(time.Millisecond)
		}
		time.Sleep(20 * time.Millisecond) // the message comes just before the cancellation
	})
	return len(b), nil
}

type lockedBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}

// loadedPair loads one person on each side and returns the database.
func loadedPair(t *testing.T, folder string) string {
	t.Helper()
	database := filepath.Join(folder, "padan.db")
	for side, row := range map[string]string{
		"central": "3174011205879001,BUDI SANTOSO,12-05-1987", "regional": "3174011205879001,BUDI SANTOSO,12-05-1987,",
	} {
		path := filepath.Join(folder, side+".csv")
		if err := os.WriteFile(path, []byte("NIK,NAMA,TGL LAHIR\n"+row+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		runDone(t, "load", side, path, "--db", database)
	}
	return database
}

// runDone runs a command that must succeed.
func runDone(t *testing.T, args ...string) {
	t.Helper()
	var stderr bytes.Buffer
	if code := run(args, nil, &bytes.Buffer{}, &stderr); code != exitDone {
		t.Fatalf("%q exits with %d: %s", args, code, stderr.String())
	}
}

// TestInterrupt holds that a signal exits with 130 and leaves nothing half-done.
func TestInterrupt(t *testing.T) {
	database := loadedPair(t, t.TempDir())
	var stderr lockedBuffer
	code := run([]string{"match", "--db", database, "--lang", "en"}, nil, &interrupter{t: t, stderr: &stderr}, &stderr)
	if code != exitInterrupted || !strings.Contains(stderr.String(), "padan: interrupted") {
		t.Errorf("exit code %d, %s", code, stderr.String())
	}
	var stdout bytes.Buffer
	if code := run([]string{"status", "--db", database, "--lang", "en"}, nil, &stdout, &stderr); code != exitDone {
		t.Fatalf("status exits with %d", code)
	}
	if !strings.Contains(stdout.String(), "Nothing was matched yet") {
		t.Errorf("a run was kept: %s", stdout.String())
	}
}

// interruptedLog is a log whose first line brings about a signal.
type interruptedLog struct {
	interrupter
	lockedBuffer
}

func (l *interruptedLog) Write(b []byte) (int, error) {
	n, err := l.lockedBuffer.Write(b)
	if !strings.Contains(string(b), "Stopping") {
		_, err = l.interrupter.Write(b)
	}
	return n, err
}

// TestInterruptedReport holds that a signal leaves the old reports and nothing
// beside them.
func TestInterruptedReport(t *testing.T) {
	folder := t.TempDir()
	database, out := loadedPair(t, folder), filepath.Join(folder, "laporan")
	runDone(t, "match", "--db", database)
	runDone(t, "report", "--db", database, "--out", out)
	before := tree(t, out)
	var stderr interruptedLog
	stderr.t, stderr.stderr = t, &stderr.lockedBuffer
	code := run([]string{"report", "--db", database, "--out", out, "--mask", "-v", "--lang", "en"}, nil, &bytes.Buffer{}, &stderr)
	if code != exitInterrupted || !strings.Contains(stderr.String(), "padan: interrupted") {
		t.Errorf("exit code %d, %s", code, stderr.String())
	}
	if after := tree(t, out); !maps.Equal(after, before) {
		t.Error("the old reports are not what they were, or are not alone")
	}
}
