package report

import "padan/match"

// groupTable says which groups of persons are left out, with the sum of each
// property.
func (r *recapBook) groupTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseGroupSheet), title: r.phrase(phraseGroupTitle),
		columns: append([]bookColumn{
			{title: r.phrase(phraseProperty), width: 24}, {title: r.phrase(phraseGroup), width: 34, wrap: true},
		}, r.sideColumns(phrasePersons)...),
		notes: []string{r.phrase(phraseGroupNote)}, frozen: 2,
	}
	for from := 0; from < len(r.Groups); {
		by := r.Groups[from].By
		var sum [2]Counts
		for ; from < len(r.Groups) && r.Groups[from].By == by; from++ {
			g := &r.Groups[from]
			r.add(Text(wordOf(r.words.properties, by)), Text(wordOf(r.words.groups[by], g.Group)))
			for side, counts := range g.Persons {
				r.addCounts(counts)
				sum[side].add(counts)
			}
			t.rows = append(t.rows, r.end(RecapKelurahan))
		}
		r.add(Text(wordOf(r.words.properties, by)), Text(r.phrase(phraseSubtotal)))
		for _, counts := range sum {
			r.addCounts(counts)
		}
		t.rows = append(t.rows, r.end(RecapKecamatan))
	}
	return t
}

// lowestKelurahan is how many kelurahan of each side are listed by match rate.
const lowestKelurahan = 20

// lowestTable lists the kelurahan with the lowest match rates.
func (r *recapBook) lowestTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseLowestSheet), title: r.phrase(phraseLowestTitle),
		columns: append([]bookColumn{{title: r.phrase(phraseSide), width: 10}, {title: r.phrase(phraseOrdinal), width: 6}}, r.areaColumns()...),
		notes:   []string{r.phrase(phraseLowestNote)}, frozen: 2,
	}
	t.columns = append(t.columns, r.countColumns("")...)
	for _, side := range [...]match.Side{match.Regional, match.Central} {
		for i, row := range r.Lowest(side, lowestKelurahan) {
			r.add(Text(r.side(side)), Integer(int64(i+1)))
			r.addAreaNames(row.Level, row.Area)
			r.addCounts(row.Persons[side])
			t.rows = append(t.rows, r.end(RecapKelurahan))
		}
	}
	return t
}
