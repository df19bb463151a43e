package report

import (
	"cmp"

	"github.com/xuri/excelize/v2"
)

// countWidth is the width of a column of counts: 1.600.000 and its heading.
const countWidth = 11

// areaColumns head what addAreaNames writes.
func (r *recapBook) areaColumns() []bookColumn {
	columns := make([]bookColumn, 0, 32)
	for i, c := range areaColumns(r.language) {
		columns = append(columns, bookColumn{title: c.Title, width: [...]float64{27, 24, 26, 14}[i]})
	}
	return columns
}

// countColumns head what addCounts writes.
func (r *recapBook) countColumns(group string) []bookColumn {
	columns := make([]bookColumn, 0, len(recapPhrases))
	for _, p := range recapPhrases {
		columns = append(columns, bookColumn{group: group, title: r.phrase(p), width: countWidth, rate: p == phrasePercent})
	}
	return columns
}

// sideColumns head the counts of a unit on both sides.
func (r *recapBook) sideColumns(unit phrase) []bookColumn {
	var columns []bookColumn
	for _, side := range sidePhrases {
		columns = append(columns, r.countColumns(r.phrase(side)+" ("+r.phrase(unit)+")")...)
	}
	return columns
}

// areaTable fills a table with all areas; fill adds the figures of one.
func (r *recapBook) areaTable(t bookTable, fill func(*RecapRow)) bookTable {
	t.frozen = 3
	for i := range r.areaRows {
		row := &r.areaRows[i]
		r.addAreaNames(row.Level, row.Area)
		fill(row)
		if row.Level == RecapTotal {
			t.sums = append(t.sums, r.end(row.Level))
		} else {
			t.rows = append(t.rows, r.end(row.Level))
		}
	}
	return t
}

// outcomeTable shows what became of persons or KK in every area.
func (r *recapBook) outcomeTable(unit phrase, counts func(*RecapRow) *[2]Counts) bookTable {
	t := bookTable{
		name: r.phrase(phraseRecapSheet) + " " + r.phrase(unit), title: r.phrase(phraseRecapTitle),
		columns: append(r.areaColumns(), r.sideColumns(unit)...),
	}
	return r.areaTable(t, func(row *RecapRow) {
		for _, side := range counts(row) {
			r.addCounts(side)
		}
	})
}

func (r *recapBook) personTable() bookTable {
	return r.outcomeTable(phrasePersons, personsOf)
}

func (r *recapBook) cardTable() bookTable {
	t := r.outcomeTable(phraseCards, cardsOf)
	t.notes = []string{r.phrase(phraseRecapNote)}
	return t
}

func personsOf(row *RecapRow) *[2]Counts { return &row.Persons }

func cardsOf(row *RecapRow) *[2]Counts { return &row.Cards }

// kotaTable shows the persons of each kota, then the KK.
func (r *recapBook) kotaTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseRecapSheet) + " " + r.phrase(phraseKotaSheet), title: r.phrase(phraseKotaTitle), frozen: 2,
		columns: []bookColumn{{title: r.phrase(phraseUnit), width: 9}, {title: r.phrase(phraseKota), width: 34}},
	}
	for _, side := range sidePhrases {
		t.columns = append(t.columns, r.countColumns(r.phrase(side))...)
	}
	persons := 0 // kota
	for _, unit := range [...]struct {
		title  phrase
		counts func(*RecapRow) *[2]Counts
	}{{phrasePersons, personsOf}, {phraseCards, cardsOf}} {
		for i := range r.areaRows {
			row := &r.areaRows[i]
			if row.Level != RecapKota && row.Level != RecapTotal {
				continue
			}
			kota, _, _ := r.language.areaNames(row.Level, row.Area)
			r.add(Text(r.phrase(unit.title)), Text(kota))
			for _, side := range unit.counts(row) {
				r.addCounts(side)
			}
			t.rows = append(t.rows, r.end(shownLevel(row)))
			if row.Level == RecapKota && unit.title == phrasePersons {
				persons++
			}
		}
	}
	t.charts = []bookChart{rateChart(&t, r.phrase(phraseKotaChart), 1)}
	t.charts[0].rows = persons
	return t
}

// shownLevel is how a row of the recap looks where no rows below it are shown.
func shownLevel(row *RecapRow) RecapLevel {
	if row.Level == RecapTotal {
		return RecapTotal
	}
	return RecapKelurahan
}

// rateChart draws the match rates of both sides, which end the columns of each.
func rateChart(t *bookTable, title string, labels int) bookChart {
	last := len(t.columns) - 1
	return bookChart{
		kind: excelize.Col, title: title, labels: labels, values: []int{last - len(recapPhrases), last}, percent: true, wide: true,
	}
}

// kecamatanTable shows the persons of each kecamatan, and of the areas whose
// kecamatan is unknown, so that it adds up.
func (r *recapBook) kecamatanTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseRecapSheet) + " " + r.phrase(phraseKecamatanSheet), title: r.phrase(phraseKecamatanTitle),
		columns: append([]bookColumn{
			{title: r.phrase(phraseKota), width: 27}, {title: r.phrase(phraseKecamatan), width: 30}, {title: r.phrase(phraseAreaCode), width: 14},
		}, r.sideColumns(phrasePersons)...), frozen: 2,
	}
	for i := range r.areaRows {
		row := &r.areaRows[i]
		if !row.holdsKecamatan() && row.Level != RecapTotal {
			continue
		}
		kota, kecamatan, _ := r.language.areaNames(row.Level, row.Area)
		r.add(Text(kota), Text(cmp.Or(kecamatan, kota)), Code(areaCode(row.Area.Code)))
		for _, side := range row.Persons {
			r.addCounts(side)
		}
		if row.Level == RecapTotal {
			t.sums = append(t.sums, r.end(RecapTotal))
		} else {
			t.rows = append(t.rows, r.end(RecapKelurahan))
		}
	}
	t.charts = []bookChart{rateChart(&t, r.phrase(phraseKecamatanChart), 1)}
	t.charts[0].vertical = true
	return t
}

// holdsKecamatan reports whether a row is one of those that divide all records
// by kecamatan: its sum, or those of a kota or of no kota that belong to none.
func (row *RecapRow) holdsKecamatan() bool {
	switch row.Level {
	case RecapKecamatan:
		return true
	case RecapKelurahan:
		return row.Area.Kecamatan == ""
	case RecapKota:
		return row.Area.Kota == ""
	case RecapTotal:
	}
	return false
}
