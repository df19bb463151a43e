package store

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// drawEntries invents rows of a sheet, most of them records.
func drawEntries(t *rapid.T) []Entry {
	entries := make([]Entry, rapid.IntRange(1, 2*personsPerPack+10).Draw(t, "entries"))
	small := rapid.SliceOfN(rapid.Byte(), 1, 5)
	row := 0
	for i := range entries {
		row += rapid.IntRange(1, 200).Draw(t, "gap")
		entries[i] = Entry{Row: row, Person: small.Draw(t, "person"), Keys: small.Draw(t, "keys"), Cells: small.Draw(t, "cells")}
		if rapid.IntRange(0, 9).Draw(t, "kind") == 0 {
			entries[i].Kind = EntrySkipped
		}
	}
	return entries
}

// TestPacksRoundTrip takes the records out of the packs that Fill made of them; a
// pack that is cut or too long is damaged.
func TestPacksRoundTrip(t *testing.T) {
	var packs Packs // used again by every case
	rapid.Check(t, func(t *rapid.T) {
		entries := drawEntries(t)
		packs.Fill(entries)
		var persons, shown []Entry
		for i := range packs.persons.packs {
			persons = append(persons, unpackEntries(t, &packs.persons.packs[i], personsPerPack, func(c *packCutter) Entry {
				return Entry{Row: c.nextRow(), Person: c.sized()}
			})...)
		}
		for i := range packs.shown.packs {
			shown = append(shown, unpackEntries(t, &packs.shown.packs[i], recordsPerPack, func(c *packCutter) Entry {
				return Entry{Row: c.nextRow(), Keys: c.sized(), Cells: c.sized()}
			})...)
		}
		records := slices.DeleteFunc(entries, func(e Entry) bool { return e.Kind != EntryRecord })
		if diff := cmp.Diff(records, persons, cmpopts.IgnoreFields(Entry{}, "Keys", "Cells"), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(records, shown, cmpopts.IgnoreFields(Entry{}, "Person"), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// unpackEntries reads a pack of at most size records.
func unpackEntries(t *rapid.T, p *pack, size int, next func(c *packCutter) Entry) []Entry {
	if p.records < 1 || p.records > size {
		t.Fatalf("a pack of %d records", p.records)
	}
	plain, ok := inflate(nil, p.block, 1<<20)
	if !ok {
		t.Fatal("the block is damaged")
	}
	read := func(plain []byte) ([]Entry, bool) {
		cut := packCutter{rest: plain}
		var entries []Entry
		for range p.records {
			entries = append(entries, next(&cut))
		}
		return entries, cut.complete()
	}
	entries, ok := read(plain)
	if !ok {
		t.Fatal("the pack is damaged")
	}
	if _, ok := read(plain[:rapid.IntRange(0, len(plain)-1).Draw(t, "cut")]); ok {
		t.Fatal("a pack that is cut is taken for sound")
	}
	if _, ok := read(append(plain[:len(plain):len(plain)], 0)); ok {
		t.Fatal("a pack that is too long is taken for sound")
	}
	return entries
}

func TestInflateRefuses(t *testing.T) {
	var packs Packs
	packs.Fill([]Entry{sampleEntry(0), sampleEntry(1)})
	block := packs.shown.packs[0].block
	plain, ok := inflate(nil, block, 1<<20)
	if !ok {
		t.Fatal("a sound block is refused")
	}
	if _, ok := inflate(nil, block, len(plain)); !ok {
		t.Error("a block of the greatest size is refused")
	}
	if _, ok := inflate(nil, block, len(plain)-1); ok {
		t.Error("a block beyond the limit is accepted")
	}
	for n := range block {
		if _, ok := inflate(nil, block[:n], 1<<20); ok {
			t.Errorf("%d bytes of a block are accepted", n)
		}
	}
}

func TestRecordListRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.Int64Range(0, keyMask), 1, 20).Draw(t, "ids")
		var list recordList
		list.add(1)
		list.reset()
		for _, id := range ids {
			list.add(id)
		}
		if got, ok := cutRecords(nil, list.bytes); !ok || !slices.Equal(got, ids) {
			t.Fatalf("%v, %v", got, ok)
		}
		if got, ok := cutRecords(nil, list.bytes[:len(list.bytes)-1]); ok && !slices.Equal(got, ids[:len(ids)-1]) {
			t.Fatalf("%v of a list that is cut", got)
		}
	})
	if _, ok := cutRecords(nil, nil); ok {
		t.Error("a list of none")
	}
}
