package table

import (
	"context"
	"errors"

	"padan/internal/sheet"
	"padan/normalize"
)

// surveyRows is the number of rows of a sheet on which decisions about its
// columns and codings rest.
const surveyRows = 1 << 12

// Plan says how the sheets of a book are read.
type Plan struct {
	Tables []*Table // one per sheet, in the order of the book
}

// Table says how one sheet is read.
type Table struct {
	Sheet     *sheet.Sheet
	Excluded  string            // why no person is read from the sheet: a reason of skipped or rejected rows; "" if they are
	Err       error             // what is wrong with an excluded sheet; nil if nothing
	HeaderRow int               // number of the last row of the header, 0 if there is none
	Header    []string          // titles; behind those of the sheet, the ones of values that stand above their rows
	Columns   []Column          // one per title
	Fields    normalize.Columns // the fields that are read
	Options   normalize.Options
	Area      string // one of the AreaOf codes: where the area of rows without one comes from; "" if there is none
	Warnings  []Warning
	HashKey   string // name of the key by which NIK and KK are hashed; "" if they are clear

	firstRow   int        // number of the first row of the header
	header     [][]string // folded titles of each of its rows
	titles     map[string]bool
	own        int  // columns of the sheet
	width      int  // of these, up to the last one with a title
	numbered   bool // a running number stands in the row of every person
	skipHidden bool
	mapping    *Mapping                // that was given or remembered; nil if none
	carried    map[normalize.Field]int // columns behind those of the sheet
	start      carriedValues           // what the names of sheet and file say
	splits     splits
	spares     []spare
	merged     mergedColumns
	family     familyShape
	dates      dateEvidence
}

// Column says what one column holds and why padan thinks so.
type Column struct {
	Title  string
	Field  normalize.Field // FieldNone if it takes no part in matching
	Reason Reason
}

// spare is a second column of a field, used where the first is blank.
type spare struct{ from, to int }

// Reason is why a column was given its field.
type Reason string

// The reasons.
const (
	ByTitle   Reason = "title"      // the title is a known one
	ByNear    Reason = "near_title" // the title is one or two letters from a known one
	ByValues  Reason = "values"
	ByUser    Reason = "given"   // the user said so
	ByMapping Reason = "mapping" // a mapping says so
	BySplit   Reason = "split"   // part of a column that holds several fields
	ByCarried Reason = "carried" // stands above the rows: on a line of the family or the group, or in a name
)

// Readable reports whether persons are read from the sheet.
func (t *Table) Readable() bool { return t.Excluded == "" }

// ReadsHidden reports whether rows are read that a spreadsheet program does not show.
func (t *Table) ReadsHidden() bool { return !t.skipHidden }

// FillsHouseholds tells by what the end of a household is known where household
// values are given to all its members; "" where they are not.
func (t *Table) FillsHouseholds() FamilyEnd {
	if !t.family.fill {
		return ""
	}
	return t.family.by
}

// ColumnLetters names a column as a spreadsheet program does; "+" stands for one
// that the sheet does not have.
func (t *Table) ColumnLetters(i int) string {
	if i >= t.own {
		return "+"
	}
	return sheet.ColumnName(i)
}

// ColumnLabel names a column by its letters and its title: C "NO KTP".
func (t *Table) ColumnLabel(i int) string {
	if title := foldTitle(t.Header[i]); title != "" {
		return t.ColumnLetters(i) + ` "` + title + `"`
	}
	return t.ColumnLetters(i)
}

func (t *Table) warn(code, about string) {
	t.Warnings = append(t.Warnings, Warning{code, about})
}

// Survey looks at every sheet of a book. It fails, with the *HeaderError or the
// *sheet.Error of the first sheet, if no sheet holds persons. path names the file
// in errors, and may tell the area.
func Survey(ctx context.Context, book *sheet.Book, path string, o Options) (*Plan, error) {
	if o.Mapping != nil {
		o.Remembered = nil
	}
	s := surveyor{path: path, options: o, finder: newFinder(path, &o)}
	plan := &Plan{}
	for _, sh := range book.Sheets() {
		t, err := s.survey(ctx, sh, o.HiddenSheets || !sh.Hidden())
		if err != nil {
			return nil, err
		}
		plan.Tables = append(plan.Tables, t)
	}
	if !plan.readable() {
		if err := s.surveyHidden(ctx, plan); err != nil {
			return nil, err
		}
	}
	if !plan.readable() {
		return nil, plan.refusal(path)
	}
	if err := plan.checkHashed(path, o.Hashed); err != nil {
		return nil, err
	}
	s.evidence.decide(&s, plan)
	plan.settle()
	return plan, nil
}

func (p *Plan) readable() bool {
	for _, t := range p.Tables {
		if t.Readable() {
			return true
		}
	}
	return false
}

// refusal is the error of a book without persons: of its sheets, the one that
// comes nearest to a list of persons.
func (p *Plan) refusal(path string) error {
	var first error
	for _, t := range p.Tables {
		var header *HeaderError
		if errors.As(t.Err, &header) && !header.noPersons() {
			return t.Err
		}
		if first == nil {
			first = t.Err
		}
	}
	if first == nil {
		first = &sheet.Error{Path: path, Err: sheet.ErrEmpty}
	}
	return first
}

// settle says of the sheets that are passed over, now that others are read.
func (p *Plan) settle() {
	for _, t := range p.Tables {
		switch name := t.Sheet.Name(); t.Excluded {
		case SkippedSheet:
			t.warn(WarnSheetSkipped, name)
		case SkippedHiddenSheet:
			t.warn(WarnHiddenSheet, name)
		case RejectedSheet:
			t.warn(WarnSheetRefused, name)
		case RejectedDamaged:
			t.warn(WarnSheetDamaged, name)
		default:
			if t.Sheet.Hidden() {
				t.warn(WarnSheetHidden, name)
			}
		}
	}
}
