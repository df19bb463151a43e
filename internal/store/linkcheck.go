package store

import (
	"errors"

	"padan/match"
)

// linkChecker counts what is wrong with the links of a run.
type linkChecker struct {
	*runChecker

	row        int32 // of the last central record
	links      int64
	unreadable int // packs
	strange    int // name a record of no source of the run, or of the wrong side
	disordered int
	ruleless   int
	baseless   int // without evidence that can be read
}

// links verifies that the packs of links can be read, that they hold as many links
// as the run counts, in canonical order and by rules that there are, and that
// these name every matched record of each side once and no other.
func (r *runChecker) links() error {
	stmt, err := r.conn.Prepare(linkPackQuery + "ORDER BY id")
	if err != nil {
		return err
	}
	stmt.BindInt64(1, r.run.ID.key(0))
	stmt.BindInt64(2, r.run.ID.key(keyMask))
	r.begin()
	k := linkChecker{runChecker: r, row: -1}
	var packs linkPackReader
	err = eachRow(stmt, func() error {
		links, err := packs.read(stmt)
		if errors.Is(err, ErrSchema) {
			k.unreadable++
			return nil
		}
		for i := range links {
			k.link(&links[i])
		}
		return err
	})
	k.tell()
	return err
}

func (k *linkChecker) link(l *packedLink) {
	k.links++
	if _, ok := k.scope.rules[l.rule]; !ok {
		k.ruleless++
	}
	if _, _, err := k.scope.decode(l.evidence); err != nil {
		k.baseless++
	}
	central, row, known := k.end(l.central)
	regional, _, knownToo := k.end(l.regional)
	if !known || !knownToo || central != match.Central || regional != match.Regional {
		k.strange++
		return
	}
	if row <= k.row {
		k.disordered++
	}
	k.row = row
}

// end notes that a record is named, and returns its side and row; false if it is
// none of the run.
func (k *linkChecker) end(record int64) (match.Side, int32, bool) {
	if !k.mention(record) {
		return match.Central, 0, false
	}
	side, row, err := k.scope.rowOf(record)
	return side, row, err == nil
}

// tell reports what was found.
func (k *linkChecker) tell() {
	for _, found := range []struct {
		n    int
		what string
	}{
		{k.unreadable, "packs of links cannot be read"},
		{k.strange, "links name a record that is not in the run or not of its side"},
		{k.disordered, "links are out of order"},
		{k.ruleless, "links have a rule that there is not"},
		{k.baseless, "links have evidence that cannot be read"},
	} {
		if found.n > 0 {
			k.problem("run %d: %d %s", k.run.ID, found.n, found.what)
		}
	}
	if k.links != k.run.Links {
		k.problem("run %d: %d links instead of %d", k.run.ID, k.links, k.run.Links)
	}
	for _, side := range bothSides {
		k.agree(side, match.Matched, true, "links")
	}
}
