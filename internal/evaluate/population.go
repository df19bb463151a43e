package evaluate

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"padan/internal/store"
	"padan/match"
	"padan/normalize"
)

// trait is what a record is grouped by.
type trait struct {
	kota  string
	birth normalize.Date
	nik   uint64
	sex   normalize.Sex
	words uint8
}

// population is both sides as they are loaded.
type population struct {
	tables [2]*match.Table
	traits [2][]trait
	rows   [2]map[place]int32 // by file, sheet and row, or by id
}

// errMoved: the files were changed after the run.
var errMoved = errors.New("other files are loaded than the run has seen")

// readPopulation reads the persons of a run. idHeader names the column that
// holds the ids of a truth by id, "" for a truth by rows.
func readPopulation(ctx context.Context, s *store.Store, run *store.Run, idHeader string) (*population, error) {
	p := &population{}
	dictionary := match.NewDictionary()
	for _, side := range []match.Side{match.Central, match.Regional} {
		records := int(run.Totals[side].Records)
		p.tables[side] = match.NewTable(side, dictionary, records)
		p.traits[side] = make([]trait, 0, records)
		for batch, err := range s.Persons(ctx, side) {
			if err != nil {
				return nil, err
			}
			for i := range batch {
				person := &batch[i].Person
				p.tables[side].Add(person, batch[i].Source)
				p.traits[side] = append(p.traits[side], traitOf(person))
			}
		}
		if len(p.traits[side]) != records {
			return nil, errMoved
		}
		if err := p.index(ctx, s, run.ID, side, idHeader); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func traitOf(p *normalize.Person) trait {
	t := trait{birth: p.BirthDate, nik: p.NIK.Value, sex: p.Sex}
	t.kota = kotaOf(p.Area)
	if p.Name.Words != "" {
		t.words = uint8(min(255, 1+strings.Count(p.Name.Words, " ")))
	}
	return t
}

// kotaOf is the four-digit Kemendagri code of an area's kota, "" if unknown.
func kotaOf(a normalize.Area) string {
	if kota := a.Code / 1_000_000; kota%100 != 0 {
		return fmt.Sprintf("%02d.%02d", kota/100, kota%100)
	}
	return ""
}

// index finds the row of each record by where it stands, or by its id.
func (p *population) index(ctx context.Context, s *store.Store, run store.RunID, side match.Side, idHeader string) error {
	p.rows[side] = make(map[place]int32, len(p.traits[side]))
	next := int32(0)
	add := func(at place) {
		p.rows[side][at] = next
		next++
	}
	if idHeader != "" {
		for id, err := range s.Cells(ctx, side, idHeader) {
			if err != nil {
				return err
			}
			add(placeOfID(side, strings.TrimSpace(id)))
		}
		return nil
	}
	for o, err := range s.RecordOutcomes(ctx, run, side) {
		if err != nil {
			return err
		}
		add(placeOfRow(side, o.Record.Source, o.Record.Sheet, o.Record.Row))
	}
	return nil
}

// facts is a truth in rows of the tables.
type facts struct {
	links     map[[2]int32]*trueLink
	decidable int
	first     [2]map[int32]int32 // second rows of a person -> the first
}

// facts finds the rows that a truth names. Links and duplicates of rows that are
// not loaded, because they were rejected, are an error only if nothing is found.
func (p *population) facts(t *truth) (*facts, error) {
	f := &facts{links: make(map[[2]int32]*trueLink, len(t.links)), first: [2]map[int32]int32{{}, {}}}
	unknown, firstLine := 0, 0
	for i := range t.links {
		l := &t.links[i]
		c, ok1 := p.rows[match.Central][l.places[match.Central]]
		r, ok2 := p.rows[match.Regional][l.places[match.Regional]]
		if !ok1 || !ok2 {
			if unknown++; firstLine == 0 {
				firstLine = l.line
			}
			continue
		}
		f.links[[2]int32{c, r}] = l
		if !l.ambiguous {
			f.decidable++
		}
	}
	if unknown*100 > len(t.links) {
		return nil, fmt.Errorf("%s: line %d: %w: %d of %d true links", t.path, firstLine, ErrUnknown, unknown, len(t.links))
	}
	for _, d := range t.duplicates {
		row, ok1 := p.rows[d.row.side][d.row]
		of, ok2 := p.rows[d.row.side][d.of]
		if ok1 && ok2 && row != of {
			f.first[d.row.side][row] = of
		}
	}
	return f, nil
}

// person returns the first row of the person of a row.
func (f *facts) person(side match.Side, row int32) int32 {
	for {
		of, ok := f.first[side][row]
		if !ok {
			return row
		}
		row = of
	}
}

// link returns the true link of two rows, nil if they are two persons.
func (f *facts) link(central, regional int32) *trueLink {
	return f.links[[2]int32{f.person(match.Central, central), f.person(match.Regional, regional)}]
}
