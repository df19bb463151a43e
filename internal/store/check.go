package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"padan/match"
	"padan/normalize"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// Check reads the whole database and returns what is wrong with it, as English
// sentences without personal data; none means that every page is sound, every
// row of every source and every outcome of every run is there, and all totals
// add up. An error means that the check itself could not be done.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	k := &checker{}
	err := s.read(ctx, func(conn *sqlite.Conn) error {
		k.conn = conn
		if err := k.pages(); err != nil || len(k.problems) > 0 {
			return err
		}
		return k.schema(ctx)
	})
	if err == nil && len(k.problems) == 0 {
		err = s.checkContents(ctx, k)
	}
	if errors.Is(err, ErrSchema) {
		return append(k.problems, sentence(err)), nil
	}
	return k.problems, err
}

func (s *Store) checkContents(ctx context.Context, k *checker) error {
	runs, err := s.Runs(ctx)
	if err != nil {
		return err
	}
	err = s.read(ctx, func(conn *sqlite.Conn) (err error) {
		k.conn = conn
		if k.catalog, err = readCatalog(conn); err != nil {
			return err
		}
		if err := k.decisions(); err != nil {
			return err
		}
		return k.sources()
	})
	for i := range runs {
		if err == nil {
			err = s.checkRun(ctx, k, &runs[i])
		}
	}
	return err
}

// sentence shortens an error to what is wrong, without the path, which the
// caller knows.
func sentence(err error) string {
	var schema *SchemaError
	if errors.As(err, &schema) {
		return schema.Problem
	}
	return err.Error()
}

// checker collects problems.
type checker struct {
	conn     *sqlite.Conn
	catalog  *catalog
	problems []string
}

// maxProblems bounds the messages of one kind: a damaged file can have millions.
const maxProblems = 20

func (k *checker) problem(format string, args ...any) {
	k.problems = append(k.problems, fmt.Sprintf(format, args...))
}

// pages verifies the file and the references between tables.
func (k *checker) pages() error {
	err := sqlitex.ExecuteTransient(k.conn, fmt.Sprintf("PRAGMA integrity_check(%d)", maxProblems), &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			if text := stmt.ColumnText(0); text != "ok" {
				k.problem("the file is damaged: %s", strings.ReplaceAll(text, "\n", ": "))
			}
			return nil
		},
	})
	if err != nil || len(k.problems) > 0 {
		return err
	}
	// A reference to no row, by table and the table referred to.
	broken := map[[2]string]int{}
	err = sqlitex.ExecuteTransient(k.conn, "PRAGMA foreign_key_check", &sqlitex.ExecOptions{
		ResultFunc: func(stmt *sqlite.Stmt) error {
			broken[[2]string{stmt.ColumnText(0), stmt.ColumnText(2)}]++
			return nil
		},
	})
	var found []string
	for tables, n := range broken {
		found = append(found, fmt.Sprintf("%d rows of %s refer to no row of %s", n, tables[0], tables[1]))
	}
	slices.Sort(found)
	k.problems = append(k.problems, found...)
	return err
}

// sources verifies the counts and the rows of every source.
func (k *checker) sources() error {
	for source := range k.catalog.every() {
		if err := k.source(source); err != nil {
			return err
		}
	}
	return nil
}

func (k *checker) source(source *Source) error {
	skipped := int64(0)
	for _, n := range source.Skipped {
		skipped += n
	}
	if source.Rows != source.Records+source.Rejected+skipped {
		k.problem("source %s: %d rows, but %d records, %d rejected and %d skipped", source.Name, source.Rows, source.Records, source.Rejected, skipped)
	}
	for _, count := range []struct {
		what  string
		want  int64
		query string
		first int64
		last  int64
	}{
		{"rejected rows", source.Rejected, "SELECT count(*) FROM excluded WHERE id BETWEEN ? AND ? AND kind = 'rejected'", source.firstExcluded, source.lastExcluded},
		{"skipped rows", skipped, "SELECT count(*) FROM excluded WHERE id BETWEEN ? AND ? AND kind = 'skipped'", source.firstExcluded, source.lastExcluded},
	} {
		found, err := queryInt(k.conn, count.query, count.first, count.last)
		if err != nil {
			return err
		}
		if found != count.want {
			k.problem("source %s: %d %s instead of %d", source.Name, found, count.what, count.want)
		}
	}
	return k.records(source)
}

// records verifies that every record of a source can be read and that no pack
// holds another.
func (k *checker) records(source *Source) error {
	for _, table := range []string{"person_pack", "record_pack"} {
		query := "SELECT coalesce(sum(records), 0) FROM " + table + " WHERE first_record BETWEEN ? AND ?"
		packed, err := queryInt(k.conn, query, source.firstRecord, source.lastRecord)
		if err != nil {
			return err
		}
		if packed != source.Records {
			k.problem("source %s: %d records in %s instead of %d", source.Name, packed, table, source.Records)
		}
	}
	r, err := k.catalog.newRecordReader(k.conn)
	if err != nil {
		return err
	}
	read, err := k.catalog.openPersons(k.conn)
	if err != nil {
		return err
	}
	unreadable := 0
	var persons []PersonRow
	for _, at := range recordSpans([]Source{*source}) {
		persons, err = read(at, persons[:0])
		if err != nil && !errors.Is(err, ErrSchema) {
			return err
		}
		if err != nil {
			unreadable += int(at.last - at.first + 1)
			continue
		}
		for i := range persons {
			sound, err := k.record(r, source, &persons[i])
			if err != nil {
				return err
			}
			if !sound {
				unreadable++
			}
		}
	}
	if unreadable > 0 {
		k.problem("source %s: %d records cannot be read", source.Name, unreadable)
	}
	return nil
}

