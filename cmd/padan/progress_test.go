package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestProgressIsOneLineNowAndThen(t *testing.T) {
	var stderr bytes.Buffer
	g := newGlobals([]string{"--lang", "id"}, nil, &bytes.Buffer{}, &stderr)
	g.progress = "auto"
	p, ok := g.newProgress("pusat.csv").(*progressLog)
	if !ok {
		t.Fatal("not a log, though stderr is no terminal")
	}
	p.at(1000, 0)
	if stderr.Len() > 0 {
		t.Errorf("too early: %q", stderr.String())
	}
	p.last = time.Now().Add(-2 * logInterval)
	p.at(1_250_000, 1_600_000)
	p.at(1_250_001, 1_600_000)
	if got := stderr.String(); got != "pusat.csv: 1.250.000 dari 1.600.000\n" {
		t.Errorf("log %q", got)
	}
}

func TestProgressModes(t *testing.T) {
	var stderr bytes.Buffer
	g := newGlobals(nil, nil, &bytes.Buffer{}, &stderr)
	for _, mode := range []string{"none", "log", "bar"} {
		stderr.Reset()
		g.progress = mode
		p := g.newProgress("stage")
		p.at(1, 2)
		p.clear()
		p.at(2, 2)
		p.end()
		if drawn := strings.Contains(stderr.String(), "stage"); drawn != (mode == "bar") {
			t.Errorf("mode %s writes %q", mode, stderr.String())
		}
	}
}
