package store

import (
	"sort"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// masterReader reads persons of a master list. It belongs to one connection.
type masterReader struct {
	*Master

	persons *personReader
	records *recordReader // nil where cells are not wanted
	shown   *packReader
	packs   linkPackReader
	links   *sqlite.Stmt
	linked  []packedLink // of the span that is read
}

func (m *Master) newReader(conn *sqlite.Conn, cells bool) (*masterReader, error) {
	r := &masterReader{Master: m}
	var err error
	if r.persons, err = m.scope.catalog.newPersonReader(conn); err != nil {
		return nil, err
	}
	if r.shown, err = newPackReader(conn, m.scope.catalog); err != nil {
		return nil, err
	}
	if cells {
		r.records = &recordReader{packs: r.shown}
	}
	r.links, err = conn.Prepare(linkPackQuery + "ORDER BY id")
	return r, err
}

// cut cuts a span into parts of at most size records.
func (s span) cut(size int64) []span {
	var parts []span
	for first := s.first; first <= s.last; first += size {
		parts = append(parts, span{source: s.source, first: first, last: min(first+size-1, s.last)})
	}
	return parts
}

// readSpan reads the persons whose leading records are those of a span.
func (r *masterReader) readSpan(at span, persons []match.MasterPerson) ([]match.MasterPerson, error) {
	central := at.source.Side == match.Central
	if central {
		if err := r.findLinked(at); err != nil {
			return nil, err
		}
	}
	side, row := at.source.Side, r.scope.row(at.source, at.first)
	for i, d := range r.decisions[side][row : int64(row)+at.last-at.first+1] {
		if d.outcome == match.Duplicate || d.outcome == match.Matched && !central {
			continue
		}
		key := match.MasterKey{}
		key.Records[side] = at.first + int64(i)
		persons = append(persons, match.MasterPerson{Outcome: d.outcome, Reason: d.reason})
		p := &persons[len(persons)-1]
		if d.outcome == match.Matched {
			if err := r.addLink(&key, p); err != nil {
				return persons, err
			}
		}
		if err := r.addRecords(&key, p); err != nil {
			return persons, err
		}
	}
	return persons, nil
}

// findLinked reads the links of the central records of a span.
func (r *masterReader) findLinked(at span) error {
	first, last := r.scope.row(at.source, at.first), r.scope.row(at.source, at.last)
	from := sort.Search(len(r.Master.links), func(i int) bool { return r.Master.links[i].last >= first })
	to := sort.Search(len(r.Master.links), func(i int) bool { return r.Master.links[i].first > last })
	r.linked = r.linked[:0]
	r.links.BindInt64(1, r.scope.run.ID.key(int64(from)))
	r.links.BindInt64(2, r.scope.run.ID.key(int64(to-1)))
	return eachRow(r.links, func() error {
		links, err := r.packs.read(r.links)
		for i := range links {
			if id := links[i].central; at.first <= id && id <= at.last {
				r.linked = append(r.linked, links[i])
				r.linked[len(r.linked)-1].evidence = nil // not kept by the reader
			}
		}
		return err
	})
}

// addLink takes the next of the links of a span, which is that of the central
// record of the key.
func (r *masterReader) addLink(key *match.MasterKey, p *match.MasterPerson) error {
	if len(r.linked) == 0 || r.linked[0].central != key.Records[match.Central] {
		return damaged("a matched record has no link", nil)
	}
	l := &r.linked[0]
	r.linked = r.linked[1:]
	key.Records[match.Regional] = l.regional
	p.Weight = l.weight
	var ok bool
	if p.Rule, ok = r.scope.rules[l.rule]; !ok {
		p.Rule = unknownRule
	}
	return nil
}

// readKey reads the person of a key but for the link.
func (r *masterReader) readKey(key *match.MasterKey, p *match.MasterPerson) error {
	for side, id := range key.Records {
		if id == 0 {
			continue
		}
		_, row, err := r.scope.rowOf(id)
		if err != nil {
			return err
		}
		d := r.decisions[side][row]
		p.Outcome, p.Reason = d.outcome, d.reason
	}
	return r.addRecords(key, p)
}

// addRecords reads the records of a person and what is noted of them.
func (r *masterReader) addRecords(key *match.MasterKey, p *match.MasterPerson) error {
	for side, id := range key.Records {
		if id == 0 {
			continue
		}
		p.Has[side] = true
		if err := r.addRecord(id, p, match.Side(side)); err != nil {
			return err
		}
		_, row, err := r.scope.rowOf(id)
		if err != nil {
			return err
		}
		p.Kinds |= r.kinds[side][row]
		for _, a := range r.asideFor(id) {
			pack, err := r.shown.pack(a.record)
			if err != nil {
				return err
			}
			p.Aside = append(p.Aside, match.Place{Source: pack.sheet.source.Name, Sheet: pack.sheet.Name, Row: pack.row(a.record)})
		}
	}
	return nil
}

func (r *masterReader) addRecord(id int64, p *match.MasterPerson, side match.Side) error {
	person := &p.Persons[side]
	sheet, row, err := r.persons.read(id, person)
	if err != nil {
		return err
	}
	if r.records != nil {
		return r.records.raw(id, &p.Records[side])
	}
	p.Records[side] = lean(sheet.source, sheet.Name, row, id, person)
	return nil
}
