package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/message"

	"padan/match"
	"padan/normalize"
)

// WriteText prints the diff for a terminal: the two runs, then the persons and
// their changes by kind, outcome, cause, reason and area. Of runs between which
// nothing changed it says so and nothing else.
func (d *Diff) WriteText(out io.Writer, o Options) error {
	t, numbers := d.tables(o), numbersOf(o.Language)
	if d.Changed() == 0 {
		same := fmt.Sprintf(t.phrase(phraseDiffSame), d.Info.Runs[match.Before].Number, d.Info.Runs[match.After].Number)
		return writeLines(out, append([]string{same}, t.restriction()...)...)
	}
	if err := writeLines(out, t.about()...); err != nil {
		return err
	}
	for _, table := range []*diffTable{t.account(), t.kinds(), t.outcomes(), t.causes(t.cause), t.reasons(), t.areas()} {
		if len(table.rows) == 0 {
			continue
		}
		if err := writeLines(out, ""); err != nil {
			return err
		}
		if err := table.text(numbers).write(out); err != nil {
			return err
		}
	}
	return nil
}

func writeLines(out io.Writer, lines ...string) error {
	for _, line := range lines {
		if _, err := fmt.Fprintln(out, line); err != nil {
			return fmt.Errorf("diff: %w", err)
		}
	}
	return nil
}

// text is the table for a terminal.
func (t *diffTable) text(numbers *message.Printer) *textTable {
	table := &textTable{texts: len(t.texts)}
	table.add(append(append([]string(nil), t.texts...), t.counts...)...)
	for _, row := range t.rows {
		cells := append([]string(nil), row.texts...)
		for _, n := range row.counts {
			cells = append(cells, numbers.Sprintf("%d", n))
		}
		table.add(cells...)
	}
	return table
}

// about says which runs are compared and what they differ in, a line each.
func (t *diffTables) about() []string {
	runs, numbers := &t.Info.Runs, numbersOf(t.options.Language)
	var lines []string
	for when, name := range [...]phrase{phraseBefore, phraseAfter} {
		run := &runs[when]
		line := fmt.Sprintf(t.phrase(phraseRunLine), run.Number, t.options.Language.moment(run.Started), run.Version)
		lines = append(lines, t.phrase(name)+": "+line)
	}
	lines = append(lines, t.restriction()...)
	for _, side := range t.Info.Sides {
		for _, files := range []struct {
			phrase phrase
			names  []string
		}{{phraseDiffAdded, t.Info.Added[side]}, {phraseDiffRemoved, t.Info.Removed[side]}} {
			if len(files.names) > 0 {
				lines = append(lines, fmt.Sprintf(t.phrase(files.phrase), t.side(side), t.files(files.names)))
			}
		}
	}
	if t.Info.Model {
		bits := func(weight float64) string { return numbers.Sprintf("%.2f", weight) }
		before, after := &runs[match.Before], &runs[match.After]
		lines = append(lines, fmt.Sprintf(t.phrase(phraseDiffModels), bits(before.Link), bits(after.Link), bits(before.Review), bits(after.Review)))
	}
	return lines
}

// files lists the names of files, in which a masked report hides numbers.
func (t *diffTables) files(names []string) string {
	list := strings.Join(names, ", ")
	if t.options.Mask {
		return maskNumbers(list)
	}
	return list
}

// restriction says whom the diff leaves out, if anybody.
func (t *diffTables) restriction() []string {
	var lines []string
	if code := t.Info.Area.From; code != 0 {
		lines = append(lines, fmt.Sprintf(t.phrase(phraseDiffArea), areaTitle(code), areaCode(code)))
	}
	if len(t.Info.Sides) == 1 {
		lines = append(lines, fmt.Sprintf(t.phrase(phraseDiffSide), t.side(t.Info.Sides[0])))
	}
	return lines
}

// areaTitle names an area as fully as it is known.
func areaTitle(code uint64) string {
	var parts []string
	if name, known := normalize.AreaOf(code); known {
		parts = []string{name.Kelurahan, name.Kecamatan, name.Kota}
	} else {
		for _, level := range [...]uint64{10_000, 1_000_000, 100_000_000} {
			parts = append(parts, normalize.AreaLabel(code/level))
		}
	}
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return strings.Join(parts, ", ")
}
