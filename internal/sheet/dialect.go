package sheet

import (
	"bytes"
	"strings"
)

// dialect is how the cells of a delimited file are set apart.
type dialect struct {
	delimiter byte
	width     int  // cells of most records; 0 = unknown
	spaced    bool // blanks stand between a delimiter and the quote behind it
	oldMac    bool // lines end with a carriage return alone
	declared  bool // the first line is "sep=;", which is no row
}

// sampleRecords is how many records of the start decide on the delimiter.
const sampleRecords = 200

// delimiters are the bytes that may stand between cells.
var delimiters = [...]byte{',', ';', '\t', '|'}

// detectDialect takes the delimiter that sets apart the most cells in records of
// one and the same width. A first line "sep=;" decides by itself. The sample is
// UTF-8, or 8-bit text, without its byte order mark; whole tells that it is the
// whole file.
func detectDialect(sample string, whole bool, limits *Limits) dialect {
	d := dialect{delimiter: ',', oldMac: strings.Count(sample, "\r") > 2*strings.Count(sample, "\n")}
	if !whole {
		sample = sample[:strings.LastIndexAny(sample, "\r\n")+1]
	}
	if declared, ok := declaredDelimiter(sample); ok {
		d.delimiter, d.declared = declared, true
		d.spaced = isSpaced(sample, declared)
		d.width, _ = commonWidth(sample, d, limits)
		return d
	}
	best := 0
	for _, delimiter := range delimiters {
		candidate := dialect{delimiter: delimiter, oldMac: d.oldMac, spaced: isSpaced(sample, delimiter)}
		width, records := commonWidth(sample, candidate, limits)
		if score := records * records * (width - 1); score > best {
			best = score
			candidate.width = width
			d = candidate
		}
	}
	return d
}

// declaredDelimiter reads a first line "sep=;", as Excel writes and reads it.
func declaredDelimiter(sample string) (byte, bool) {
	line, _, _ := strings.Cut(sample, "\n")
	line = strings.TrimRight(strings.Trim(line, "\r"), `"`)
	line = strings.TrimLeft(line, `"`)
	if len(line) != 5 || !strings.EqualFold(line[:4], "sep=") || bytes.IndexByte(delimiters[:], line[4]) < 0 {
		return 0, false
	}
	return line[4], true
}

// isSpaced reports whether quotes mostly stand behind a delimiter and a blank.
func isSpaced(sample string, delimiter byte) bool {
	d := string(delimiter)
	return strings.Count(sample, d+` "`) > strings.Count(sample, d+`"`)
}

// commonWidth returns the most frequent number of cells above one, and how many
// records have it. Of equals the widest counts.
func commonWidth(sample string, d dialect, limits *Limits) (width, records int) {
	counts := map[int]int{}
	r := newTextReader(strings.NewReader(sample), encodingUTF8, d, limits)
	b := newBatch(sampleRecords)
	for range sampleRecords {
		if r.next(b) != nil {
			break
		}
	}
	for i := range b.rows {
		counts[len(b.rows[i].Cells)]++
	}
	for w, n := range counts {
		if w > 1 && (n > records || n == records && w > width) {
			width, records = w, n
		}
	}
	return width, records
}
