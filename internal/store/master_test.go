package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"padan/match"

	"github.com/google/go-cmp/cmp"
)

// eachOf yields the items of batches.
func eachOf[T any](batches iter.Seq2[[]T, error]) iter.Seq2[T, error] { return oneByOne(batches) }

// manySources has sides of several sources whose canonical order is not that of
// their ids.
func manySources(t testing.TB, perSource int) *Store {
	t.Helper()
	s := newStore(t)
	for i, name := range []string{"c", "a", "b"} {
		mustLoad(t, s, match.Central, name+".csv", i*perSource, perSource)
		mustLoad(t, s, match.Regional, name+"r.csv", i*perSource, perSource)
	}
	return s
}

// TestMasterHasEveryRecordOnce: links, open records and duplicates add up to all
// records of the run, each once, and say what the lists say.
func TestMasterHasEveryRecordOnce(t *testing.T) {
	const n = 1500
	for name, s := range map[string]*Store{"one source": twoSides(t, n, n+70), "three sources": manySources(t, n/3)} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			regional := n
			if name == "one source" {
				regional = n + 70
			}
			id := mustSave(t, s, sampleResult(n, regional))
			m, err := s.Master(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			persons := collect(t, eachOf(m.Persons(ctx, true)))
			if len(persons) != int(m.Len()) {
				t.Errorf("%d persons of %d", len(persons), m.Len())
			}
			seen := map[string]int{}
			var links []match.LinkedPair
			for i := range persons {
				p := &persons[i]
				for side, has := range p.Has {
					if has {
						seen[placeOf(match.Side(side), p.Records[side].Source, p.Records[side].Row)]++
					}
				}
				for _, a := range p.Aside {
					seen[placeOf(p.Leading(), a.Source, a.Row)]++
				}
				if p.Outcome == match.Matched {
					links = append(links, match.LinkedPair{Link: p.Link, Central: p.Records[match.Central], Regional: p.Records[match.Regional]})
				}
			}
			for place, times := range seen {
				if times != 1 {
					t.Errorf("%s stands %d times", place, times)
				}
			}
			if len(seen) != n+regional {
				t.Errorf("%d records of %d", len(seen), n+regional)
			}
			if diff := cmp.Diff(collect(t, s.LinkedPairs(ctx, id)), links); diff != "" {
				t.Error(diff)
			}
			checkPersonsOf(t, m, persons)
			checkLean(t, m, persons)
		})
	}
}

// The chunks hold every record once, in order; a pack of links whose records stand in
// one source and are not far apart belongs to one of them.
func TestPersonSpans(t *testing.T) {
	const n = 3000
	for name, s := range map[string]*Store{"one source": twoSides(t, n, n), "three sources": manySources(t, n/3)} {
		m, err := s.Master(context.Background(), mustSave(t, s, sampleResult(n, n)))
		if err != nil {
			t.Fatal(err)
		}
		next, ends := [2]int32{}, map[int32]bool{} // by side; rows of the central side
		for _, at := range m.personSpans() {
			side, row := at.source.Side, m.scope.row(at.source, at.first)
			length := int32(at.last - at.first + 1)
			if row != next[side] || length < 1 || length > 2*pairRecords {
				t.Fatalf("%s: %d records from %s row %d on, after row %d", name, length, side, row, next[side])
			}
			next[side] += length
			if side == match.Central {
				ends[row+length-1] = true
			}
		}
		if next != [2]int32{n, n} || len(m.packs) < 3 {
			t.Errorf("%s: %v records, %d packs of links", name, next, len(m.packs))
		}
		for _, pack := range m.packs {
			if !ends[pack.last] {
				t.Errorf("%s: no chunk ends with the pack that ends in row %d", name, pack.last)
			}
		}
	}
}

// unmatchedOf reads the unmatched records of a side with their cells.
func unmatchedOf(t testing.TB, s *Store, id RunID, side match.Side) []match.Record {
	t.Helper()
	m, err := s.Master(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var records []match.Record
	for p, err := range eachOf(m.Persons(context.Background(), true)) {
		if err != nil {
			t.Fatal(err)
		}
		if p.Outcome == match.Unmatched && p.Has[side] {
			records = append(records, p.Records[side])
		}
	}
	return records
}

func placeOf(side match.Side, source string, row int) string {
	return fmt.Sprint(side, " ", source, " ", row)
}

// checkPersonsOf reads persons by their keys, from the last to the first, with an
// empty key between them.
func checkPersonsOf(t *testing.T, m *Master, persons []match.MasterPerson) {
	t.Helper()
	n := 2 * len(persons)
	got := collect(t, m.PersonsOf(context.Background(), n, func(i int) match.MasterKey {
		if i%2 == 1 {
			return match.MasterKey{}
		}
		p := &persons[len(persons)-1-i/2]
		return p.Key()
	}))
	for i := range persons {
		want := persons[len(persons)-1-i]
		want.Link = match.Link{}
		if diff := cmp.Diff(want, got[2*i]); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(match.MasterPerson{}, got[2*i+1]); diff != "" {
			t.Fatal(diff)
		}
	}
}

// checkLean reads the persons without their cells, links and places.
func checkLean(t *testing.T, m *Master, persons []match.MasterPerson) {
	t.Helper()
	for i, got := range collect(t, eachOf(m.Persons(context.Background(), false))) {
		want := persons[i]
		for side := range want.Records {
			want.Records[side].Raw = match.Record{}.Raw
		}
		want.Link, want.Aside = match.Link{}, nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestMasterPersonsCarryWhatIsNoted(t *testing.T) {
	const n = 30
	s := twoSides(t, n, n)
	res := sampleResult(n, n)
	res.Duplicates[match.Central][1].Of = 9 // beside the first one
	res.Conflicts = append(res.Conflicts, match.Conflict{Kind: match.Moved, Central: []int32{2}, Regional: []int32{2, 9}})
	m, err := s.Master(context.Background(), mustSave(t, s, res))
	if err != nil {
		t.Fatal(err)
	}
	persons := collect(t, eachOf(m.Persons(context.Background(), true)))
	if got := persons[2].Kinds.String(); got != "moved" || persons[2].Outcome != match.Matched {
		t.Errorf("%s, %s", got, persons[2].Outcome)
	}
	ninth, aside := &persons[9], []match.Place{{Source: "a.csv", Row: 12}, {Source: "b.csv", Row: 23}}
	if ninth.Outcome != match.Conflicted || ninth.Kinds.String() != "review" || !slices.Equal(ninth.Aside, aside) {
		t.Errorf("%+v", ninth)
	}
	last := &persons[len(persons)-1]
	if last.Leading() != match.Regional || last.Has[match.Central] {
		t.Errorf("%+v", last)
	}
	for i := range persons { // those of the regional side come last
		if i > 0 && persons[i].Leading() < persons[i-1].Leading() {
			t.Errorf("person %d is out of order", i)
		}
	}
}

func TestMasterOfNoRun(t *testing.T) {
	s := twoSides(t, 3, 3)
	if _, err := s.Master(context.Background(), 7); !errors.Is(err, ErrNoRun) {
		t.Errorf("got %v", err)
	}
	m, err := s.Master(context.Background(), mustSave(t, s, sampleResult(3, 3)))
	if err != nil {
		t.Fatal(err)
	}
	unknown := m.PersonsOf(context.Background(), 1, func(int) match.MasterKey { return match.MasterKey{0, 99} })
	if err := lastError(unknown); !errors.Is(err, ErrSchema) {
		t.Errorf("got %v", err)
	}
}
