package sheet

import "strings"

// nextQuoted adds a record whose first line, up to end, holds quotes; next is
// where the line behind it begins. A stray quote costs no more than its line:
//
//  1. Read by the rules, a cell in quotes may hold delimiters and line breaks.
//  2. If the quotes break the rules, or join lines that are rows of their own,
//     the line stands alone and a quote inside a quoted cell is taken as text.
//  3. If that does not give the width of the table, quotes are no more than
//     text. What then has another width than the table is BrokenQuote.
func (r *textReader) nextQuoted(b *batch, end, next int) error {
	q := quoteReader{textReader: r, at: r.position, end: end, next: next}
	outcome := q.record(b)
	for outcome == quoteOpen && !r.eof && len(r.text)-r.position <= r.limits.QuotedBytes {
		b.clear()
		if err := r.fill(); err != nil {
			return err
		}
		end, next = r.lineEnd(r.position)
		q = quoteReader{textReader: r, at: r.position, end: end, next: next}
		outcome = q.record(b)
	}
	if outcome == quoteSound {
		r.finish(b, q.broken, q.next, q.lines)
		return nil
	}
	b.clear()
	line, broken := r.text[r.position:end], ""
	if !r.splitLenient(b, line) {
		b.clear()
		broken = r.splitStray(b, line)
	}
	r.finish(b, broken, next, 1)
	return nil
}

// quoteOutcome is how reading a record with quotes ended.
type quoteOutcome uint8

const (
	quoteSound quoteOutcome = iota
	quoteStray              // against the rules
	quoteOpen               // a quote is open at the end of the block
)

// quoteReader reads one record by the rules of quoting.
type quoteReader struct {
	*textReader
	at     int // where it is
	end    int // end of the line at at
	next   int // start of the line behind it
	lines  int
	broken string
}

// record adds the cells of the record.
func (q *quoteReader) record(b *batch) quoteOutcome {
	q.lines = 1
	for {
		if len(b.open()) >= q.limits.Columns {
			q.broken = BrokenWide
			return quoteSound
		}
		if !q.atQuote() {
			if i := strings.IndexByte(q.text[q.at:q.end], q.dialect.delimiter); i >= 0 {
				b.cells = append(b.cells, q.text[q.at:q.at+i])
				q.at += i + 1
				continue
			}
			b.cells = append(b.cells, q.text[q.at:q.end])
			return q.plausible(len(b.open()))
		}
		cell, outcome := q.cell()
		if outcome != quoteSound {
			return outcome
		}
		b.cells = append(b.cells, cell)
		for q.at < q.end && q.text[q.at] == ' ' && q.dialect.delimiter != ' ' {
			q.at++
		}
		switch {
		case q.at == q.end:
			return q.plausible(len(b.open()))
		case q.text[q.at] != q.dialect.delimiter:
			return quoteStray
		}
		q.at++
	}
}

// atQuote reports whether a quoted cell begins here, and moves to its quote.
func (q *quoteReader) atQuote() bool {
	at := q.at
	if q.dialect.spaced {
		for at < q.end && q.text[at] == ' ' {
			at++
		}
	}
	if at < q.end && q.text[at] == '"' {
		q.at = at
		return true
	}
	return false
}

// cell reads the quoted cell that begins here and moves behind its last quote.
func (q *quoteReader) cell() (string, quoteOutcome) {
	from := q.at + 1
	at := from
	doubled := false
	bound := min(q.complete, from+max(q.limits.QuotedBytes, q.end-from))
	for {
		i := strings.IndexByte(q.text[at:bound], '"')
		if i < 0 {
			if bound < q.complete {
				return "", quoteStray
			}
			return "", quoteOpen
		}
		at += i + 1
		if at >= q.complete || q.text[at] != '"' {
			break
		}
		doubled = true
		at++
	}
	for at-1 > q.end { // the quote closes on a later line
		if q.lines++; q.lines > q.limits.QuotedLines {
			return "", quoteStray
		}
		q.end, q.next = q.lineEnd(q.next)
	}
	q.at = at
	cell := q.text[from : at-1]
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	return cell, quoteSound
}

// plausible refuses a record over several lines if its lines are rows of their
// own: a quote astray on one line and another one below look like one quoted cell.
func (q *quoteReader) plausible(width int) quoteOutcome {
	if q.lines == 1 || q.dialect.width < 3 {
		return quoteSound
	}
	rows, ends := 0, 0
	for i, from := 0, q.position; i < q.lines; i++ {
		end, next := q.lineEnd(from)
		if strings.Count(q.text[from:end], string(q.dialect.delimiter)) == q.dialect.width-1 {
			rows++
			if i == 0 || i == q.lines-1 {
				ends++
			}
		}
		from = next
	}
	if rows == 0 || (width == q.dialect.width && rows == ends && ends < 2) {
		return quoteSound
	}
	return quoteStray
}

// splitLenient adds the cells of a line on which a quote ends its cell only
// before a delimiter or the end; it reports whether that gives the table's width.
func (r *textReader) splitLenient(b *batch, line string) bool {
	if r.dialect.width == 0 {
		return false
	}
	for {
		if len(line) > 0 && line[0] == '"' {
			end := closingQuote(line, r.dialect.delimiter)
			if end < 0 {
				return false
			}
			b.cells = append(b.cells, strings.ReplaceAll(line[1:end], `""`, `"`))
			line = line[end+1:]
		} else {
			end := strings.IndexByte(line, r.dialect.delimiter)
			if end < 0 {
				end = len(line)
			}
			b.cells = append(b.cells, line[:end])
			line = line[end:]
		}
		if line == "" || len(b.open()) > r.dialect.width {
			return len(b.open()) == r.dialect.width
		}
		line = line[1:]
	}
}

// closingQuote returns the first quote of a quoted cell, which line begins with,
// that stands before a delimiter or at the end; -1 if there is none.
func closingQuote(line string, delimiter byte) int {
	for i := 1; i < len(line); i++ {
		if line[i] == '"' && (i+1 == len(line) || line[i+1] == delimiter) {
			return i
		}
	}
	return -1
}

// splitStray adds the cells of a line whose quotes cannot be trusted: delimiters
// count everywhere, and quotes around a whole cell are dropped.
func (r *textReader) splitStray(b *batch, line string) (broken string) {
	broken = r.split(b, line)
	cells := b.open()
	for i, cell := range cells {
		if len(cell) > 1 && cell[0] == '"' && cell[len(cell)-1] == '"' {
			cells[i] = cell[1 : len(cell)-1]
		}
	}
	if broken == "" && len(cells) != r.dialect.width {
		broken = BrokenQuote
	}
	return broken
}
