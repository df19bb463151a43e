package report

import (
	"fmt"
	"strings"
	"time"

	"padan/match"
	"padan/normalize"
)

// awkwardSummary has counts of every kind, and names of files that a spreadsheet
// program or a browser would trip over; most of its areas are empty.
func awkwardSummary() *Summary {
	started := time.Date(2026, 3, 4, 17, 6, 5, 0, jakartaTime)
	source := func(name string, rows, records int64) SourceInfo {
		return SourceInfo{
			Name: name, SHA256: strings.Repeat("3174015705809003", 4), Loaded: started, Rows: rows, Records: records,
			Rejected: 2, Skipped: map[string]int64{"blank": rows - records - 3, "total": 1},
		}
	}
	s := NewSummary(RunInfo{
		Number: 1_012, Started: started, Version: `1.2 "<b>&`, Link: 8, Review: -1, Links: 1_240,
	}, [2][]SourceInfo{
		{source(`=HYPERLINK("x") & <script>alert(1)</script> 😀.csv`, 1_250, 1_240)},
		{source(strings.Repeat("nama berkas yang panjang sekali ", 12)+".xlsx", 1_260, 1_230), source("data 3174015705809003.csv", 20, 10)},
	})
	areas := []uint64{3174011005, 3174011005, 3174010000, 3174000000, 3100000000, 0, 3201011001, 3101011001, 3171011001, 3174021001}
	for side := range match.Regional + 1 {
		for i := range 1_240 {
			o := outcomeOf(side, areas[i%len(areas)], 3174010101100001+uint64(i/3)*10_000, match.Outcome((i+i/7+int(side))%4))
			o.Record.Source = s.Sources[side][0].Name
			if o.Outcome == match.Unmatched {
				o.Reason = match.Reasons()[i/5%(len(match.Reasons())-1)] // nobody has the last one
			}
			s.Add(&o)
		}
	}
	for i, kind := range match.ConflictKinds() {
		if i != 4 {
			s.Conflicts = append(s.Conflicts, CodeCount{kind.String(), int64(i*i*i*37 + 1)})
		}
	}
	for i := range 900 {
		s.AddLink(float64(i%50) + 7.5)
		if i%9 == 0 {
			s.AddReview(float64(i%13) - 1)
		}
	}
	for i := range 15 {
		point := TrendPoint{Run: int64(1_000 + i), Started: started.AddDate(0, i-14, 0)}
		if i != 10 {
			point.Persons[match.Central] = Counts{match.Matched: int64(100 * i), match.Unmatched: 900}
			point.Persons[match.Regional] = Counts{match.Matched: 700, match.Conflicted: int64(i)}
		}
		s.Trend = append(s.Trend, point)
	}
	s.Finish()
	return s
}

// awkwardExamples are a link, a case for review and conflicts, one of many records.
func awkwardExamples() []Example {
	records := func(many ...match.Record) []ExampleRecord {
		var all []ExampleRecord
		for i, r := range many {
			all = append(all, ExampleRecord{r, normalize.NewDate(1980, 5, 17)})
			if i == 1 {
				all[i].BirthDate = 0
			}
		}
		return all
	}
	near := sampleLinks()[0]
	near.Link.Weights[match.CompareNIK], near.Link.Weights[match.CompareName] = 17.3, 38.61
	empty := match.Record{Side: match.Regional, Source: "<i>.csv", Row: 1_234_567}
	crowd := []match.Record{elsewhere(match.Central, 3)}
	for i := range 8 {
		crowd = append(crowd, awkward(match.Regional, i+1))
	}
	crowd[1].Raw[normalize.FieldName] = "Siti AMINAH binti H. Ahmad Dahlan Rahman Ghofur"
	contested := Example{Kind: match.OneToMany, Records: records(crowd...), Weight: 6.4}
	contested.Vector[match.CompareName], contested.Weights[match.CompareName] = match.NameDiffers, -6.5
	return []Example{
		{Records: records(near.Central, near.Regional), Vector: near.Link.Vector, Weights: near.Link.Weights, Weight: near.Link.Weight},
		{Kind: match.Review, Records: records(elsewhere(match.Central, 1), empty), Vector: near.Link.Vector, Weight: -0.004},
		contested,
		{Kind: match.Contested, Records: records(empty)},
	}
}

// shownCount writes a number as the page does.
func shownCount(l Language, n int64) string { return numbersOf(l).Sprintf("%d", n) }

// shownRate is a match rate as the page writes it.
func shownRate(l Language, c Counts) string {
	if c.Total() == 0 {
		return "–"
	}
	text := fmt.Sprintf("%.2f %%", c.Percent())
	if l != English {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text
}
