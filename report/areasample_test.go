package report

import (
	"iter"
	"strings"
	"time"

	"padan/match"
	"padan/normalize"
)

// areaSample is an invented run with awkward texts in several areas.
type areaSample struct {
	outcomes   [2][]match.RecordOutcome
	links      []match.Link
	conflicts  []match.Conflict
	duplicates [2]map[int32]match.DuplicatePair
}

// add appends a record and returns its row.
func (s *areaSample) add(r match.Record, area uint64, nik uint64, outcome match.Outcome) int32 {
	r.Area.Code = area
	if nik != 0 {
		r.NIK = whole(nik)
		r.Raw[normalize.FieldNIK] = r.NIK.Text()
	}
	o := match.RecordOutcome{Record: r, Outcome: outcome}
	if outcome == match.Unmatched {
		o.Reason = match.ReasonNotFound
	}
	s.outcomes[r.Side] = append(s.outcomes[r.Side], o)
	return int32(len(s.outcomes[r.Side])) - 1
}

// head makes the last record of a side the head of a household.
func (s *areaSample) head(side match.Side) {
	o := &s.outcomes[side][len(s.outcomes[side])-1]
	o.Person.Relation = normalize.RelationHead
	o.Record.Raw[normalize.FieldRelation] = "KEPALA KELUARGA"
}

const (
	bukitDuri = 3174011005
	tebet     = 3174010000
	gambir    = 3171011001
)

// newAreaSample has households, persons in other areas on either side, somebody of
// nowhere, conflicts within and between areas, and duplicates.
func newAreaSample() *areaSample {
	s := &areaSample{duplicates: [2]map[int32]match.DuplicatePair{{}, {}}}
	same := match.Vector{match.CompareNIK: match.NIKSame, match.CompareName: match.NameSame, match.CompareStreet: match.StreetHouse}
	link := func(central, regional int32, v match.Vector) {
		s.links = append(s.links, match.Link{Central: central, Regional: regional, Vector: v})
	}
	member := s.add(awkward(match.Central, 2), bukitDuri, 0, match.Matched)
	near := awkward(match.Regional, 9)
	near.Raw[normalize.FieldName], near.Raw[normalize.FieldAddress], near.Raw[normalize.FieldRTRW] = "=CMD|' /C calc'!A0", "@JL", "005"
	link(member, s.add(near, bukitDuri, 3174015705809023, match.Matched), match.Vector{
		match.CompareNIK: match.NIKOneApart, match.CompareName: match.NameSpelling, match.CompareStreet: match.StreetDiffers,
	})
	head := s.add(awkward(match.Central, 3), bukitDuri, 3174015705809103, match.Matched)
	s.head(match.Central)
	link(head, s.add(awkward(match.Regional, 10), gambir, 3174015705809103, match.Matched), same)
	nowhere := s.add(elsewhere(match.Central, 1_000_000), 0, 0, match.Matched)
	link(nowhere, s.add(awkward(match.Regional, 11), tebet, 3174015705809203, match.Matched), same)
	s.add(awkward(match.Central, 4), bukitDuri, 3174015705809303, match.Unmatched)
	s.add(elsewhere(match.Regional, 12), 3174000000, 0, match.Unmatched)
	long := awkward(match.Regional, 13)
	long.Raw[normalize.FieldName] = strings.TrimSpace(strings.Repeat("PANJANG ", 40))
	s.add(long, tebet, 3174015705809403, match.Unmatched)

	stranger := s.add(awkward(match.Central, 5), gambir, 3174015705809503, match.Conflicted)
	here := s.add(awkward(match.Regional, 14), bukitDuri, 3174015705809513, match.Conflicted)
	s.conflicts = append(s.conflicts, match.Conflict{
		Kind: match.NIKNear, Central: []int32{stranger}, Regional: []int32{here}, Vector: match.Vector{match.CompareNIK: match.NIKOneApart}, Proposed: "3174015705809503",
	}, match.Conflict{
		Kind: match.Review, Central: []int32{member}, Regional: []int32{here}, Vector: same, Proposed: "3174015705809513",
	}, match.Conflict{Kind: match.KKManyHeads, Central: []int32{stranger}})

	twin := s.add(awkward(match.Regional, 15), bukitDuri, 3174015705809403, match.Duplicate)
	s.duplicates[match.Regional][twin] = match.DuplicatePair{
		Duplicate: s.outcomes[match.Regional][twin].Record, Of: s.outcomes[match.Regional][1].Record, Kind: match.ClaimedByTwoRegions, Vector: same,
	}
	return s
}

