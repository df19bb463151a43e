package store

import (
	"context"
	"testing"

	"padan/match"
)

// Every id of a pack finds it, until another pack takes the slot.
func TestPackCache(t *testing.T) {
	var c packCache[openPack[packedRecord]]
	if c.get(7) != nil {
		t.Error("an empty cache has a pack")
	}
	a, b := &openPack[packedRecord]{}, &openPack[packedRecord]{}
	c.keep(a, 250, 260)
	c.keep(b, 261, 265)
	for id := int64(250); id <= 265; id++ {
		want := a
		if id > 260 {
			want = b
		}
		if c.get(id) != want {
			t.Errorf("id %d has another pack", id)
		}
	}
	c.keep(b, 250+keptIDs, 250+keptIDs)
	if c.get(250) != b || c.get(251) != a {
		t.Error("the slot was not taken, or more than that")
	}
}

// Whoever reads all persons leaves the packs of all records behind, while there are
// no more records than slots.
func TestPacksAreKept(t *testing.T) {
	const n = 3000
	s := twoSides(t, n, n)
	id := mustSave(t, s, sampleResult(n, n))
	m, err := s.Master(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, err := range m.Persons(context.Background(), true) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, side := range bothSides {
		for i := range m.scope.run.Sources[side] {
			source := &m.scope.run.Sources[side][i]
			for record := source.firstRecord; record <= source.lastRecord; record++ {
				if side == match.Central && !m.scope.catalog.packs.get(record).holds(record) || !m.scope.catalog.persons.get(record).holds(record) {
					t.Fatalf("the packs of record %d are not kept", record)
				}
			}
		}
	}
}
