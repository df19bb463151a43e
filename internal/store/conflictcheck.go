package store

import (
	"errors"

	"padan/match"
)

// conflicts verifies that a run has as many conflicts as it counts, that their
// records can be read and are of the run, and that these are at least all records
// with that outcome.
func (r *runChecker) conflicts() error {
	stmt, err := r.conn.Prepare(conflictListQuery)
	if err != nil {
		return err
	}
	stmt.BindInt64(1, r.run.ID.key(0))
	stmt.BindInt64(2, r.run.ID.key(keyMask))
	r.begin()
	conflicts, unreadable, strange := int64(0), 0, 0
	var list conflictList
	err = eachRow(stmt, func() error {
		conflicts++
		ids, err := list.read(stmt, 1)
		if errors.Is(err, ErrSchema) {
			unreadable++
			return nil
		}
		for _, id := range ids {
			if !r.mention(id) {
				strange++
			}
		}
		return err
	})
	if want := r.scope.conflicts(); conflicts != want {
		r.problem("run %d: %d conflicts instead of %d", r.run.ID, conflicts, want)
	}
	if unreadable > 0 {
		r.problem("run %d: the records of %d conflicts cannot be read", r.run.ID, unreadable)
	}
	if strange > 0 {
		r.problem("run %d: %d conflicts name a record that is not in the run", r.run.ID, strange)
	}
	for _, side := range bothSides {
		r.agree(side, match.Conflicted, false, "conflicts")
	}
	return err
}