// record reports whether a record can be read and shows the person that is compared.
func (k *checker) record(r *recordReader, source *Source, p *PersonRow) (bool, error) {
	var record match.Record
	err := r.raw(p.ID, &record)
	if err != nil && !errors.Is(err, ErrSchema) {
		return false, err
	}
	shown := normalize.Person{NIK: record.NIK, KK: record.KK, Area: record.Area}
	same := shown == p.Person.Keys() && record.Row == p.Row && record.Sheet == p.Sheet
	return err == nil && same && record.Source == source.Name && record.Side == source.Side, nil
}

// checkRun verifies that a run has one outcome for each record and that links,
// duplicates and conflicts agree with the outcomes.
func (s *Store) checkRun(ctx context.Context, k *checker, run *Run) error {
	sc, err := s.scope(ctx, run.ID)
	if err != nil {
		return err
	}
	r := &runChecker{checker: k, scope: sc, run: run}
	return s.read(ctx, func(conn *sqlite.Conn) error {
		k.conn = conn
		for _, step := range []func() error{r.outcomes, r.links, r.duplicates, r.conflicts, r.households} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

type runChecker struct {
	*checker
	scope    *scope
	run      *Run
	outcome  [2][]match.Outcome // by row index
	mentions [2][]uint8         // by row index; how often what is being checked names it
}

// outcomes reads the outcomes and compares their number with the totals.
func (r *runChecker) outcomes() error {
	read, err := r.scope.openDecisions(r.conn)
	if err != nil {
		return err
	}
	for _, side := range bothSides {
		var counted Totals
		records := int64(0)
		var decisions []decision
		for _, at := range recordSpans(r.run.Sources[side]) {
			if decisions, err = read(at, decisions[:0]); err != nil {
				return err
			}
			for _, d := range decisions {
				r.outcome[side] = append(r.outcome[side], d.outcome)
				*counted.field(d.outcome)++
			}
		}
		for _, source := range r.run.Sources[side] {
			records += source.Records
		}
		counted.Records = counted.Matched + counted.Conflict + counted.Unmatched + counted.Duplicate
		want := r.run.Totals[side]
		if counted.Records != records || want.Records != records ||
			counted.Matched != want.Matched || counted.Conflict != want.Conflict ||
			counted.Unmatched != want.Unmatched || counted.Duplicate != want.Duplicate {
			r.problem("run %d: the outcomes of the %s side do not add up to its totals", r.run.ID, side)
		}
	}
	return nil
}

// begin forgets what was named before.
func (r *runChecker) begin() {
	for _, side := range bothSides {
		r.mentions[side] = make([]uint8, len(r.outcome[side]))
	}
}

// mention notes that a record is named; false if it is none of the run.
func (r *runChecker) mention(record int64) bool {
	side, row, err := r.scope.rowOf(record)
	if err != nil || row < 0 || int(row) >= len(r.mentions[side]) {
		return false
	}
	if r.mentions[side][row] < 2 {
		r.mentions[side][row]++
	}
	return true
}

// agree verifies that exactly the records of an outcome were named, each once
// (or at least once).
func (r *runChecker) agree(side match.Side, outcome match.Outcome, once bool, what string) {
	wrong := 0
	for row, n := range r.mentions[side] {
		has := r.outcome[side][row] == outcome
		if has && n == 0 || once && (n > 1 || n == 1 && !has) {
			wrong++
		}
	}
	if wrong > 0 {
		r.problem("run %d: %d records of the %s side have an outcome that contradicts the %s", r.run.ID, wrong, side, what)
	}
}

// named reads the record ids that a query gives for this run.
func (r *runChecker) named(query, what string) error {
	strange := 0
	err := sqlitex.ExecuteTransient(r.conn, query, &sqlitex.ExecOptions{
		Args: []any{r.run.ID.key(0), r.run.ID.key(keyMask)},
		ResultFunc: func(stmt *sqlite.Stmt) error {
			if !r.mention(stmt.ColumnInt64(0)) {
				strange++
			}
			return nil
		},
	})
	if strange > 0 {
		r.problem("run %d: %d %s name a record that is not in the run", r.run.ID, strange, what)
	}
	return err
}

func (r *runChecker) duplicates() error {
	r.begin()
	if err := r.named("SELECT of_record FROM duplicate WHERE id BETWEEN ? AND ?", "duplicates"); err != nil {
		return err
	}
	r.begin()
	if err := r.named("SELECT record_id FROM duplicate WHERE id BETWEEN ? AND ?", "duplicates"); err != nil {
		return err
	}
	for _, side := range bothSides {
		r.agree(side, match.Duplicate, true, "duplicates")
	}
	return nil
}
