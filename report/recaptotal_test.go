package report

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"padan/match"
	"padan/normalize"
)

// randomSummary is a run over random files, whose figures agree.
func randomSummary(t *rapid.T) *Summary {
	outcomes := randomOutcomes(t)
	var sources [2][]SourceInfo
	for side := range sources {
		for i := range rapid.IntRange(1, 4).Draw(t, "files") {
			from := SourceInfo{Name: fmt.Sprintf("%d.csv", i), Rejected: rapid.Int64Range(0, 9).Draw(t, "rejected"), Skipped: map[string]int64{}}
			for _, reason := range []string{"blank", "total", "title"} {
				from.Skipped[reason] = rapid.Int64Range(0, 3).Draw(t, reason)
			}
			from.Issues = map[string]int64{"nik:short": rapid.Int64Range(0, 5).Draw(t, "short")}
			from.Rows = from.Rejected + from.SkippedRows()
			sources[side] = append(sources[side], from)
		}
	}
	for i := range outcomes {
		o := &outcomes[i]
		own := sources[o.Record.Side]
		from := &own[rapid.IntRange(0, len(own)-1).Draw(t, "file")]
		o.Record.Source = from.Name
		from.Rows++
		from.Records++
		o.Person.Sex = normalize.Sex(rapid.IntRange(0, 2).Draw(t, "sex"))
		if o.Outcome == match.Unmatched {
			o.Reason = rapid.SampledFrom(match.Reasons()).Draw(t, "reason")
		}
	}
	s := NewSummary(RunInfo{Link: 8, Review: -1}, sources)
	for i := range outcomes {
		s.Add(&outcomes[i])
	}
	for _, kind := range match.ConflictKinds() {
		if n := rapid.Int64Range(0, 5).Draw(t, "cases"); n > 0 {
			s.Conflicts = append(s.Conflicts, CodeCount{kind.String(), n})
		}
	}
	for range rapid.IntRange(0, 9).Draw(t, "weights") {
		s.AddLink(rapid.Float64Range(-30, 60).Draw(t, "link"))
		s.AddReview(rapid.Float64Range(-30, 60).Draw(t, "review"))
	}
	s.Trend = []TrendPoint{{Run: 1, Persons: s.Total().Persons}}
	s.Finish()
	return s
}

// Every total of the workbook is the sum of its parts, and all of them agree
// with the recap.
func TestEveryTotalOfTheRecapBookAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomSummary(t)
		r := newRecapBook(s, Options{})
		total := s.Total()
		for _, table := range r.tables() {
			checkSumRows(t, &table)
			checkOutcomes(t, r, &table)
		}
		checkCover(t, r, &total)
		for side := range r.accounts {
			if r.accounts[side].Outcomes != total.Persons[side] || !r.accounts[side].Holds() {
				t.Fatalf("account %+v, recap %v", r.accounts[side], total.Persons[side])
			}
			var files, groups Counts
			for _, from := range s.Sources[side] {
				files.add(from.Outcomes)
			}
			for _, g := range s.Groups {
				if g.By == BySex {
					groups.add(g.Persons[side])
				}
			}
			if files != total.Persons[side] || groups != total.Persons[side] {
				t.Fatalf("by file %v, by sex %v, recap %v", files, groups, total.Persons[side])
			}
		}
	})
}

// checkSumRows adds up the rows of a table that are no sums themselves.
func checkSumRows(t *rapid.T, table *bookTable) {
	areas := slices.ContainsFunc(table.rows, func(r bookRow) bool { return r.level == RecapKota })
	part := func(r *bookRow) bool {
		if areas {
			return r.level == RecapKota
		}
		return r.level == RecapKelurahan
	}
	from := 0
	for i := range table.rows { // sums among the rows stand below their parts
		r := &table.rows[i]
		if areas || r.level == RecapKelurahan {
			continue
		}
		var parts []*bookRow
		for k := range table.rows[from:i] {
			parts = append(parts, &table.rows[from+k])
		}
		wantSum(t, table, r, parts)
		from = i + 1
	}
	for i := range table.sums {
		sum := &table.sums[i]
		var parts []*bookRow
		for k := range table.rows {
			if r := &table.rows[k]; part(r) && (len(table.sums) == 1 || r.cells[0] == sum.cells[0]) {
				parts = append(parts, r)
			}
		}
		wantSum(t, table, sum, parts)
	}
}

