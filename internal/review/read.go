package review

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"padan/internal/sheet"
	"padan/internal/store"
)

// Answer is a row of a reviewed sheet in which something was decided.
type Answer struct {
	File     string // base name
	Sheet    string // "" for a delimited file
	Row      int    // 1-based
	Key      Key
	Verdict  store.Verdict
	Reviewer string // "" = not said in the row
	Note     string
	Kind     string // code of the conflict, "" if the column is gone
}

// Answers is what stands in a reviewed file.
type Answers struct {
	Rows    int // rows with a key
	Open    int // of these, without a decision
	Decided []Answer
}

// Errors of reading a reviewed sheet.
var (
	ErrNoReview = errors.New("no sheet of padan review export: the columns KEPUTUSAN and KODE are not there")
	ErrVerdict  = errors.New("the decision is not SAMA, BEDA or RAGU")
	ErrKey      = errors.New("the code in the column KODE is missing or was changed")
)

// RowError says which row of a reviewed file cannot be understood.
type RowError struct {
	File   string
	Sheet  string
	Row    int
	Column string
	Err    error
}

// Error names file, sheet, row and column.
func (e *RowError) Error() string {
	place := e.File
	if e.Sheet != "" {
		place += fmt.Sprintf(": sheet %q", e.Sheet)
	}
	return fmt.Sprintf("%s: row %d: column %s: %v", place, e.Row, e.Column, e.Err)
}

// Unwrap returns the cause.
func (e *RowError) Unwrap() error { return e.Err }

// The columns, by their titles in any language.
var titles = map[string]string{
	"KEPUTUSAN": "verdict", "DECISION": "verdict",
	"KODE": "key", "CODE": "key",
	"CATATAN": "note", "NOTE": "note",
	"PEMERIKSA": "reviewer", "REVIEWER": "reviewer",
	"KODE JENIS": "kind", "KIND CODE": "kind",
}

// searched is the number of rows among which the titles must stand.
const searched = 100

// Read reads a reviewed file of any kind that padan can read. Rows may be sorted,
// deleted or added, columns moved or added. It returns all rows that cannot be
// understood, as *RowError joined; what can is returned beside them.
func Read(ctx context.Context, path string) (answers *Answers, err error) {
	book, err := sheet.Open(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // says file and hint
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	answers = &Answers{}
	found := false
	var wrong []error
	for _, s := range book.Sheets() {
		r := reader{file: filepath.Base(path), sheet: s.Name(), answers: answers}
		for row, err := range s.Rows(ctx) {
			if err != nil {
				return nil, err //nolint:wrapcheck // says file, sheet and row
			}
			if r.columns == nil && row.Number > searched {
				break
			}
			if err := r.read(&row); err != nil {
				wrong = append(wrong, err)
			}
		}
		found = found || r.columns != nil
	}
	if err := book.Failure(); err != nil {
		return nil, err //nolint:wrapcheck // says file and hint
	}
	if !found {
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), ErrNoReview)
	}
	return answers, errors.Join(wrong...)
}

// reader reads the rows of one sheet.
type reader struct {
	file, sheet string
	columns     map[string]int // cell of each column; nil before the titles
	answers     *Answers
}

func (r *reader) read(row *sheet.Row) error {
	if r.columns == nil {
		r.columns = columnsOf(row.Cells)
		return nil
	}
	verdict, known := ParseVerdict(r.cell(row, "verdict"))
	key, sound := ParseKey(r.cell(row, "key"))
	switch {
	case !sound && verdict == "" && known:
		return nil // a blank row, a remark below the table
	case !sound:
		return r.fail(row, "KODE", ErrKey)
	}
	r.answers.Rows++
	switch {
	case !known:
		return r.fail(row, "KEPUTUSAN", ErrVerdict)
	case verdict == "":
		r.answers.Open++
		return nil
	}
	r.answers.Decided = append(r.answers.Decided, Answer{
		File: r.file, Sheet: r.sheet, Row: row.Number, Key: key, Verdict: verdict,
		Reviewer: oneLine(r.cell(row, "reviewer")), Note: oneLine(r.cell(row, "note")), Kind: strings.Clone(r.cell(row, "kind")),
	})
	return nil
}

func (r *reader) fail(row *sheet.Row, column string, err error) error {
	return &RowError{File: r.file, Sheet: r.sheet, Row: row.Number, Column: column, Err: err}
}

// cell returns the text under a title; "" if the row ends before it.
func (r *reader) cell(row *sheet.Row, title string) string {
	i, ok := r.columns[title]
	if !ok || i >= len(row.Cells) {
		return ""
	}
	return row.Cells[i]
}

// columnsOf returns the columns if these are the titles, else nil.
func columnsOf(cells []string) map[string]int {
	columns := map[string]int{}
	for i, text := range cells {
		if column, ok := titles[strings.ToUpper(oneLine(text))]; ok {
			if _, twice := columns[column]; !twice {
				columns[column] = i
			}
		}
	}
	_, verdict := columns["verdict"]
	_, key := columns["key"]
	if !verdict || !key {
		return nil
	}
	return columns
}

// oneLine is a text without line breaks and needless spaces; a leading apostrophe
// is how a spreadsheet program marks a text.
func oneLine(text string) string {
	return strings.TrimPrefix(strings.Join(strings.Fields(text), " "), "'")
}
