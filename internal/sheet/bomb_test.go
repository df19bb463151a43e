package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// overlapping makes an archive whose directory names its one file many times.
func overlapping(t *testing.T, parts []part, of string, copies int) []byte {
	t.Helper()
	file := zipOf(t, parts...)
	end := bytes.LastIndex(file, []byte("PK\x05\x06"))
	directory := int(binary.LittleEndian.Uint32(file[end+16:]))
	at := directory
	for !bytes.HasPrefix(file[at+46:], []byte(of)) {
		at++
	}
	entry := file[at : at+46+len(of)]
	if !bytes.HasPrefix(entry, []byte("PK\x01\x02")) {
		t.Fatal("the directory is not where it is looked for")
	}
	made := slices.Clone(file[:end])
	for i := range copies {
		again := slices.Clone(entry)
		copy(again[46:], fmt.Sprintf("%04d", i))
		made = append(made, again...)
	}
	tail := slices.Clone(file[end:])
	count := binary.LittleEndian.Uint16(tail[10:]) + uint16(copies)
	binary.LittleEndian.PutUint16(tail[8:], count)
	binary.LittleEndian.PutUint16(tail[10:], count)
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(made)-directory))
	return append(made, tail...)
}

// An archive whose files lie upon each other unpacks to as much as it wants.
func TestOverlappingParts(t *testing.T) {
	rows := strings.Repeat("3174015705809003,SITI NURAINI\n", 10_000)
	for name, file := range map[string][]byte{
		"archive":  overlapping(t, []part{{"0000.csv", rows}}, "0000.csv", 400),
		"workbook": overlapping(t, []part{{"_rels/.rels", rootRelations}, {"xl/workbook.xml", oneSheet}, {"xl0000.xml", rows}}, "xl0000.xml", 400),
	} {
		_, err := Open(write(t, "a.zip", file))
		if !errors.Is(err, ErrDamaged) || !errors.Is(err, errOverlap) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b, err := Open(write(t, "a.zip", overlapping(t, []part{{"0000.csv", rows}}, "0000.csv", 0))); err != nil || len(b.Sheets()) != 1 {
		t.Errorf("an honest archive: %v", err)
	}
}

// A part that many sheets name is read for one of them.
func TestSheetsDoNotShareAPart(t *testing.T) {
	var sheets strings.Builder
	for i := range 500 {
		fmt.Fprintf(&sheets, `<sheet name="S%d" r:id="r1"/>`, i)
	}
	b := open(t, sheetOf(t, rowsXML("<row><c><v>1</v></c></row>"), part{"xl/workbook.xml", `<workbook><sheets>` + sheets.String() + `</sheets></workbook>`}))
	readable := 0
	for _, s := range b.Sheets() {
		if _, err := collect(s); err == nil {
			readable++
		} else if !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
	}
	if len(b.Sheets()) != 500 || readable != 1 {
		t.Errorf("%d of %d sheets are readable", readable, len(b.Sheets()))
	}
}

// spreadOf is the number of bytes in the cells of all rows of the first sheet, and
// that of the longest row.
func spreadOf(t *testing.T, path string, limits Limits) (all, longest int, broken string, err error) {
	t.Helper()
	b, err := OpenWithin(path, limits)
	must(t, err)
	defer func() { must(t, b.Close()) }()
	for rows, failed := range b.Sheets()[0].Batches(t.Context(), 1024) {
		inBatch := 0
		for _, row := range rows {
			length := 0
			for _, cell := range row.Cells {
				length += len(cell)
			}
			longest, broken, inBatch = max(longest, length), max(broken, row.Broken), inBatch+length
		}
		if most := maxBatchBytes + limits.Record + limits.Cell; inBatch > most {
			t.Errorf("a batch holds %d bytes, want at most %d", inBatch, most)
		}
		all, err = all+inBatch, failed
	}
	return all, longest, broken, err
}

// A text that many cells share counts in each of them, or a small file would make
// rows that fill the memory and the disk of whoever keeps them.
func TestSharedTextsAreCounted(t *testing.T) {
	limits := DefaultLimits()
	limits.Floor = 8 << 20
	long := strings.Repeat("x", limits.Cell)
	texts := part{"xl/sharedStrings.xml", "<sst><si><t>" + long + "</t></si></sst>"}
	wide := "<row>" + strings.Repeat(`<c t="s"><v>0</v></c>`, 16_384) + "</row>"
	most := limits.Record + limits.Cell
	_, longest, broken, err := spreadOf(t, sheetOf(t, rowsXML(wide), texts), DefaultLimits())
	if err != nil || longest > most || longest < limits.Record || broken != BrokenLong {
		t.Errorf("a wide row: %d bytes, %s, %v", longest, broken, err)
	}
	all, _, _, err := spreadOf(t, sheetOf(t, rowsXML(strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 10_000)), texts), limits)
	if !errors.Is(err, ErrTooLarge) || all > 2*int(limits.Floor) {
		t.Errorf("many rows: %d bytes, %v", all, err)
	}
	// What an office has is far from that: a row of remarks of 300 bytes.
	usual := part{"xl/sharedStrings.xml", "<sst><si><t>" + long[:300] + "</t></si></sst>"}
	row := `<row>` + strings.Repeat(`<c r="AB123456" s="1" t="s"><v>0</v></c>`, 20) + "</row>"
	if _, _, broken, err := spreadOf(t, sheetOf(t, rowsXML(strings.Repeat(row, 5000)), usual), limits); err != nil || broken != "" {
		t.Errorf("usual rows: %s, %v", broken, err)
	}
}

