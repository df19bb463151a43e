package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"padan/match"
)

// TestCheckFindsDamage damages one thing at a time: check must tell, in
// sentences without personal data.
func TestCheckFindsDamage(t *testing.T) {
	for name, script := range map[string]string{
		"column renamed":      "ALTER TABLE excluded RENAME COLUMN reason TO season",
		"index lost":          "DROP INDEX decision_in_force",
		"table lost":          "DROP TABLE mapping",
		"table added":         "CREATE TABLE other (a)",
		"records lost":        "DELETE FROM record_pack WHERE first_record = 65",
		"persons lost":        "DELETE FROM person_pack WHERE first_record = 101",
		"keys changed":        "UPDATE record_pack SET shown = (SELECT shown FROM record_pack WHERE first_record = 17) WHERE first_record = 1",
		"records miscounted":  "UPDATE record_pack SET records = records - 1 WHERE first_record = 65",
		"persons damaged":     "UPDATE person_pack SET persons = x'00' WHERE first_record = 1",
		"cells damaged":       "UPDATE record_pack SET shown = substr(shown, 1, 40) WHERE first_record = 65",
		"sheet lost":          "DELETE FROM sheet WHERE id = 2",
		"source lost":         "DELETE FROM source WHERE id = 2",
		"excluded lost":       "DELETE FROM excluded",
		"count wrong":         "UPDATE source SET records = records + 1 WHERE id = 1",
		"rows wrong":          "UPDATE source SET rows = rows + 1 WHERE id = 1",
		"records moved":       "UPDATE record_pack SET sheet_id = 1 WHERE first_record = 101",
		"persons moved":       "UPDATE person_pack SET sheet_id = 2 WHERE first_record = 1",
		"links lost":          "DELETE FROM link_pack",
		"links damaged":       "UPDATE link_pack SET block = substr(block, 1, 40)",
		"links miscounted":    "UPDATE link_pack SET links = links - 1",
		"first link wrong":    "UPDATE link_pack SET first_central = first_central + 1",
		"last link wrong":     "UPDATE link_pack SET last_central = last_central - 1",
		"links of no run":     "INSERT INTO link_pack (id, links, first_central, last_central, block) SELECT id + (1 << 40), links, first_central, last_central, block FROM link_pack",
		"rule of links lost":  "DELETE FROM rule WHERE code = 'nik_near'",
		"links uncounted":     "UPDATE run SET totals = json_set(totals, '$.links', 3)",
		"outcomes cut":        "UPDATE outcome_pack SET letters = substr(letters, 2) WHERE first_record = 1",
		"outcomes lost":       "DELETE FROM outcome_pack WHERE first_record = 1",
		"outcomes changed":    "UPDATE outcome_pack SET letters = replace(letters, substr(letters, 1, 1), substr(letters, 10, 1))",
		"outcome code lost":   "DELETE FROM outcome_code WHERE outcome = 'matched'",
		"duplicate lost":      "DELETE FROM duplicate WHERE id IN (SELECT min(id) FROM duplicate)",
		"duplicate of nobody": "UPDATE duplicate SET of_record = 99999",
		"conflict lost":       "DELETE FROM conflict WHERE id IN (SELECT min(id) FROM conflict)",
		"conflict record":     "UPDATE conflict SET records = substr(records, 1, 2) WHERE id IN (SELECT min(id) FROM conflict)",
		"conflict cut":        "UPDATE conflict SET records = substr(records, 1, 3) WHERE id IN (SELECT min(id) FROM conflict)",
		"conflict of none":    "UPDATE conflict SET records = x'' WHERE id IN (SELECT min(id) FROM conflict)",
		"conflict of nobody":  "UPDATE conflict SET records = records || x'fe7f' WHERE id IN (SELECT min(id) FROM conflict)",
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
			s := checkedStore(t)
			if err := spoilDatabase(s, script); err != nil {
				t.Fatal(err)
			}
			expectProblems(t, s)
		})
	}
}

