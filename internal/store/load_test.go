package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"time"

	"padan/match"
	"padan/normalize"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// batchesOf yields batches as given.
func batchesOf(batches ...Batch) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		for _, batch := range batches {
			if !yield(batch, nil) {
				return
			}
		}
	}
}

func TestLoadCounts(t *testing.T) {
	s := newStore(t)
	first := &Sheet{Name: "Data", HeaderRow: 3, Header: sampleHeader, Columns: sampleColumns()}
	second := &Sheet{Name: "Data 2", HeaderRow: 1, Header: sampleHeader, Columns: sampleColumns()}
	record := sampleEntry(1)
	title := Entry{Kind: EntrySkipped, Row: 1, Reason: "heading", Cells: EncodeCells(nil, []string{"DAFTAR"})}
	blank := Entry{Kind: EntrySkipped, Row: 9, Reason: "blank", Cells: EncodeCells(nil, nil)}
	broken := Entry{Kind: EntryRejected, Row: 8, Reason: "stray_quote", Cells: EncodeCells(nil, []string{`"x`})}
	src := sampleSource(match.Regional, "dir/kab.xlsx")
	src.Warnings = []string{"w1"}
	src.LoadedAt = time.Time{}
	got, err := s.Load(context.Background(), src, batchesOf(
		Batch{Sheet: first, Entries: []Entry{title, record, broken}, Issues: map[string]int64{"nik:short": 2}},
		Batch{Sheet: first, Entries: []Entry{blank, record}, Issues: map[string]int64{"nik:short": 1, "kk:empty": 1}, Warnings: []string{"w2"}},
		Batch{Sheet: second, Entries: []Entry{record, blank}},
	))
	if err != nil {
		t.Fatal(err)
	}
	if time.Since(got.LoadedAt) > time.Hour {
		t.Errorf("loaded at %v", got.LoadedAt)
	}
	want := sampleSource(match.Regional, "dir/kab.xlsx")
	want.ID, want.Name, want.LoadedAt = 1, "kab.xlsx", got.LoadedAt
	want.Rows, want.Records, want.Rejected = 7, 3, 1
	want.Skipped = map[string]int64{"heading": 1, "blank": 2}
	want.Issues = map[string]int64{"nik:short": 3, "kk:empty": 1}
	want.Warnings = []string{"w1", "w2"}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Source{})); diff != "" {
		t.Error(diff)
	}
	rejected := collect(t, s.Rejected(context.Background(), 0))
	wantRejected := []RejectedRow{{Side: match.Regional, Source: "kab.xlsx", Sheet: "Data", Row: 8, Reason: "stray_quote", Cells: []string{`"x`}}}
	if diff := cmp.Diff(wantRejected, rejected); diff != "" {
		t.Error(diff)
	}
	expectOnly(t, s, 0, 1)
}

func TestLoadEmptySource(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 0)
	mustLoad(t, s, match.Central, "b.csv", 0, 5)
	mustLoad(t, s, match.Regional, "c.csv", 0, 0)
	run := mustSave(t, s, sampleResult(5, 0))
	if n := len(unmatchedOf(t, s, run, match.Central)); n != 5 {
		t.Errorf("%d unmatched", n)
	}
	expectOnly(t, s, 2, 1)
}

// TestLoadErrorLeavesNothing fails at every batch in turn.
func TestLoadErrorLeavesNothing(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "a.csv", 0, 100)
	broken := errors.New("broken")
	for at := range 4 {
		_, err := s.Load(context.Background(), sampleSource(match.Regional, "b.csv"), func(yield func(Batch, error) bool) {
			n := 0
			for batch := range sampleBatches(0, 3000, 1000) {
				if n == at {
					break
				}
				if n++; !yield(batch, nil) {
					return
				}
			}
			yield(Batch{}, broken)
		})
		if !errors.Is(err, broken) || err.Error() != "broken" {
			t.Errorf("batch %d: %v", at, err)
		}
		expectOnly(t, s, 1, 0)
	}
	mustLoad(t, s, match.Regional, "b.csv", 0, 100)
	expectOnly(t, s, 1, 1)
}

func TestLoadPanicLeavesNothing(t *testing.T) {
	s := newStore(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, err := s.Load(context.Background(), sampleSource(match.Central, "a.csv"), func(yield func(Batch, error) bool) {
			for batch := range sampleBatches(0, 100, 100) {
				yield(batch, nil)
			}
			panic("reader")
		})
		t.Error(err)
	}()
	expectOnly(t, s, 0, 0)
	mustLoad(t, s, match.Central, "a.csv", 0, 10)
}

