package report

import "github.com/xuri/excelize/v2"

// trendTable compares this run with those before it.
func (r *recapBook) trendTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseTrendSheet), title: r.phrase(phraseTrendTitle),
		columns: append([]bookColumn{
			{title: r.phrase(phraseRun), width: 10}, {title: r.phrase(phraseTime), width: 28},
		}, r.sideColumns(phrasePersons)...),
		frozen: 1,
	}
	for i := range r.Trend {
		point := &r.Trend[i]
		r.add(Integer(point.Run), Text(r.language.moment(point.Started)))
		for _, side := range point.Persons {
			r.addCounts(side)
		}
		t.rows = append(t.rows, r.end(RecapKelurahan))
	}
	if len(r.Trend) == 1 {
		t.notes = []string{r.phrase(phraseTrendNote)}
		return t
	}
	chart := rateChart(&t, r.phrase(phraseTrendChart), 0)
	chart.kind, chart.wide = excelize.Line, false
	t.charts = []bookChart{chart}
	return t
}
