package report

import (
	"fmt"
	"unicode/utf8"

	"padan/match"
	"padan/normalize"
	"padan/report/workbook"

	"github.com/xuri/excelize/v2"
)

// ReviewPair is two records for a person to decide about.
type ReviewPair struct {
	Case     int // number of the conflict in the report of conflicts
	Kind     match.ConflictKind
	Records  [2]match.Record
	Vector   match.Vector
	Weight   float64 // bits
	Proposed string  // value that a number should have, "" if none is known
	Earlier  string  // what was said before, "" if nothing
	Key      string  // names the two records when the sheet comes back
}

// The titles by which a reviewed sheet is understood, the same in every language.
const (
	reviewDecision = "KEPUTUSAN"
	reviewKey      = "KODE"
	reviewKind     = "KODE JENIS"
)

// reviewWords are what can be chosen, the same in every language.
var reviewWords = []string{"SAMA", "BEDA", "RAGU"}

// reviewFields are shown side by side.
var reviewFields = [...]normalize.Field{
	normalize.FieldNIK, normalize.FieldKK, normalize.FieldName, normalize.FieldBirthPlace, normalize.FieldBirthDate, normalize.FieldSex,
	normalize.FieldRelation, normalize.FieldMother, normalize.FieldAddress, normalize.FieldRT, normalize.FieldRW, normalize.FieldKelurahan, normalize.FieldStatus,
}

// reviewOpen is the number of columns that a reviewer fills in, after the first.
const reviewOpen = 3

// reviewStyles are the style numbers of a review workbook.
type reviewStyles struct{ title, guide, head, open, text, code, weight, differs, differsCode, silent int }

// reviewBook writes a workbook for reviewers.
type reviewBook struct {
	book    *workbook.Book
	sheet   *excelize.StreamWriter
	name    string
	columns []Column
	words   *catalogue
	options Options
	writer  *evidenceWriter
	styles  reviewStyles
	row     int
}

// WriteReview writes pairs, in their order, as a workbook in which a person decides
// about each: both records side by side with the differences coloured, what is
// known of them, and a choice of SAMA, BEDA and RAGU. All other cells are locked.
// guide stands above the table.
func WriteReview(f *File, pairs []ReviewPair, guide []string, o Options) error {
	b := &reviewBook{book: newBook(f), options: o, words: o.Language.catalogue(), writer: newEvidenceWriter(o)}
	if err := b.fill(pairs, guide); err != nil {
		_ = b.book.Discard()
		f.discard()
		return failed(f.place, err)
	}
	return closeBook(b.book, f)
}

