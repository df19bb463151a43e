package sheet

import (
	"strconv"
	"strings"
)

// Recogniser names the field that a header cell stands for.
type Recogniser func(text string) (field string, ok bool)

// Header is the header of a table.
type Header struct {
	First   int              // index, in the rows searched, of its first row
	Last    int              // index of its last row
	Row     int              // number of its last row in the sheet
	Cells   []string         // the header of each column, joined over its rows
	Columns map[string][]int // by field: the columns that name it, from left to right
}

// HeaderRows is the number of rows at the start of a sheet in which a header is
// looked for.
const HeaderRows = 40

// FindHeader finds the row, or the two rows one above the other, that name the
// most fields; at least two different ones, or one that is the only text of its
// row. The first of equals wins. It returns ErrNoHeader if there is none.
func FindHeader(rows []Row, recognise Recogniser) (Header, error) {
	var best Header
	for i := range rows[:min(len(rows), HeaderRows)] {
		if h := headerOf(rows, i, i, rows[i].Cells, recognise); len(h.Columns) > len(best.Columns) {
			best = h
		}
		if i+1 < len(rows) {
			joined := joinHeaders(rows[i].Cells, rows[i+1].Cells, recognise)
			if h := headerOf(rows, i, i+1, joined, recognise); len(h.Columns) > len(best.Columns) {
				best = h
			}
		}
	}
	if len(best.Columns) < 2 {
		return Header{}, ErrNoHeader
	}
	return best, nil
}

func headerOf(rows []Row, first, last int, cells []string, recognise Recogniser) Header {
	h := Header{First: first, Last: last, Row: rows[last].Number, Cells: cells, Columns: map[string][]int{}}
	for i, text := range cells {
		if field, ok := recognise(text); ok {
			h.Columns[field] = append(h.Columns[field], i)
		}
	}
	return h
}

// joinHeaders puts the upper of two header rows before the lower one: a group
// ("IDENTITAS") reaches over the columns below it, a name of its own ("NIK"
// over a blank) stands alone.
func joinHeaders(upper, lower []string, recognise Recogniser) []string {
	joined := make([]string, max(len(upper), len(lower)))
	group := ""
	for i := range joined {
		top, below := cellAt(upper, i), cellAt(lower, i)
		if top != "" {
			group = top
		}
		switch {
		case below == "":
			joined[i] = top
		case known(recognise, below):
			joined[i] = below
		case group != "":
			joined[i] = group + " " + below
		default:
			joined[i] = below
		}
	}
	return joined
}

func known(recognise Recogniser, text string) bool {
	_, ok := recognise(text)
	return ok
}

func cellAt(cells []string, i int) string {
	if i >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[i])
}

// IsBlank reports whether a row holds no text.
func IsBlank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// IsNumbering reports whether a row numbers its columns: (1) (2) (3), 1 2 3, or
// -1 -2 -3, which is what a spreadsheet makes of the first.
func IsNumbering(cells []string) bool {
	count, last := 0, 0
	for _, c := range cells {
		c = strings.TrimSpace(c)
		if c == "" {
			continue
		}
		n, err := strconv.Atoi(strings.Trim(c, "()-"))
		if err != nil || n != last+1 {
			return false
		}
		last = n
		count++
	}
	return count >= 3
}
