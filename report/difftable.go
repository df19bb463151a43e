package report

import (
	"strings"

	"padan/match"
)

// diffTable is a small table of a diff, as a terminal and a workbook show it:
// texts, then counts.
type diffTable struct {
	texts  []string // headings
	counts []string // headings
	rows   []diffRow
}

type diffRow struct {
	texts  []string
	counts []int64
}

// diffTables makes the tables of a diff in a language.
type diffTables struct {
	*Diff

	options Options
	words   *catalogue
}

func (d *Diff) tables(o Options) diffTables { return diffTables{d, o, o.Language.catalogue()} }

func (t *diffTables) phrase(p phrase) string { return t.words.phrases[p] }

// side names a side in running text.
func (t *diffTables) side(side match.Side) string {
	return strings.ToLower(t.phrase(sidePhrases[side]))
}

// bySide is a table with one count for each side, without rows.
func (t *diffTables) bySide(heads ...phrase) *diffTable {
	table := &diffTable{}
	for _, p := range heads {
		table.texts = append(table.texts, t.phrase(p))
	}
	for _, side := range t.Info.Sides {
		table.counts = append(table.counts, t.side(side))
	}
	return table
}

// add appends a row with the count of each side.
func (t *diffTables) add(table *diffTable, counts [2]int64, texts ...string) {
	row := diffRow{texts: texts}
	for _, side := range t.Info.Sides {
		row.counts = append(row.counts, counts[side])
	}
	table.rows = append(table.rows, row)
}

// addSome is add for a row that is left out if nobody is in it.
func (t *diffTables) addSome(table *diffTable, counts [2]int64, texts ...string) {
	for _, side := range t.Info.Sides {
		if counts[side] != 0 {
			t.add(table, counts, texts...)
			return
		}
	}
}

// account leads from the persons of the run before to those of the run after.
func (t *diffTables) account() *diffTable {
	table, total := t.bySide(phrasePersonsOf), t.Total()
	t.add(table, total.total(match.Before), t.phrase(phraseBefore))
	t.addSome(table, total.kind(match.PersonGone), "- "+t.words.changes[match.PersonGone])
	t.addSome(table, total.Left[RecapTotal], "- "+t.phrase(phraseLeft))
	t.addSome(table, total.Arrived[RecapTotal], "+ "+t.phrase(phraseArrived))
	t.addSome(table, total.kind(match.PersonNew), "+ "+t.words.changes[match.PersonNew])
	t.add(table, total.total(match.After), t.phrase(phraseAfter))
	return table
}

// kinds counts the persons by how they changed.
func (t *diffTables) kinds() *diffTable {
	table, total := t.bySide(phraseChange), t.Total()
	t.add(table, total.kind(match.Unchanged), t.words.changes[match.Unchanged])
	for _, kind := range match.ChangeKinds() {
		t.addSome(table, total.kind(kind), t.words.changes[kind])
	}
	return table
}

// causes counts the persons who changed by why they did, which words say.
func (t *diffTables) causes(words func(match.ChangeCause) string) *diffTable {
	table := t.bySide(phraseCause)
	for _, move := range t.Moves(ByCause) {
		t.add(table, move.Count, words(move.Change.Cause))
	}
	return table
}

// cause says in short why somebody changed.
func (t *diffTables) cause(c match.ChangeCause) string { return at(t.words.causes, c) }

// causeAtLength says it with a sentence.
func (t *diffTables) causeAtLength(c match.ChangeCause) string {
	return t.cause(c) + ": " + at(t.words.causeNotes, c)
}

// outcomes counts the persons who changed by their outcomes.
func (t *diffTables) outcomes() *diffTable {
	table := t.bySide(phraseChange, phraseOutcomeBefore, phraseOutcomeAfter)
	for _, move := range t.Moves(ByOutcome) {
		c := &move.Change
		t.add(table, move.Count, t.words.changes[c.Kind], t.outcome(&c.Standing[match.Before]), t.outcome(&c.Standing[match.After]))
	}
	return table
}

// outcome says what a run decided about a person.
func (t *diffTables) outcome(s *match.Standing) string {
	if !s.Known {
		return "-"
	}
	return t.phrase(outcomePhrases[s.Outcome])
}

// reasons counts the unmatched persons of both runs by reason.
func (t *diffTables) reasons() *diffTable {
	table := &diffTable{texts: []string{t.phrase(phraseUnmatchedReason)}}
	for _, side := range t.Info.Sides {
		for _, when := range [...]phrase{phraseBefore, phraseAfter} {
			table.counts = append(table.counts, t.side(side)+" "+t.phrase(when))
		}
	}
	for _, reason := range match.Reasons() {
		row := diffRow{texts: []string{at(t.words.reasons, reason)}}
		some := false
		for _, side := range t.Info.Sides {
			for when := range t.Info.Runs {
				n := t.Reason(side, when, reason)
				row.counts = append(row.counts, n)
				some = some || n != 0
			}
		}
		if some {
			table.rows = append(table.rows, row)
		}
	}
	return table
}

// areas counts the persons of the parts of the area that counts, as far as
// somebody changed there, and of all of them.
func (t *diffTables) areas() *diffTable {
	table := &diffTable{texts: []string{t.phrase(phraseArea), ""}, counts: []string{t.phrase(phraseBefore), t.phrase(phraseAfter)}}
	for _, kind := range [...]match.ChangeKind{match.NewlyMatched, match.MatchLost} {
		table.counts = append(table.counts, t.words.changes[kind])
	}
	table.counts = append(table.counts, t.phrase(phraseOtherChanges), t.words.changes[match.PersonNew], t.words.changes[match.PersonGone])
	wanted := t.Info.parts()
	for _, row := range t.Rows() {
		if row.Level != RecapTotal && (row.Level != wanted || !row.Some(t.Info.Sides)) {
			continue
		}
		name := t.options.Language.areaName(row.Level, row.Area)
		for _, side := range t.Info.Sides {
			table.rows = append(table.rows, diffRow{texts: []string{name, t.side(side)}, counts: row.short(side)})
			name = ""
		}
	}
	return table
}

// short is what the columns of areas count.
func (a *AreaDiff) short(side match.Side) []int64 {
	kinds := &a.Kinds[side]
	return []int64{
		a.Persons[side][match.Before].Total(), a.Persons[side][match.After].Total(), kinds[match.NewlyMatched], kinds[match.MatchLost],
		kinds[match.OtherPartner] + kinds[match.OtherOutcome] + kinds[match.OtherReason], kinds[match.PersonNew], kinds[match.PersonGone],
	}
}
