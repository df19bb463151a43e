package store

import (
	"context"
	"iter"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// Persons yields every person of a side that one of the runs has, changed or not:
// those of the run after in canonical order, then those who are gone. It reads no
// cells.
func (c *Comparison) Persons(ctx context.Context, side match.Side) iter.Seq2[match.Change, error] {
	return oneByOne(ordered(ctx, c.store, c.spans(side), c.openPersons))
}

// Changes yields those of Persons who changed and belong, by what is known last, to
// an area that within accepts, with the cells of their records.
func (c *Comparison) Changes(ctx context.Context, side match.Side, within func(area uint64) bool) iter.Seq2[match.ChangeCase, error] {
	return oneByOne(ordered(ctx, c.store, c.spans(side), func(conn *sqlite.Conn) (chunkReader[match.ChangeCase], error) {
		return c.openChanges(conn, within)
	}))
}

// spans are the records of a side of the run after, then those of sources that it
// lacks.
func (c *Comparison) spans(side match.Side) []span {
	before, after := c.scopes[match.Before], c.scopes[match.After]
	return append(recordSpans(after.run.Sources[side]), before.lacking(side, after)...)
}

// change tells of the person of a record of a chunk, and its rows before and
// after; false for a record that another one stands for in the run after.
func (c *Comparison) change(at span, record int64) (change match.Change, rows match.RowPair, ok bool) {
	side, d := at.source.Side, c.difference
	if after := c.scopes[match.After]; after.has(at.source) {
		row := after.row(at.source, record)
		return d.Change(side, row), match.RowPair{Before: d.RowBefore(side, row), After: row}, true
	}
	row := c.scopes[match.Before].row(at.source, record)
	if !d.Gone(side, row) {
		return match.Change{}, match.RowPair{}, false
	}
	return d.Departure(side, row), match.RowPair{Before: row, After: match.NoRow}, true
}

// setAreas fills in the areas of a person who was found by a record of a source
// in an area.
func (c *Comparison) setAreas(change *match.Change, rows match.RowPair, source *Source, area uint64) {
	for when := range change.Standing {
		if change.Standing[when].Known {
			change.Standing[when].Area = area
		}
	}
	if rows.Before != match.NoRow && rows.After != match.NoRow && !c.scopes[match.Before].has(source) {
		change.Standing[match.Before].Area = c.areas[change.Side][rows.Before]
	}
}

func (c *Comparison) openPersons(conn *sqlite.Conn) (chunkReader[match.Change], error) {
	read, err := c.scopes[match.After].catalog.openPersons(conn)
	if err != nil {
		return nil, err
	}
	var persons []PersonRow
	return func(at span, changes []match.Change) ([]match.Change, error) {
		var err error
		if persons, err = read(at, persons[:0]); err != nil {
			return changes, err
		}
		for i := range persons {
			if change, rows, ok := c.change(at, persons[i].ID); ok {
				c.setAreas(&change, rows, at.source, persons[i].Person.Area.Code)
				changes = append(changes, change)
			}
		}
		return changes, nil
	}, nil
}

func (c *Comparison) openChanges(conn *sqlite.Conn, within func(area uint64) bool) (chunkReader[match.ChangeCase], error) {
	records, err := c.scopes[match.After].catalog.newRecordReader(conn)
	if err != nil {
		return nil, err
	}
	return func(at span, cases []match.ChangeCase) ([]match.ChangeCase, error) {
		for id := at.first; id <= at.last; id++ {
			change, rows, ok := c.change(at, id)
			if !ok || change.Kind == match.Unchanged {
				continue
			}
			one := match.ChangeCase{Change: change}
			if err := c.readRecords(records, rows, &one); err != nil {
				return cases, err
			}
			if !within(one.Change.Area()) {
				continue
			}
			if err := c.readPartners(records, rows, &one); err != nil {
				return cases, err
			}
			cases = append(cases, one)
		}
		return cases, nil
	}, nil
}

// readRecords reads the records of a person.
func (c *Comparison) readRecords(r *recordReader, rows match.RowPair, one *match.ChangeCase) error {
	for when, row := range [...]int32{rows.Before, rows.After} {
		if row == match.NoRow {
			continue
		}
		if err := c.scopes[when].record(r, one.Change.Side, row, &one.Records[when]); err != nil {
			return err
		}
		one.Change.Standing[when].Area = one.Records[when].Area.Code
	}
	return nil
}

// readPartners reads the records to which a person is linked.
func (c *Comparison) readPartners(r *recordReader, rows match.RowPair, one *match.ChangeCase) error {
	side := one.Change.Side
	for when, row := range [...]int32{rows.Before, rows.After} {
		partner := c.difference.Partner(when, side, row)
		if partner == match.NoRow {
			continue
		}
		if err := c.scopes[when].record(r, 1-side, partner, &one.Partners[when]); err != nil {
			return err
		}
	}
	return nil
}
