package report

import "cmp"

// counts writes what was counted in the area: its kelurahan and their sum, persons
// and KK of both sides.
func (b *areaBook) counts() {
	r := b.recap
	t := bookTable{
		name: b.phrase(phraseRecapSheet), title: b.phrase(phraseTitleRecap), frozen: 1,
		columns: []bookColumn{{title: b.phrase(phraseKelurahan), width: 24}, {title: b.phrase(phraseAreaCode), width: 14}},
		notes:   []string{b.phrase(phraseNoteRecap), b.phrase(phraseRecapNote)},
	}
	for _, unit := range [...]phrase{phrasePersons, phraseCards} {
		t.columns = append(t.columns, r.sideColumns(unit)...)
	}
	for i := range t.columns[2:] {
		t.columns[2+i].width = 8.5 // the counts of a kecamatan, so that print stays legible
	}
	for i := range r.areaRows {
		row := &r.areaRows[i]
		if !b.part.counts(row) {
			continue
		}
		kota, kecamatan, kelurahan := r.language.areaNames(row.Level, row.Area)
		r.add(Text(cmp.Or(kelurahan, kecamatan, kota)), Code(areaCode(row.Area.Code)))
		for _, counts := range [...]*[2]Counts{&row.Persons, &row.Cards} {
			for _, side := range counts {
				r.addCounts(side)
			}
		}
		if row.Level == RecapKecamatan {
			t.sums = append(t.sums, r.end(row.Level))
		} else {
			t.rows = append(t.rows, r.end(RecapKelurahan))
		}
	}
	b.table(&t, b.place())
	b.footer()
}
