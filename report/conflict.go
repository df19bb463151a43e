package report

import (
	"iter"

	"padan/match"
	"padan/normalize"
)

// ConflictColumns are the headings of the conflict report.
func ConflictColumns(o Options) []Column {
	l := o.Language
	columns := []Column{
		{l.phrase("col.number"), 8}, {l.phrase("col.kind"), 24}, {l.phrase("col.severity"), 8}, {l.phrase("col.explanation"), 40},
		{l.phrase("col.action"), 40}, {l.phrase("col.proposed"), 18}, {l.phrase("col.weight"), 10},
		{l.phrase("col.evidence"), 60}, {l.phrase("col.side"), 8},
	}
	columns = append(columns, areaColumns(l)...)
	return append(columns, recordColumns(l, "")...)
}

// Conflicts writes one row per record of each conflict, numbered from 1, and
// returns the number of conflicts.
func Conflicts(t Table, cases iter.Seq2[match.ConflictCase, error], o Options) (int, error) {
	w := evidenceWriter{writer: writer{options: o}}
	n := 0
	for c, err := range cases {
		if err != nil {
			return n, err
		}
		n++
		for i := range c.Records {
			w.reset()
			w.addCase(n, &c)
			w.addSide(c.Records[i].Side)
			w.addArea(c.Records[i].Area)
			w.addRecord(&c.Records[i])
			if err := t.WriteRow(w.cells); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (w *evidenceWriter) addCase(number int, c *match.ConflictCase) {
	kind := c.Conflict.Kind
	central, regional := numbersOf(c.Records)
	proposed := c.Conflict.Proposed
	if w.options.Mask && proposed != "" {
		proposed = "***"
	}
	w.add(
		Integer(int64(number)), Text(kind.String()), Integer(int64(kind.Severity())),
		w.phrase("kind."+kind.String()), w.phrase("do."+kind.String()), Code(proposed),
		Decimal(c.Conflict.Weight), Text(w.sentence(c.Conflict.Vector, central, regional)),
	)
}

// numbersOf returns the NIKs of the first record of each side.
func numbersOf(records []match.Record) (central, regional normalize.Number) {
	for i := len(records) - 1; i >= 0; i-- {
		if records[i].Side == match.Central {
			central = records[i].NIK
		} else {
			regional = records[i].NIK
		}
	}
	return central, regional
}

func (w *writer) addSide(s match.Side) { w.add(w.phrase("side." + s.String())) }

// DuplicateColumns are the headings of the duplicate report.
func DuplicateColumns(o Options) []Column {
	l := o.Language
	columns := []Column{
		{l.phrase("col.side"), 8}, {l.phrase("col.kind"), 24}, {l.phrase("col.explanation"), 40}, {l.phrase("col.action"), 40},
		{l.phrase("col.weight"), 10}, {l.phrase("col.evidence"), 60},
	}
	columns = append(columns, areaColumns(l)...)
	columns = append(columns, recordColumns(l, l.phrase("sheet.duplicates"))...)
	return append(columns, recordColumns(l, "")...)
}

// Duplicates writes one row per record set aside, beside the record that stands
// for it, and returns how many it wrote.
func Duplicates(t Table, pairs iter.Seq2[match.DuplicatePair, error], o Options) (int, error) {
	w := evidenceWriter{writer: writer{options: o}}
	n := 0
	for p, err := range pairs {
		if err != nil {
			return n, err
		}
		w.reset()
		w.addSide(p.Duplicate.Side)
		w.add(
			Text(p.Kind.String()), w.phrase("kind."+p.Kind.String()), w.phrase("do."+p.Kind.String()),
			Decimal(p.Weight), Text(w.sentence(p.Vector, p.Duplicate.NIK, p.Of.NIK)),
		)
		w.addArea(p.Duplicate.Area)
		w.addRecord(&p.Duplicate)
		w.addRecord(&p.Of)
		if err := t.WriteRow(w.cells); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
