package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// htmlPage is a web page whose tables are sheets.
type htmlPage struct {
	limits   *Limits
	stream   *stream
	encoding textEncoding
}

// htmlTable is one table of it.
type htmlTable struct {
	page  *htmlPage
	start int64 // place behind its first tag
}

// openHTML lists the tables of a web page.
func (b *Book) openHTML(head []byte) error {
	encoding := htmlEncoding(head)
	s := b.textStream(encoding)
	b.kind = KindHTML
	b.extra = append(b.extra, s)
	r, release, err := s.from(0)
	if err != nil {
		return b.fail(err, hintCopy)
	}
	defer release()
	l := htmlListing{scan: newHTMLScanner(r)}
	if err := l.read(); err != nil {
		return b.fail(withoutPath(err), hintCopy)
	}
	starts := l.sheets()
	switch {
	case len(starts) == 0:
		return b.refuse(ForeignPage, "this is a web page or an XML document without a table; "+hintSave)
	case len(starts) > maxSheets:
		return b.fail(fmt.Errorf("%w: %d tables", ErrTooLarge, len(starts)), hintLarge)
	}
	s.many = len(starts) > 1
	page := &htmlPage{limits: &b.limits, stream: s, encoding: encoding}
	for i, start := range starts {
		name := ""
		if s.many {
			name = "table " + strconv.Itoa(i+1)
		}
		b.sheets = append(b.sheets, &Sheet{book: b, name: name, table: &htmlTable{page: page, start: start}})
	}
	return nil
}

// textStream returns the file as 8-bit text or UTF-8.
func (b *Book) textStream(e textEncoding) *stream {
	if e == encodingUTF8 || e == encoding1252 {
		return &stream{direct: b.content()}
	}
	return &stream{open: func() (io.Reader, func(), error) { return e.reader(b.content()), func() {}, nil }}
}

// htmlEncoding finds the encoding out as for other text. A page that says it is
// windows-1252 or ISO 8859-1 is believed if its start is no UTF-8.
func htmlEncoding(head []byte) textEncoding {
	e := detectEncoding(head)
	if good, _ := countUTF8(head); e == encodingUTF8 && good == 0 && !bytes.HasPrefix(head, []byte(byteOrderMark)) {
		declared := bytes.ToLower(head[:min(len(head), 4096)])
		if at := bytes.Index(declared, []byte("charset=")); at >= 0 {
			name := bytes.TrimLeft(declared[at+len("charset="):], `"' `)
			if bytes.HasPrefix(name, []byte("windows-1252")) || bytes.HasPrefix(name, []byte("iso-8859-1")) {
				return encoding1252
			}
		}
	}
	return e
}

// htmlNest follows which tables are open and whether one of their cells is. A
// table that begins outside the cells of another one ends it.
type htmlNest struct {
	cells  []bool // of each open table: inside a cell
	deeper int    // tables open inside the innermost one that is followed
}

// maxNested bounds the tables inside one another that are told apart; others are
// text of their cell.
const maxNested = 32

// begin opens a table. It reports whether another one ends, and whether the new
// one is followed.
func (n *htmlNest) begin() (ends, followed bool) {
	switch {
	case n.deeper > 0, len(n.cells) == maxNested && n.inCell():
		n.deeper++
		return false, false
	case len(n.cells) > 0 && !n.inCell():
		n.cells = n.cells[:len(n.cells)-1]
		ends = true
	}
	n.cells = append(n.cells, false)
	return ends, true
}

// end closes a table and reports whether it is one that is followed.
func (n *htmlNest) end() bool {
	if n.deeper > 0 {
		n.deeper--
		return false
	}
	if len(n.cells) == 0 {
		return false
	}
	n.cells = n.cells[:len(n.cells)-1]
	return true
}

func (n *htmlNest) inCell() bool { return len(n.cells) > 0 && n.cells[len(n.cells)-1] }

// mark takes in that a cell of the innermost table begins or ends.
func (n *htmlNest) mark(inside bool) {
	if len(n.cells) > 0 && n.deeper == 0 {
		n.cells[len(n.cells)-1] = inside
	}
}

// htmlListing is the quick pass that finds the tables.
type htmlListing struct {
	scan    *htmlScanner
	nest    htmlNest
	tables  []htmlCount
	open    []int // the tables of nest, as indexes
	counted bool  // the cell has been
}

// htmlCount is what the quick pass learns of a table.
type htmlCount struct {
	start   int64
	parent  int // index; -1 = none
	cells   int // with text of their own
	biggest int // cells of the biggest table inside
}

func (l *htmlListing) read() error {
	for {
		err := l.scan.next()
		if err == io.EOF { //nolint:errorlint // next returns it bare
			for range l.open {
				l.close()
			}
			return nil
		}
		if err != nil {
			return err
		}
		l.visit()
	}
}

// visit takes in a tag or a text.
func (l *htmlListing) visit() {
	h := l.scan
	switch string(h.name) {
	case "":
		if !l.counted && l.nest.inCell() && !isBlankHTML(h.text) {
			l.tables[l.open[len(l.open)-1]].cells++
			l.counted = true
		}
	case "table":
		l.counted = false
		if h.closing {
			if l.nest.end() {
				l.close()
			}
			return
		}
		ends, followed := l.nest.begin()
		if ends {
			l.close()
		}
		if followed {
			parent := -1
			if len(l.open) > 0 {
				parent = l.open[len(l.open)-1]
			}
			l.open = append(l.open, len(l.tables))
			l.tables = append(l.tables, htmlCount{start: h.place(), parent: parent})
		}
	case "td", "th":
		l.nest.mark(!h.closing)
		l.counted = false
	case "tr", "thead", "tbody", "tfoot":
		l.nest.mark(false)
	}
}

// close ends the innermost table.
func (l *htmlListing) close() {
	t := &l.tables[l.open[len(l.open)-1]]
	l.open = l.open[:len(l.open)-1]
	if t.parent >= 0 {
		parent := &l.tables[t.parent]
		parent.biggest = max(parent.biggest, t.biggest, t.cells)
	}
}

// sheets returns where the tables begin that are sheets: those with text in their
// cells. One that holds a bigger one only sets it out on the page, and one inside
// a sheet is text of its cell.
func (l *htmlListing) sheets() []int64 {
	var starts []int64
	taken := make([]bool, len(l.tables))
	for i, t := range l.tables {
		switch {
		case t.parent >= 0 && taken[t.parent]:
			taken[i] = true
		case t.cells > 0 && t.cells >= t.biggest:
			taken[i] = true
			starts = append(starts, t.start)
		}
	}
	return starts
}

// isBlankHTML reports text of nothing but spaces.
func isBlankHTML(text []byte) bool {
	for len(text) > 0 {
		switch {
		case text[0] <= ' ':
			text = text[1:]
		case bytes.HasPrefix(text, []byte("&nbsp;")):
			text = text[len("&nbsp;"):]
		case bytes.HasPrefix(text, []byte("\u00A0")):
			text = text[len("\u00A0"):]
		default:
			return false
		}
	}
	return true
}
