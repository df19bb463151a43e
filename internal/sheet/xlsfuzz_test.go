package sheet

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode/utf8"
)

// checkXLS reads a workbook to its end and holds what is true of all of it.
func checkXLS(t *testing.T, b *Book) {
	t.Helper()
	for _, s := range b.sheets[:min(5, len(b.sheets))] {
		if !utf8.ValidString(s.Name()) {
			t.Fatalf("name %q", s.Name())
		}
		r, err := s.table.rows()
		if err != nil {
			continue
		}
		for _, row := range checkRows(t, r, &b.limits) {
			if row.Number > 1<<16 || len(row.Cells) > 0 && row.Cells[len(row.Cells)-1] == "" {
				t.Fatalf("row %d ends with an empty cell", row.Number)
			}
		}
		r.close()
		if layout, err := s.Layout(t.Context()); err == nil {
			for _, m := range slices.Concat(layout.Merged, layout.HiddenColumns) {
				if m.LastRow < m.FirstRow || m.LastColumn < m.FirstColumn {
					t.Fatalf("range %+v", m)
				}
			}
		}
	}
}

// seedsOfXLS are streams that hold every record that is read.
func seedsOfXLS(f *testing.F) [][]byte {
	f.Helper()
	random := rand.New(rand.NewPCG(3, 4))
	globals := tableOf(20, random, richText{text: "SATU", runs: 2}, richText{text: "李😀 DUA", readings: 9}, richText{text: "É"})
	globals.record(recordFormat, 164, wideText("dd")).record(recordXF, 0, 0, uint32(0)).record(recordXF, 0, 164, uint32(0)).record(recordDateMode, 0)
	var cells biff
	cells.record(recordRow, 1, 0, 1, 0, 0, 0, hiddenRow, 0).record(recordColInfo, 0, 1, 0, 0, hiddenColumn).record(recordMergeCells, 1, 0, 1, 0, 1)
	cells.cell(recordLabelSST, 0, 0, 0, uint32(1)).number(0, 1, 1, 29358).label(0, 2, "A").cell(recordBoolErr, 0, 3, 0, uint8(7), uint8(1))
	cells.record(recordMulRK, 1, 0, 0, number30(7, 0), 0, number30(-8, 1), 1).cell(recordRK, 1, 2, 0, uint32(0x3FF00000))
	cells.formula(2, 0, resultOf(resultText, 0), 0).record(recordString, 2, uint8(0), "A").record(recordContinue, uint8(1), uint16(0x20AC))
	cells.formula(1, 5, 0.0, onLoad).cell(recordRString, 1, 6, 0, 1, uint8(0), "A", 0)
	cells = slices.Concat(cells, begin(0x20), ending)
	old := new(biff).record(recordBOF, 0, streamSheet, 0, 0).record(recordCodePage, 850).cell(recordLabel, 0, 0, 0, 2, "A\x80").cell(recordLabel, 9, 0, 0, 9, "A")
	return [][]byte{
		sheetStream(globals, &cells),
		workbookStream(nil, streamSheetOf{name: "A", cells: &cells}, streamSheetOf{name: "B", state: 1, cells: new(biff).label(9, 9, "B")}),
		append(*old, ending...),
	}
}

func FuzzXLS(f *testing.F) {
	for _, seed := range seedsOfXLS(f) {
		f.Add(seed)
	}
	limits := smallLimits()
	limits.Strings = 1 << 20
	f.Fuzz(func(t *testing.T, content []byte) {
		b := &Book{limits: limits}
		if b.openXLS(streamOf(content)) == nil {
			checkXLS(t, b)
		}
	})
}

func FuzzXLSContainer(f *testing.F) {
	for _, seed := range seedsOfXLS(f) {
		f.Add(compoundWith("Workbook", seed))
	}
	f.Add(compoundWith("Book", slices.Concat(seedsOfXLS(f)[0], make([]byte, 4096))))
	limits := smallLimits()
	f.Fuzz(func(t *testing.T, content []byte) {
		b := &Book{source: &watched{source: memory{bytes.NewReader(content)}}, size: int64(len(content)), limits: limits}
		if b.openCompound(content) == nil {
			checkXLS(t, b)
		}
	})
}
