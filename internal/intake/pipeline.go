package intake

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"padan/internal/crash"
	"padan/internal/hashid"
	"padan/internal/store"
	"padan/internal/table"
)

// batchRows is the number of rows that are handed over together.
const batchRows = 1024

// pipeline carries the rows of a book from the reader to the workers and, in
// the order of the file, to the one who inserts them:
//
//	read ──work──▶ worker 1..N ──done──▶ batches
//	  └────────────order────────────────────┘
type pipeline struct {
	parts      []*part
	workers    int
	pack       bool // the entries are to be stored
	key        *hashid.Key
	onProgress func(rows int64)
}

func newPipeline(plan *table.Plan, o *Options) *pipeline {
	p := &pipeline{workers: o.Workers, onProgress: o.OnProgress, key: o.HashKey}
	for _, t := range plan.Tables {
		part := newPart(t)
		if p.key != nil {
			part.hash(p.key.Name())
		}
		p.parts = append(p.parts, part)
	}
	if p.workers <= 0 {
		p.workers = runtime.GOMAXPROCS(0)
	}
	return p
}

// job is one batch on its way. done is closed when entries and issues are filled.
type job struct {
	part     *part
	lines    []table.Line
	warnings []string
	err      error // ends the sequence

	done    chan struct{}
	entries []store.Entry
	packs   *store.Packs // of the entries, if they are to be stored
	issues  map[string]int64
	buffer  []byte // holds the bytes of entries
}

// pack compresses the entries while other workers fill theirs.
func (j *job) pack() {
	if j.packs == nil {
		j.packs = &store.Packs{}
	}
	j.packs.Fill(j.entries)
}

// part is a table with the sheet that the store knows it by.
type part struct {
	table  *table.Table
	sheet  *store.Sheet
	hashed bool // its numbers are hashed on their way in
}

func newPart(t *table.Table) *part {
	p := &part{table: t, sheet: &store.Sheet{Name: t.Sheet.Name()}}
	if t.Readable() {
		p.sheet.HeaderRow, p.sheet.Header, p.sheet.Columns = t.HeaderRow, t.Header, t.Fields
	}
	return p
}

// batches yields the rows of all sheets. All goroutines have ended when the
// iteration ends, however it ends.
func (p *pipeline) batches(ctx context.Context) iter.Seq2[store.Batch, error] {
	return func(yield func(store.Batch, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var running sync.WaitGroup
		defer running.Wait()
		defer cancel()
		depth := 2*p.workers + 2
		work, order := make(chan *job, depth), make(chan *job, depth)
		spare := make(chan *job, depth+p.workers+1)
		for range p.workers {
			running.Go(crash.Guarded(func() {
				w := newWorker(p.key)
				for j := range work {
					w.fill(j)
					if p.pack {
						j.pack()
					}
					close(j.done)
				}
			}))
		}
		running.Go(crash.Guarded(func() {
			defer close(work)
			defer close(order)
			r := reader{parts: p.parts, work: work, order: order, spare: spare}
			r.readBook(ctx)
		}))
		p.deliver(ctx, order, spare, yield)
	}
}

// deliver yields the jobs in their order and gives their memory back. A cancelled
// context ends the sequence with its cause, so that a part is never taken for
// the whole.
func (p *pipeline) deliver(ctx context.Context, order <-chan *job, spare chan<- *job, yield func(store.Batch, error) bool) {
	rows := int64(0)
	for j := range order {
		if j.err != nil {
			yield(store.Batch{}, j.err)
			return
		}
		<-j.done
		if !yield(store.Batch{Sheet: j.part.sheet, Entries: j.entries, Packs: j.packs, Issues: j.issues, Warnings: j.warnings}, nil) {
			return
		}
		rows += int64(len(j.lines))
		if p.onProgress != nil {
			p.onProgress(rows)
		}
		select {
		case spare <- j:
		default:
		}
	}
	if ctx.Err() != nil {
		yield(store.Batch{}, context.Cause(ctx))
	}
}
