package main

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"padan/internal/fault"
)

// clocks tell the time of one command each, from what the true clock says.
var clocks = map[string]func() func() time.Time{
	"set back to 1970": func() func() time.Time {
		return func() time.Time { return time.Unix(3, 0) }
	},
	"set on to 2038": func() func() time.Time {
		return func() time.Time { return time.Unix(1<<31-1, 0) }
	},
	"jumping back and on": func() func() time.Time {
		calls := 0
		return func() time.Time {
			calls++
			return time.Now().AddDate([]int{0, -50, 30, -1, 12}[calls%5], 0, 0)
		}
	},
	"going backwards": func() func() time.Time {
		hours := 0
		return func() time.Time {
			hours++
			return time.Now().Add(-time.Duration(hours) * time.Hour)
		}
	},
}

// padanAt runs a command, which must succeed, while the clock says something else.
func (o *office) padanAt(now func() time.Time, args ...string) string {
	o.t.Helper()
	var stdout, stderr bytes.Buffer
	full := append(args, "--db", o.path("padan.db"), "--lang", "en")
	g := newGlobals(full, nil, &stdout, &stderr)
	g.now = now
	if got := g.execute(full); got != exitDone {
		o.t.Fatalf("%s exits with %d: %s%s", strings.Join(args, " "), got, stdout.String(), stderr.String())
	}
	return stdout.String() + stderr.String()
}

// Whatever the clock says, between commands and within one, the lists are the same, and
// the database and its trail are sound. Only a clock that is set on makes a difference
// where a year has two digits, which --as-of settles.
func TestClockJumps(t *testing.T) {
	lists := [2]string{invented(1, 80), invented(2, 60)}
	warned := 0
	reports := func(now func() time.Time) map[string]string {
		o := &office{t, t.TempDir()}
		o.padanAt(now, "load", "central", o.write("pusat.csv", lists[0]), "--as-of", "2026-11-28")
		told := o.padanAt(now, "load", "regional", o.write("daerah.csv", lists[1]))
		if strings.Contains(told, "the clock of this computer says 1970") {
			warned++
		}
		for range 2 { // the second run has an earlier hour than the first, on some clocks
			o.padanAt(now, "match")
		}
		o.padanAt(now, "report", "--out", o.path("laporan"), "--format", "csv", "--only", "lists,recap")
		o.padanAt(now, "status")
		o.padanAt(now, "diff")
		if text := o.padanAt(now, "audit", "verify"); !strings.Contains(text, "6 entries") {
			t.Errorf("the trail: %s", text)
		}
		o.padanAt(now, "check")
		found := tree(t, o.path("laporan"))
		delete(found, "manifest.json") // it tells the hour
		return found
	}
	want := reports(time.Now)
	for _, name := range slices.Sorted(maps.Keys(clocks)) {
		t.Run(name, func(t *testing.T) {
			if got := reports(clocks[name]()); !maps.Equal(got, want) {
				t.Error("the lists are others")
			}
		})
	}
	if warned != 1 {
		t.Errorf("%d of the clocks are said to be wrong", warned)
	}
	fault.Tried(t, "clock", len(clocks), "1970, 2038, forth and back within a command, backwards all the time: the same lists, the trail whole")
}
