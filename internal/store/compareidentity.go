package store

import (
	"context"
	"maps"
	"slices"

	"padan/match"

	"zombiezen.com/go/sqlite"
)

// pair tells which records of a side of both runs are the same person.
func (c *Comparison) pair(ctx context.Context, side match.Side) (*match.Pairing, error) {
	before, after := c.scopes[match.Before], c.scopes[match.After]
	p := match.NewPairing(int(before.records(side)), int(after.records(side)))
	for i := range after.run.Sources[side] {
		source := &after.run.Sources[side][i]
		for id := source.firstRecord; id <= source.lastRecord && before.has(source); id++ {
			p.Join(before.row(source, id), after.row(source, id), false)
		}
	}
	gone, fresh := before.lacking(side, after), after.lacking(side, before)
	if len(gone) == 0 || len(fresh) == 0 {
		return p, nil
	}
	index := match.NewIdentityIndex(len(gone) * packRecords)
	c.areas[side] = make([]uint64, before.records(side))
	for found, err := range oneByOne(ordered(ctx, c.store, gone, before.openIdentities)) {
		if err != nil {
			return nil, err
		}
		index.Add(found.row, found.identity, found.content)
		c.areas[side][found.row] = found.area
	}
	for found, err := range oneByOne(ordered(ctx, c.store, fresh, after.openIdentities)) {
		if err != nil {
			return nil, err
		}
		if row, content, ok := index.Take(found.identity); ok {
			p.Join(row, found.row, content != found.content)
		}
	}
	return p, nil
}

// lacking returns the records of those sources of a side that another run lacks,
// in canonical order.
func (sc *scope) lacking(side match.Side, other *scope) []span {
	lacks := slices.DeleteFunc(slices.Clone(sc.run.Sources[side]), func(s Source) bool { return other.has(&s) })
	return recordSpans(lacks)
}

// identified is a record of a run with what it is known by.
type identified struct {
	record            int64
	row               int32
	identity, content match.Identity
	area              uint64
}

// openIdentities reads what the records of a chunk are known by.
func (sc *scope) openIdentities(conn *sqlite.Conn) (chunkReader[identified], error) {
	read, err := sc.catalog.openPersons(conn)
	if err != nil {
		return nil, err
	}
	var persons []PersonRow
	return func(at span, found []identified) ([]identified, error) {
		var err error
		if persons, err = read(at, persons[:0]); err != nil {
			return found, err
		}
		for i := range persons {
			p := &persons[i].Person
			found = append(found, identified{
				record: persons[i].ID, row: sc.row(at.source, persons[i].ID), area: p.Area.Code,
				identity: match.IdentityOf(at.source.Side, p), content: match.ContentOf(at.source.Side, p),
			})
		}
		return found, nil
	}, nil
}

// readIdentities fills in the identities of the records that are the keys.
func (c *Comparison) readIdentities(ctx context.Context, identities map[int64]match.Identity) error {
	sc := c.scopes[match.After]
	for found, err := range oneByOne(ordered(ctx, c.store, sc.catalog.spansOf(slices.Sorted(maps.Keys(identities))), sc.openIdentities)) {
		if err != nil {
			return err
		}
		if _, wanted := identities[found.record]; wanted {
			identities[found.record] = found.identity
		}
	}
	return nil
}

// findAlike tells the difference which of the partners that it doubts have one
// identity.
func (c *Comparison) findAlike(ctx context.Context, side match.Side) error {
	pairs := c.difference.Doubtful(side)
	identities := map[int64]match.Identity{}
	records := make([][2]int64, len(pairs)) // by match.Before and match.After
	for i, pair := range pairs {
		for when, row := range [...]int32{pair.Before, pair.After} {
			id, err := c.scopes[when].recordAt(side, row)
			if err != nil {
				return c.store.classify(ctx, err)
			}
			records[i][when], identities[id] = id, match.Identity{}
		}
	}
	if err := c.readIdentities(ctx, identities); err != nil {
		return err
	}
	for i, pair := range pairs {
		if identities[records[i][match.Before]] == identities[records[i][match.After]] {
			c.difference.Alike(side, pair)
		}
	}
	return nil
}

// spansOf returns spans of at most a pack that hold the records, which ascend.
func (c *catalog) spansOf(records []int64) []span {
	var spans []span
	for _, id := range records {
		source := c.sourceOf(id)
		if n := len(spans); n > 0 && spans[n-1].source == source && id < spans[n-1].first+personsPerPack {
			spans[n-1].last = id
			continue
		}
		spans = append(spans, span{source: source, first: id, last: id})
	}
	return spans
}
