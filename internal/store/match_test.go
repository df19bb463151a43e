package store

import (
	"context"
	"math/rand/v2"
	"testing"

	"padan/match"
	"padan/normalize"
)

// population returns batches of invented persons, of which some are spoiled or
// stand twice.
func population(seed uint64, count int) []Entry {
	random := rand.New(rand.NewPCG(seed, 1))
	var entries []Entry
	for i := range count {
		p, cells := invented(i)
		p.BirthDate = normalize.Date(19500101 + i%60*10000 + i%11*100 + i%27)
		switch random.IntN(12) {
		case 0:
			p.NIK = normalize.Number{Damage: normalize.DamageEmpty}
		case 1:
			p.NIK.Value++
		case 2:
			p.Name.Words = "ORANG LAIN"
		case 3:
			p.KK.Value += 7000
		case 4:
			continue
		case 5:
			entries = append(entries, recordEntry(len(entries)+2, &p, cells))
		}
		entries = append(entries, recordEntry(len(entries)+2, &p, cells))
	}
	return entries
}

// TestMatchedRun stores what match makes of a population, and everything adds up.
func TestMatchedRun(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	d := match.NewDictionary()
	var tables [2]*match.Table
	var ids [2][]int64
	for _, side := range bothSides {
		sheet := &Sheet{Header: sampleHeader, Columns: sampleColumns()}
		batch := Batch{Sheet: sheet, Entries: population(uint64(side), 1500)}
		if _, err := s.Load(ctx, sampleSource(side, "a.csv"), batchesOf(batch)); err != nil {
			t.Fatal(err)
		}
		tables[side] = match.NewTable(side, d, len(batch.Entries))
		for rows, err := range s.Persons(ctx, side) {
			if err != nil {
				t.Fatal(err)
			}
			for i := range rows {
				tables[side].Add(&rows[i].Person, rows[i].Source)
				ids[side] = append(ids[side], rows[i].ID)
			}
		}
	}
	res, err := match.Run(ctx, tables[match.Central], tables[match.Regional], match.DefaultModel(), match.Options{})
	if err != nil {
		t.Fatal(err)
	}
	id, err := s.SaveRun(ctx, Run{}, ids, res)
	if err != nil {
		t.Fatal(err)
	}
	run, err := s.Run(ctx, id)
	if err != nil || run.Links == 0 || len(run.Conflicts) == 0 || run.Totals[match.Central].Duplicate == 0 {
		t.Errorf("a poor test: %+v, %v", run, err)
	}
	if n := int64(len(collect(t, s.LinkedPairs(ctx, id)))); n != run.Links {
		t.Errorf("%d links", n)
	}
	collect(t, s.Conflicts(ctx, id))
	collect(t, s.Duplicates(ctx, id))
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}
