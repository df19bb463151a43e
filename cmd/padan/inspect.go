package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"padan/internal/intake"
	"padan/internal/store"
	"padan/internal/table"

	"github.com/spf13/cobra"
)

type inspectOptions struct {
	writeMapping string
	brief        bool // only what becomes of the rows
}

func newInspectCommand(g *globals) *cobra.Command {
	var read readOptions
	var o inspectOptions
	cmd := &cobra.Command{
		Use: "inspect [flags] FILE...", Short: "Show how lists of persons would be read", Args: cobra.MinimumNArgs(1),
		Long: `Show how padan reads a list: its sheets and headers, what each column was taken for
and why, how many of its values are filled, understood and different, three masked
samples of them, which rows would be skipped or rejected, and what is damaged.
Nothing is loaded. Where a column was taken for the wrong thing, write the mapping to
a file, correct it, and load with --mapping; it is remembered for files with the same
header.

EXIT STATUS
  0  all files can be loaded
  1  no file can be loaded
  3  some rows or files would be rejected
  64 usage; 130 interrupted`,
		RunE: func(cmd *cobra.Command, files []string) error {
			options, err := read.intake(g)
			if err != nil {
				return err
			}
			if o.writeMapping != "" && len(files) > 1 {
				return &usageError{err: errors.New("--write-mapping is for one file"), hint: "padan inspect " + files[0] + " --write-mapping " + o.writeMapping}
			}
			g.started = true
			return runInspect(cmd.Context(), g, files, options, &o)
		},
	}
	read.addFlags(cmd.Flags())
	cmd.Flags().StringVar(&o.writeMapping, "write-mapping", "", "write what the columns were taken for to a file, to be edited and given to --mapping")
	return cmd
}

// runInspect inspects the files; one that is bad does not stop the others.
func runInspect(ctx context.Context, g *globals, files []string, o intake.Options, how *inspectOptions) error {
	if err := recallIfAny(ctx, g, &o); err != nil {
		return err
	}
	var sum loadSummary
	for _, path := range files {
		var found *intake.Inspection
		err := g.readFile(ctx, path, o, func(path string, o intake.Options) (err error) {
			found, err = intake.Inspect(ctx, path, o)
			return err
		})
		if err != nil && !isAboutFile(err) {
			return err
		}
		if err != nil {
			sum.Failed++
			g.printFailure("file_error", 0, g.describe(err))
			continue
		}
		sum.Loaded++
		for _, n := range found.Rejected {
			sum.Rejected += n
		}
		if err := g.reportInspection(found, how); err != nil {
			return err
		}
	}
	return sum.inspected(g)
}

// inspected decides on the exit code.
func (sum *loadSummary) inspected(g *globals) error {
	switch {
	case sum.Failed > 0 && sum.Loaded == 0:
		return said(errors.New("no file can be loaded"))
	case sum.Failed > 0 || sum.Rejected > 0:
		g.say(msgWouldReject, sum.Rejected, sum.Failed)
		return said(errRejected)
	}
	return nil
}

// recallIfAny makes the mappings of the database known, if there is a database.
func recallIfAny(ctx context.Context, g *globals, o *intake.Options) error {
	err := g.withStore(ctx, store.ModeRead, func(s *store.Store) error { return recall(ctx, s, o) })
	if errors.Is(err, store.ErrNoDatabase) || errors.Is(err, store.ErrSchema) {
		return nil
	}
	return err
}

// reportInspection prints what was found in one file.
func (g *globals) reportInspection(found *intake.Inspection, how *inspectOptions) error {
	rejected, skipped := int64(0), int64(0)
	for _, n := range found.Rejected {
		rejected += n
	}
	for _, n := range found.Skipped {
		skipped += n
	}
	g.result(msgInspected, g.paint(g.stdout, bold, found.Name), kindText(found), found.Rows, found.Persons, rejected, skipped)
	if rejected > 0 {
		g.result(msgRejectedBy, g.text.counts(found.Rejected))
	}
	if skipped > 0 {
		g.result(msgSkippedBy, g.text.counts(found.Skipped))
	}
	if len(found.Issues) > 0 {
		g.result(msgIssues, g.text.counts(found.Issues))
	}
	for i := range found.Sheets {
		g.showSheet(&found.Sheets[i], how.brief)
	}
	if how.writeMapping != "" {
		if err := g.writeMapping(found, how.writeMapping); err != nil {
			return err
		}
	}
	return g.emit("inspection", newInspectionLine(found))
}

// kindText says what a file is, and for text how it is encoded.
func kindText(found *intake.Inspection) string {
	kind := string(found.Kind)
	if len(found.Sheets) == 1 {
		if encoding := found.Sheets[0].Table.Sheet.Encoding(); encoding != "" {
			kind += ", " + encoding
		}
	}
	return kind
}

// showSheet prints one sheet with its columns.
func (g *globals) showSheet(s *intake.SheetInspection, brief bool) {
	t := s.Table
	if t.Readable() && !brief {
		g.resultText("\n")
		name := t.Sheet.Name()
		if name == "" {
			name = "-"
		}
		if t.HeaderRow > 0 {
			g.result(msgInspectedSheet, name, itoa(t.HeaderRow), s.Persons)
		} else {
			g.result(msgInspectedNoHeader, name, s.Persons)
		}
		if t.Area != "" {
			g.result(msgInspectedArea, areaText(t), g.text.word(t.Area))
		}
		g.resultText(g.text.columns(s))
	}
	for _, w := range s.Warnings {
		g.result(msgWarning, g.text.warning(w))
	}
}

// writeMapping writes the mapping of the first sheet with persons.
func (g *globals) writeMapping(found *intake.Inspection, path string) error {
	var first *table.Table
	for i := range found.Sheets {
		t := found.Sheets[i].Table
		switch {
		case !t.Readable():
		case first == nil:
			first = t
		case t.Key() != first.Key():
			g.say(msgMappingOfOne, first.Sheet.Name(), t.Sheet.Name())
		}
	}
	if first == nil {
		return nil
	}
	if err := writeWhole(path, []byte(first.Mapping().Text())); err != nil {
		return fmt.Errorf("--write-mapping: %w", err)
	}
	g.say(msgMappingWritten, path)
	return nil
}

// columns draws the columns of a sheet as a table.
func (t *texts) columns(s *intake.SheetInspection) string {
	rows := [][]string{strings.Split(t.format(msgColumnsHead), "\t")}
	for i := range s.Table.Columns {
		c, n := &s.Table.Columns[i], &s.Columns[i]
		if c.Title == "" && n.Filled == 0 {
			continue
		}
		field, valid := c.Field.String(), t.percentOf(n.Valid, n.Filled)
		if field == "" {
			field, valid = "-", ""
		}
		rows = append(rows, []string{
			"  " + s.Table.ColumnLabel(i), field, t.word(string(c.Reason)), t.percentOf(n.Filled, s.Persons), valid, t.number(n.Distinct), strings.Join(n.Samples, " ¦ "),
		})
	}
	return aligned(rows, 0)
}

// percentOf writes a share as a whole percentage; only all of them are 100.
func (t *texts) percentOf(n, of int64) string {
	if of == 0 {
		return ""
	}
	return t.printer.Sprintf("%d %%", n*100/of)
}
