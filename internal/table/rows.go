package table

import (
	"slices"
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

func firstText(cells []string) string {
	for _, c := range cells {
		if text := strings.TrimSpace(c); text != "" {
			return text
		}
	}
	return ""
}

func countDigits(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}

// isHeader reports whether the cells repeat the titles of a row of the header.
func (t *Table) isHeader(cells []string) bool {
	return slices.ContainsFunc(t.header, func(titles []string) bool {
		same := 0
		for i := range max(len(titles), len(cells)) {
			cell, title := cellAt(cells, i), ""
			if i < len(titles) {
				title = titles[i]
			}
			if cell == "" && title == "" {
				continue
			}
			if cell == "" || title == "" || foldTitle(cell) != title {
				return false
			}
			same++
		}
		return same > 1 || same == 1 && len(t.header) > 1
	})
}

// totalWords begin a row that sums up the rows above it.
var totalWords = [...]string{"JUMLAH", "TOTAL", "SUBTOTAL", "SUB", "GRAND", "JML", "REKAP", "REKAPITULASI"}

// isTotal reports a row that begins with a word for a sum and has no NIK.
func (t *Table) isTotal(cells []string, first string) bool {
	word, _, _ := strings.Cut(first, " ")
	word = strings.Trim(word, ".:")
	if !slices.ContainsFunc(totalWords[:], func(w string) bool { return strings.EqualFold(w, word) }) {
		return false
	}
	return countDigits(cellAt(cells, t.Fields.Cell(normalize.FieldNIK))) < 10
}

// reject returns the reason for which a row cannot be read as a person, "" if
// it can. In a delimited file a row that lacks fields or has more of them is a
// torn or a joined line; a spreadsheet leaves out empty cells at the end, and
// notes beside the table are no part of it.
func (t *Table) reject(row *sheet.Row) string {
	switch {
	case row.Broken != "":
		return row.Broken
	case t.Sheet.Delimited() && len(row.Cells) < t.width:
		return RejectedTooFew
	case t.Sheet.Delimited() && len(row.Cells) > t.width && firstText(row.Cells[t.width:]) != "":
		return RejectedTooMany
	}
	return ""
}

// continuesAbove reports a row that holds only the rest of texts of the row above
// it: few cells, none of which begins a person's row. It is told by the running
// number, so in a list without one no row is joined to another.
func (l *Lines) continuesAbove(cells []string) bool {
	if !l.table.numbered || l.number < 0 || cellAt(cells, l.number) != "" {
		return false
	}
	filled := 0
	for i := range cells {
		text := cellAt(cells, i)
		if text == "" {
			continue
		}
		filled++
		if i >= len(l.table.Columns) || filled > 3 || !longFields[l.table.Columns[i].Field] || countDigits(text) >= 6 {
			return false
		}
	}
	return filled > 0
}

// longFields hold texts that are long enough to be broken over two rows.
var longFields = map[normalize.Field]bool{
	normalize.FieldNone: true, normalize.FieldName: true, normalize.FieldAddress: true, normalize.FieldMother: true, normalize.FieldFather: true,
	normalize.FieldBirthPlace: true, normalize.FieldStatus: true, normalize.FieldHead: true,
}