func (b *reviewBook) fill(pairs []ReviewPair, guide []string) error {
	if err := b.styles.fill(b.book.File); err != nil {
		return err
	}
	b.name = b.words.phrases[phraseReviewSheet]
	if err := b.book.SetSheetName("Sheet1", b.name); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	b.columns = reviewColumns(b.options.Language, betweenSides(pairs))
	head := len(guide) + 3
	if err := b.lay(head, len(pairs)); err != nil {
		return err
	}
	if err := b.heading(guide, head); err != nil {
		return err
	}
	for i := range pairs {
		if err := b.pair(i+1, &pairs[i]); err != nil {
			return err
		}
	}
	if err := b.sheet.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

// betweenSides reports whether every pair is of a central and a regional record.
func betweenSides(pairs []ReviewPair) bool {
	for i := range pairs {
		if pairs[i].Records[0].Side == pairs[i].Records[1].Side {
			return false
		}
	}
	return true
}

// reviewColumns are the columns of the sheet. Where pairs are of one side, their
// records are the first and the second.
func reviewColumns(l Language, between bool) []Column {
	ends := besideSides
	if !between {
		ends = [2]beside{{"first", phraseFirst}, {"second", phraseSecond}}
	}
	columns := []Column{
		l.column("number", phraseNumber, 6), {Name: "decision", Title: reviewDecision, Width: 13}, l.column("note", phraseReviewNote, 24), l.column("reviewer", phraseReviewer, 16),
		l.column("kind_text", phraseKind, 26), l.column("evidence", phraseEvidence, 44),
	}
	for _, field := range reviewFields {
		title, width := shownField(field)
		columns = append(columns, ends[0].column(l, field.String(), title, width), ends[1].column(l, field.String(), title, width))
	}
	return append(columns,
		l.column("action", phraseAction, 30), l.column("weight", phraseWeight, 10), l.column("proposed", phraseProposed, 18),
		l.column("earlier", phraseReviewEarlier, 18), ends[0].column(l, "file", phraseFile, 34), ends[1].column(l, "file", phraseFile, 34),
		l.column("case", phraseReviewCase, 9), Column{Name: "kind", Title: reviewKind, Width: 24}, Column{Name: "key", Title: reviewKey, Width: 14},
	)
}

// shownField is the title and the width of one of shownFields.
func shownField(field normalize.Field) (phrase, int) {
	for i := range shownFields {
		if shownFields[i].field == field {
			return shownFields[i].title, shownFields[i].width
		}
	}
	return phraseContent, 20
}

// heading writes the guide and the titles.
func (b *reviewBook) heading(guide []string, head int) error {
	if err := b.write(1, excelize.RowOpts{Height: 22}, excelize.Cell{StyleID: b.styles.title, Value: b.words.phrases[phraseReviewTitle]}); err != nil {
		return err
	}
	for i, line := range guide {
		if err := b.write(2+i, excelize.RowOpts{}, excelize.Cell{StyleID: b.styles.guide, Value: line}); err != nil {
			return err
		}
	}
	titles := make([]any, len(b.columns))
	for i := range b.columns {
		titles[i] = excelize.Cell{StyleID: b.styles.head, Value: b.columns[i].Title}
	}
	b.row = head
	return b.write(head, excelize.RowOpts{Height: 32}, titles...)
}

func (b *reviewBook) write(row int, o excelize.RowOpts, cells ...any) error {
	place, err := excelize.CoordinatesToCellName(1, row)
	if err == nil {
		err = b.sheet.SetRow(place, cells, o)
	}
	if err != nil {
		return fmt.Errorf("row %d: %w", row, err)
	}
	return nil
}

// pair writes one row.
func (b *reviewBook) pair(number int, p *ReviewPair) error {
	l := b.options.Language
	first, second := &p.Records[0], &p.Records[1]
	styled := func(style int, value any) any { return excelize.Cell{StyleID: style, Value: value} }
	s := &b.styles
	cells := []any{
		styled(s.code, number), styled(s.open, ""), styled(s.open, ""), styled(s.open, ""),
		styled(s.text, KindText(l, p.Kind)), styled(s.text, b.writer.sentence(p.Vector, first.NIK, second.NIK)),
	}
	for _, field := range reviewFields {
		cells = append(cells, b.values(p, field)...)
	}
	proposed := p.Proposed
	if b.options.Mask {
		proposed = maskNumbers(proposed)
	}
	cells = append(cells,
		styled(s.text, at(b.words.kindActions, p.Kind)), styled(s.weight, Decimal(p.Weight).Number), styled(s.code, proposed), styled(s.text, p.Earlier),
		styled(s.text, b.place(first)), styled(s.text, b.place(second)), styled(s.code, p.Case), styled(s.code, p.Kind.String()), styled(s.code, p.Key),
	)
	b.row++
	return b.write(b.row, excelize.RowOpts{Height: b.height(cells)}, cells...)
}

// height is the height of a row, in points, in which the longest text fits.
func (b *reviewBook) height(cells []any) float64 {
	lines := 1
	for i := range cells {
		cell, _ := cells[i].(excelize.Cell)
		if text, ok := cell.Value.(string); ok && cell.StyleID != b.styles.code {
			lines = max(lines, (utf8.RuneCountInString(text)+b.columns[i].Width-1)/b.columns[i].Width)
		}
	}
	return 4 + 11.5*float64(min(lines, 12))
}

// values are the two cells of a field, coloured where both records have a value
// and not the same one.
func (b *reviewBook) values(p *ReviewPair, field normalize.Field) []any {
	first, second := &p.Records[0], &p.Records[1]
	w := &b.writer.writer
	w.reset()
	for i := range shownFields {
		if shownFields[i].field == field {
			w.addValue(first, i)
			w.addValue(second, i)
		}
	}
	cells := make([]any, 0, 2)
	differ := w.cells[0].Text != "" && w.cells[1].Text != "" && !foundSame(field, &p.Vector) &&
		!sameText(w.cells[0].Text, w.cells[1].Text)
	for i := range w.cells {
		c := &w.cells[i]
		style := b.styles.text
		switch {
		case c.Text == "":
			style = b.styles.silent
		case differ && c.Type == CodeCell:
			style = b.styles.differsCode
		case differ:
			style = b.styles.differs
		case c.Type == CodeCell || runsAsFormula(c.Text) || startsWithDigit(c.Text):
			style = b.styles.code
		}
		cells = append(cells, excelize.Cell{StyleID: style, Value: c.Text})
	}
	return cells
}

// sameLevels are the levels of agreement at which the two texts of a field say the
// same, however they are written.
var sameLevels = map[normalize.Field]struct {
	comparison match.Comparison
	from       uint8
}{
	normalize.FieldNIK:        {match.CompareNIK, match.NIKSame},
	normalize.FieldKK:         {match.CompareKK, match.KKSame},
	normalize.FieldName:       {match.CompareName, match.NameSame},
	normalize.FieldBirthPlace: {match.CompareBirthPlace, match.TextSame},
	normalize.FieldBirthDate:  {match.CompareBirthDate, match.BirthSameHeaped},
	normalize.FieldSex:        {match.CompareSex, match.SexSame},
	normalize.FieldRelation:   {match.CompareRelation, match.RelationSame},
	normalize.FieldMother:     {match.CompareMother, match.TextSame},
	normalize.FieldAddress:    {match.CompareStreet, match.StreetHouse},
	normalize.FieldRT:         {match.CompareArea, match.AreaRT},
	normalize.FieldRW:         {match.CompareArea, match.AreaRW},
	normalize.FieldKelurahan:  {match.CompareArea, match.AreaKelurahan},
}

// foundSame reports whether a comparison found that a field says the same.
func foundSame(field normalize.Field, v *match.Vector) bool {
	same, ok := sameLevels[field]
	return ok && v[same.comparison] >= same.from
}

// place says where a record stands.
func (b *reviewBook) place(r *match.Record) string {
	text := b.writer.side(r.Side) + ": " + r.Source
	if r.Sheet != "" {
		text += ", " + b.words.phrases[phraseSheet] + " " + r.Sheet
	}
	return fmt.Sprintf("%s, %s %d", text, b.words.phrases[phraseRow], r.Row)
}