// TestCheckFindsDamagedLinks damages what stands inside a sound pack of links.
func TestCheckFindsDamagedLinks(t *testing.T) {
	for name, spoil := range map[string]func(links []packedLink) []packedLink{
		"link lost":        func(links []packedLink) []packedLink { return slices.Delete(links, 6, 7) },
		"last link lost":   func(links []packedLink) []packedLink { return links[:len(links)-1] },
		"link twice":       func(links []packedLink) []packedLink { return slices.Insert(links, 7, links[6]) },
		"link to another":  func(links []packedLink) []packedLink { links[6].regional = 8; return links },
		"link to central":  func(links []packedLink) []packedLink { links[6].regional = 150; return links },
		"link of regional": func(links []packedLink) []packedLink { links[0].central = 7; return links },
		"link to nobody":   func(links []packedLink) []packedLink { links[6].regional = 9999; return links },
		"link of nobody":   func(links []packedLink) []packedLink { links[len(links)-1].central = 9999; return links },
		"link reversed": func(links []packedLink) []packedLink {
			links[6].central, links[6].regional = links[6].regional, links[6].central
			return links
		},
		"links swapped":    func(links []packedLink) []packedLink { links[6], links[7] = links[7], links[6]; return links },
		"link by no rule":  func(links []packedLink) []packedLink { links[6].rule = 999; return links },
		"evidence cut":     func(links []packedLink) []packedLink { links[6].evidence = links[6].evidence[1:]; return links },
		"evidence removed": func(links []packedLink) []packedLink { links[6].evidence = nil; return links },
	} {
		t.Run(name, func(t *testing.T) {
			s := checkedStore(t)
			changeLinks(t, s, 1, spoil)
			expectProblems(t, s)
		})
	}
}

// checkedStore is a database with a run, in which check finds nothing.
func checkedStore(t *testing.T) *Store {
	t.Helper()
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
	return s
}

// expectProblems verifies that check tells, without personal data.
func expectProblems(t *testing.T, s *Store) {
	t.Helper()
	problems, err := s.Check(context.Background())
	if err != nil || len(problems) == 0 {
		t.Fatalf("%q, %v", problems, err)
	}
	for _, problem := range problems {
		if problem == "" || containsNIK(problem) {
			t.Errorf("problem %q", problem)
		}
	}
}

