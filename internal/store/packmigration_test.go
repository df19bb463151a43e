package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"padan/match"

	"github.com/google/go-cmp/cmp"
	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// oldSource is a source of a database of version 3. Its rows are the invented
// persons from row on, the first half in one sheet and the rest in another; row 10
// of each sheet is excluded.
type oldSource struct {
	side   match.Side
	name   string
	row    int // in the side
	first  int64
	count  int
	sheets [2]int64
}

// oldSources leave gaps in the ids; the canonical order of the central ones is not
// that of their ids.
var oldSources = []oldSource{
	{match.Central, "b.csv", 300, 5, 320, [2]int64{1, 2}},
	{match.Regional, "r.csv", 0, 1001, 600, [2]int64{3, 4}},
	{match.Central, "a.csv", 0, 2001, 300, [2]int64{5, 6}},
}

// rows returns the rows of the records of a source in their sheets.
func (o *oldSource) rows() []int {
	rows := make([]int, o.count)
	for i := range rows {
		row := i%(o.count/2) + 2
		if row >= 10 {
			row++
		}
		rows[i] = row
	}
	return rows
}

func sheetTitle(position int) string { return fmt.Sprint("Sheet ", position+1) }

// oldDatabase writes a database of version 3 row by row, in one transaction.
type oldDatabase struct {
	t    *testing.T
	conn *sqlite.Conn
}

func newOldDatabase(t *testing.T) (*oldDatabase, string) {
	t.Helper()
	scripts, err := migrationScripts()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "padan.db")
	rawExec(t, path, "PRAGMA user_version = 0")
	conn, err := connectWriter(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := migrate(context.Background(), conn, 0, scripts[:3]); err != nil {
		t.Fatal(err)
	}
	old := &oldDatabase{t: t, conn: conn}
	old.execute("BEGIN")
	old.insert("rule", 99, "of another version")
	for rule := uint8(0); match.RuleCode(rule) != ""; rule++ {
		old.insert("rule", oldRule(rule), match.RuleCode(rule))
	}
	return old, path
}

// oldRule is the key of a rule in an old database.
func oldRule(rule uint8) int64 { return 200 - int64(rule) }

