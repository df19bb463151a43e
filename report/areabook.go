package report

import (
	"iter"

	"github.com/xuri/excelize/v2"

	"padan/match"
)

// AreaLists are the rows of the workbook of an area, each list in the order that
// its AreaPart gives.
type AreaLists struct {
	Matched    iter.Seq2[match.LinkedPair, error]
	Elsewhere  iter.Seq2[match.LinkedPair, error]
	Unmatched  [2]iter.Seq2[match.RecordOutcome, error]
	Conflicts  iter.Seq2[match.ConflictCase, error]
	Duplicates [2]iter.Seq2[match.DuplicatePair, error]
	Master     iter.Seq2[match.MasterPerson, error] // of MasterList
	MasterList *match.MasterList
}

// areaBook writes the workbook of one area. Its lists are for persons to read and
// to print: a few values as they stood in the source, and sentences. The codes and
// all values stand in the lists of the whole run.
type areaBook struct {
	*book

	part   *AreaPart
	recap  *recapBook
	styles listStyles
	writer *evidenceWriter
}

// WriteAreaBook writes the workbook of an area: its recap, the persons matched by
// household, those who are registered elsewhere, the unmatched of both sides, the
// conflicts, the duplicates and the master list. Every workbook has the same sheets. Nobody of
// another area is shown but the other record of somebody who lives here. The same
// lists give the same bytes.
func WriteAreaBook(f *File, part *AreaPart, lists AreaLists, s *Summary, o Options) error {
	b := &areaBook{book: newPrintedBook(f, o), part: part, recap: newRecapBook(s, o), writer: newEvidenceWriter(o)}
	b.styles = b.listStyles()
	b.counts()
	for _, write := range []func() error{
		func() error { return b.matched(lists.Matched) },
		func() error { return b.elsewhere(lists.Elsewhere) },
		func() error { return b.unmatched(match.Central, lists.Unmatched[match.Central]) },
		func() error { return b.unmatched(match.Regional, lists.Unmatched[match.Regional]) },
		func() error { return b.conflicts(lists.Conflicts) },
		func() error { return b.duplicates(lists.Duplicates) },
		func() error { return b.master(lists.Master, lists.MasterList) },
	} {
		b.do("list", write)
	}
	return b.close(f)
}

// place names the area and the run.
func (b *areaBook) place() string {
	return b.part.title(b.options.Language) + ". " + b.recap.runLine()
}

// footer says on every printed page that it holds people's data.
func (b *areaBook) footer() {
	b.do("footer", func() error {
		return b.file.SetHeaderFooter(b.name, &excelize.HeaderFooterOptions{
			OddFooter: "&L" + b.name + "&C" + b.phrase(phrasePersonalData) + "&R" + b.phrase(phraseRecapPage),
		})
	})
}
