package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"padan/match"
)

// TestCheckFindsDamage damages one thing at a time: check must tell, in
// sentences without personal data.
func TestCheckFindsDamage(t *testing.T) {
	for name, script := range map[string]string{
		"record lost":         "DELETE FROM record WHERE id = 7",
		"person damaged":      "UPDATE record SET person = x'00' WHERE id = 7",
		"cells damaged":       "UPDATE record SET cells = '[\"317400' WHERE id = 7",
		"sheet lost":          "DELETE FROM sheet WHERE id = 2",
		"source lost":         "DELETE FROM source WHERE id = 2",
		"excluded lost":       "DELETE FROM excluded",
		"count wrong":         "UPDATE source SET records = records + 1 WHERE id = 1",
		"rows wrong":          "UPDATE source SET rows = rows + 1 WHERE id = 1",
		"record moved":        "UPDATE record SET sheet_id = 1 WHERE id = 150",
		"link lost":           "DELETE FROM link WHERE regional = 7",
		"link doubled":        "UPDATE link SET regional = 8 WHERE regional = 7",
		"link to central":     "UPDATE link SET regional = 150 WHERE regional = 7",
		"outcomes cut":        "UPDATE outcome_pack SET letters = substr(letters, 2) WHERE first_record = 1",
		"outcomes lost":       "DELETE FROM outcome_pack WHERE first_record = 1",
		"outcomes changed":    "UPDATE outcome_pack SET letters = replace(letters, substr(letters, 1, 1), substr(letters, 10, 1))",
		"outcome code lost":   "DELETE FROM outcome_code WHERE outcome = 'matched'",
		"duplicate lost":      "DELETE FROM duplicate WHERE id IN (SELECT min(id) FROM duplicate)",
		"duplicate of nobody": "UPDATE duplicate SET of_record = 99999",
		"conflict lost":       "DELETE FROM conflict WHERE id IN (SELECT min(id) FROM conflict)",
		"conflict record":     "DELETE FROM conflict_record WHERE record_id = 10",
		"household lost":      "DELETE FROM household WHERE id IN (SELECT max(id) FROM household)",
		"household doubled":   "UPDATE household SET central = (SELECT min(central) FROM household), regional = (SELECT min(regional) FROM household)",
		"household grown":     "UPDATE household SET linked = linked + 1",
		"household emptied":   "UPDATE household SET central_members = 0, linked = 0, central_undecided = 0, regional_undecided = 0",
		"household moved":     "UPDATE household SET regional = central",
		"household of kind":   "UPDATE household SET kinds = 'x'",
		"household of side":   "UPDATE household SET kinds = 'only_central'",
		"household's head":    "UPDATE household SET central_head = regional_head",
		"evidence damaged":    "UPDATE run SET comparisons = 'x'",
		"totals damaged":      "UPDATE run SET totals = '{'",
		"totals wrong":        "UPDATE run SET totals = replace(totals, '\"matched\":', '\"matched\":1')",
		"issues damaged":      "UPDATE source SET issues = ''",
		"time damaged":        "UPDATE source SET loaded_at = 'yesterday'",
		"columns damaged":     "UPDATE sheet SET columns = '['",
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			mustLoad(t, s, match.Regional, "r.csv", 0, 100)
			mustLoad(t, s, match.Central, "c.csv", 0, 100)
			source := sampleSource(match.Central, "d.csv")
			rejected := Entry{Kind: EntryRejected, Row: 2, Reason: "x", Cells: EncodeCells(nil, nil)}
			if _, err := s.Load(context.Background(), source, batchesOf(Batch{Sheet: &Sheet{}, Entries: []Entry{rejected}})); err != nil {
				t.Fatal(err)
			}
			mustSave(t, s, sampleResult(100, 100))
			if problems, err := s.Check(context.Background()); err != nil || len(problems) > 0 {
				t.Fatalf("before: %v, %v", problems, err)
			}
			if err := spoilDatabase(s, script); err != nil {
				t.Fatal(err)
			}
			problems, err := s.Check(context.Background())
			if err != nil || len(problems) == 0 {
				t.Fatalf("%q, %v", problems, err)
			}
			for _, problem := range problems {
				if problem == "" || containsNIK(problem) {
					t.Errorf("problem %q", problem)
				}
			}
		})
	}
}

// containsNIK finds six digits in a row, which no message has a reason to hold.
func containsNIK(text string) bool {
	digits := 0
	for _, r := range text {
		if digits++; r < '0' || r > '9' {
			digits = 0
		}
		if digits == 6 {
			return true
		}
	}
	return false
}

// spoilDatabase changes a database behind the store's back.
func spoilDatabase(s *Store, script string) error {
	stmt, _, err := s.writer.PrepareTransient(script)
	if err != nil {
		return err
	}
	if err := execute(stmt); err != nil {
		return err
	}
	if s.writer.Changes() == 0 {
		return fmt.Errorf("%s changed nothing", script)
	}
	return stmt.Finalize()
}

// TestReadersFailOnDamage reads damaged rows: an error, never less than there was.
func TestReadersFailOnDamage(t *testing.T) {
	ctx := context.Background()
	for script, read := range map[string]func(s *Store, id RunID) error{
		"UPDATE record SET person = x'00' WHERE id = 120": func(s *Store, _ RunID) error { return lastError(s.Persons(ctx, match.Central)) },
		"UPDATE record SET cells = '[1]' WHERE id = 101":  func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE link SET evidence = x'00' WHERE id > 0":   func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE record SET sheet_id = 9 WHERE id = 101":   func(s *Store, id RunID) error { return lastError(s.RecordOutcomes(ctx, id, match.Central)) },
		"UPDATE duplicate SET evidence = '' WHERE id > 0": func(s *Store, id RunID) error { return lastError(s.Duplicates(ctx, id)) },
		"UPDATE conflict SET evidence = '' WHERE id > 0":  func(s *Store, id RunID) error { return lastError(s.Conflicts(ctx, id)) },
		"UPDATE household SET kinds = 'x'":                func(s *Store, id RunID) error { return lastError(s.Households(ctx, id)) },
		"UPDATE household SET central = 9999":             func(s *Store, id RunID) error { return lastError(s.Households(ctx, id)) },
		"DELETE FROM household WHERE id % 2":              func(s *Store, id RunID) error { return lastError(s.Households(ctx, id)) },
		"DELETE FROM conflict_record WHERE position >= 0": func(s *Store, id RunID) error { return lastError(s.Conflicts(ctx, id)) },
		"DELETE FROM record WHERE id = 1":                 func(s *Store, _ RunID) error { return lastError(s.Persons(ctx, match.Regional)) },
		"DELETE FROM record WHERE id = 2":                 func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
	} {
		t.Run(script, func(t *testing.T) {
			s := newStore(t)
			mustLoad(t, s, match.Regional, "r.csv", 0, 100)
			mustLoad(t, s, match.Central, "c.csv", 0, 100)
			id := mustSave(t, s, sampleResult(100, 100))
			if err := read(s, id); err != nil {
				t.Fatal(err)
			}
			if err := spoilDatabase(s, script); err != nil {
				t.Fatal(err)
			}
			if err := read(s, id); !errors.Is(err, ErrSchema) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// lastError drains an iterator and returns its error.
func lastError[T any](rows func(yield func(T, error) bool)) error {
	var last error
	for _, err := range rows {
		last = err
	}
	return last
}