func (s *areaSample) index(level AreaLevel) *AreaIndex {
	x := NewAreaIndex(level)
	for side := range s.outcomes {
		for i := range s.outcomes[side] {
			x.Add(&s.outcomes[side][i])
		}
	}
	for i := range s.links {
		x.AddLink(&s.links[i])
	}
	for i := range s.conflicts {
		x.AddConflict(&s.conflicts[i])
	}
	persons, list := s.master()
	for i := range persons {
		merged := persons[i].Merge(&list.Precedence)
		x.AddPerson(&persons[i], &merged)
	}
	return x
}

// master is the master list of the sample: the links, then who has none.
func (s *areaSample) master() ([]match.MasterPerson, *match.MasterList) {
	var persons []match.MasterPerson
	for _, l := range s.links {
		p := alonePerson(match.Matched, s.outcomes[match.Central][l.Central].Record)
		regional := s.outcomes[match.Regional][l.Regional].Record
		p.Has[match.Regional], p.Records[match.Regional], p.Persons[match.Regional] = true, regional, known(&regional)
		p.Link = l
		persons = append(persons, p)
	}
	for _, outcomes := range s.outcomes {
		for i := range outcomes {
			if o := &outcomes[i]; o.Outcome == match.Unmatched || o.Outcome == match.Conflicted {
				p := alonePerson(o.Outcome, o.Record)
				p.Reason = o.Reason
				persons = append(persons, p)
			}
		}
	}
	list := match.NewMasterList(match.DefaultPrecedence(), len(persons), 0)
	for i := range persons {
		list.Add(&persons[i])
	}
	list.Finish()
	return persons, list
}

func (s *areaSample) summary() *Summary {
	summary := NewSummary(RunInfo{Number: 7, Started: time.Date(2026, 5, 17, 8, 0, 0, 0, time.UTC), Version: "1.2"}, [2][]SourceInfo{})
	for side := range s.outcomes {
		for i := range s.outcomes[side] {
			summary.Add(&s.outcomes[side][i])
		}
	}
	summary.Finish()
	return summary
}

// lists are the rows of a part.
func (s *areaSample) lists(p *AreaPart) AreaLists {
	record := func(side match.Side, row int32) match.Record { return s.outcomes[side][row].Record }
	links := func(positions []int32) iter.Seq2[match.LinkedPair, error] {
		var pairs []match.LinkedPair
		for _, position := range positions {
			l := p.Link(position)
			pairs = append(pairs, match.LinkedPair{Link: l, Central: record(match.Central, l.Central), Regional: record(match.Regional, l.Regional)})
		}
		return seq(pairs...)
	}
	lists := AreaLists{Matched: links(p.Matched), Elsewhere: links(p.Elsewhere)}
	for side := range s.outcomes {
		var unmatched []match.RecordOutcome
		for _, row := range p.Unmatched[side] {
			unmatched = append(unmatched, s.outcomes[side][row])
		}
		var duplicates []match.DuplicatePair
		for _, row := range p.Duplicates[side] {
			duplicates = append(duplicates, s.duplicates[side][row])
		}
		lists.Unmatched[side], lists.Duplicates[side] = seq(unmatched...), seq(duplicates...)
	}
	var cases []match.ConflictCase
	for _, position := range p.Conflicts {
		c := match.ConflictCase{Conflict: s.conflicts[position]}
		for side, rows := range [2][]int32{c.Conflict.Central, c.Conflict.Regional} {
			for _, row := range rows {
				c.Records = append(c.Records, record(match.Side(side), row))
			}
		}
		cases = append(cases, c)
	}
	lists.Conflicts = seq(cases...)
	persons, list := s.master()
	var here []match.MasterPerson
	for i := range p.Persons() {
		here = append(here, persons[p.persons[i].at])
	}
	lists.Master, lists.MasterList = seq(here...), list
	return lists
}
