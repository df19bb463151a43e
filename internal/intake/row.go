package intake

import (
	"slices"
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// Reasons of skipped rows: nobody was meant by them.
const (
	SkippedTitle     = "title"           // above the header
	SkippedHeader    = "header"          // the header itself
	SkippedRepeated  = "repeated_header" // the header again, as on a new page
	SkippedNumbering = "numbering"       // (1) (2) (3)
	SkippedTotal     = "total"
	SkippedBlank     = "blank"
	SkippedSheet     = "other_sheet" // of a sheet that holds no persons
)

// Reasons of rejected rows: somebody may have been meant, but the row cannot be
// used. The codes of sheet.Row.Broken are reasons too.
const (
	RejectedTooMany = "too_many_fields"
	RejectedTooFew  = "too_few_fields"
	RejectedNobody  = "no_name_no_nik"
)

// skip returns the reason for which a row below the header is no person's, ""
// if it may be one.
func (t *table) skip(row *sheet.Row) string {
	first := firstText(row.Cells)
	switch {
	case first == "":
		return SkippedBlank
	case sheet.IsNumbering(row.Cells):
		return SkippedNumbering
	case t.isHeader(row.Cells):
		return SkippedRepeated
	case t.isTotal(row.Cells, first):
		return SkippedTotal
	}
	return ""
}

func firstText(cells []string) string {
	for _, c := range cells {
		if text := strings.TrimSpace(c); text != "" {
			return text
		}
	}
	return ""
}

// isHeader reports whether the cells repeat the titles of the header.
func (t *table) isHeader(cells []string) bool {
	same := 0
	for i, title := range t.titles {
		cell := ""
		if i < len(cells) {
			cell = strings.TrimSpace(cells[i])
		}
		if !strings.EqualFold(cell, title) {
			return false
		}
		if title != "" {
			same++
		}
	}
	return same > 1
}

// totalWords begin a row that sums up the rows above it.
var totalWords = [...]string{"JUMLAH", "TOTAL", "SUBTOTAL", "SUB", "GRAND", "JML"}

// isTotal reports a row that begins with a word for a sum and has no NIK.
func (t *table) isTotal(cells []string, first string) bool {
	word, _, _ := strings.Cut(first, " ")
	word = strings.Trim(word, ".:")
	if !slices.ContainsFunc(totalWords[:], func(w string) bool { return strings.EqualFold(w, word) }) {
		return false
	}
	i := t.sheet.Columns.Cell(normalize.FieldNIK)
	return i < 0 || i >= len(cells) || countDigits(cells[i]) < 10
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

// reject returns the reason for which a row cannot be read as a person, "" if
// it can. In a delimited file a row that lacks fields or has more of them is a
// torn or a joined line; a spreadsheet leaves out empty cells at the end, and
// notes beside the table are no part of it.
func (t *table) reject(row *sheet.Row) string {
	switch {
	case row.Broken != "":
		return row.Broken
	case t.text && len(row.Cells) < t.width:
		return RejectedTooFew
	case t.text && len(row.Cells) > t.width && firstText(row.Cells[t.width:]) != "":
		return RejectedTooMany
	}
	return ""
}