// So does a cell or a row that is repeated.
func TestRepeatedTextsAreCounted(t *testing.T) {
	limits := DefaultLimits()
	long := odsCell(strings.Repeat("x", limits.Cell))
	wide := strings.Replace(long, "<table:table-cell", `<table:table-cell table:number-columns-repeated="16384"`, 1)
	_, longest, broken, err := spreadOf(t, odsFile(t, odsContent(`<table:table table:name="A">`+odsRow("", wide)+`</table:table>`)), limits)
	if err != nil || longest > limits.Record+limits.Cell || longest < limits.Record || broken != BrokenLong {
		t.Errorf("a wide row: %d bytes, %s, %v", longest, broken, err)
	}
	all, _, _, err := spreadOf(t, odsFile(t, odsContent(`<table:table table:name="A">`+odsRow(`table:number-rows-repeated="1000000"`, long)+`</table:table>`)), limits)
	if !errors.Is(err, ErrTooLarge) || all > maxRepeated*repeatedBytes+limits.Record {
		t.Errorf("a row that is repeated: %d bytes, %v", all, err)
	}
}

// Entities that a file declares are not put in place of each other.
func TestEntitiesDoNotGrow(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString(`<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a0 "ha">`)
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&laughs, `<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	laughs.WriteString(`]><worksheet><sheetData><row><c t="str"><v>&a9;</v></c></row></sheetData></worksheet>`)
	rows, err := collect(open(t, sheetOf(t, laughs.String())).Sheets()[0])
	if err == nil && (len(rows) != 1 || len(rows[0].Cells[0]) > 10) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// What is nested deeply, or stands there very often, takes no more time than its
// length.
func TestManyTakeLinearTime(t *testing.T) {
	many := 1_000_000
	if testing.Short() {
		many = 100_000
	}
	deep := strings.Repeat("<a>", many)
	for name, path := range map[string]string{
		"deep cells":       sheetOf(t, rowsXML("<row><c t=\"str\"><v>1</v></c>"+deep+strings.Repeat("</a>", many)+"</row>")),
		"deep and open":    sheetOf(t, rowsXML("<row><c>"+deep+"</c></row>")),
		"deep workbook":    sheetOf(t, rowsXML("<row/>"), part{"xl/workbook.xml", "<workbook>" + deep + `<sheets><sheet name="A" r:id="r1"/></sheets></workbook>`}),
		"deep styles":      sheetOf(t, rowsXML("<row/>"), part{"xl/styles.xml", "<styleSheet>" + deep}),
		"deep page":        write(t, "a.html", []byte("<table><tr><td>A"+strings.Repeat("<table><tr><td>", many/10))),
		"deep spreadsheet": odsFile(t, odsContent(`<table:table table:name="A">`+odsRow("", "<table:table-cell>"+deep)+`</table:table>`)),
		"merged cells":     sheetOf(t, rowsXML("<row><c><v>1</v></c></row>")+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, many)),
		"attributes":       sheetOf(t, rowsXML("<row "+strings.Repeat(`a="b" `, many/20)+"><c><v>1</v></c></row>")),
		"one line":         write(t, "a.csv", []byte("NIK;NAMA\n"+strings.Repeat("a,b;", 4*many))),
		"columns":          write(t, "a.csv", []byte(strings.Repeat("a,", 4*many)+"\n1,2\n")),
		"no delimiter":     write(t, "a.txt", []byte(strings.Repeat("a b", 4*many))),
		"quotes":           write(t, "a.csv", []byte("a,b\n"+strings.Repeat(`"`, 8*many+1))),
	} {
		t.Run(name, func(t *testing.T) {
			quickly(t, func() {
				b, err := Open(path)
				if err != nil {
					return
				}
				defer func() { must(t, b.Close()) }()
				for _, s := range b.Sheets()[:min(len(b.Sheets()), 20)] {
					for range s.Rows(t.Context()) {
						continue
					}
					_, _ = s.Layout(t.Context())
				}
			})
		})
	}
}
