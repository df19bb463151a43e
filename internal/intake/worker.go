package intake

import (
	"padan/internal/hashid"
	"padan/internal/store"
	"padan/internal/table"
	"padan/normalize"
)

// issueCompleted is the issue of a row that was completed with what stands above it.
const issueCompleted = "completed"

// worker turns lines into entries. One goroutine owns it.
type worker struct {
	part       *part
	normalizer *normalize.Normalizer
	issues     map[normalize.Issue]int64
	hasher     *hashid.Hasher // nil where numbers stay as they are
	cells      []string
}

func newWorker(key *hashid.Key) worker {
	if key == nil {
		return worker{}
	}
	return worker{hasher: hashid.New(*key)}
}

// fill makes the entries of a job.
func (w *worker) fill(j *job) {
	if w.part != j.part {
		w.part = j.part
		w.normalizer = normalize.New(j.part.table.Fields, j.part.table.Options)
		w.issues = map[normalize.Issue]int64{}
	}
	clear(w.issues)
	for i := range j.lines {
		switch line := &j.lines[i]; {
		case line.Skipped != "":
			j.exclude(line, store.EntrySkipped, line.Skipped)
		case line.Rejected != "":
			w.reject(j, line, line.Rejected)
		default:
			w.add(j, line)
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
func (w *worker) reject(j *job, line *table.Line, reason string) {
	w.issues[normalize.Issue{Code: reason}]++
	j.exclude(line, store.EntryRejected, reason)
}

// add makes the entry of a person.
func (w *worker) add(j *job, line *table.Line) {
	person, issues := w.normalizer.Person(line.Cells, line.Numeric)
	if person.Name.Words == "" && person.NIK.Trust == normalize.TrustNone {
		w.reject(j, line, table.RejectedNobody)
		return
	}
	for _, issue := range issues {
		w.issues[issue]++
	}
	if line.Filled {
		w.issues[normalize.Issue{Code: issueCompleted}]++
	}
	entry := store.Entry{Kind: store.EntryRecord, Row: line.Number, Cells: j.encode(w.kept(line, &person))}
	from := len(j.buffer)
	j.buffer = person.AppendBinary(j.buffer)
	entry.Person = j.buffer[from:len(j.buffer):len(j.buffer)]
	from = len(j.buffer)
	keys := person.Keys()
	j.buffer = keys.AppendBinary(j.buffer)
	entry.Keys = j.buffer[from:len(j.buffer):len(j.buffer)]
	j.entries = append(j.entries, entry)
}

// exclude keeps a row that is no record; not its cells where numbers are hashed,
// since any of them may hold one.
func (j *job) exclude(line *table.Line, kind store.EntryKind, reason string) {
	cells := line.Cells
	if j.part.hashed {
		cells = nil
	}
	j.entries = append(j.entries, store.Entry{Kind: kind, Row: line.Number, Cells: j.encode(cells), Reason: reason})
}

// encode appends the cells to the job's buffer. Where the buffer grows, earlier
// entries keep the memory they have.
func (j *job) encode(cells []string) []byte {
	from := len(j.buffer)
	j.buffer = store.EncodeCells(j.buffer, cells)
	return j.buffer[from:len(j.buffer):len(j.buffer)]
}
