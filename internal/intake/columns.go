package intake

import (
	"strings"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/normalize"
)

// headerFinder finds the header of a sheet and the field of each column.
type headerFinder struct {
	path       string
	overrides  map[normalize.Field]string // folded titles
	letters    map[normalize.Field]string // folded names of columns: "#C"
	withoutNIK bool
}

func newHeaderFinder(path string, o *Options) *headerFinder {
	f := &headerFinder{
		path: path, withoutNIK: o.WithoutNIK,
		overrides: map[normalize.Field]string{}, letters: map[normalize.Field]string{},
	}
	for field, title := range o.Columns {
		if title = foldTitle(title); strings.HasPrefix(title, "#") {
			f.letters[field] = title
		} else {
			f.overrides[field] = title
		}
	}
	return f
}

// lettered adds the columns that the user named by their letters.
func (f *headerFinder) lettered(h *sheet.Header) {
	for field, letters := range f.letters {
		delete(h.Columns, field.String())
		for i := range h.Cells {
			if "#"+sheet.ColumnName(i) == letters {
				h.Columns[field.String()] = []int{i}
			}
		}
	}
}

// wanted returns what the user said about a field's column.
func (f *headerFinder) wanted(field normalize.Field) (string, bool) {
	if letters, ok := f.letters[field]; ok {
		return letters, true
	}
	title, ok := f.overrides[field]
	return title, ok
}

// foldTitle makes titles comparable whatever their case, spaces and line breaks.
func foldTitle(title string) string {
	return strings.Join(strings.Fields(strings.ToUpper(title)), " ")
}

// recognise names the field of a title: the one the user gave it, else the one
// it usually has, unless the user gave that field to another title.
func (f *headerFinder) recognise(title string) (string, bool) {
	folded := foldTitle(title)
	for field, wanted := range f.overrides {
		if wanted == folded {
			return field.String(), true
		}
	}
	field, ok := normalize.RecogniseHeader(title)
	if _, given := f.overrides[field]; !ok || given {
		return "", false
	}
	return field.String(), true
}

// table is a sheet whose columns are known.
type table struct {
	sheet   *store.Sheet
	options normalize.Options
	first   int      // index of the first row of the header in the sheet's first batch
	text    bool     // a delimited file, whose rows must have the header's width
	width   int      // columns up to the last one with a title
	titles  []string // of the last row of the header, to know it when it comes again
}

// find returns the table that begins in the first rows of a sheet, with the
// index of the last row of its header and what the user should be told.
func (f *headerFinder) find(s *sheet.Sheet, rows []sheet.Row) (t *table, last int, warnings []string, err error) {
	header, err := sheet.FindHeader(rows, f.recognise)
	if err != nil {
		return nil, 0, nil, &HeaderError{Path: f.path, Sheet: s.Name(), Err: ErrNoHeader}
	}
	columns, warnings, err := f.columns(s, &header)
	if err != nil {
		return nil, 0, nil, err
	}
	t = &table{
		first: header.First,
		sheet: &store.Sheet{Name: s.Name(), HeaderRow: header.Row, Header: header.Cells, Columns: columns},
	}
	for i, title := range rows[header.Last].Cells {
		t.titles = append(t.titles, strings.TrimSpace(title))
		if t.titles[i] != "" || i < len(header.Cells) && strings.TrimSpace(header.Cells[i]) != "" {
			t.width = i + 1
		}
	}
	return t, header.Last, warnings, nil
}

// columns gives every field one column.
func (f *headerFinder) columns(s *sheet.Sheet, h *sheet.Header) (normalize.Columns, []string, error) {
	fail := func(field normalize.Field, titles []string, err error) *HeaderError {
		return &HeaderError{Path: f.path, Sheet: s.Name(), Row: h.Row, Field: field, Titles: titles, Seen: titlesOf(h.Cells), Err: err}
	}
	f.lettered(h)
	cells := map[normalize.Field]int{}
	var warnings []string
	for field := normalize.FieldNIK; field < normalize.FieldCount; field++ {
		candidates := h.Columns[field.String()]
		if wanted, given := f.wanted(field); given && len(candidates) == 0 {
			return normalize.Columns{}, nil, fail(field, []string{wanted}, ErrNoSuchTitle)
		}
		if len(candidates) == 0 {
			continue
		}
		chosen, sure := preferred(h.Cells, candidates)
		if !sure && field == normalize.FieldNIK {
			return normalize.Columns{}, nil, fail(field, pick(h.Cells, candidates), ErrAmbiguous)
		}
		if !sure {
			warnings = append(warnings, warning(WarnTwoColumns, field.String()+": "+strings.Join(pick(h.Cells, candidates), ", ")))
		}
		cells[field] = chosen
	}
	_, hasNIK := cells[normalize.FieldNIK]
	_, hasName := cells[normalize.FieldName]
	switch {
	case !hasNIK && (!hasName || !f.withoutNIK):
		failure := fail(normalize.FieldNIK, nil, ErrNoNIK)
		failure.nameless = !hasName
		return normalize.Columns{}, nil, failure
	case !hasName:
		return normalize.Columns{}, nil, fail(normalize.FieldName, nil, ErrNoName)
	}
	return normalize.NewColumns(cells), warnings, nil
}

// preferred chooses among the columns of one field: the only one, or the only
// one whose title says that it is the corrected one. sure is false where it had
// to take the first.
func preferred(titles []string, candidates []int) (chosen int, sure bool) {
	if len(candidates) == 1 {
		return candidates[0], true
	}
	chosen = -1
	for _, i := range candidates {
		if !normalize.PrefersHeader(titles[i]) {
			continue
		}
		if chosen >= 0 {
			return candidates[0], false
		}
		chosen = i
	}
	if chosen < 0 {
		return candidates[0], false
	}
	return chosen, true
}

func pick(titles []string, columns []int) []string {
	picked := make([]string, len(columns))
	for i, c := range columns {
		picked[i] = sheet.ColumnName(c)
		if title := foldTitle(titles[c]); title != "" {
			picked[i] += ` "` + title + `"`
		}
	}
	return picked
}

// titlesOf returns the titles that are not blank.
func titlesOf(cells []string) []string {
	var titles []string
	for _, c := range cells {
		if title := foldTitle(c); title != "" {
			titles = append(titles, title)
		}
	}
	return titles
}