func TestLoadSameBytesTwice(t *testing.T) {
	s := newStore(t)
	source := mustLoad(t, s, match.Central, "a.csv", 0, 10)
	found, ok, err := s.HasSource(context.Background(), match.Central, source.SHA256)
	if err != nil || !ok || found.Name != "a.csv" {
		t.Errorf("%+v, %v, %v", found, ok, err)
	}
	if _, ok, err := s.HasSource(context.Background(), match.Regional, source.SHA256); ok || err != nil {
		t.Errorf("on the other side: %v, %v", ok, err)
	}
	renamed := sampleSource(match.Central, "other.csv")
	renamed.SHA256 = source.SHA256
	if _, err := s.Load(context.Background(), renamed, sampleBatches(0, 10, 10)); !errors.Is(err, ErrSourceLoaded) {
		t.Errorf("got %v", err)
	}
	expectOnly(t, s, 1, 0)
}

func TestLoadReadOnly(t *testing.T) {
	s := newStore(t)
	r := openStore(t, s.path, ModeRead)
	if _, err := r.Load(context.Background(), sampleSource(match.Central, "a.csv"), sampleBatches(0, 1, 1)); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
}

// TestCanonicalOrder loads the same files in every order and reads the same.
func TestCanonicalOrder(t *testing.T) {
	files := []string{"x/b.csv", "x/c.csv", "y/a.csv", "z/b.csv"}
	var want []string
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}} {
		s := newStore(t)
		for _, i := range order {
			mustLoad(t, s, match.Central, files[i], i*700, 700)
			mustLoad(t, s, match.Regional, "r/"+files[i], i*700, 700)
		}
		got := readAll(t, s, mustSave(t, s, sampleResult(2800, 2800)))
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order %v: %s", order, diff)
		}
	}
	if len(want) < 9000 {
		t.Errorf("%d lines read", len(want))
	}
}

// readAll describes everything that reports are made of, in order.
func readAll(t *testing.T, s *Store, run RunID) []string {
	t.Helper()
	ctx := context.Background()
	var all []string
	add := func(what ...any) { all = append(all, fmt.Sprintln(what...)) }
	at := func(r match.Record) string { return fmt.Sprint(r.Side, r.Source, r.Sheet, r.Row, r.Raw, r.NIK.Value) }
	for _, side := range bothSides {
		for rows, err := range s.Persons(ctx, side) {
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				add(row.Source, row.Row, row.Person)
			}
		}
		for _, o := range collect(t, copies(s.RecordOutcomes(ctx, run, side))) {
			add(at(o.Record), o.Outcome, o.Reason)
		}
		for _, r := range unmatchedOf(t, s, run, side) {
			add(at(r))
		}
	}
	for _, pair := range collect(t, s.LinkedPairs(ctx, run)) {
		add(at(pair.Central), at(pair.Regional), pair.Link)
	}
	for _, c := range collect(t, s.Conflicts(ctx, run)) {
		add(c.Conflict)
		for _, r := range c.Records {
			add(at(r))
		}
	}
	for _, d := range collect(t, s.Duplicates(ctx, run)) {
		add(at(d.Duplicate), at(d.Of), d.Kind, d.Weight)
	}
	return all
}

func TestDisplayNames(t *testing.T) {
	paths := map[string]string{ // path -> name
		"kab.csv":                  "kab.csv",
		"/data/jaksel/tebet.csv":   "jaksel/tebet.csv",
		"/data/jaktim/tebet.csv":   "jaktim/tebet.csv",
		"tebet.csv":                "tebet.csv (sha256 %.8s)",
		`C:\daerah\kec\pulo.xlsx`:  "pulo.xlsx",
		"/data/2024/a.csv":         "2024/a.csv",
		"/data/2025/a.csv":         "data/2025/a.csv",
		"/old/2025/a.csv":          "old/2025/a.csv",
		"/data/jaksel/setiabudi.x": "setiabudi.x",
	}
	var sources [2][]Source
	for path := range paths {
		sources[match.Regional] = append(sources[match.Regional], sampleSource(match.Regional, path))
	}
	nameSources(sources)
	for _, source := range sources[match.Regional] {
		want := paths[source.Path]
		if source.Path == "tebet.csv" {
			want = fmt.Sprintf(want, source.SHA256)
		}
		if source.Name != want {
			t.Errorf("%s is named %q instead of %q", source.Path, source.Name, want)
		}
	}
}

