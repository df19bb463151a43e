package reporting

import (
	"context"
	"iter"

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

// ReadHomes goes through the households, before the persons that belong to them.
func (m *Master) ReadHomes(ctx context.Context) error {
	for c, err := range m.Households(ctx) {
		if err != nil {
			return err
		}
		m.List.Homes.Add(&c)
	}
	return nil
}

// ReadPersons goes through the persons. Whoever wants them as they come by, with
// their merged form, gives each.
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

// readMaster reads all that the reports of the master list state beside the
// persons themselves.
func (w *writer) readMaster(ctx context.Context) (err error) {
	if w.master, err = OpenMaster(ctx, w.store, w.run, w.options.Precedence); err != nil {
		return err
	}
	if err := w.master.ReadHomes(ctx); err != nil {
		return err
	}
	return w.master.ReadPersons(ctx, w.indexPerson())
}

// persons are those of the master list, one by one.
type persons = iter.Seq2[*match.MasterPerson, error]

// personList is a report that is made of the persons of the master list.
type personList struct {
	name    string
	columns func(report.Options) []report.Column
	write   func(t report.Table, all persons) (int, error)
}

// personLists returns the reports that are made of the persons.
func (w *writer) personLists() []personList {
	var lists []personList
	if w.options.wants(PartLists) {
		lists = append(lists, personList{"matched", report.MatchedColumns, func(t report.Table, all persons) (int, error) {
			return report.Matched(t, linkedPairs(all), w.format)
		}})
	}
	if w.options.wants(PartMaster) {
		lists = append(lists, personList{"data_induk", report.MasterColumns, func(t report.Table, all persons) (int, error) {
			return report.Master(t, all, w.master.List, w.format)
		}})
	}
	return lists
}

// writePersons writes the reports that are made of the persons, all of them while
// the persons are read once, and then the households of the master list.
func (w *writer) writePersons(ctx context.Context, group *errgroup.Group) {
	var consumers []func(persons) error
	for _, l := range w.personLists() {
		for _, file := range w.files(l.name) {
			consumers = append(consumers, func(all persons) error {
				return w.writeList(&list{l.name, l.columns, func(t report.Table) (int, error) { return l.write(t, all) }}, file)
			})
		}
	}
	if len(consumers) == 0 {
		return
	}
	var shown report.ShownHomes
	homes := list{"data_induk_kk", report.MasterHomeColumns, func(t report.Table) (int, error) {
		return report.MasterHomes(t, shown, w.master.List, w.format)
	}}
	var files []*Written
	if w.options.wants(PartMaster) {
		files = w.files(homes.name)
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
			if err := w.writeList(&homes, file); err != nil {
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