// insert writes one row; a table with generated columns is given with its others.
func (o *oldDatabase) insert(table string, values ...any) {
	o.t.Helper()
	o.execute("INSERT INTO "+table+" VALUES (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
}

func (o *oldDatabase) execute(query string, args ...any) {
	o.t.Helper()
	if err := sqlitex.Execute(o.conn, query, &sqlitex.ExecOptions{Args: args}); err != nil {
		o.t.Fatal(err)
	}
}

// close ends the transaction.
func (o *oldDatabase) close() {
	o.t.Helper()
	o.execute("COMMIT")
	if err := o.conn.Close(); err != nil {
		o.t.Fatal(err)
	}
}

func (o *oldDatabase) addSource(id int64, source *oldSource) {
	columns, err := encodeColumns(sampleColumns())
	if err != nil {
		o.t.Fatal(err)
	}
	firstExcluded := id * 10
	o.insert("source", id, source.side.String(), "/lists/"+source.name, fmt.Sprint("digest", id), 1234, "2026-01-02T03:04:05Z", "old",
		source.count+2, source.count, 1, `{"blank":1}`, `{}`, `[]`, source.first, source.first+int64(source.count)-1, firstExcluded, firstExcluded+1)
	for i, sheet := range source.sheets {
		o.insert("sheet", sheet, id, i, sheetTitle(i), 1, `["NIK"]`, string(columns))
		kind := [2]string{"rejected", "skipped"}[i]
		o.insert("excluded", firstExcluded+int64(i), sheet, 10, kind, [2]string{"stray_quote", "blank"}[i], `["x"]`)
	}
	for i, row := range source.rows() {
		person, cells := invented(source.row + i)
		sheet := source.sheets[i/(source.count/2)]
		o.insert("record", source.first+int64(i), sheet, row, person.AppendBinary(nil), string(EncodeCells(nil, cells)))
	}
}

// addRun writes a result with the rows and columns of version 3.
func (o *oldDatabase) addRun(id RunID, ids [2][]int64, res *match.Result) {
	run := Run{ID: id, Version: "old"}
	s := saver{conn: o.conn, run: &run, ids: ids, res: res}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	run.StartedAt, run.FinishedAt = at, at
	sources, err := querySources(o.conn, "SELECT "+sourceColumns+", NULL FROM source")
	if err != nil {
		o.t.Fatal(err)
	}
	run.Sources = sources
	for _, step := range []func() error{s.saveRun, s.saveSources, s.saveOutcomes, s.saveDuplicates, s.saveHouseholds} {
		if err := step(); err != nil {
			o.t.Fatal(err)
		}
	}
	for i := range res.Links {
		l := &res.Links[i]
		o.insert("link (id, regional, rule, weight, probability, evidence)", id.key(ids[match.Central][l.Central]), ids[match.Regional][l.Regional],
			oldRule(l.Rule), l.Weight, l.Probability, appendEvidence(nil, l.Vector, l.Weights))
	}
	for i := range res.Conflicts {
		c := &res.Conflicts[i]
		key := id.key(int64(i))
		o.insert("conflict (id, kind, rule, weight, evidence, proposed)", key,
			c.Kind.String(), oldRule(c.Rule), c.Weight, appendEvidence(nil, c.Vector, c.Weights), c.Proposed)
		position := 0
		for side, rows := range [2][]int32{c.Central, c.Regional} {
			for _, row := range rows {
				o.insert("conflict_record", key, position, ids[side][row])
				position++
			}
		}
	}
}

// oldIDs returns the record ids of the old sources by row.
func oldIDs() [2][]int64 {
	ids := [2][]int64{make([]int64, 620), make([]int64, 600)}
	for _, source := range oldSources {
		for i := range source.count {
			ids[source.side][source.row+i] = source.first + int64(i)
		}
	}
	return ids
}

// TestMigrationToPacks opens a database of version 3 and finds in packs what stood
// there in rows.
func TestMigrationToPacks(t *testing.T) {
	ctx := context.Background()
	old, path := newOldDatabase(t)
	for i := range oldSources {
		old.addSource(int64(i+1), &oldSources[i])
	}
	ids, res := oldIDs(), sampleResult(620, 600)
	old.addRun(1, ids, res)
	scattered := sampleResult(620, 600)
	scatter(scattered)
	scattered.Conflicts[3].Central = append(scattered.Conflicts[3].Central, 100, 3)
	scattered.Conflicts[3].Regional = append([]int32{500}, scattered.Conflicts[3].Regional...)
	old.addRun(2, ids, scattered)
	old.close()

	s := openStore(t, path, ModeWrite)
	checkReaders(t, s, 1, res)
	if diff := cmp.Diff(scattered.Links, linksOf(t, s, 2)); diff != "" {
		t.Error(diff)
	}
	for i, c := range collect(t, s.Conflicts(ctx, 2)) {
		if diff := cmp.Diff(scattered.Conflicts[i], c.Conflict); diff != "" {
			t.Error(diff)
		}
	}
	for i := range oldSources {
		checkOldSource(t, s, &oldSources[i])
	}
	if rows := collect(t, s.Rejected(ctx, 0)); len(rows) != 3 || rows[0].Row != 10 {
		t.Errorf("rejected %+v", rows)
	}
	if problems, err := s.Check(ctx); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
	left, err := queryInt(s.writer, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND (name IN ('record', 'link', 'conflict_record') OR name GLOB '*_[0-9]')")
	if err != nil || left > 0 {
		t.Errorf("%d tables are left, %v", left, err)
	}
	checkReaders(t, s, mustSave(t, s, res), res)
}

func linksOf(t *testing.T, s *Store, id RunID) []match.Link {
	t.Helper()
	var links []match.Link
	for _, pair := range collect(t, s.LinkedPairs(context.Background(), id)) {
		links = append(links, pair.Link)
	}
	return links
}

// checkOldSource compares the records and the persons of a source with what was
// written.
func checkOldSource(t *testing.T, s *Store, source *oldSource) {
	t.Helper()
	for i := range source.count {
		checkOldRecord(t, s, source, i)
	}
	persons := map[int64]PersonRow{}
	for batch, err := range s.Persons(context.Background(), source.side) {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range batch {
			persons[p.ID] = p
		}
	}
	for i, row := range source.rows() {
		id := source.first + int64(i)
		person, _ := invented(source.row + i)
		want := PersonRow{ID: id, Side: source.side, Sheet: sheetTitle(i / (source.count / 2)), Row: row, Person: person}
		if source.name == "b.csv" {
			want.Source = 1
		}
		if diff := cmp.Diff(want, persons[id]); diff != "" {
			t.Fatal(diff)
		}
	}
}

// checkOldRecord compares a record of a source with what was written.
func checkOldRecord(t *testing.T, s *Store, source *oldSource, i int) {
	t.Helper()
	id := source.first + int64(i)
	columns := sampleColumns()
	person, cells := invented(source.row + i)
	want := match.Record{
		ID: id, Side: source.side, Source: source.name, Sheet: fmt.Sprint("Sheet ", i/(source.count/2)+1), Row: source.rows()[i],
		Area: person.Area, KK: person.KK, NIK: person.NIK, Raw: columns.Values(cells),
	}
	if got, err := s.Record(context.Background(), id); err != nil || got != want {
		t.Fatalf("%+v instead of %+v, %v", got, want, err)
	}
}

// TestMigrationOfLostRecord keeps every record in its place beside one that an old
// database lacks.
func TestMigrationOfLostRecord(t *testing.T) {
	old, path := newOldDatabase(t)
	old.addSource(1, &oldSources[0])
	old.execute("DELETE FROM record WHERE id = 25")
	old.close()
	s := openStore(t, path, ModeWrite)
	for i := range oldSources[0].count {
		if oldSources[0].first+int64(i) != 25 {
			checkOldRecord(t, s, &oldSources[0], i)
		}
	}
	if _, err := s.Record(context.Background(), 25); !errors.Is(err, ErrSchema) {
		t.Errorf("got %v", err)
	}
	expectProblems(t, s)
}

// TestMigrationKeepsDamage moves rows that refer to nothing: what was damaged
// before is damaged afterwards, and check tells.
func TestMigrationKeepsDamage(t *testing.T) {
	for name, script := range map[string]string{
		"conflict of nobody": "DELETE FROM conflict_record WHERE conflict_id IN (SELECT min(id) FROM conflict)",
		"record lost":        "DELETE FROM conflict_record WHERE record_id = 1010 AND position > 0",
		"link lost":          "DELETE FROM link WHERE regional = 1007",
		"link of nobody":     "INSERT INTO link (id, regional, rule, weight, probability, evidence) SELECT id + 5000, 9999, rule, weight, probability, evidence FROM link WHERE regional = 1007; DELETE FROM link WHERE regional = 1007",
		"link by no rule":    "UPDATE link SET rule = 7 WHERE regional = 1007",
		"evidence cut":       "UPDATE link SET evidence = x'00' WHERE regional = 1007",
	} {
		t.Run(name, func(t *testing.T) {
			old, path := newOldDatabase(t)
			for i := range oldSources {
				old.addSource(int64(i+1), &oldSources[i])
			}
			old.addRun(1, oldIDs(), sampleResult(620, 600))
			if err := sqlitex.ExecuteScript(old.conn, script+";", nil); err != nil {
				t.Fatal(err)
			}
			old.close()
			expectProblems(t, openStore(t, path, ModeWrite))
		})
	}
}
