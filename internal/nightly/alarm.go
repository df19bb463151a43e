package nightly

import (
	"cmp"
	"slices"

	"padan/internal/store"
	"padan/match"
)

// Limits say from when on a night gives cause for alarm. A limit of 0 never does.
type Limits struct {
	RateFalls float64 // percentage points by which the share of matched persons of a side falls
	RowsFall  float64 // percent by which a file has fewer rows than the one it replaces
	Rejected  float64 // percent of the rows of a file that are rejected
	Vanished  bool    // a kelurahan that had persons has none
}

// AlarmCode is what an alarm is about.
type AlarmCode string

// The alarms.
const (
	MatchRateFell     AlarmCode = "match_rate_fell"    // subject: a side
	RowsFell          AlarmCode = "rows_fell"          // subject: a file
	RowsRejected      AlarmCode = "rows_rejected"      // subject: a file
	KelurahanVanished AlarmCode = "kelurahan_vanished" // subject: the code of an area, with its side
	FileFailed        AlarmCode = "file_failed"        // subject: a file that could not be loaded
	NoFileForAPattern AlarmCode = "no_file"            // subject: a pattern that no file fits
)

// Alarm is one cause for alarm. Before and After are percentages, rows or persons,
// as its code has it.
type Alarm struct {
	Code    AlarmCode `json:"code"`
	Subject string    `json:"subject"`
	Side    string    `json:"side,omitempty"`
	Before  float64   `json:"before"`
	After   float64   `json:"after"`
}

// Replaced is a source and the one that took its place.
type Replaced struct{ Before, After store.Source }

// Alarms compares a run with the one before, nil if there is none, and looks at the
// files of the night.
func Alarms(before, after *store.Run, replaced []Replaced, limits Limits) []Alarm {
	var alarms []Alarm
	for _, r := range replaced {
		if fell := percent(r.Before.Rows-r.After.Rows, r.Before.Rows); limits.RowsFall > 0 && fell > limits.RowsFall {
			alarms = append(alarms, Alarm{RowsFell, r.After.Name, r.After.Side.String(), float64(r.Before.Rows), float64(r.After.Rows)})
		}
	}
	for side := range after.Sources {
		for i := range after.Sources[side] {
			s := &after.Sources[side][i]
			if share := percent(s.Rejected, s.Rows); limits.Rejected > 0 && share > limits.Rejected {
				alarms = append(alarms, Alarm{RowsRejected, s.Name, s.Side.String(), 0, share})
			}
		}
	}
	if before == nil {
		return alarms
	}
	for _, side := range []match.Side{match.Central, match.Regional} {
		b, a := Rate(&before.Totals[side]), Rate(&after.Totals[side])
		if limits.RateFalls > 0 && b-a > limits.RateFalls {
			alarms = append(alarms, Alarm{MatchRateFell, side.String(), side.String(), b, a})
		}
	}
	if limits.Vanished {
		alarms = append(alarms, vanished(before, after)...)
	}
	return alarms
}

// Rate is the share of matched persons, in percent.
func Rate(t *store.Totals) float64 { return percent(t.Matched, t.Records) }

func percent(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

// vanished lists the kelurahan that had persons and have none.
func vanished(before, after *store.Run) []Alarm {
	var alarms []Alarm
	old, now := ReadNotes(before), ReadNotes(after)
	for _, side := range []match.Side{match.Central, match.Regional} {
		for code, persons := range old.Areas[side] {
			if persons > 0 && now.Areas[side][code] == 0 {
				alarms = append(alarms, Alarm{KelurahanVanished, code, side.String(), float64(persons), 0})
			}
		}
	}
	slices.SortFunc(alarms, func(a, b Alarm) int { return cmp.Or(cmp.Compare(a.Side, b.Side), cmp.Compare(a.Subject, b.Subject)) })
	return alarms
}
