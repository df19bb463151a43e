package main

import (
	"strings"

	"padan/internal/intake"
	"padan/internal/table"
)

// warningTexts say the warnings of a source.
var warningTexts = map[string]message{
	intake.WarnOtherSide:     msgWarnOtherSide,
	table.WarnTwoColumns:     msgWarnTwoColumns,
	table.WarnNearTitle:      msgWarnNearTitle,
	table.WarnByValues:       msgWarnByValues,
	table.WarnSwappedColumns: msgWarnSwappedColumns,
	table.WarnNoHeader:       msgWarnNoHeader,
	table.WarnNoNIK:          msgWarnNoNIK,
	table.WarnSheetSkipped:   msgWarnSheetSkipped,
	table.WarnSheetRefused:   msgWarnSheetRefused,
	table.WarnSheetDamaged:   msgWarnSheetDamaged,
	table.WarnHiddenSheet:    msgWarnHiddenSheet,
	table.WarnSheetHidden:    msgWarnSheetHidden,
	table.WarnHiddenRows:     msgWarnHiddenRows,
	table.WarnHiddenColumns:  msgWarnHiddenColumns,
	table.WarnFormulas:       msgWarnFormulas,
	table.WarnNIKDamaged:     msgWarnNIKDamaged,
	table.WarnKKDamaged:      msgWarnKKDamaged,
	table.WarnMonthFirst:     msgWarnMonthFirst,
	table.WarnDatesMixed:     msgWarnDatesMixed,
	table.WarnSwappedDays:    msgWarnSwappedDays,
	table.WarnSexReversed:    msgWarnSexReversed,
	table.WarnSexDoubtful:    msgWarnSexDoubtful,
	table.WarnBPSRelation:    msgWarnBPSRelation,
	table.WarnRelation:       msgWarnRelation,
	table.WarnFamilies:       msgWarnFamilies,
	table.WarnFamilyUnclear:  msgWarnFamilyUnclear,
	table.WarnAreaDiffers:    msgWarnAreaDiffers,
	table.WarnMapping:        msgWarnMapping,
}

// words say the codes of package table that are shown to people.
var words = map[string]message{
	string(table.ByTitle): msgByTitle, string(table.ByNear): msgByNear, string(table.ByValues): msgByValues, string(table.ByUser): msgByUser,
	string(table.ByMapping): msgByMapping, string(table.BySplit): msgBySplit, string(table.ByCarried): msgByCarried,
	table.AreaOfTitle: msgFromTitle, table.AreaOfSheet: msgFromSheet, table.AreaOfFile: msgFromFile, table.AreaOfOption: msgFromOption,
	string(table.EndMerged): msgEndMerged, string(table.EndRelation): msgEndRelation, string(table.EndNumber): msgEndNumber, string(table.EndBlank): msgEndBlank,
}

// word says a code in the language of the user.
func (t *texts) word(code string) string {
	if m, ok := words[code]; ok {
		return t.format(m)
	}
	return code
}

// warn prints the warnings of a source.
func (g *globals) warn(warnings []string) {
	for _, w := range g.text.warnings(warnings) {
		g.say(msgWarning, w)
	}
}

// warnings says the warnings of a source in the language of the user.
func (t *texts) warnings(codes []string) []string {
	said := make([]string, 0, len(codes))
	for _, code := range codes {
		said = append(said, t.warning(code))
	}
	return said
}

// warning says a warning in the language of the user.
func (t *texts) warning(text string) string {
	code, about, _ := strings.Cut(text, ": ")
	if m, ok := warningTexts[code]; ok {
		parts := strings.Split(about, ", ")
		for i := range parts {
			parts[i] = t.word(parts[i])
		}
		return t.format(m, strings.Join(parts, ", "))
	}
	return text
}
