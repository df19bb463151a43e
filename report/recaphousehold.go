package report

import (
	"fmt"
	"io"
	"text/tabwriter"

	"padan/match"
)

// HouseholdCounts are the KK numbers of one area on one side by what became of
// the household. Those up to countOnlyHere, and the KK of which all members are
// duplicates, add up to all KK; the rest say more about the same KK.
type HouseholdCounts [countCardMistyped + 1]int64

// The counts, in the order of the report.
const (
	countWhole = iota
	countGrown
	countShrunk
	countExchanged // grown and shrunk
	countUndecided
	countSplit
	countMerged
	countOnlyHere
	countMoved
	countNewHead
	countCardChanged
	countCardMistyped
)

// composition is the number of the counts that exclude each other.
const composition = countOnlyHere + 1

// householdPhrases head the counts.
var householdPhrases = [countCardMistyped + 1]phrase{
	phraseWhole, phraseGrown, phraseShrunk, phraseExchanged, phraseUndecided, phraseSplit, phraseMerged, phraseOnlyHere,
	phraseMoved, phraseNewHead, phraseCardChanged, phraseCardMistyped,
}

// householdNames are the stable codes of the counts.
var householdNames = [countCardMistyped + 1]string{
	"whole", "grown", "shrunk", "exchanged", "undecided", "split", "merged", "only_here",
	"moved", "new_head", "card_changed", "card_mistyped",
}

// add counts a household of the given kinds.
func (c *HouseholdCounts) add(kinds match.HouseholdKinds) {
	c[compositionOf(kinds)]++
	for i, kind := range [...]match.HouseholdKinds{
		match.HouseholdMoved, match.HouseholdNewHead, match.HouseholdCardChanged, match.HouseholdCardMistyped,
	} {
		if kinds.Has(kind) {
			c[composition+i]++
		}
	}
}

// compositionOf is the one count among those that exclude each other.
func compositionOf(kinds match.HouseholdKinds) int {
	switch {
	case kinds.Has(match.HouseholdSplit):
		return countSplit
	case kinds.Has(match.HouseholdMerged):
		return countMerged
	case kinds.Has(match.HouseholdGrown | match.HouseholdShrunk):
		return countExchanged
	case kinds.Has(match.HouseholdGrown):
		return countGrown
	case kinds.Has(match.HouseholdShrunk):
		return countShrunk
	case kinds.Has(match.HouseholdUndecided):
		return countUndecided
	case kinds.Has(match.HouseholdWhole):
		return countWhole
	}
	return countOnlyHere
}

// AddHousehold counts a household on each side on which it stands, in the area
// in which Add counted its KK number. All records must have been added. A KK
// number that comes again, because it is split or merged, is not counted again.
func (r *Recap) AddHousehold(h *match.HouseholdLink) {
	r.households = true
	for side, number := range h.Cards {
		seen, ok := r.cards[side][number]
		if !ok || seen.counted || h.First[side] == match.NoRow {
			continue
		}
		seen.counted = true
		r.cards[side][number] = seen
		r.area(uint64(seen.area)).Households[side].add(h.Kinds)
	}
}

// householdColumns head what addHouseholds writes for both sides.
func householdColumns(l Language) []Column {
	var columns []Column
	for side, title := range sidePhrases {
		for i, p := range householdPhrases {
			name := match.Side(side).String() + "_households_" + householdNames[i]
			columns = append(columns, Column{Name: name, Title: l.phrase(title) + " " + l.phrase(phraseCards) + " " + l.phrase(p), Width: 11, Type: IntegerCell})
		}
	}
	return columns
}

// addIntegers writes counts.
func (w *writer) addIntegers(counts []int64) {
	for _, n := range counts {
		w.add(Integer(n))
	}
}

// householdTables show the KK of each side by composition: the sum, what adds up
// to it, and what may overlap.
func (r *recapBook) householdTables() []bookTable {
	var tables []bookTable
	for side, title := range sidePhrases {
		name := r.phrase(phraseHouseholds) + " " + r.phrase(title)
		columns := r.areaColumns()
		add := func(group string, p phrase) {
			columns = append(columns, bookColumn{group: group, title: r.phrase(p), width: countWidth})
		}
		add(name, phraseAll)
		for _, p := range householdPhrases[:composition] {
			add(name, p)
		}
		add(name, phraseDuplicates)
		for _, p := range householdPhrases[composition:] {
			add(r.phrase(phraseAmongThem), p)
		}
		tables = append(tables, r.areaTable(bookTable{
			name: name, title: r.phrase(phraseHouseholdsTitle), columns: columns, notes: []string{r.phrase(phraseHouseholdsNote)},
		}, func(row *RecapRow) {
			counts := &row.Households[side]
			r.add(Integer(row.Cards[side].Total()))
			r.addIntegers(counts[:composition])
			r.add(Integer(row.Cards[side][match.Duplicate]))
			r.addIntegers(counts[composition:])
		}))
	}
	return tables
}

// writeHouseholds prints the KK of both sides by composition; nothing if no
// household was added.
func (r *Recap) writeHouseholds(out io.Writer, l Language, total *RecapRow) error {
	if !r.households {
		return nil
	}
	t := recapText{table: tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight), numbers: numbersOf(l)}
	t.line(l.phrase(phraseHouseholds), l.phrase(phraseCentral), l.phrase(phraseRegional))
	line := func(p phrase, counts [2]int64) {
		t.line(l.phrase(p), t.numbers.Sprintf("%d", counts[match.Central]), t.numbers.Sprintf("%d", counts[match.Regional]))
	}
	of := func(i int) [2]int64 {
		return [2]int64{total.Households[match.Central][i], total.Households[match.Regional][i]}
	}
	for i, p := range householdPhrases[:composition] {
		line(p, of(i))
	}
	cards := &total.Cards
	line(phraseDuplicates, [2]int64{cards[match.Central][match.Duplicate], cards[match.Regional][match.Duplicate]})
	line(phraseTotal, [2]int64{cards[match.Central].Total(), cards[match.Regional].Total()})
	t.line(l.phrase(phraseAmongThem)+":", "", "")
	for i, p := range householdPhrases[composition:] {
		line(p, of(composition+i))
	}
	if err := t.table.Flush(); err != nil {
		return fmt.Errorf("recap: %w", err)
	}
	return nil
}
