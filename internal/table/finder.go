package table

import (
	"strings"

	"padan/internal/sheet"
	"padan/normalize"
)

// finder finds the header of a sheet and the field of each column.
type finder struct {
	path       string
	titles     map[normalize.Field]string // folded titles that the user or a mapping gives
	letters    map[normalize.Field]string // names of columns in place of titles: "#C"
	given      Reason                     // who gave them
	only       bool                       // no other column is read
	withoutNIK bool
	remembered func(key string) *Mapping
}

func newFinder(path string, o *Options) *finder {
	f := &finder{
		path: path, withoutNIK: o.WithoutNIK, given: ByUser, remembered: o.Remembered,
		titles: map[normalize.Field]string{}, letters: map[normalize.Field]string{},
	}
	if o.Mapping != nil {
		f.given, f.only, f.remembered = ByMapping, true, nil
		f.take(o.Mapping.Columns)
	}
	f.take(o.Columns)
	return f
}

func (f *finder) take(columns map[normalize.Field]string) {
	for field, title := range columns {
		delete(f.titles, field)
		delete(f.letters, field)
		if title = foldTitle(title); strings.HasPrefix(title, "#") {
			f.letters[field] = title
		} else {
			f.titles[field] = title
		}
	}
}

// with returns a finder that goes by a mapping, below what the user gave.
func (f *finder) with(m *Mapping) *finder {
	other := &finder{
		path: f.path, withoutNIK: f.withoutNIK, given: ByMapping, only: true,
		titles: map[normalize.Field]string{}, letters: map[normalize.Field]string{},
	}
	other.take(m.Columns)
	other.take(f.titles)
	other.take(f.letters)
	return other
}

// foldTitle makes titles comparable whatever their case, spaces and line breaks.
func foldTitle(title string) string {
	return strings.Join(strings.Fields(strings.ToUpper(title)), " ")
}

// wanted returns what was said about a field's column.
func (f *finder) wanted(field normalize.Field) (string, bool) {
	if letters, ok := f.letters[field]; ok {
		return letters, true
	}
	title, ok := f.titles[field]
	return title, ok
}

// recognise names the field of a title: the one that was given, else the one it
// usually has, unless that field was given to another title.
func (f *finder) recognise(title string) (string, bool) {
	folded := foldTitle(title)
	for field, wanted := range f.titles {
		if wanted == folded {
			return field.String(), true
		}
	}
	if strings.Contains(title, ":") { // a label with its value, not a title
		return "", false
	}
	field, ok := normalize.RecogniseHeader(title)
	if !ok && normalize.CombinedHeader(title) != nil {
		return combinedCode, true
	}
	if _, given := f.titles[field]; !ok || given {
		return "", false
	}
	return field.String(), true
}

// combinedCode stands for a title that names several fields.
const combinedCode = "combined"

// find sets header, columns and fields of the table from the first rows of its
// sheet.
func (f *finder) find(t *Table, rows []sheet.Row) error {
	if t.findHashed(rows) {
		return nil
	}
	header, err := sheet.FindHeader(rows, f.recognise)
	if err != nil {
		return f.findHeaderless(t, rows)
	}
	if f.remembered != nil {
		if m := f.remembered(HeaderKey(header.Cells)); m != nil {
			t.warn(WarnMapping, sheetLabel(t.Sheet))
			t.mapping = m
			return f.with(m).find(t, rows)
		}
	}
	t.setHeader(&header, rows)
	c := chooser{finder: f, table: t, header: &header, rows: firstOf(rows[header.Last+1:])}
	return c.choose()
}

// profileRows is the number of rows whose values tell what a column holds.
const profileRows = 2000

func firstOf(rows []sheet.Row) []sheet.Row { return rows[:min(len(rows), profileRows)] }

// setHeader keeps the header with its rows, to know them when they come again.
func (t *Table) setHeader(h *sheet.Header, rows []sheet.Row) {
	t.HeaderRow, t.firstRow = h.Row, rows[h.First].Number
	t.Header = append([]string(nil), h.Cells...)
	t.own = len(t.Header)
	for i := range rows[h.First : h.Last+1] {
		t.header = append(t.header, foldTitles(rows[h.First+i].Cells))
	}
	for i, title := range h.Cells {
		if foldTitle(title) != "" {
			t.width = i + 1
		}
	}
	t.titles = map[string]bool{}
	for i := range rows[:h.First] {
		if text := foldTitle(strings.Join(rows[i].Cells, " ")); text != "" {
			t.titles[text] = true
		}
	}
}

func foldTitles(cells []string) []string {
	folded := make([]string, len(cells))
	for i, cell := range cells {
		folded[i] = foldTitle(cell)
	}
	return folded
}

// sheetLabel names a sheet in a warning; a delimited file has no name.
func sheetLabel(s *sheet.Sheet) string {
	if s.Name() == "" {
		return "-"
	}
	return s.Name()
}
