package reporting

import (
	"context"
	"iter"
	"slices"

	"padan/internal/crash"
	"padan/internal/store"
	"padan/match"
	"padan/report"

	"golang.org/x/sync/errgroup"
)

// Master is the master list of a run: what is known of its persons, and where they
// are read.
type Master struct {
	*store.Master

	List *match.MasterList
}

// OpenMaster opens the master list of a run, about which nothing is known yet.
func OpenMaster(ctx context.Context, s *store.Store, run *store.Run, precedence match.Precedence) (*Master, error) {
	reader, err := s.Master(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	return &Master{reader, match.NewMasterList(precedence, int(reader.Len()), int(run.Households.Central))}, nil
}

// ReadPersons goes through the persons, after the households to which they belong
// were added to List.Homes. Whoever wants them as they come by, with their merged
// form, gives each.
func (m *Master) ReadPersons(ctx context.Context, each func(*match.MasterPerson, *match.Merged)) error {
	for persons, err := range m.Persons(ctx, false) {
		if err != nil {
			return err
		}
		for i := range persons {
			merged := m.List.Add(&persons[i])
			if each != nil {
				each(&persons[i], &merged)
			}
		}
	}
	m.List.Finish()
	return nil
}

// persons are those of the master list, one by one.
type persons = iter.Seq2[*match.MasterPerson, error]

// unmatchedLists announces the lists of the unmatched persons.
func (w *writer) unmatchedLists() []consumer[match.MasterPerson] {
	var consumers []consumer[match.MasterPerson]
	for side, name := range [...]string{match.Central: "unmatched_central", match.Regional: "unmatched_regional"} {
		l := list[match.MasterPerson]{name, report.UnmatchedColumns, func(t report.Table, all persons) (int, error) {
			return report.Unmatched(t, unmatched(all, match.Side(side)), w.format)
		}}
		consumers = append(consumers, l.consumers(w)...)
	}
	return consumers
}

// personLists announces the other reports that are made of the persons.
func (w *writer) personLists() []consumer[match.MasterPerson] {
	var consumers []consumer[match.MasterPerson]
	if w.options.wants(PartLists) {
		matched := list[match.MasterPerson]{"matched", report.MatchedColumns, func(t report.Table, all persons) (int, error) {
			return report.Matched(t, linkedPairs(all), w.format)
		}}
		consumers = append(consumers, matched.consumers(w)...)
	}
	if w.options.wants(PartMaster) {
		master := list[match.MasterPerson]{"data_induk", report.MasterColumns, func(t report.Table, all persons) (int, error) {
			return report.Master(t, all, w.master.List, w.format)
		}}
		consumers = append(consumers, master.consumers(w)...)
	}
	return consumers
}

// writePersons writes the reports that are made of the persons, all of them while
// the persons are read once, and then the households of the master list.
func (w *writer) writePersons(ctx context.Context, group *errgroup.Group, unmatched []consumer[match.MasterPerson]) {
	consumers := slices.Concat(unmatched, w.personLists())
	if len(consumers) == 0 {
		return
	}
	var shown report.ShownHomes
	const homes = "data_induk_kk"
	var files []*Written
	if w.options.wants(PartMaster) {
		files = w.files(homes)
		consumers = append(consumers, func(all persons) (err error) {
			shown, err = report.ShowHomes(all, w.master.List, w.format)
			return err
		})
	}
	group.Go(crash.GuardedError(func() error {
		reader, err := w.personReader(ctx)
		if err != nil {
			return err
		}
		if err := broadcast(reader.Persons(ctx, true), consumers); err != nil {
			return err
		}
		for _, file := range files {
			err := w.writeList(homes, report.MasterHomeColumns, file, func(t report.Table) (int, error) {
				return report.MasterHomes(t, shown, w.master.List, w.format)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}))
}

// personReader is that of the master list, where there is one.
func (w *writer) personReader(ctx context.Context) (*store.Master, error) {
	if w.master != nil {
		return w.master.Master, nil
	}
	return w.store.Master(ctx, w.run.ID)
}

// linkedPairs yields the links among the persons.
func linkedPairs(all persons) iter.Seq2[match.LinkedPair, error] {
	return func(yield func(match.LinkedPair, error) bool) {
		for p, err := range all {
			if err != nil {
				yield(match.LinkedPair{}, err)
				return
			}
			if p.Outcome != match.Matched {
				continue
			}
			if !yield(match.LinkedPair{Link: p.Link, Central: p.Records[match.Central], Regional: p.Records[match.Regional]}, nil) {
				return
			}
		}
	}
}

// unmatched yields the unmatched records of a side among the persons.
func unmatched(all persons, side match.Side) iter.Seq2[match.RecordOutcome, error] {
	return func(yield func(match.RecordOutcome, error) bool) {
		for p, err := range all {
			if err != nil {
				yield(match.RecordOutcome{}, err)
				return
			}
			if p.Outcome != match.Unmatched || !p.Has[side] {
				continue
			}
			if !yield(match.RecordOutcome{Record: p.Records[side], Outcome: p.Outcome, Reason: p.Reason}, nil) {
				return
			}
		}
	}
}
