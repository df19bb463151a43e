package report

import (
	"fmt"
	"unicode/utf8"

	"padan/match"
	"padan/normalize"
	"padan/report/workbook"
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
	*book

	stream sheetStream
	styles reviewStyles
	writer *evidenceWriter
	cells  []Cell // of the current row
	looks  []int  // the numbers of their styles
}

// WriteReview writes pairs, in their order, as a workbook in which a person decides
// about each: both records side by side with the differences coloured, what is
// known of them, and a choice of SAMA, BEDA and RAGU. All other cells are locked.
// guide stands above the table.
func WriteReview(f *File, pairs []ReviewPair, guide []string, o Options) error {
	b := &reviewBook{book: newPrintedBook(f, o), writer: newEvidenceWriter(o)}
	b.do("review", func() error { return b.fill(pairs, guide) })
	return b.close(f)
}

func (b *reviewBook) fill(pairs []ReviewPair, guide []string) error {
	if err := b.styles.fill(b.file.File); err != nil {
		return err
	}
	b.lay(guide, reviewColumns(b.options.Language, betweenSides(pairs)))
	if err := b.stream.start(); err != nil {
		return err
	}
	for i := range pairs {
		if err := b.pair(i+1, &pairs[i]); err != nil {
			return err
		}
	}
	return b.stream.finish()
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

// pair writes one row.
func (b *reviewBook) pair(number int, p *ReviewPair) error {
	l, s := b.options.Language, &b.styles
	first, second := &p.Records[0], &p.Records[1]
	b.cells, b.looks = b.cells[:0], b.looks[:0]
	b.add(s.code, Integer(int64(number)))
	for range reviewOpen {
		b.add(s.open, Text(""))
	}
	b.add(s.text, Text(KindText(l, p.Kind)), Text(b.writer.sentence(p.Vector, first.NIK, second.NIK)))
	for _, field := range reviewFields {
		b.addValues(p, field)
	}
	proposed := p.Proposed
	if b.options.Mask {
		proposed = maskNumbers(proposed)
	}
	b.add(s.text, Text(at(l.catalogue().kindActions, p.Kind)))
	b.add(s.weight, Decimal(p.Weight))
	b.add(s.code, Text(proposed))
	b.add(s.text, Text(p.Earlier), Text(b.place(first)), Text(b.place(second)))
	b.add(s.code, Integer(int64(p.Case)), Text(p.Kind.String()), Text(p.Key))
	return b.stream.write(0, b.height(), b.cells, b.put)
}

// add adds cells of a style to the row.
func (b *reviewBook) add(style int, cells ...Cell) {
	for _, cell := range cells {
		b.cells, b.looks = append(b.cells, cell), append(b.looks, style)
	}
}

// put writes a cell of the row. Every text is stored as a text, which no program runs
// as a formula or reads as a number.
func (b *reviewBook) put(rows *workbook.Rows, column int, c *Cell) {
	if c.Type == IntegerCell || c.Type == DecimalCell {
		rows.Number(column, b.looks[column], c.Number)
		return
	}
	rows.Text(column, b.looks[column], c.Text)
}

// height is the height of the row, in points, in which the longest text fits.
func (b *reviewBook) height() float64 {
	lines := 1
	for i := range b.cells {
		if b.looks[i] != b.styles.code {
			width := b.stream.columns[i].Width
			lines = max(lines, (utf8.RuneCountInString(b.cells[i].Text)+width-1)/width)
		}
	}
	return 4 + 11.5*float64(min(lines, 12))
}

// addValues adds the two cells of a field, coloured where both records have a value
// and not the same one.
func (b *reviewBook) addValues(p *ReviewPair, field normalize.Field) {
	first, second := &p.Records[0], &p.Records[1]
	w := &b.writer.writer
	w.reset()
	for i := range shownFields {
		if shownFields[i].field == field {
			w.addValue(first, i)
			w.addValue(second, i)
		}
	}
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
		b.add(style, Text(c.Text))
	}
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
		text += ", " + b.phrase(phraseSheet) + " " + r.Sheet
	}
	return fmt.Sprintf("%s, %s %d", text, b.phrase(phraseRow), r.Row)
}
