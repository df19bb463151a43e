package report

import (
	"padan/match"
)

// AreaLevel tells how large the areas are that have a workbook of their own.
type AreaLevel uint8

// The levels.
const (
	AreaKecamatan AreaLevel = iota
	AreaKelurahan
)

// of returns the code of the area in whose workbook an area of the recap stands.
func (l AreaLevel) of(code uint64) uint64 {
	if l == AreaKelurahan {
		return code
	}
	return code / 10_000 * 10_000
}

// AreaPart says what the workbook of one area holds, each list in the order of its
// sheet: links by their positions in the run, which Link turns into rows,
// unmatched records and duplicates of each side by their rows, conflicts by their
// positions in the run.
type AreaPart struct {
	Code  uint64 // ten digits, trailing zeros where only a larger area is known; 0 = outside DKI or unknown
	Level AreaLevel

	Matched    []int32 // links whose central record lies here
	Elsewhere  []int32 // links whose regional record lies here and whose central record does not
	Unmatched  [2][]int32
	Conflicts  []int32
	Duplicates [2][]int32

	persons []areaPerson // of the master list
	index   *AreaIndex
}

// Link returns the rows and the vector of a link; the rest of it stays empty.
func (p *AreaPart) Link(position int32) match.Link {
	l := &p.index.links[position]
	return match.Link{Central: l.rows[match.Central], Regional: l.rows[match.Regional], Vector: l.vector}
}

// Reason says why a record is unmatched.
func (p *AreaPart) Reason(side match.Side, row int32) match.Reason {
	return p.index.sides[side].reasons[row]
}

// holds reports whether a record lies in the area of the workbook.
func (p *AreaPart) holds(r *match.Record) bool { return p.Level.of(recapArea(r.Area.Code)) == p.Code }

// counts reports whether a row of the recap is about the area of the workbook.
func (p *AreaPart) counts(row *RecapRow) bool {
	switch row.Level {
	case RecapKelurahan:
		return p.Level.of(row.Area.Code) == p.Code
	case RecapKecamatan:
		return p.Level == AreaKecamatan && row.Area.Code == p.Code
	case RecapKota: // areas of no kota have no row but this
		return row.Area.Kota == "" && row.Area.Code == p.Code
	case RecapTotal:
	}
	return false
}
