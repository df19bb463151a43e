package report

import (
	"maps"
	"slices"
	"testing"

	"padan/internal/table"
	"padan/match"
	"padan/normalize"
)

// checkBookWords holds the same codes in both languages, and every code that
// other packages give.
func checkBookWords(t *testing.T) {
	t.Helper()
	for l, words := range map[Language]*bookWords{Indonesian: &indonesianBookWords, English: &englishBookWords} {
		for what, codes := range map[string][2]map[string]string{
			"skip": {words.skips, englishBookWords.skips}, "field": {words.fields, englishBookWords.fields}, "issue": {words.issues, englishBookWords.issues},
		} {
			if !slices.Equal(sortedKeys(codes[0]), sortedKeys(codes[1])) {
				t.Errorf("%s: the codes of a %s are not those of English", l, what)
			}
		}
		for _, code := range bookSkips {
			if words.skips[code] == "" {
				t.Errorf("%s: the reason %s has no words", l, code)
			}
		}
		for f := normalize.FieldNIK; f < normalize.FieldCount; f++ {
			if words.fields[f.String()] == "" {
				t.Errorf("%s: the field %s has no words", l, f)
			}
		}
		for d := normalize.DamageEmpty; d.String() != ""; d++ {
			if words.issues[d.String()] == "" {
				t.Errorf("%s: the damage %s has no words", l, d)
			}
		}
		for _, property := range groupOrder {
			for _, group := range property.groups {
				if words.properties[property.by] == "" || words.groups[property.by][group] == "" {
					t.Errorf("%s: the group %s of %s has no words", l, group, property.by)
				}
			}
		}
		for _, k := range match.ConflictKinds() {
			if words.severities[k.Severity()] == "" {
				t.Errorf("%s: severity %d has no words", l, k.Severity())
			}
		}
	}
}

// bookSkips are the reasons why package table skips rows.
var bookSkips = []string{
	table.SkippedTitle, table.SkippedHeader, table.SkippedRepeated, table.SkippedNumbering, table.SkippedTotal, table.SkippedBlank, table.SkippedGroup,
	table.SkippedFamily, table.SkippedFooter, table.SkippedContinuation, table.SkippedAfterEnd, table.SkippedHidden, table.SkippedSheet, table.SkippedHiddenSheet,
}

func sortedKeys(words map[string]string) []string { return slices.Sorted(maps.Keys(words)) }