// changeLinks replaces the links of a run behind the store's back.
func changeLinks(t *testing.T, s *Store, run RunID, change func(links []packedLink) []packedLink) {
	t.Helper()
	stmt, err := s.writer.Prepare(linkPackQuery + "ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	stmt.BindInt64(1, run.key(0))
	stmt.BindInt64(2, run.key(keyMask))
	var links []packedLink
	err = eachRow(stmt, func() error {
		var packs linkPackReader // its links stay valid
		read, err := packs.read(stmt)
		links = append(links, read...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := spoilDatabase(s, "DELETE FROM link_pack"); err != nil {
		t.Fatal(err)
	}
	w, err := newLinkWriter(s.writer, run)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range change(links) {
		if err := w.add(&link); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil {
		t.Fatal(err)
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
		"UPDATE person_pack SET persons = x'00' WHERE first_record = 101": func(s *Store, _ RunID) error { return lastError(s.Persons(ctx, match.Central)) },
		"UPDATE record_pack SET shown = x'0102' WHERE first_record = 101": func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE link_pack SET block = x'00'":                              func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE link_pack SET links = links - 1":                          func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE run SET comparisons = '[]'":                               func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"DELETE FROM link_pack WHERE id > 0":                              func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE link_pack SET block = substr(block, 1, 90)":               func(s *Store, id RunID) error { _, _, err := s.LinkOf(ctx, id, 7); return err },
		"UPDATE record_pack SET sheet_id = 9 WHERE first_record = 101":    func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
		"UPDATE person_pack SET sheet_id = 9 WHERE first_record = 101":    func(s *Store, id RunID) error { return lastError(s.RecordOutcomes(ctx, id, match.Central)) },
		"UPDATE duplicate SET evidence = '' WHERE id > 0":                 func(s *Store, id RunID) error { return lastError(s.Duplicates(ctx, id)) },
		"UPDATE conflict SET evidence = '' WHERE id > 0":                  func(s *Store, id RunID) error { return lastError(s.Conflicts(ctx, id)) },
		"UPDATE household SET kinds = 'x'":                                func(s *Store, id RunID) error { return lastError(s.Households(ctx, id, true)) },
		"UPDATE household SET central = 9999":                             func(s *Store, id RunID) error { return lastError(s.Households(ctx, id, true)) },
		"DELETE FROM household WHERE id % 2":                              func(s *Store, id RunID) error { return lastError(s.Households(ctx, id, true)) },
		"UPDATE conflict SET records = x''":                               func(s *Store, id RunID) error { return lastError(s.Conflicts(ctx, id)) },
		"UPDATE conflict SET records = substr(records, 1, 3)":             func(s *Store, id RunID) error { return lastError(s.Conflicts(ctx, id)) },
		"UPDATE conflict SET records = x'80'":                             func(s *Store, id RunID) error { _, err := s.ConflictsOf(ctx, id, 7); return err },
		"UPDATE conflict SET records = x'81'":                             func(s *Store, id RunID) error { _, err := s.ConflictsAt(ctx, id, 2); return err },
		"DELETE FROM conflict WHERE id & 3 = 3":                           func(s *Store, id RunID) error { return lastError(s.ConflictRows(ctx, id)) },
		"UPDATE link_pack SET block = x'01'":                              func(s *Store, id RunID) error { _, err := s.LinksAt(ctx, id, 7); return err },
		"DELETE FROM link_pack WHERE id > 1":                              func(s *Store, id RunID) error { _, err := s.LinksAt(ctx, id, 7); return err },
		"UPDATE person_pack SET persons = x'01'":                          func(s *Store, _ RunID) error { _, err := s.PersonsOf(ctx, 7); return err },
		"UPDATE link_pack SET first_central = 9999":                       lastOfMaster,
		"UPDATE link_pack SET last_central = first_central":               lastOfMaster,
		"DELETE FROM link_pack WHERE id > 2":                              lastOfMaster,
		"UPDATE conflict SET records = x'80ffff7f'":                       lastOfMaster,
		"UPDATE conflict SET records = x'feffff7f'":                       lastOfMaster,
		"UPDATE duplicate SET id = id + 5000":                             lastOfMaster,
		"UPDATE person_pack SET records = 99 WHERE first_record = 1":      lastOfMaster,
		"UPDATE record_pack SET shown = x'0103' WHERE first_record = 101": lastOfMaster,
		"DELETE FROM person_pack WHERE first_record = 101":                lastOfMaster,
		"UPDATE outcome_pack SET letters = 'zzz'":                         lastOfMaster,
		"UPDATE outcome_pack SET letters = replace(letters, 'B', 'D')":    lastOfMaster,
		"DELETE FROM person_pack WHERE first_record = 1":                  func(s *Store, _ RunID) error { return lastError(s.Persons(ctx, match.Regional)) },
		"DELETE FROM record_pack WHERE first_record = 1":                  func(s *Store, id RunID) error { return lastError(s.LinkedPairs(ctx, id)) },
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

// lastOfMaster drains the master list and returns its error.
func lastOfMaster(s *Store, id RunID) error {
	m, err := s.Master(context.Background(), id)
	if err != nil {
		return err
	}
	return lastError(m.Persons(context.Background(), true))
}

// lastError drains an iterator and returns its error.
func lastError[T any](rows func(yield func(T, error) bool)) error {
	var last error
	for _, err := range rows {
		last = err
	}
	return last
}
