package main

import (
	"math"
	"strings"

	"padan/internal/nightly"
	"padan/match"
	"padan/report"
)

// sayOutcome tells on one screen what a complete night did and found, after the
// details of its stages.
func (n *night) sayOutcome() {
	t := n.g.text
	n.g.result(msgNightTook, t.seconds(n.summary.Finished.Sub(n.summary.Started).Seconds()), t.stages(n.summary.Stages))
	n.g.result(msgNightFiles, t.files(&n.summary.Files))
	for side := range n.found.Totals {
		after := &n.found.Totals[side]
		line := t.format(msgNightSide, t.sideWord(match.Side(side).String()), after.Records, after.Matched, nightly.Rate(after))
		if n.before != nil {
			line += t.format(msgNightSince, hundredths(nightly.Rate(after)-nightly.Rate(&n.before.Totals[side])), itoa(int(n.before.ID)))
		}
		n.g.resultText(line + t.format(msgNightOpen, after.Conflict, after.Unmatched, after.Duplicate) + "\n")
	}
	if n.changes != nil {
		n.g.result(msgNightChanges, itoa(int(n.before.ID)), t.changes(n.changes))
	}
	n.g.result(msgNightReports, n.summary.Reports, itoa(int(n.found.ID)))
	if len(n.summary.Alarms) == 0 {
		n.g.result(msgNightQuiet)
	}
}

// hundredths rounds to two decimals, never to a zero below zero.
func hundredths(x float64) float64 { return math.Round(x*100)/100 + 0 }

func (t *texts) seconds(s float64) string { return t.printer.Sprintf("%.1f", s) }

// stages names the stages with their seconds.
func (t *texts) stages(stages []nightly.Stage) string {
	parts := make([]string, len(stages))
	for i, s := range stages {
		took := t.seconds(s.Seconds)
		if s.Skipped {
			took = t.format(msgNightSkipped)
		}
		parts[i] = s.Name + " " + took
	}
	return strings.Join(parts, ", ")
}

// files counts the files of a night by what became of them.
func (t *texts) files(f *nightly.Files) string {
	parts := []string{t.format(msgNightSame, f.Same)}
	for _, part := range []struct {
		what  message
		count int
	}{
		{msgNightLoaded, len(f.Loaded)}, {msgNightReplaced, len(f.Replaced)}, {msgNightRenamed, len(f.Renamed)}, {msgNightCopies, len(f.Copies)},
		{msgNightMissing, len(f.Missing)}, {msgNightWithdrawn, len(f.Withdrawn)}, {msgNightFailed, len(f.Failed)},
	} {
		if part.count > 0 {
			parts = append(parts, t.format(part.what, part.count))
		}
	}
	return strings.Join(parts, ", ")
}

// changes counts the persons of both sides by how they changed.
func (t *texts) changes(d *report.Diff) string {
	counts := map[string]int64{}
	for _, move := range d.Moves(report.Whole) {
		for _, n := range move.Count {
			counts[move.Change.Kind.String()] += n
		}
	}
	if len(counts) == 0 {
		return t.format(msgNightNothing)
	}
	return t.counts(counts)
}
