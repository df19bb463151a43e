package sheet

import "bytes"

// dialect is how the cells of a delimited file are set apart.
type dialect struct {
	delimiter byte
	width     int // cells of most records; 0 = unknown
	preamble  int // bytes of a byte order mark and a "sep=" line to pass over
	lines     int // lines of the preamble
}

// sampleRecords is how many records of the start decide on the delimiter.
const sampleRecords = 200

// detectDialect takes the delimiter under which most records of the sample have
// one and the same number of cells, more than one; among equals the one that
// gives more cells. A first line "sep=;" decides by itself.
func detectDialect(sample []byte) dialect {
	preamble, lines := 0, 0
	if bytes.HasPrefix(sample, []byte("\xEF\xBB\xBF")) {
		preamble = 3
	}
	if rest := sample[preamble:]; len(rest) > 5 && bytes.EqualFold(rest[:4], []byte("sep=")) && (rest[5] == '\r' || rest[5] == '\n') {
		d := dialect{delimiter: rest[4], preamble: preamble + 6, lines: 1}
		if rest[5] == '\r' && len(rest) > 6 && rest[6] == '\n' {
			d.preamble++
		}
		d.width, _ = commonWidth(sample[d.preamble:], d.delimiter)
		return d
	}
	best := dialect{delimiter: ',', preamble: preamble, lines: lines}
	bestScore := 0
	for _, delimiter := range []byte{',', ';', '\t', '|'} {
		width, records := commonWidth(sample[preamble:], delimiter)
		if width < 2 {
			continue
		}
		if score := records*1000 + min(width, 999); score > bestScore {
			bestScore = score
			best.delimiter, best.width = delimiter, width
		}
	}
	return best
}

// commonWidth returns the most frequent number of cells above one, and how many
// records have it.
func commonWidth(sample []byte, delimiter byte) (width, records int) {
	counts := map[int]int{}
	r := newTextReader(bytes.NewReader(sample), dialect{delimiter: delimiter})
	for range sampleRecords {
		row, err := r.next()
		if err != nil {
			break
		}
		counts[len(row.Cells)]++
	}
	for w, n := range counts {
		if w > 1 && (n > records || n == records && w > width) {
			width, records = w, n
		}
	}
	return width, records
}
