package intake

import (
	"context"
	"errors"
	"strconv"

	"padan/internal/sheet"
	"padan/internal/table"
)

// reader reads the sheets of a book one after the other, gives their rows their
// parts and cuts them into jobs.
type reader struct {
	parts       []*part
	work, order chan<- *job
	spare       <-chan *job
}

// readBook sends all rows of all sheets.
func (r *reader) readBook(ctx context.Context) {
	for _, p := range r.parts {
		if err := r.readSheet(ctx, p); err != nil {
			r.fail(ctx, err)
			return
		}
	}
}

// fail ends the sequence with an error.
func (r *reader) fail(ctx context.Context, err error) {
	select {
	case r.order <- &job{err: err}:
	case <-ctx.Done():
	}
}

// send hands a job to the workers and puts it in line; false after cancellation.
func (r *reader) send(ctx context.Context, j *job) bool {
	for _, to := range []chan<- *job{r.work, r.order} {
		select {
		case to <- j:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// readSheet reads one sheet to its end.
func (r *reader) readSheet(ctx context.Context, p *part) error {
	t := p.table
	var lines *table.Lines
	if t.Readable() {
		lines = t.Lines()
	}
	var warnings []string
	for _, w := range t.Warnings {
		warnings = append(warnings, w.String())
	}
	var seen rowCounts
	for rows, err := range t.Sheet.Batches(ctx, batchRows) {
		if err != nil {
			return r.broken(ctx, p, lines, seen.warn(t, warnings), seen.last, err)
		}
		seen.add(rows)
		if !r.send(ctx, r.newJob(p, partsOf(t, lines, rows), warnings)) {
			return context.Cause(ctx)
		}
		warnings = nil
	}
	return r.end(ctx, p, lines, seen.warn(t, warnings), nil)
}

// rowCounts counts what should be told of the rows of a sheet.
type rowCounts struct {
	last     int // number of the last row
	hidden   int
	uncached int // cells without the result of their formula
}

func (n *rowCounts) add(rows []sheet.Row) {
	for i := range rows {
		if rows[i].Hidden {
			n.hidden++
		}
		n.uncached += rows[i].Uncached
	}
	n.last = rows[len(rows)-1].Number
}

// warn adds what the user should be told of the rows that were read.
func (n *rowCounts) warn(t *table.Table, warnings []string) []string {
	if !t.Readable() {
		return warnings
	}
	if n.hidden > 0 && t.ReadsHidden() {
		warnings = append(warnings, table.Warning{Code: table.WarnHiddenRows, About: strconv.Itoa(n.hidden)}.String())
	}
	if n.uncached > 0 {
		warnings = append(warnings, table.Warning{Code: table.WarnFormulas, About: strconv.Itoa(n.uncached)}.String())
	}
	return warnings
}

// end sends what the lines held back, and what comes behind them.
func (r *reader) end(ctx context.Context, p *part, lines *table.Lines, warnings []string, more []table.Line) error {
	if lines != nil {
		more = append(lines.End(), more...)
	}
	if len(more) == 0 && len(warnings) == 0 {
		return nil
	}
	if !r.send(ctx, r.newJob(p, more, warnings)) {
		return context.Cause(ctx)
	}
	return nil
}

// partsOf gives the rows their parts; those of an excluded sheet have all the same.
func partsOf(t *table.Table, lines *table.Lines, rows []sheet.Row) []table.Line {
	if lines != nil {
		return lines.Read(rows)
	}
	parts := make([]table.Line, len(rows))
	for i := range rows {
		parts[i].Row = rows[i]
		if t.Excluded == table.RejectedSheet || t.Excluded == table.RejectedDamaged {
			parts[i].Rejected = t.Excluded
		} else {
			parts[i].Skipped = t.Excluded
		}
	}
	return parts
}

// broken deals with a sheet that cannot be read on. If the book has persons on
// other sheets, the row at which reading ended is rejected and the others are
// loaded; a book of one table is loaded whole or not at all.
func (r *reader) broken(ctx context.Context, p *part, lines *table.Lines, warnings []string, last int, err error) error {
	if ctx.Err() != nil || p.table.Sheet.Failure() != nil || !isDamage(err) || !r.hasOther(p.table) {
		return err
	}
	if p.table.Excluded == table.SkippedSheet {
		return r.end(ctx, p, lines, warnings, nil)
	}
	if p.table.Readable() {
		warnings = append(warnings, table.Warning{Code: table.WarnSheetDamaged, About: p.table.Sheet.Name()}.String())
	}
	return r.end(ctx, p, lines, warnings, []table.Line{{Row: sheet.Row{Number: last + 1}, Rejected: table.RejectedDamaged}})
}

// isDamage tells a fault of the sheet from one of the disk or the network.
func isDamage(err error) bool {
	for _, fault := range []error{sheet.ErrDamaged, sheet.ErrTooLarge, sheet.ErrUnsupported, sheet.ErrEncrypted, sheet.ErrBinary, sheet.ErrEmpty} {
		if errors.Is(err, fault) {
			return true
		}
	}
	return false
}

// hasOther reports whether persons stand on another sheet.
func (r *reader) hasOther(t *table.Table) bool {
	for _, p := range r.parts {
		if p.table != t && p.table.Readable() {
			return true
		}
	}
	return false
}

// newJob takes over the memory of a job that is done, if there is one.
func (r *reader) newJob(p *part, lines []table.Line, warnings []string) *job {
	j := &job{part: p, lines: lines, warnings: warnings, done: make(chan struct{})}
	select {
	case old := <-r.spare:
		j.entries, j.packs, j.buffer = old.entries[:0], old.packs, old.buffer[:0]
	default:
	}
	return j
}
