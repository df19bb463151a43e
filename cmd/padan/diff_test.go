package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"padan/internal/store"
	"padan/match"
)

// Two runs, in the second of which a person more is matched; the figures add up
// once all persons are counted, and not before.
func TestDiffThatLosesSomebodyDoesNotAddUp(t *testing.T) {
	folder := t.TempDir()
	database := filepath.Join(folder, "padan.db")
	list := "NIK,NAMA,TGL LAHIR,JK\n3174011205879001,BUDI SANTOSO,12-05-1987,L\n"
	padan := func(args ...string) {
		var stdout, stderr bytes.Buffer
		if code := run(append(args, "--db", database), nil, &stdout, &stderr); code != exitDone {
			t.Fatalf("%s exits with %d: %s", args[0], code, stderr.String())
		}
	}
	load := func(side, name, text string) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		padan("load", side, path)
	}
	load("central", "pusat.csv", list)
	load("regional", "daerah.csv", strings.ReplaceAll(list, "9001", "9002"))
	padan("match")
	load("regional", "lagi.csv", list)
	padan("match")

	ctx := context.Background()
	s, err := store.Open(ctx, database, store.ModeRead)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Compare(ctx, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	o := diffOptions{side: "both"}
	if err := o.check(); err != nil {
		t.Fatal(err)
	}
	var stdout bytes.Buffer
	w := &diffWriter{g: newGlobals(nil, nil, &stdout, &stdout), comparison: c, options: o}
	if w.diff, err = newDiff(c.Runs(), o); err != nil {
		t.Fatal(err)
	}
	if w.addsUp() {
		t.Error("adds up before anybody is counted")
	}
	if err := w.count(ctx); err != nil {
		t.Fatal(err)
	}
	if !w.addsUp() || w.diff.Changed() == 0 {
		t.Errorf("adds up: %v, %d changed", w.addsUp(), w.diff.Changed())
	}
	for change, err := range c.Persons(ctx, match.Regional) {
		if err != nil {
			t.Fatal(err)
		}
		w.diff.Add(&change) // counted twice
		break
	}
	if w.addsUp() {
		t.Error("adds up though somebody is counted twice")
	}
}
