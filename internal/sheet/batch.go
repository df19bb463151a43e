package sheet

// batcher collects rows whose cells share one backing array per batch.
type batcher struct {
	rows  []Row
	cells []string
	width int // cells of the widest row so far
	size  int
}

func newBatcher(size int) *batcher {
	b := &batcher{size: size, width: 16}
	b.reset()
	return b
}

func (b *batcher) reset() {
	b.rows = make([]Row, 0, b.size)
	b.cells = make([]string, 0, b.size*b.width)
}

func (b *batcher) full() bool { return len(b.rows) == b.size }

// add appends a row, copying the slice of its cells.
func (b *batcher) add(row Row) {
	b.width = max(b.width, len(row.Cells))
	if cap(b.cells)-len(b.cells) < len(row.Cells) {
		b.cells = make([]string, 0, max(len(row.Cells), b.size*b.width/4))
	}
	from := len(b.cells)
	b.cells = append(b.cells, row.Cells...)
	row.Cells = b.cells[from:len(b.cells):len(b.cells)]
	b.rows = append(b.rows, row)
}

// take hands the collected rows over and starts a new batch.
func (b *batcher) take() []Row {
	rows := b.rows
	b.reset()
	return rows
}
