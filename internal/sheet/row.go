package sheet

// Row is one line of a sheet. It may be kept and handed to another goroutine;
// its strings share memory with other rows of the batch, so a cell that is kept
// for long is better cloned.
type Row struct {
	// Number is the 1-based row as a spreadsheet program numbers it; for a
	// delimited file the line of the file on which the row begins.
	Number int
	// Cells are valid UTF-8. Those of a spreadsheet end with the last one that
	// is not empty; a blank line of a delimited file has none.
	Cells []string
	// Numeric tells which cells were numbers; nil if none was.
	Numeric []bool
	// Broken is one of the Broken codes if the row could not be read as it was
	// meant; "" otherwise.
	Broken string
	// Uncached counts the cells whose formula the file holds without its result;
	// they are empty in Cells.
	Uncached int
	// Hidden tells that a spreadsheet program does not show the row.
	Hidden bool
}

// Bounds on what one batch holds, whatever its number of rows.
const (
	maxBatchCells = 1 << 16
	maxBatchBytes = 4 << 20
)

// batch collects rows. Their cells share one backing array, and so do their
// Numeric flags.
type batch struct {
	rows    []Row
	cells   []string
	numeric []bool
	start   int // index in cells of the row being filled
	bytes   int // of text, as far as the reader counts them
	size    int
	width   int // cells of the widest row so far
}

func newBatch(size int) *batch {
	b := &batch{size: size, width: 16}
	b.reset()
	return b
}

func (b *batch) reset() {
	b.rows = make([]Row, 0, min(b.size, 4096))
	b.cells = make([]string, 0, min(b.size*b.width, maxBatchCells))
	b.numeric, b.start, b.bytes = nil, 0, 0
}

// full reports whether the batch has its rows, or no room for another one as wide
// as the widest.
func (b *batch) full() bool {
	return len(b.rows) >= b.size || len(b.rows) > 0 && len(b.cells)+b.width > maxBatchCells || b.bytes >= maxBatchBytes
}

// open returns the cells of the row being filled.
func (b *batch) open() []string { return b.cells[b.start:] }

// clear takes the cells of the row being filled away.
func (b *batch) clear() { b.cells = b.cells[:b.start] }

// end completes the row being filled. bytes is the length of its text.
func (b *batch) end(row Row, bytes int) {
	row.Cells = b.cells[b.start:len(b.cells):len(b.cells)]
	b.width = max(b.width, len(row.Cells))
	b.rows = append(b.rows, row)
	b.start = len(b.cells)
	b.bytes += bytes
}

// flags returns room for the Numeric flags of a row.
func (b *batch) flags(n int) []bool {
	if cap(b.numeric)-len(b.numeric) < n {
		b.numeric = make([]bool, 0, max(n, min(b.size*b.width, maxBatchCells)))
	}
	from := len(b.numeric)
	b.numeric = b.numeric[:from+n]
	return b.numeric[from : from+n : from+n]
}

// take hands the collected rows over and starts a new batch.
func (b *batch) take() []Row {
	rows := b.rows
	b.reset()
	return rows
}
