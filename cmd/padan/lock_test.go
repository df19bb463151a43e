package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

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
}
