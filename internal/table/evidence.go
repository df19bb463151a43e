package table

import (
	"strconv"

	"padan/internal/sheet"
	"padan/normalize"
)

// evidence counts what tells the codings of a book, over all its sheets: one
// office fills in one file in one way.
type evidence struct {
	dates    dateEvidence
	sex      sexEvidence
	relation relationEvidence
}

// count adds the persons of a sheet's first rows.
func (e *evidence) count(t *Table, rows []sheet.Row) {
	t.dates = dateEvidence{}
	lines := t.Lines()
	read := lines.Read(rows)
	read = append(read, lines.End()...)
	var nik, kk lastDigits
	for i := range read {
		if read[i].Skipped != "" || read[i].Rejected != "" {
			continue
		}
		v := t.Fields.Values(read[i].Cells)
		number := normalize.ReadNIK(v[normalize.FieldNIK], false)
		t.dates.count(&v, number)
		e.sex.count(v[normalize.FieldSex], number)
		e.relation.count(&v, number)
		nik.count(v[normalize.FieldNIK])
		kk.count(v[normalize.FieldKK])
	}
	e.dates.add(&t.dates)
	t.Options.NIKTruncated, t.Options.KKTruncated = nik.lost(), kk.lost()
	t.warnDamage(WarnNIKDamaged, normalize.FieldNIK, &nik, len(read))
	t.warnDamage(WarnKKDamaged, normalize.FieldKK, &kk, len(read))
}

// decide sets the codings of all tables. The order of dates is that of the sheet
// where its dates show one, else that of the book.
func (e *evidence) decide(s *surveyor, plan *Plan) {
	var told []Warning
	reversed, warning := e.sex.decide()
	told = append(told, warning...)
	bps, warning := e.relation.decide()
	told = append(told, warning...)
	for _, t := range plan.Tables {
		if !t.Readable() || t.HashKey != "" {
			continue
		}
		o := &t.Options
		o.AsOf = s.options.AsOf
		dates := &t.dates
		if !dates.enough() {
			dates = &e.dates
		}
		o.MonthFirst, o.SwappedDays, warning = dates.decide()
		o.SexReversed, o.BPSRelation = reversed, bps
		t.Warnings = append(t.Warnings, warning...)
		if s.options.MonthFirst {
			o.MonthFirst = true
		}
		t.mapping.apply(o)
		t.Warnings = append(t.Warnings, told...)
		told = nil
	}
}

// lastDigits counts the last digits of a column of numbers.
type lastDigits struct {
	filled  int
	whole   int // of sixteen digits
	zeros   int // of these, ending in 0
	mangled int // in the form 3,17401E+15
}

func (n *lastDigits) count(text string) {
	if text == "" {
		return
	}
	n.filled++
	switch number := normalize.ReadNIK(text, false); {
	case number.Damage == normalize.DamageScientific:
		n.mangled++
	case number.Digits == 16 && number.Value != 0:
		n.whole++
		if number.Value%10 == 0 {
			n.zeros++
		}
	}
}

// lost reports a column whose numbers nearly all end in 0: by chance one of ten
// does.
func (n *lastDigits) lost() bool { return n.whole >= 10 && n.zeros*10 >= n.whole*9 }

func (t *Table) warnDamage(code string, field normalize.Field, n *lastDigits, rows int) {
	damaged := n.mangled
	if n.lost() {
		damaged += n.zeros
	}
	if damaged*5 >= n.filled && damaged > 0 && rows > 0 {
		column := t.Fields.Cell(field)
		t.warn(code, columnLabel(column, t.Header[column]))
	}
}

// sexEvidence compares the codes 1 and 2 with the NIKs.
type sexEvidence struct{ agree, contradict int }

func (e *sexEvidence) count(text string, number normalize.Number) {
	if text == "" || !normalize.SexCode(text) || number.Trust != normalize.TrustFull {
		return
	}
	if sex, ok := number.Sex(); ok && sex == normalize.ReadSex(text) {
		e.agree++
	} else if ok {
		e.contradict++
	}
}

// decide takes the coding for reversed where 95 of 100 rows contradict it
// (DOMAIN 2).
func (e *sexEvidence) decide() (reversed bool, warnings []Warning) {
	all := e.agree + e.contradict
	switch {
	case all < 20 || e.contradict*5 < all:
		return false, nil
	case e.contradict*20 >= all*19:
		return true, []Warning{{WarnSexReversed, ratio(e.contradict, all)}}
	}
	return false, []Warning{{WarnSexDoubtful, ratio(e.contradict, all)}}
}

func ratio(n, of int) string { return strconv.Itoa(n) + "/" + strconv.Itoa(of) }

// relationEvidence counts the codes of relations by the sex of the persons.
type relationEvidence struct {
	codes [16]struct{ all, men, women int }
	coded int
}

func (e *relationEvidence) count(v *normalize.Values, number normalize.Number) {
	code := normalize.RelationCode(v[normalize.FieldRelation])
	if code < 1 || code >= len(e.codes) {
		return
	}
	e.coded++
	sex, ok := number.Sex()
	if !ok || number.Trust != normalize.TrustFull {
		sex = normalize.SexMissing
		if text := v[normalize.FieldSex]; !normalize.SexCode(text) {
			sex = normalize.ReadSex(text)
		}
	}
	c := &e.codes[code]
	c.all++
	if sex == normalize.Male {
		c.men++
	}
	if sex == normalize.Female {
		c.women++
	}
}

// decide tells the coding of BPS from that of SIAK. In SIAK 3 is a wife and 4 a
// child, 9 to 11 exist; in BPS 2 is a wife or husband, 3 a child (DOMAIN 2).
func (e *relationEvidence) decide() (bps bool, warnings []Warning) {
	if e.coded == 0 {
		return false, nil
	}
	if e.codes[9].all+e.codes[10].all+e.codes[11].all > 0 {
		return false, nil
	}
	two, three, four := e.codes[2], e.codes[3], e.codes[4]
	votesBPS := three.men*3 + two.women
	votesSIAK := three.women/2 + two.men
	if three.all > 0 || four.all > 0 {
		if three.all > 2*four.all {
			votesBPS += three.all - four.all
		} else if four.all > 2*three.all {
			votesSIAK += four.all - three.all
		}
	}
	switch {
	case votesBPS >= 3 && votesBPS > 2*votesSIAK:
		return true, []Warning{{WarnBPSRelation, ratio(e.codes[3].men, e.codes[3].all)}}
	case votesSIAK >= 1 && votesSIAK > 2*votesBPS, e.codes[1].all == e.coded:
		return false, nil
	}
	return false, []Warning{{WarnRelation, strconv.Itoa(e.coded)}}
}
