package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padan/internal/fault"
	"padan/internal/store"
)

// TestLockedDatabase holds that a second writer is told who is at work.
func TestLockedDatabase(t *testing.T) {
	database := filepath.Join(t.TempDir(), "padan.db")
	s, err := store.Open(t.Context(), database, store.ModeCreate)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	var stdout, stderr bytes.Buffer
	if code := run([]string{"match", "--db", database, "--lang", "en"}, nil, &stdout, &stderr); code != exitLocked {
		t.Errorf("exit code %d", code)
	}
	if !strings.Contains(stderr.String(), "in use by ") || !strings.Contains(stderr.String(), "hint: wait") {
		t.Errorf("the message names no holder: %s", stderr.String())
	}
	fault.Tried(t, "two_writers", 1, "told who writes, since when")
}

// Who may wait for the lock gets it when the other writer is done; who may not, or
// not as long, is told at once.
func TestWaitLock(t *testing.T) {
	o := newOffice(t)
	path := o.path("padan.db")
	s, err := store.Open(t.Context(), path, store.ModeWrite)
	if err != nil {
		t.Fatal(err)
	}
	o.padan(exitLocked, "match")
	o.padan(exitLocked, "match", "--wait-lock", "250ms")
	released := make(chan error)
	time.AfterFunc(300*time.Millisecond, func() { released <- s.Close() })
	done := make(chan string)
	go func() { done <- o.padan(exitDone, "match", "--wait-lock", "1m") }()
	if err := <-released; err != nil {
		t.Error(err)
	}
	if text := <-done; !strings.Contains(text, "waiting for") {
		t.Errorf("it does not say that it waits: %s", text)
	}
	fault.Tried(t, "two_writers", 3, "refused at once, refused after --wait-lock, served when the other was done")
}