func wantSum(t *rapid.T, table *bookTable, sum *bookRow, parts []*bookRow) {
	for column, c := range sum.cells {
		if c.Type != IntegerCell {
			continue
		}
		want := 0.0
		for _, p := range parts {
			want += p.cells[column].Number
		}
		if c.Number != want {
			t.Fatalf("%s, %s: %v, its parts are %v", table.name, table.columns[column].title, c.Number, want)
		}
	}
}

// checkOutcomes adds up the outcomes of each row.
func checkOutcomes(t *rapid.T, r *recapBook, table *bookTable) {
	for _, row := range slices.Concat(table.rows, table.sums) {
		if len(row.cells) != len(table.columns) {
			t.Fatalf("%s: %d cells under %d headings", table.name, len(row.cells), len(table.columns))
		}
		for column := range row.cells {
			if table.columns[column].title != r.phrase(phraseAll) || table.columns[column+1].title != r.phrase(phraseMatched) {
				continue
			}
			sum := 0.0
			for i := range match.Outcomes {
				sum += row.cells[column+1+i].Number
			}
			if row.cells[column].Number != sum {
				t.Fatalf("%s: %v records, %v by outcome", table.name, row.cells[column].Number, sum)
			}
		}
	}
}

// checkCover adds up the lines of the account as they stand on the cover.
func checkCover(t *rapid.T, r *recapBook, total *RecapRow) {
	lines := r.accountLines()
	skips := len(r.Skips())
	for side := range r.accounts {
		at := func(line int) int64 { return int64(lines[line].cells[side+1].Number) }
		skipped := int64(0)
		for i := range skips {
			skipped += at(4 + i)
		}
		persons := 4 + skips
		if at(3) != skipped || at(1) != at(2)+at(3)+at(persons) || at(persons) != total.Persons[side].Total() {
			t.Fatalf("side %d: %v", side, lines)
		}
		sum := int64(0)
		for i := range match.Outcomes {
			sum += at(persons + 2 + i)
		}
		if sum != at(persons) {
			t.Fatalf("side %d: %d persons, %d by outcome", side, at(persons), sum)
		}
		for _, check := range []int{persons + 1, len(lines) - 1} {
			if lines[check].cells[side+1].Text != r.phrase(phraseAddsUp) {
				t.Fatalf("side %d: %q", side, lines[check].cells[side+1].Text)
			}
		}
	}
}

// The cover does not say that sums add up that do not.
func TestTheCoverTellsOfALostRow(t *testing.T) {
	for name, c := range map[string]struct {
		lose      func(*Summary)
		row, link phrase
	}{
		"a row":    {func(s *Summary) { s.Sources[match.Regional][0].Rows++ }, phraseDoesNotAddUp, phraseAddsUp},
		"a person": {func(s *Summary) { s.Sources[match.Regional][0].Rows++; s.Sources[match.Regional][0].Records++ }, phraseAddsUp, phraseDoesNotAddUp},
		"nothing":  {func(*Summary) {}, phraseAddsUp, phraseAddsUp},
	} {
		s := sampleSummary()
		c.lose(s)
		r := newRecapBook(s, Options{})
		var told []string
		for _, line := range r.accountLines() {
			if line.level == RecapKota {
				told = append(told, line.cells[match.Regional+1].Text)
				if line.cells[match.Central+1].Text != r.phrase(phraseAddsUp) {
					t.Errorf("%s: the central side does not add up", name)
				}
			}
		}
		if want := []string{r.phrase(c.row), r.phrase(c.link)}; !slices.Equal(told, want) {
			t.Errorf("%s: %q, want %q", name, told, want)
		}
	}
}
