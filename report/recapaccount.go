package report

import "padan/match"

// account shows line by line how rows became persons and persons outcomes, and
// that it adds up.
func (r *recapBook) account(b *book, row int) int {
	for i, title := range [...]string{r.phrase(phraseAccount), r.phrase(phraseCentral), r.phrase(phraseRegional)} {
		b.set(coverItem+i, row, cellStyle{kind: tableHead}, title)
	}
	columns := make([]bookColumn, 1+len(r.accounts))
	for _, line := range r.accountLines() {
		row++
		b.cells(columns, coverItem, row, &line)
	}
	return row + 1
}

// accountLines are the lines of the account.
func (r *recapBook) accountLines() []bookRow {
	var lines []bookRow
	line := func(level RecapLevel, title string, of func(Account) Cell) {
		r.add(Text(title))
		for side := range r.accounts {
			r.add(of(r.accounts[side]))
		}
		lines = append(lines, r.end(level))
	}
	count := func(p phrase, of func(Account) int64) {
		line(RecapKelurahan, r.phrase(p), func(a Account) Cell { return Integer(of(a)) })
	}
	check := func(p phrase, of func(Account) bool) {
		line(RecapKota, r.phrase(p), func(a Account) Cell {
			if of(a) {
				return Text(r.phrase(phraseAddsUp))
			}
			return Text(r.phrase(phraseDoesNotAddUp))
		})
	}
	count(phraseAccountFiles, func(a Account) int64 { return a.Files })
	count(phraseAccountRows, func(a Account) int64 { return a.Rows })
	count(phraseAccountRejected, func(a Account) int64 { return a.Rejected })
	count(phraseAccountSkipped, func(a Account) int64 { return a.Skipped })
	for _, skip := range r.Skips() {
		r.add(Text(indent+wordOf(r.words.skips, skip.Code)), Integer(skip.Count[match.Central]), Integer(skip.Count[match.Regional]))
		lines = append(lines, r.end(RecapKelurahan))
	}
	count(phraseAccountPersons, func(a Account) int64 { return a.Persons })
	check(phraseCheckRows, Account.RowsHold)
	for _, o := range match.Outcomes {
		count(accountOutcomes[o], func(a Account) int64 { return a.Outcomes[o] })
	}
	check(phraseCheckPersons, Account.PersonsHold)
	return lines
}

// indent sets what a line is made of off from the line.
const indent = "      "

// accountOutcomes name the outcomes as the check of the account does.
var accountOutcomes = [...]phrase{
	match.Matched: phraseAccountMatched, match.Conflicted: phraseAccountConflict,
	match.Unmatched: phraseAccountUnmatched, match.Duplicate: phraseAccountDuplicate,
}
