package main

import (
	"context"

	"padan/internal/store"
	"padan/match"
)

// master is the master list of a run: what is known of its persons, and where
// they are read.
type master struct {
	list   *match.MasterList
	reader *store.Master
}

// readMaster goes through the households and the persons of a run once. Whoever
// wants the persons as they come by gives each.
func readMaster(ctx context.Context, s *store.Store, run *store.Run, precedence match.Precedence, each func(*match.MasterPerson)) (*master, error) {
	reader, err := s.Master(ctx, run.ID)
	if err != nil {
		return nil, err
	}
	m := &master{reader: reader, list: match.NewMasterList(precedence, int(reader.Len()), int(run.Households.Central+run.Households.Regional))}
	for c, err := range s.HouseholdCards(ctx, run.ID) {
		if err != nil {
			return nil, err
		}
		m.list.Homes.Add(&c)
	}
	for p, err := range reader.Persons(ctx, false) {
		if err != nil {
			return nil, err
		}
		m.list.Add(&p)
		if each != nil {
			each(&p)
		}
	}
	m.list.Finish()
	return m, nil
}
