package main

import (
	"time"

	"padan/match"
	"padan/report"
)

// diffLine holds the figures of a comparison as scripts read them.
type diffLine struct {
	Before   diffRunLine   `json:"before"`
	After    diffRunLine   `json:"after"`
	Area     uint64        `json:"area_code,omitempty"` // only its persons are counted; ten digits
	Model    bool          `json:"model_differs"`
	Changed  int64         `json:"changed"`
	AddsUp   bool          `json:"adds_up"`
	Central  *diffSideLine `json:"central,omitempty"`
	Regional *diffSideLine `json:"regional,omitempty"`
	Moves    []moveLine    `json:"moves"`
}

type diffRunLine struct {
	Run     int64     `json:"run"`
	Started time.Time `json:"started_at"`
	Version string    `json:"version"`
}

// diffSideLine is what a comparison finds on one side.
type diffSideLine struct {
	diffCounts

	Causes        map[string]int64 `json:"causes"`
	ReasonsBefore map[string]int64 `json:"reasons_before"`
	ReasonsAfter  map[string]int64 `json:"reasons_after"`
	FilesAdded    []string         `json:"files_added,omitempty"`
	FilesRemoved  []string         `json:"files_removed,omitempty"`
}

// diffCounts counts the persons of an area on one side: before - gone - left +
// arrived + new = after, and changes has all persons of the run after and those
// who are gone.
type diffCounts struct {
	Before  map[string]int64 `json:"persons_before"` // by outcome
	After   map[string]int64 `json:"persons_after"`
	Left    int64            `json:"left,omitempty"`    // in both runs, now of another area
	Arrived int64            `json:"arrived,omitempty"` // in both runs, of another area before
	Changes map[string]int64 `json:"changes"`           // by kind
}

// moveLine is how many persons changed in one way, for one cause.
type moveLine struct {
	Change   string        `json:"change"`
	Cause    string        `json:"cause"`
	Before   *standingLine `json:"before,omitempty"`
	After    *standingLine `json:"after,omitempty"`
	Central  int64         `json:"central"`
	Regional int64         `json:"regional"`
}

// diffAreaLine is what a comparison counts in an area in which anybody changed.
type diffAreaLine struct {
	Level     string      `json:"level"`
	Area      uint64      `json:"area_code"` // ten digits, 0 = outside DKI Jakarta or unknown
	Kota      string      `json:"kota,omitempty"`
	Kecamatan string      `json:"kecamatan,omitempty"`
	Kelurahan string      `json:"kelurahan,omitempty"`
	Central   *diffCounts `json:"central,omitempty"`
	Regional  *diffCounts `json:"regional,omitempty"`
}

// areaLevels are the codes of the levels of areas.
var areaLevels = [...]string{report.RecapKelurahan: "kelurahan", report.RecapKecamatan: "kecamatan", report.RecapKota: "kota"}

// emitFigures tells scripts all figures: those of all persons, then those of each
// area.
func (w *diffWriter) emitFigures() error {
	if err := w.g.emit("diff", w.newDiffLine()); err != nil {
		return err
	}
	for _, row := range w.diff.Rows() {
		if row.Level == report.RecapTotal || !row.Some(w.options.sides) {
			continue
		}
		line := diffAreaLine{
			Level: areaLevels[row.Level], Area: row.Area.Code, Kota: row.Area.Kota, Kecamatan: row.Area.Kecamatan, Kelurahan: row.Area.Kelurahan,
		}
		line.Central, line.Regional = bySide(w.options.sides, func(side match.Side) diffCounts { return newDiffCounts(&row, side) })
		if err := w.g.emit("diff_area", line); err != nil {
			return err
		}
	}
	return nil
}

// bySide makes something of each of the wanted sides; nil for one that is not.
func bySide[T any](sides []match.Side, of func(match.Side) T) (central, regional *T) {
	for _, side := range sides {
		one := of(side)
		if side == match.Central {
			central = &one
		} else {
			regional = &one
		}
	}
	return central, regional
}

func newDiffCounts(row *report.AreaDiffRow, side match.Side) diffCounts {
	counts := diffCounts{
		Left: row.Left[row.Level][side], Arrived: row.Arrived[row.Level][side],
		Before: outcomeCounts(row.Persons[side][match.Before]), After: outcomeCounts(row.Persons[side][match.After]),
		Changes: map[string]int64{match.Unchanged.String(): row.Kinds[side][match.Unchanged]},
	}
	for _, kind := range match.ChangeKinds() {
		counts.Changes[kind.String()] = row.Kinds[side][kind]
	}
	return counts
}

func outcomeCounts(counts report.Counts) map[string]int64 {
	byCode := map[string]int64{}
	for _, outcome := range match.Outcomes {
		byCode[outcome.String()] = counts[outcome]
	}
	return byCode
}

func (w *diffWriter) newDiffLine() diffLine {
	info := &w.diff.Info
	line := diffLine{
		Before: newDiffRunLine(&info.Runs[match.Before]), After: newDiffRunLine(&info.Runs[match.After]),
		Area: info.Area.From, Model: info.Model, Changed: w.diff.Changed(), AddsUp: w.addsUp(), Moves: []moveLine{},
	}
	line.Central, line.Regional = bySide(w.options.sides, w.newDiffSideLine)
	for _, move := range w.diff.Moves(report.Whole) {
		c := &move.Change
		line.Moves = append(line.Moves, moveLine{
			Change: c.Kind.String(), Cause: c.Cause.String(), Before: newStandingLine(&c.Standing[match.Before]), After: newStandingLine(&c.Standing[match.After]),
			Central: move.Count[match.Central], Regional: move.Count[match.Regional],
		})
	}
	return line
}

func (w *diffWriter) newDiffSideLine(side match.Side) diffSideLine {
	total := w.diff.Total()
	line := diffSideLine{
		diffCounts: newDiffCounts(&total, side), Causes: map[string]int64{}, ReasonsBefore: map[string]int64{}, ReasonsAfter: map[string]int64{},
		FilesAdded: w.diff.Info.Added[side], FilesRemoved: w.diff.Info.Removed[side],
	}
	for _, reason := range match.Reasons() {
		line.ReasonsBefore[reason.String()] = w.diff.Reason(side, match.Before, reason)
		line.ReasonsAfter[reason.String()] = w.diff.Reason(side, match.After, reason)
	}
	for _, move := range w.diff.Moves(report.ByCause) {
		line.Causes[move.Change.Cause.String()] = move.Count[side]
	}
	return line
}

func newDiffRunLine(run *report.RunInfo) diffRunLine {
	return diffRunLine{Run: run.Number, Started: run.Started, Version: run.Version}
}
