package store

import (
	"fmt"
	"sort"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// masterReader reads persons of a master list. It belongs to one connection.
type masterReader struct {
	*Master

	persons *personReader
	records *recordReader
	whole   bool // see Master.Persons
	links   *linkReader
	linked  []linkedPerson // of the span that is read
}

// linkedPerson is a link with the ids of its records.
type linkedPerson struct {
	key  match.MasterKey
	link match.Link
}

func (m *Master) newReader(conn *sqlite.Conn, whole bool) (*masterReader, error) {
	r := &masterReader{Master: m, whole: whole}
	var err error
	if r.persons, err = m.scope.catalog.newPersonReader(conn); err != nil {
		return nil, err
	}
	if r.links, err = m.scope.newLinkReader(conn); err != nil {
		return nil, err
	}
	r.records = r.links.records
	return r, nil
}

// readSpan reads the persons whose leading records are those of a span.
func (r *masterReader) readSpan(at span, persons []match.MasterPerson) ([]match.MasterPerson, error) {
	side, row := at.source.Side, r.scope.row(at.source, at.first)
	if side == match.Central {
		if err := r.findLinked(at); err != nil {
			return nil, err
		}
	}
	for i, d := range r.decisions[side][row : int64(row)+at.last-at.first+1] {
		if d.outcome == match.Duplicate || d.outcome == match.Matched && side == match.Regional {
			continue
		}
		key := match.MasterKey{}
		key[side] = at.first + int64(i)
		persons = append(persons, match.MasterPerson{Outcome: d.outcome, Reason: d.reason})
		p := &persons[len(persons)-1]
		if d.outcome == match.Matched {
			if err := r.takeLink(&key, p); err != nil {
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
	from := sort.Search(len(r.packs), func(i int) bool { return r.packs[i].last >= first })
	to := sort.Search(len(r.packs), func(i int) bool { return r.packs[i].first > last })
	r.linked = r.linked[:0]
	return r.links.each(span{first: int64(from), last: int64(to) - 1}, func(l *packedLink) error {
		if l.central < at.first || l.central > at.last {
			return nil
		}
		r.linked = append(r.linked, linkedPerson{key: match.MasterKey{l.central, l.regional}})
		if !r.whole {
			return nil
		}
		link, err := r.links.link(l)
		r.linked[len(r.linked)-1].link = link
		return err
	})
}

// takeLink takes the next of the links of a span, which is that of the central
// record of the key.
func (r *masterReader) takeLink(key *match.MasterKey, p *match.MasterPerson) error {
	if len(r.linked) == 0 || r.linked[0].key[match.Central] != key[match.Central] {
		return damaged(fmt.Sprintf("record %d of run %d is matched and has no link", key[match.Central], r.scope.run.ID), nil)
	}
	*key, p.Link = r.linked[0].key, r.linked[0].link
	r.linked = r.linked[1:]
	return nil
}

// readKey reads the person of a key but for the link.
func (r *masterReader) readKey(key *match.MasterKey, p *match.MasterPerson) error {
	for _, id := range key {
		if id == 0 {
			continue
		}
		side, row, err := r.place(id)
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
	for side, id := range key {
		if id == 0 {
			continue
		}
		p.Has[side] = true
		if err := r.addRecord(id, p, match.Side(side)); err != nil {
			return err
		}
		standsOn, row, err := r.place(id)
		if err != nil {
			return err
		}
		p.Kinds |= r.kinds[standsOn][row]
		if !r.whole {
			continue
		}
		for _, a := range r.asideFor(id) {
			pack, err := r.persons.packs.pack(a.record)
			if err != nil {
				return err
			}
			p.Aside = append(p.Aside, match.Place{Source: pack.sheet.source.Name, Sheet: pack.sheet.Name, Row: int(pack.entry(a.record).row)})
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
	p.Records[side] = lean(sheet.source, sheet.Name, row, id, person)
	if !r.whole {
		return nil
	}
	return r.records.addCells(id, &p.Records[side])
}
