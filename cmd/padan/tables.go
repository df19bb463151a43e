package main

import (
	"context"

	"padan/internal/crash"
	"padan/internal/intake"
	"padan/internal/store"
	"padan/match"

	"golang.org/x/sync/errgroup"
)

// tables holds the persons of both sides in the form that is compared.
type tables struct {
	side [2]*match.Table
	ids  [2][]int64 // record id of each row
	// found holds the rows of the identities that were asked for.
	found [2]map[match.Identity][]int32
}

// readTables reads all persons of the database, both sides at the same time, and
// notes which rows have one of the wanted identities.
func readTables(ctx context.Context, s *store.Store, wanted map[match.Identity]bool) (*tables, error) {
	if err := oneKindOfNumbers(ctx, s); err != nil {
		return nil, err
	}
	sources, err := s.Sources(ctx)
	if err != nil {
		return nil, err
	}
	t := &tables{}
	dictionary := match.NewDictionary()
	group, ctx := errgroup.WithContext(ctx)
	for _, side := range []match.Side{match.Central, match.Regional} {
		records := 0
		for i := range sources[side] {
			records += int(sources[side][i].Records)
		}
		table, ids := match.NewTable(side, dictionary, records), make([]int64, 0, records)
		found := map[match.Identity][]int32{}
		group.Go(crash.GuardedError(func() error {
			for rows, err := range s.Persons(ctx, side) {
				if err != nil {
					return err
				}
				for i := range rows {
					if len(wanted) > 0 {
						if id := match.IdentityOf(side, &rows[i].Person); wanted[id] {
							found[id] = append(found[id], int32(len(ids)))
						}
					}
					table.Add(&rows[i].Person, rows[i].Source)
					ids = append(ids, rows[i].ID)
				}
			}
			t.side[side], t.ids[side], t.found[side] = table, ids, found
			return nil
		}))
	}
	return t, group.Wait()
}

// oneKindOfNumbers demands that the lists of all databases have clear numbers, or
// hashes of one key: others would match nobody in silence.
func oneKindOfNumbers(ctx context.Context, stores ...*store.Store) error {
	kinds := map[string]bool{}
	for _, s := range stores {
		keys, err := s.HashKeys(ctx)
		if err != nil {
			return err
		}
		for _, key := range keys {
			kinds[key] = true
		}
	}
	if len(kinds) > 1 {
		return intake.ErrMixed
	}
	return nil
}

// rowOf returns the row of a record of a side, -1 if it is not there.
func (t *tables) rowOf(side match.Side, id int64) int {
	for row, other := range t.ids[side] {
		if other == id {
			return row
		}
	}
	return -1
}
