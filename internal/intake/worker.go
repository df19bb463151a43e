package intake

import (
	"padan/internal/sheet"
	"padan/internal/store"
	"padan/normalize"
)

// worker turns rows into entries. One goroutine owns it.
type worker struct {
	table      *table
	normalizer *normalize.Normalizer
	issues     map[normalize.Issue]int64
}

// fill makes the entries of a job.
func (w *worker) fill(j *job) {
	if w.table != j.table {
		w.table = j.table
		w.normalizer = normalize.New(j.table.sheet.Columns, j.table.options)
		w.issues = map[normalize.Issue]int64{}
	}
	clear(w.issues)
	for i := range j.rows {
		row := &j.rows[i]
		switch {
		case j.foreign:
			j.exclude(row, store.EntrySkipped, SkippedSheet)
		case i < j.above:
			j.exclude(row, store.EntrySkipped, aboveReason(row, i < j.titles))
		default:
			w.add(j, row)
		}
	}
	j.issues = make(map[string]int64, len(w.issues))
	for issue, n := range w.issues {
		subject := issue.Field.String()
		if issue.Field == normalize.FieldNone {
			subject = "row"
		}
		j.issues[subject+":"+issue.Code] = n
	}
}

// reject keeps a row with its reason, which is counted as an issue of the row.
func (w *worker) reject(j *job, row *sheet.Row, reason string) {
	w.issues[normalize.Issue{Code: reason}]++
	j.exclude(row, store.EntryRejected, reason)
}

func aboveReason(row *sheet.Row, title bool) string {
	switch {
	case !title:
		return SkippedHeader
	case sheet.IsBlank(row.Cells):
		return SkippedBlank
	default:
		return SkippedTitle
	}
}

// add makes the entry of one row below the header.
func (w *worker) add(j *job, row *sheet.Row) {
	if reason := w.table.skip(row); reason != "" {
		j.exclude(row, store.EntrySkipped, reason)
		return
	}
	if reason := w.table.reject(row); reason != "" {
		w.reject(j, row, reason)
		return
	}
	person, issues := w.normalizer.Person(row.Cells, row.Numeric)
	if person.Name.Words == "" && person.NIK.Trust == normalize.TrustNone {
		w.reject(j, row, RejectedNobody)
		return
	}
	for _, issue := range issues {
		w.issues[issue]++
	}
	entry := store.Entry{Kind: store.EntryRecord, Row: row.Number, Cells: j.encode(row.Cells)}
	from := len(j.buffer)
	j.buffer = person.AppendBinary(j.buffer)
	entry.Person = j.buffer[from:len(j.buffer):len(j.buffer)]
	j.entries = append(j.entries, entry)
}

func (j *job) exclude(row *sheet.Row, kind store.EntryKind, reason string) {
	j.entries = append(j.entries, store.Entry{Kind: kind, Row: row.Number, Cells: j.encode(row.Cells), Reason: reason})
}

// encode appends the cells to the job's buffer. Where the buffer grows, earlier
// entries keep the memory they have.
func (j *job) encode(cells []string) []byte {
	from := len(j.buffer)
	j.buffer = store.EncodeCells(j.buffer, cells)
	return j.buffer[from:len(j.buffer):len(j.buffer)]
}
