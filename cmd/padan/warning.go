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

// warn prints the warnings of a source.
func (g *globals) warn(warnings []string) {
	for _, w := range warnings {
		g.say(msgWarning, g.text.warning(w))
	}
}

// warning says a warning in the language of the user.
func (t *texts) warning(text string) string {
	code, about, _ := strings.Cut(text, ": ")
	if m, ok := warningTexts[code]; ok {
		return t.format(m, about)
	}
	return text
}
