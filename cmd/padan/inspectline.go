package main

import (
	"slices"
	"strings"

	"padan/internal/intake"
	"padan/internal/table"
	"padan/normalize"
)

// inspectionLine is an inspected file as scripts read it.
type inspectionLine struct {
	File     string               `json:"file"`
	Kind     string               `json:"kind"`
	Rows     int64                `json:"rows"`
	Persons  int64                `json:"persons"`
	Rejected map[string]int64     `json:"rejected"`
	Skipped  map[string]int64     `json:"skipped"`
	Issues   map[string]int64     `json:"issues"`
	Sheets   []inspectedSheetLine `json:"sheets"`
}

type inspectedSheetLine struct {
	Name           string                `json:"name"`
	Hidden         bool                  `json:"hidden"`
	Encoding       string                `json:"encoding,omitempty"`
	Excluded       string                `json:"excluded,omitempty"`
	HeaderRow      int                   `json:"header_row"`
	Rows           int64                 `json:"rows"`
	Persons        int64                 `json:"persons"`
	Area           string                `json:"area,omitempty"`
	AreaFrom       string                `json:"area_from,omitempty"`
	MonthFirst     bool                  `json:"month_first"`
	SwappedDays    bool                  `json:"swapped_days"`
	SexReversed    bool                  `json:"sex_reversed"`
	BPSRelation    bool                  `json:"bps_relation"`
	FillHouseholds string                `json:"fill_households,omitempty"`
	Rejected       map[string]int64      `json:"rejected"`
	Skipped        map[string]int64      `json:"skipped"`
	Columns        []inspectedColumnLine `json:"columns"`
	Warnings       []string              `json:"warnings"`
}

type inspectedColumnLine struct {
	Column   string   `json:"column"`
	Title    string   `json:"title"`
	Field    string   `json:"field,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Filled   int64    `json:"filled"`
	Valid    int64    `json:"valid"`
	Distinct int64    `json:"distinct"`
	Samples  []string `json:"samples"`
}

func newInspectionLine(found *intake.Inspection) inspectionLine {
	line := inspectionLine{
		File: found.Name, Kind: string(found.Kind), Rows: found.Rows, Persons: found.Persons,
		Rejected: found.Rejected, Skipped: found.Skipped, Issues: found.Issues,
	}
	for i := range found.Sheets {
		line.Sheets = append(line.Sheets, newInspectedSheetLine(&found.Sheets[i]))
	}
	return line
}

func newInspectedSheetLine(s *intake.SheetInspection) inspectedSheetLine {
	t := s.Table
	line := inspectedSheetLine{
		Name: t.Sheet.Name(), Hidden: t.Sheet.Hidden(), Encoding: t.Sheet.Encoding(), Excluded: t.Excluded, HeaderRow: t.HeaderRow,
		Rows: s.Rows, Persons: s.Persons, Area: areaText(t), AreaFrom: t.Area,
		MonthFirst: t.Options.MonthFirst, SwappedDays: t.Options.SwappedDays, SexReversed: t.Options.SexReversed, BPSRelation: t.Options.BPSRelation,
		FillHouseholds: string(t.FillsHouseholds()), Rejected: s.Rejected, Skipped: s.Skipped, Columns: []inspectedColumnLine{}, Warnings: append([]string{}, s.Warnings...),
	}
	for i, c := range t.Columns {
		n := &s.Columns[i]
		line.Columns = append(line.Columns, inspectedColumnLine{
			Column: t.ColumnLetters(i), Title: c.Title, Field: c.Field.String(), Reason: string(c.Reason),
			Filled: n.Filled, Valid: n.Valid, Distinct: n.Distinct, Samples: append([]string{}, n.Samples...),
		})
	}
	return line
}

// areaText names the area of rows that name none, "" if there is no such area.
func areaText(t *table.Table) string {
	if t.Area == "" {
		return ""
	}
	defaults := t.Options.Defaults
	names := []string{defaults.Place}
	if area, ok := normalize.AreaOf(defaults.Code); ok {
		names = []string{area.Kelurahan, area.Kecamatan, area.Kota}
	} else {
		for _, level := range [...]uint64{10_000, 1_000_000, 100_000_000} {
			names = append(names, normalize.AreaLabel(defaults.Code/level))
		}
	}
	return strings.Join(slices.DeleteFunc(names, func(name string) bool { return name == "" }), ", ")
}
