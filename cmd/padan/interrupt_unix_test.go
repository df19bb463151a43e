//go:build unix

package main

import (
	"bytes"
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

// TestInterrupt holds that a signal exits with 130 and leaves nothing half-done.
func TestInterrupt(t *testing.T) {
	folder := t.TempDir()
	database := filepath.Join(folder, "padan.db")
	for side, row := range map[string]string{
		"central": "3174011205879001,BUDI SANTOSO,12-05-1987", "regional": "3174011205879001,BUDI SANTOSO,12-05-1987,",
	} {
		path := filepath.Join(folder, side+".csv")
		if err := os.WriteFile(path, []byte("NIK,NAMA,TGL LAHIR\n"+row+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if code := run([]string{"load", side, path, "--db", database}, nil, &bytes.Buffer{}, &bytes.Buffer{}); code != exitDone {
			t.Fatalf("load %s exits with %d", side, code)
		}
	}
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
