package report

import (
	"cmp"

	"padan/normalize"
)

// areaRow is one row of what was counted by area.
type areaRow[T any] struct {
	level  RecapLevel
	area   normalize.AreaName
	counts T
}

// areaRows lists what was counted by area, under the codes of recapArea, in
// Kemendagri order: the sum of each kota, of each kecamatan in it, and every
// kelurahan, those of which nothing was counted included; what belongs to an
// unknown kelurahan stands in a row without a name under the area that is known;
// the total comes last and equals the sum of the kota. add adds a part to a sum.
func areaRows[T any](areas map[uint64]*T, add func(sum, part *T)) []areaRow[T] {
	t := areaTree[T]{areas, add}
	var rows []areaRow[T]
	total := areaRow[T]{level: RecapTotal}
	kelurahan := normalize.Kelurahan()
	for from := 0; from < len(kelurahan); {
		to := from
		for to < len(kelurahan) && kelurahan[to].Kota == kelurahan[from].Kota {
			to++
		}
		kota := t.kota(kelurahan[from:to])
		add(&total.counts, &kota[0].counts)
		rows = append(rows, kota...)
		from = to
	}
	for _, code := range [...]uint64{jakarta, 0} {
		if a := areas[code]; a != nil {
			rows = append(rows, areaRow[T]{level: RecapKota, area: normalize.AreaName{Code: code}, counts: *a})
			add(&total.counts, a)
		}
	}
	return append(rows, total)
}

// areaTree lists the rows of one area after the other.
type areaTree[T any] struct {
	areas map[uint64]*T
	add   func(sum, part *T)
}

// kota lists the rows of one kota, its sum first.
func (t *areaTree[T]) kota(kelurahan []normalize.AreaName) []areaRow[T] {
	code := kelurahan[0].Code / 1_000_000 * 1_000_000
	sum := areaRow[T]{level: RecapKota, area: normalize.AreaName{Code: code, Kota: kelurahan[0].Kota}}
	rows := []areaRow[T]{sum}
	for from := 0; from < len(kelurahan); {
		to := from
		for to < len(kelurahan) && kelurahan[to].Kecamatan == kelurahan[from].Kecamatan {
			to++
		}
		part := t.kecamatan(kelurahan[from:to])
		t.add(&rows[0].counts, &part[0].counts)
		rows = append(rows, part...)
		from = to
	}
	if a := t.areas[code]; a != nil {
		t.add(&rows[0].counts, a)
		rows = append(rows, areaRow[T]{area: sum.area, counts: *a})
	}
	return rows
}

// kecamatan lists the rows of one kecamatan, its sum first.
func (t *areaTree[T]) kecamatan(kelurahan []normalize.AreaName) []areaRow[T] {
	code := kelurahan[0].Code / 10_000 * 10_000
	area := normalize.AreaName{Code: code, Kota: kelurahan[0].Kota, Kecamatan: kelurahan[0].Kecamatan}
	rows := []areaRow[T]{{level: RecapKecamatan, area: area}}
	add := func(area normalize.AreaName, counts *T) {
		row := areaRow[T]{area: area}
		if counts != nil {
			row.counts = *counts
		}
		t.add(&rows[0].counts, &row.counts)
		rows = append(rows, row)
	}
	for _, k := range kelurahan {
		add(k, t.areas[k.Code])
	}
	if a := t.areas[code]; a != nil {
		add(area, a)
	}
	return rows
}

// areaNames names a row: sums are called so in the column below their area.
func (l Language) areaNames(level RecapLevel, a normalize.AreaName) (kota, kecamatan, kelurahan string) {
	sum := l.phrase(phraseSubtotal)
	switch {
	case level == RecapTotal:
		return l.phrase(phraseTotal), "", ""
	case a.Code == jakarta:
		return l.phrase(phraseUnknownKota), "", ""
	case a.Kota == "":
		return l.phrase(phraseOutside), "", ""
	case level == RecapKota:
		return a.Kota, sum, ""
	case level == RecapKecamatan:
		return a.Kota, a.Kecamatan, sum
	}
	unknown := l.phrase(phraseUnknown)
	return a.Kota, cmp.Or(a.Kecamatan, unknown), cmp.Or(a.Kelurahan, unknown)
}

// areaName is the narrowest of areaNames.
func (l Language) areaName(level RecapLevel, a normalize.AreaName) string {
	kota, kecamatan, kelurahan := l.areaNames(level, a)
	switch level {
	case RecapKelurahan:
		return cmp.Or(kelurahan, kota)
	case RecapKecamatan:
		return cmp.Or(kecamatan, kota)
	case RecapKota, RecapTotal:
	}
	return kota
}

// addAreaNames writes the names and the code of a row under areaColumns.
func (w *writer) addAreaNames(level RecapLevel, a normalize.AreaName) {
	kota, kecamatan, kelurahan := w.options.Language.areaNames(level, a)
	w.add(Text(kota), Text(kecamatan), Text(kelurahan), Code(areaCode(a.Code)))
}
