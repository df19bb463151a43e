package main

import (
	"context"
	"iter"

	"padan/internal/reporting"
	"padan/internal/store"
	"padan/match"
	"padan/report"
)

// lookupCounts are the rows of the lists by status.
type lookupCounts [match.LookupRejected + 1]int64

// write writes the result and says what it counts.
func (l *lookup) write(ctx context.Context) error {
	listing, err := l.list.Listing(ctx, match.Regional)
	if err != nil {
		return err
	}
	file, err := report.Create(l.folder, l.options.out)
	if err != nil {
		return err
	}
	o := report.Options{Language: report.Language(l.g.text.code), Mask: l.options.mask}
	layout := report.NewLookupLayout(lookupSheets(listing))
	table, err := reporting.NewTable(file, l.options.format(), l.g.text.format(msgSheetLookup), report.LookupColumns(layout, o), l.options.csv.CSVOptions, version)
	if err != nil {
		return err
	}
	took := l.g.stage(l.options.out)
	var counts lookupCounts
	direction := report.LookupDirection(l.options.direction)
	_, err = report.Lookup(table, l.rows(ctx, listing, &counts), l.master.List, layout, direction, o)
	took()
	var totals lookupTotals
	if err == nil {
		totals, err = l.totals(ctx, &counts)
	}
	if err != nil {
		table.Abort()
		return err
	}
	if err := table.Close(); err != nil {
		return err
	}
	if err := l.g.trail.wrote(ctx, l.options.out); err != nil {
		return err
	}
	l.g.trail.counts["run"] = totals.Run
	for status, n := range totals.Status {
		l.g.trail.counts[status] = n
	}
	return l.g.reportLookup(&totals)
}

func lookupSheets(listing *store.Listing) []report.LookupSheet {
	var sheets []report.LookupSheet
	for _, s := range listing.Sheets() {
		sheets = append(sheets, report.LookupSheet{Header: s.Header, Columns: s.Columns})
	}
	return sheets
}

// rows yields the rows of the lists with what was found for each, and counts them.
func (l *lookup) rows(ctx context.Context, listing *store.Listing, counts *lookupCounts) iter.Seq2[report.LookupRow, error] {
	sheets := map[*store.ListedSheet]int{}
	for i, s := range listing.Sheets() {
		sheets[s] = i
	}
	return func(yield func(report.LookupRow, error) bool) {
		found, stop := iter.Pull2(l.found(ctx))
		defer stop()
		for listed, err := range listing.Rows(ctx) {
			var row report.LookupRow
			if err == nil {
				row = report.LookupRow{
					Place: match.Place{Source: listed.Sheet.Source, Sheet: listed.Sheet.Name, Row: listed.Row}, Sheet: sheets[listed.Sheet],
					Cells: listed.Cells, NIK: listed.NIK, KK: listed.KK, Rejected: listed.Rejected, Hit: match.Hit{Status: match.LookupRejected},
				}
				if listed.Rejected == "" {
					row.Hit = l.hits.Of(int32(listed.Person))
					row.Person, err, _ = found()
				}
				if row.Hit.Of != match.NoRow && row.Hit.Status == match.LookupDuplicate {
					row.Of = l.places[row.Hit.Of]
				}
				counts[row.Hit.Status]++
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// found yields for each row of the lists the person of the master list that it
// is, an empty one where there is none or where there are several.
func (l *lookup) found(ctx context.Context) iter.Seq2[match.MasterPerson, error] {
	return l.master.PersonsOf(ctx, l.hits.Len(), func(i int) match.MasterKey {
		persons := l.hits.Of(int32(i)).Persons
		if len(persons) != 1 {
			return match.MasterKey{}
		}
		return l.keys[persons[0]]
	})
}

// lookupTotals are the totals of a lookup as scripts read them.
type lookupTotals struct {
	Run       int64            `json:"run"`
	Direction string           `json:"direction"`
	Out       string           `json:"out"`
	Rows      int64            `json:"rows"`
	Status    map[string]int64 `json:"status"`
	Skipped   int64            `json:"skipped"`
}

// totals adds the rows up: those with a status and those that the lists skip are
// all rows of the lists.
func (l *lookup) totals(ctx context.Context, counts *lookupCounts) (lookupTotals, error) {
	t := lookupTotals{Run: int64(l.run.ID), Direction: l.options.direction, Out: l.options.out, Status: map[string]int64{}}
	sources, err := l.list.Sources(ctx)
	if err != nil {
		return t, err
	}
	for i := range sources[match.Regional] {
		source := &sources[match.Regional][i]
		t.Rows += source.Rows
		for _, n := range source.Skipped {
			t.Skipped += n
		}
	}
	sum := t.Skipped
	for status, n := range counts {
		t.Status[match.LookupStatus(status).String()] = n
		sum += n
	}
	if sum != t.Rows {
		return t, errTotals
	}
	return t, nil
}

// lookupWords say what the statuses mean in each direction.
var lookupWords = map[report.LookupDirection]map[match.LookupStatus]message{
	report.LookupReference: {
		match.LookupIn: msgLookupIn, match.LookupDoubt: msgLookupDoubt, match.LookupNotIn: msgLookupNotIn,
		match.LookupDuplicate: msgDuplicate, match.LookupRejected: msgLookupRejectedRows,
	},
	report.LookupExclusion: {
		match.LookupIn: msgLookupIndicated, match.LookupDoubt: msgLookupPerhapsIndicated, match.LookupNotIn: msgLookupNotIndicated,
		match.LookupDuplicate: msgDuplicate, match.LookupRejected: msgLookupRejectedRows,
	},
}

// reportLookup prints the totals as a table.
func (g *globals) reportLookup(t *lookupTotals) error {
	words := lookupWords[report.LookupDirection(t.Direction)]
	var rows [][]string
	for _, status := range match.LookupStatuses() {
		rows = append(rows, []string{"  " + status.String(), g.text.format(words[status]), g.text.number(t.Status[status.String()])})
	}
	rows = append(rows,
		[]string{"  skipped", g.text.format(msgLookupSkipped), g.text.number(t.Skipped)},
		[]string{"  ", g.text.format(msgLookupRows), g.text.number(t.Rows)},
	)
	g.resultText(aligned(rows, 0))
	g.result(msgReportFile, t.Out, int(t.Rows-t.Skipped))
	if t.Direction == string(report.LookupExclusion) && t.Status[match.LookupIn.String()] > 0 {
		g.say(msgLookupVerify)
	}
	return g.emit("lookup", t)
}