func TestSamePathTwice(t *testing.T) {
	s := newStore(t)
	a, b := sampleSource(match.Central, "a.csv"), sampleSource(match.Central, "a.csv")
	b.SHA256 = "ff" + b.SHA256[2:]
	a.SHA256 = "00" + a.SHA256[2:]
	for _, source := range []Source{b, a} {
		if _, err := s.Load(context.Background(), source, sampleBatches(0, 1, 1)); err != nil {
			t.Fatal(err)
		}
	}
	sources, err := s.Sources(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	names := []string{sources[0][0].Name, sources[0][1].Name}
	if names[0] == names[1] || sources[0][0].SHA256 != a.SHA256 {
		t.Errorf("names %q, first %.4s", names, sources[0][0].SHA256)
	}
}

// TestPersonsRoundTrip stores any persons and cells and reads them back.
func TestPersonsRoundTrip(t *testing.T) {
	s := newStore(t)
	loads := 0
	rapid.Check(t, func(t *rapid.T) {
		sheet := &Sheet{Name: rapid.String().Draw(t, "sheet"), Columns: sampleColumns()}
		persons := rapid.SliceOfN(drawPerson(), 0, 80).Draw(t, "persons")
		cells := rapid.SliceOfN(rapid.SliceOfN(rapid.String(), 0, 12), len(persons), len(persons)).Draw(t, "cells")
		entries := make([]Entry, len(persons))
		for i := range persons {
			entries[i] = recordEntry(i+1, &persons[i], cells[i])
		}
		source := sampleSource(match.Central, fmt.Sprintf("%06d.csv", loads))
		loads++
		if _, err := s.Load(context.Background(), source, batchesOf(Batch{Sheet: sheet, Entries: entries})); err != nil {
			t.Fatal(err)
		}
		got := lastRows(t, s, loads-1)
		if len(got) != len(persons) {
			t.Fatalf("%d rows", len(got))
		}
		for i, row := range got {
			record, err := s.Record(context.Background(), row.ID)
			if err != nil || row.Person != persons[i] || row.Row != i+1 ||
				record.Raw != sheet.Columns.Values(cells[i]) || record.Sheet != sheet.Name ||
				record.NIK != persons[i].NIK || record.KK != persons[i].KK || record.Area != persons[i].Area {
				t.Fatalf("row %d: %v", i, err)
			}
		}
	})
}

// lastRows returns the central persons of the source at a position.
func lastRows(t *rapid.T, s *Store, position int) []PersonRow {
	var found []PersonRow
	for rows, err := range s.Persons(context.Background(), match.Central) {
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if row.Source == position {
				found = append(found, row)
			}
		}
	}
	return found
}

func drawPerson() *rapid.Generator[normalize.Person] {
	return rapid.Custom(func(t *rapid.T) normalize.Person {
		text := rapid.String()
		number := func(name string) normalize.Number {
			return normalize.Number{
				Value: rapid.Uint64().Draw(t, name), Digits: rapid.Uint8().Draw(t, name),
				Trust: normalize.TrustDoubtful, Damage: normalize.DamageShort,
			}
		}
		return normalize.Person{
			NIK: number("nik"), KK: number("kk"),
			Name:      normalize.Name{Words: text.Draw(t, "words"), Alias: text.Draw(t, "alias")},
			BirthDate: normalize.Date(rapid.Uint32().Draw(t, "birth")),
			Sex:       normalize.Female,
			Address:   normalize.Address{Street: text.Draw(t, "street"), RT: rapid.Uint16().Draw(t, "rt")},
			Area:      normalize.Area{Code: rapid.Uint64().Draw(t, "area"), Place: text.Draw(t, "place")},
		}
	})
}

func TestRecordMissing(t *testing.T) {
	s := newStore(t)
	if _, err := s.Record(context.Background(), 7); !errors.Is(err, ErrNoRecord) {
		t.Errorf("got %v", err)
	}
}

func TestFindRecords(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Regional, "x/b.csv", 0, 50)
	mustLoad(t, s, match.Central, "x/a.csv", 0, 50)
	mustLoad(t, s, match.Central, "y/a.csv", 50, 50)
	p, _ := invented(7)
	for _, c := range []struct {
		query Query
		want  []string
	}{
		{Query{Source: "x/a.csv", Row: 9}, []string{"central x/a.csv 9"}},
		{Query{Source: "a.csv", Row: 9}, []string{"central x/a.csv 9"}},
		{Query{Source: "a.csv", Row: 60}, []string{"central y/a.csv 60"}},
		{Query{Source: "x/a.csv", Row: 60}, nil},
		{Query{Source: "b.csv", Row: 9}, []string{"regional b.csv 9"}},
		{Query{Source: ".csv", Row: 9}, nil},
		{Query{Source: "b.csv", Row: 999}, nil},
		{Query{Source: "b.csv", Sheet: "Data", Row: 9}, nil},
		{Query{Source: "", Row: 9}, nil},
		{Query{NIK: p.NIK.Value}, []string{"central x/a.csv 9", "regional b.csv 9"}},
		{Query{NIK: 12}, nil},
	} {
		records, err := s.FindRecords(context.Background(), c.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range records {
			got = append(got, fmt.Sprint(r.Side, " ", r.Source, " ", r.Row))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v: %s", c.query, diff)
		}
	}
}
