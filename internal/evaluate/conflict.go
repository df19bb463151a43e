package evaluate

import (
	"padan/match"
)

// KindRate is the rate of one kind of conflict.
type KindRate struct {
	Kind string `json:"kind"`
	Rate
}

// sideRow is a row of a side.
type sideRow struct {
	side match.Side
	row  int32
}

// rateConflicts compares cases kind by kind: a reported and a true case meet if
// they share a row. Duplicates are cases of their kind.
func (p *population) rateConflicts(t *truth, res *match.Result) []KindRate {
	known, reported := p.knownCases(t), reportedCases(res)
	var rates []KindRate
	for _, kind := range match.ConflictKinds() {
		code := kind.String()
		if len(known[code]) == 0 && len(reported[code]) == 0 {
			continue
		}
		right := meeting(reported[code], known[code])
		found := meeting(known[code], reported[code])
		rates = append(rates, KindRate{code, newRate(len(reported[code]), right, len(known[code]), found)})
	}
	return rates
}

func (p *population) knownCases(t *truth) map[string][][]sideRow {
	known := map[string][][]sideRow{}
	add := func(kind string, places ...place) {
		var rows []sideRow
		for _, at := range places {
			if row, ok := p.rows[at.side][at]; ok {
				rows = append(rows, sideRow{at.side, row})
			}
		}
		if len(rows) > 0 {
			known[kind] = append(known[kind], rows)
		}
	}
	for i := range t.conflicts {
		add(t.conflicts[i].kind, t.conflicts[i].places...)
	}
	for i := range t.duplicates {
		add(t.duplicates[i].kind, t.duplicates[i].row, t.duplicates[i].of)
	}
	return known
}

func reportedCases(res *match.Result) map[string][][]sideRow {
	reported := map[string][][]sideRow{}
	for i := range res.Conflicts {
		c := &res.Conflicts[i]
		var rows []sideRow
		for side, list := range [][]int32{c.Central, c.Regional} {
			for _, row := range list {
				rows = append(rows, sideRow{match.Side(side), row})
			}
		}
		reported[c.Kind.String()] = append(reported[c.Kind.String()], rows)
	}
	for side := range res.Duplicates {
		for _, d := range res.Duplicates[side] {
			code := d.Kind.String()
			reported[code] = append(reported[code], []sideRow{{match.Side(side), d.Record}, {match.Side(side), d.Of}})
		}
	}
	return reported
}

// meeting counts the cases that share a row with any of others.
func meeting(cases, others [][]sideRow) int {
	rows := map[sideRow]bool{}
	for _, c := range others {
		for _, row := range c {
			rows[row] = true
		}
	}
	n := 0
	for _, c := range cases {
		for _, row := range c {
			if rows[row] {
				n++
				break
			}
		}
	}
	return n
}
