package store

import (
	"context"
	"fmt"
	"testing"

	"padan/match"
	"padan/normalize"
)

// mixedBatches has two sheets, each with a person, a rejected, a skipped and a
// rejected row by turns.
func mixedBatches(rows int) func(yield func(Batch, error) bool) {
	return func(yield func(Batch, error) bool) {
		for sheet := range 2 {
			s := &Sheet{Name: fmt.Sprintf("Lembar %d", sheet+1), HeaderRow: 1, Header: sampleHeader, Columns: sampleColumns()}
			var entries []Entry
			for i := range rows {
				row := i + 2
				switch i % 4 {
				case 0:
					e := sampleEntry(i)
					e.Row = row
					entries = append(entries, e)
				case 2:
					entries = append(entries, Entry{Kind: EntrySkipped, Row: row, Cells: EncodeCells(nil, []string{"JUMLAH"}), Reason: "total"})
				default:
					entries = append(entries, Entry{Kind: EntryRejected, Row: row, Cells: EncodeCells(nil, []string{"robek", fmt.Sprint(i)}), Reason: "too_few_fields"})
				}
			}
			if !yield(Batch{Sheet: s, Entries: entries}, nil) {
				return
			}
		}
	}
}

// TestListingIsInTheOrderOfTheFiles: every person and every rejected row, at its
// place, with its cells; the persons in the order of Persons.
func TestListingIsInTheOrderOfTheFiles(t *testing.T) {
	ctx := context.Background()
	s := newStore(t)
	mustLoad(t, s, match.Central, "other.csv", 0, 10)
	mustLoad(t, s, match.Regional, "z.csv", 0, 1100)
	const rows = 4100
	for _, name := range []string{"m.xlsx", "a.xlsx"} {
		if _, err := s.Load(ctx, sampleSource(match.Regional, name), mixedBatches(rows)); err != nil {
			t.Fatal(err)
		}
	}
	l, err := s.Listing(ctx, match.Regional)
	if err != nil {
		t.Fatal(err)
	}
	if sheets := l.Sheets(); len(sheets) != 5 || sheets[1].Name != "Lembar 2" || sheets[1].Source != "a.xlsx" || len(sheets[4].Header) != len(sampleHeader) {
		t.Errorf("%d sheets", len(sheets))
	}
	var persons []PersonRow
	for batch, err := range s.Persons(ctx, match.Regional) {
		if err != nil {
			t.Fatal(err)
		}
		persons = append(persons, batch...)
	}
	rejected, next := 0, 0
	last := ListedRow{}
	for _, r := range collect(t, l.Rows(ctx)) {
		if last.Sheet != nil && !last.before(&r) {
			t.Fatalf("%s!%s:%d stands below %s!%s:%d", r.Sheet.Source, r.Sheet.Name, r.Row, last.Sheet.Source, last.Sheet.Name, last.Row)
		}
		last = r
		if r.Person < 0 {
			rejected++
			if r.Rejected != "too_few_fields" || len(r.Cells) != 2 || r.Cells[1] != fmt.Sprint(r.Row-2) {
				t.Fatalf("%+v", r)
			}
			continue
		}
		p := &persons[next]
		if r.Person != next || r.Rejected != "" || r.Row != p.Row || r.Sheet.Name != p.Sheet || r.NIK != p.Person.NIK || r.KK != p.Person.KK || len(r.Cells) != len(sampleHeader) {
			t.Fatalf("person %d: %+v", next, r)
		}
		next++
	}
	if next != len(persons) || rejected != 2*2*rows/2 {
		t.Errorf("%d persons of %d, %d rejected", next, len(persons), rejected)
	}
	if p := l.Sheets()[0].Columns; p.Cell(normalize.FieldNIK) != 1 {
		t.Error("the columns are lost")
	}
}

func TestListingOfASideWithoutSources(t *testing.T) {
	s := newStore(t)
	mustLoad(t, s, match.Central, "c.csv", 0, 10)
	l, err := s.Listing(context.Background(), match.Regional)
	if err != nil || len(l.Sheets()) != 0 || len(collect(t, l.Rows(context.Background()))) != 0 {
		t.Errorf("%d sheets, %v", len(l.Sheets()), err)
	}
}

func TestListingFailsOnDamage(t *testing.T) {
	for _, script := range []string{
		"UPDATE record_pack SET shown = x'0102' WHERE first_record = 1", "UPDATE excluded SET cells = '[' WHERE id = 3",
		"DELETE FROM record_pack WHERE first_record = 1", "UPDATE excluded SET sheet_id = 9 WHERE id = 3",
	} {
		s := newStore(t)
		if _, err := s.Load(context.Background(), sampleSource(match.Regional, "m.xlsx"), mixedBatches(40)); err != nil {
			t.Fatal(err)
		}
		if err := spoilDatabase(s, script); err != nil {
			t.Fatal(err)
		}
		l, err := s.Listing(context.Background(), match.Regional)
		if err == nil {
			err = lastError(l.Rows(context.Background()))
		}
		if err == nil {
			t.Errorf("%s: no error", script)
		}
	}
}
