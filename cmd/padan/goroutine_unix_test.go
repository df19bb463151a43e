//go:build unix

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"padan/internal/fault"

	"go.uber.org/goleak"
)

// Whatever ends a command inside the process, nothing of it goes on: neither after a
// signal at the first thing that it says, nor on a full disk, a damaged database or one
// that is locked.
func TestNothingGoesOn(t *testing.T) {
	o := streamOffice(t)
	o.write("damaged.csv", "TITLE\nx\n")
	spoiled, err := os.ReadFile("padan.db")
	if err != nil {
		t.Fatal(err)
	}
	clear(spoiled[len(spoiled)/2:])
	o.write("spoiled.db", string(spoiled))
	before := goleak.IgnoreCurrent()
	commands := []string{
		"load regional lain.csv -v", "match -v", "report --out laporan -v", "review export --out tinjau.xlsx -v", "lookup lain.csv --direction reference --out hasil.csv -v",
		"backup salinan.db -v", "diff -v",
	}
	tried := 0
	for _, command := range commands {
		tried += 2
		var stderr interruptedLog
		stderr.t, stderr.stderr = t, &stderr.lockedBuffer
		args := append(strings.Fields(command), "--lang", "en")
		if code := run(args, nil, &stderr.interrupter, &stderr); code != exitInterrupted && code != exitDone {
			t.Errorf("%s: interrupted, it exits with %d: %s", command, code, stderr.String())
		}
		var discarded bytes.Buffer
		if code := run(append(args, "--db", "spoiled.db"), nil, &discarded, &discarded); code == exitDone && !strings.HasPrefix(command, "backup") {
			t.Errorf("%s: on a damaged database, it exits with %d: %s", command, code, discarded.String())
		}
		if err := goleak.Find(before); err != nil {
			t.Errorf("%s: %v", command, err)
		}
	}
	fault.Tried(t, "goroutines", tried, "interrupted, and on a damaged database: no goroutine is left; packages store, intake and sheet hold so after all their tests")
}
