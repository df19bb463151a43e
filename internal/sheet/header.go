package sheet

import (
	"slices"
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

// Duplicates returns the fields that more than one column names, in order.
func (h *Header) Duplicates() []string {
	var fields []string
	for field, columns := range h.Columns {
		if len(columns) > 1 {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	return fields
}

// HeaderRows is the number of rows at the start of a sheet in which a header is
// looked for.
const HeaderRows = 40

// headerHeight is the number of rows that a header may have.
const headerHeight = 3

// FindHeader finds the row, or the two or three rows one below the other, that
// name the most different fields, two at least. Of equals the one of the fewest
// rows wins, then the first. It returns ErrNoHeader if there is none.
func FindHeader(rows []Row, recognise Recogniser) (Header, error) {
	rows = rows[:min(len(rows), HeaderRows)]
	var best Header
	for height := range headerHeight {
		for first := range len(rows) - height {
			cells := rows[first].Cells
			for _, below := range rows[first+1 : first+height+1] {
				cells = joinHeaders(cells, below.Cells, recognise)
			}
			if h := headerOf(rows, first, first+height, cells, recognise); len(h.Columns) > len(best.Columns) {
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
		_, known := recognise(below)
		switch {
		case below == "":
			joined[i] = top
		case known || group == "":
			joined[i] = below
		default:
			joined[i] = group + " " + below
		}
	}
	return joined
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
// -1 -2 -3, which is what a spreadsheet makes of the first. A word such as
// KOLOM may stand before them, and a column or two may go without a number.
func IsNumbering(cells []string) bool {
	count, first, last := 0, 0, 0
	for i, c := range cells {
		c = strings.TrimSpace(c)
		if c == "" {
			continue
		}
		n, ok := columnNumber(c)
		switch {
		case !ok && count == 0 && i == 0 && isWord(c):
			continue
		case !ok, count > 0 && n <= last, count == 0 && n > 3:
			return false
		}
		if count == 0 {
			first = n
		}
		last = n
		count++
	}
	return count >= 3 && last-first <= count+1
}

// columnNumber reads "(3)", "3", "-3", "[3]", "3." or "3.0".
func columnNumber(text string) (int, bool) {
	text = strings.TrimSuffix(strings.Trim(text, "()[]-. "), ".0")
	if len(text) > 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(text, 10, 16)
	return int(n), err == nil
}

func isWord(text string) bool {
	for i := range len(text) {
		if c := text[i] | 0x20; (c < 'a' || c > 'z') && text[i] != '.' && text[i] != ' ' {
			return false
		}
	}
	return len(text) <= 10
}
