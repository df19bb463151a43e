package report

import (
	"fmt"

	"padan/match"
)

// The columns of the cover: on the left what is said of the run and the
// headline figures, on the right the account of all rows.
const (
	coverLabel   = 1
	coverCounts  = 2 // to coverMiddle
	coverMiddle  = 7
	coverItem    = 9
	coverCentral = 10
	coverLast    = 11
)

var coverWidths = [...]float64{20, 11, 11, 11, 11, 11, 11, 3, 52, 14, 14}

// coverSources is how many files the cover lists; more stand on their own sheet.
const coverSources = 8

// cover writes the first sheet, one page.
func (r *recapBook) cover(b *book) {
	b.sheet(r.phrase(phraseCoverSheet))
	for i, width := range coverWidths {
		b.setWidth(i+1, width)
	}
	b.block(1, 1, coverLast, 1, cellStyle{kind: pageCentered}, r.phrase(phraseAnnex))
	b.block(1, 2, coverLast, 2, cellStyle{kind: pageCentered}, r.phrase(phraseCoverTitle))
	b.block(1, 3, coverLast, 3, cellStyle{kind: pageSignature}, r.phrase(phraseAnnexNumber))
	left := r.headline(b, r.identity(b, 5)+1)
	right := r.account(b, 5)
	next := r.coverSources(b, max(left, right)+1)
	r.signatures(b, next+1)
	b.page(1)
}

// identity says which run it is and how it decided.
func (r *recapBook) identity(b *book, row int) int {
	model := phraseModelBuiltIn
	if r.Run.Trained {
		model = phraseModelTrained
	}
	for _, line := range [...]struct {
		label phrase
		value string
	}{
		{phraseRun, r.numbers.Sprint(r.Run.Number)},
		{phraseTime, r.language.moment(r.Run.Started)},
		{phraseVersion, r.Run.Version},
		{phraseModel, r.phrase(model)},
		{phraseLinkThreshold, r.bits(r.Run.Link)},
		{phraseReviewThreshold, r.bits(r.Run.Review)},
		{phraseLinks, r.numbers.Sprint(r.Run.Links)},
	} {
		b.set(coverLabel, row, cellStyle{kind: pageLabel}, r.phrase(line.label))
		b.block(coverCounts, row, coverMiddle, row, cellStyle{kind: pageText}, line.value)
		row++
	}
	return r.grounds(b, row)
}

// grounds says why the data are processed, as far as the office has said it.
func (r *recapBook) grounds(b *book, row int) int {
	for _, line := range [...]struct {
		label phrase
		value string
	}{{phrasePurpose, r.Grounds.Purpose}, {phraseLegalBasis, r.Grounds.LegalBasis}} {
		if line.value == "" {
			continue
		}
		b.set(coverLabel, row, cellStyle{kind: pageLabel}, r.phrase(line.label))
		b.paragraph(coverCounts, row, coverMiddle, cellStyle{kind: pageWrapped}, r.shown(line.value))
		row++
	}
	return row
}

// headline states persons and KK of both sides, as sentences and as a table.
func (r *recapBook) headline(b *book, row int) int {
	total := &r.areaRows[len(r.areaRows)-1]
	for side, name := range sidePhrases {
		persons := total.Persons[side]
		text := fmt.Sprintf(r.phrase(phraseHeadline), r.phrase(name), r.numbers.Sprint(persons.Total()), r.numbers.Sprint(total.Cards[side].Total()),
			r.numbers.Sprint(persons[match.Matched]), r.numbers.Sprintf("%.2f", persons.Percent()))
		b.paragraph(coverLabel, row, coverMiddle, cellStyle{kind: pageLabel}, text)
		row++
	}
	row++
	b.set(coverLabel, row, cellStyle{kind: tableHead}, "")
	for i, p := range recapPhrases {
		b.set(coverCounts+i, row, cellStyle{kind: tableHead}, r.phrase(p))
	}
	row++
	columns := append([]bookColumn{{}}, r.countColumns("")...)
	for _, unit := range [...]struct {
		title  phrase
		counts *[2]Counts
	}{{phrasePersons, &total.Persons}, {phraseCards, &total.Cards}} {
		for side, counts := range unit.counts {
			r.add(Text(r.phrase(sidePhrases[side]) + ", " + r.phrase(unit.title)))
			r.addCounts(counts)
			line := r.end(RecapKelurahan)
			b.cells(columns, coverLabel, row, &line)
			row++
		}
	}
	return row
}

// coverSources lists the files if they are few, else says where they stand.
func (r *recapBook) coverSources(b *book, row int) int {
	files := len(r.Sources[match.Central]) + len(r.Sources[match.Regional])
	if files == 0 || files > coverSources {
		text := fmt.Sprintf(r.phrase(phraseSourcesElsewhere), files, r.phrase(phraseRecapSources))
		b.paragraph(1, row, coverLast, cellStyle{kind: pageWrapped}, text)
		return row + 1
	}
	head := cellStyle{kind: tableHead}
	b.set(coverLabel, row, head, r.phrase(phraseSide))
	b.block(coverCounts, row, coverMiddle-2, row, head, r.phrase(phraseFile))
	b.set(coverMiddle-1, row, head, r.phrase(phraseRows))
	b.set(coverMiddle, row, head, r.phrase(phrasePersonsRead))
	b.block(coverMiddle+1, row, coverLast, row, head, "SHA-256")
	text, wrapped, count := cellStyle{kind: tableText}, cellStyle{kind: tableWrapped}, cellStyle{kind: tableCount}
	for side := range r.Sources {
		for i := range r.Sources[side] {
			from := &r.Sources[side][i]
			row++
			b.set(coverLabel, row, text, r.side(match.Side(side)))
			b.paragraph(coverCounts, row, coverMiddle-2, wrapped, r.shown(from.Name))
			b.set(coverMiddle-1, row, count, from.Rows)
			b.set(coverMiddle, row, count, from.Records)
			b.block(coverMiddle+1, row, coverLast, row, text, from.SHA256)
		}
	}
	return row + 1
}

// signatures leaves room for both parties to sign.
func (r *recapBook) signatures(b *book, row int) {
	style := cellStyle{kind: pageSignature}
	for _, party := range [...]struct {
		from, to int
		title    phrase
		place    string
	}{
		{coverLabel, coverMiddle - 2, phraseGiver, ""},
		{coverItem, coverLast, phraseReceiver, r.phrase(phrasePlaceAndDate)},
	} {
		for i, text := range [...]string{
			party.place, r.phrase(party.title), r.phrase(phraseOffice), "", "", "", r.phrase(phraseSigner), r.phrase(phraseNIP),
		} {
			b.block(party.from, row+i, party.to, row+i, style, text)
		}
	}
}
