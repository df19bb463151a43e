package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"padan/match"
)

// qualityTable shows for each file what became of its rows and persons, and what
// is wrong with its values.
func (r *recapBook) qualityTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseQualitySheet), title: r.phrase(phraseQualityTitle), frozen: 3,
		columns: append(r.fileColumns(), r.countColumns(r.phrase(phrasePersons))[1:]...), // all of them stand among the rows
		notes:   []string{r.phrase(phraseQualityNote)},
	}
	t.columns = append(t.columns, bookColumn{title: r.phrase(phraseIssues), width: 64, wrap: true})
	r.eachFile(&t, func(_ match.Side, from *SourceInfo) {
		r.addOutcomes(from.Outcomes)
		remarks := append(r.worstIssues(from.Issues), from.Warnings...)
		r.add(Text(r.shown(strings.Join(remarks, "; "))))
	}, func(side match.Side) {
		r.addOutcomes(r.accounts[side].Outcomes)
		r.add(Text(""))
	})
	return t
}

// sourceTable lists the files of both sides, so that anybody who holds one can
// tell that it is the same.
func (r *recapBook) sourceTable() bookTable {
	t := bookTable{name: r.phrase(phraseRecapSources), title: r.phrase(phraseSourceTitle), frozen: 3}
	t.columns = append(r.fileColumns(),
		bookColumn{title: r.phrase(phraseLoaded), width: 28}, bookColumn{title: "SHA-256", width: 70})
	r.eachFile(&t, func(_ match.Side, from *SourceInfo) {
		r.add(Text(r.language.moment(from.Loaded)), Code(from.SHA256))
	}, func(match.Side) { r.add(Text(""), Text("")) })
	return t
}

// fileColumns head what eachFile writes.
func (r *recapBook) fileColumns() []bookColumn {
	columns := []bookColumn{
		{title: r.phrase(phraseSide), width: 9}, {title: r.phrase(phraseOrdinal), width: 6}, {title: r.phrase(phraseFile), width: 34, wrap: true},
	}
	for _, p := range [...]phrase{phraseRows, phraseRejectedRows, phraseSkippedRows, phrasePersonsRead} {
		columns = append(columns, bookColumn{group: r.phrase(phraseRowsGroup), title: r.phrase(p), width: countWidth})
	}
	return columns
}

// eachFile fills a table with the files of both sides and the sums of each side.
func (r *recapBook) eachFile(t *bookTable, fill func(match.Side, *SourceInfo), sum func(match.Side)) {
	for side := range match.Regional + 1 {
		for i := range r.Sources[side] {
			from := &r.Sources[side][i]
			r.add(Text(r.side(side)), Integer(int64(i+1)), Text(r.shown(from.Name)))
			r.add(Integer(from.Rows), Integer(from.Rejected), Integer(from.SkippedRows()), Integer(from.Records))
			fill(side, from)
			t.rows = append(t.rows, r.end(RecapKelurahan))
		}
		account := &r.accounts[side]
		r.add(Text(r.side(side)), Text(""), Text(r.phrase(phraseTotal)))
		r.add(Integer(account.Rows), Integer(account.Rejected), Integer(account.Skipped), Integer(account.Persons))
		sum(side)
		t.sums = append(t.sums, r.end(RecapTotal))
	}
}

// shown is a text from outside, numbers that may be a NIK hidden if need be.
func (r *recapBook) shown(text string) string {
	if r.options.Mask {
		return maskNumbers(text)
	}
	return text
}

// shownIssues is how many issues of a file are named; the rest are counted.
const shownIssues = 3

// worstIssues says the most frequent issues of a file in words.
func (r *recapBook) worstIssues(issues map[string]int64) []string {
	var list []CodeCount
	for code, n := range issues {
		list = append(list, CodeCount{code, n})
	}
	slices.SortFunc(list, func(a, b CodeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Code, b.Code))
	})
	var parts []string
	for _, c := range list[:min(shownIssues, len(list))] {
		field, words := r.issueWords(c.Code)
		parts = append(parts, field+" "+words+": "+r.numbers.Sprint(c.Count))
	}
	if more := len(list) - shownIssues; more > 0 {
		parts = append(parts, fmt.Sprintf(r.phrase(phraseMoreIssues), more))
	}
	return parts
}

// issueTable adds the issues of all files up by field and code.
func (r *recapBook) issueTable() bookTable {
	t := bookTable{
		name: r.phrase(phraseIssueSheet), title: r.phrase(phraseIssueTitle), frozen: 1,
		columns: []bookColumn{
			{title: r.phrase(phraseOrdinal), width: 6}, {title: r.phrase(phraseField), width: 20},
			{title: r.phrase(phraseExplanation), width: 56, wrap: true}, {title: r.phrase(phraseCode), width: 30},
		},
		notes: []string{r.phrase(phraseIssueNote)},
	}
	for _, side := range sidePhrases {
		group := r.phrase(side)
		for _, p := range [...]phrase{phraseCountColumn, phraseShareOfPersons, phraseFiles} {
			t.columns = append(t.columns, bookColumn{group: group, title: r.phrase(p), width: countWidth})
		}
	}
	for i, c := range r.Issues() {
		field, words := r.issueWords(c.Code)
		r.add(Integer(int64(i+1)), Text(field), Text(words), Text(c.Code))
		for side := range c.Count {
			r.add(Integer(c.Count[side]), share(c.Count[side], r.accounts[side].Persons), Integer(c.Files[side]))
		}
		t.rows = append(t.rows, r.end(RecapKelurahan))
	}
	return t
}

// issueWords says an issue in words, field and remark; a code of a later version
// stays as it is.
func (r *recapBook) issueWords(issue string) (field, words string) {
	subject, code, _ := strings.Cut(issue, ":")
	field = wordOf(r.words.fields, subject)
	if reason, ok := r.words.rejections[code]; ok && subject == rowSubject {
		return field, r.phrase(phraseRejectedPrefix) + reason
	}
	if words, ok := r.words.issues[issue]; ok {
		return field, words
	}
	return field, wordOf(r.words.issues, code)
}

// rowSubject stands in place of a field in the issues of whole rows.
const rowSubject = "row"
