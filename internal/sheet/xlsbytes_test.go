package sheet

import (
	"encoding/binary"
	"slices"
	"testing"
	"unicode/utf16"
)

// biff writes records. Fields are numbers of a fixed size, bytes and texts.
type biff []byte

func (w *biff) record(id uint16, fields ...any) *biff {
	content := fieldsOf(fields...)
	*w = binary.LittleEndian.AppendUint16(*w, id)
	*w = binary.LittleEndian.AppendUint16(*w, uint16(len(content)))
	*w = append(*w, content...)
	return w
}

func fieldsOf(fields ...any) []byte {
	var content []byte
	for _, f := range fields {
		switch f := f.(type) {
		case string:
			content = append(content, f...)
		case int:
			content = binary.LittleEndian.AppendUint16(content, uint16(f))
		default:
			var err error
			if content, err = binary.Append(content, binary.LittleEndian, f); err != nil {
				panic(err)
			}
		}
	}
	return content
}

// cell writes a record of one cell.
func (w *biff) cell(id uint16, row, column, style int, fields ...any) *biff {
	return w.record(id, slices.Concat([]any{row, column, style}, fields)...)
}

// label writes a text into a cell.
func (w *biff) label(row, column int, text string) *biff {
	return w.cell(recordLabel, row, column, 0, wideText(text))
}

func (w *biff) number(row, column, style int, number float64) *biff {
	return w.cell(recordNumber, row, column, style, number)
}

// wideText is a text with 16-bit characters behind its length and its flags.
func wideText(text string) string {
	units := utf16.Encode([]rune(text))
	return string(fieldsOf(len(units), uint8(flagWide), units))
}

// begin is a BOF record of Excel 97 and later.
func begin(kind int) []byte {
	return *new(biff).record(recordBOF, versionUnicode, kind, 0, 0, uint32(0), uint32(0))
}

var ending = []byte{recordEOF, 0, 0, 0}

// streamSheetOf is a sheet for workbookStream.
type streamSheetOf struct {
	name        string
	state, kind uint8
	cells       *biff
}

// workbookStream puts a workbook together.
func workbookStream(globals *biff, sheets ...streamSheetOf) []byte {
	var content biff = begin(streamGlobals)
	if globals != nil {
		content = append(content, *globals...)
	}
	size := len(content) + len(ending)
	for _, s := range sheets {
		size += recordHeader + 8 + len(s.name)
	}
	place := size
	for _, s := range sheets {
		content.record(recordBoundSheet, uint32(place), s.state, s.kind, uint8(len(s.name)), uint8(0), s.name)
		place += len(begin(streamSheet)) + len(*s.cells) + len(ending)
	}
	content = append(content, ending...)
	for _, s := range sheets {
		content = slices.Concat(content, begin(streamSheet), *s.cells, ending)
	}
	return content
}

// sheetStream is a workbook of one sheet.
func sheetStream(globals, cells *biff) []byte {
	return workbookStream(globals, streamSheetOf{name: "A", cells: cells})
}

// xlsOf opens a stream in a container.
func xlsOf(t testing.TB, stream []byte) *Book {
	t.Helper()
	return open(t, write(t, "a.xls", compoundWith("Workbook", stream)))
}

// xlsRows reads the only sheet of a stream.
func xlsRows(t testing.TB, stream []byte) []Row {
	t.Helper()
	return rowsOf(t, xlsOf(t, stream).Sheets()[0])
}

// sectorsOf divides content into sectors of a size; the last one is filled up.
func sectorsOf(content []byte, size int) []byte {
	return append(slices.Clone(content), make([]byte, (size-len(content)%size)%size)...)
}

// chainOf writes the numbers of count sectors that follow each other.
func chainOf(table []uint32, first, count int) []uint32 {
	for i := range count {
		next := uint32(first + i + 1)
		if i == count-1 {
			next = 0xFFFFFFFE
		}
		table = append(table, next)
	}
	return table
}

// wordsOf writes numbers and fills the sector up with the number of a free one.
func wordsOf(words []uint32) []byte {
	content := fieldsOf(words)
	for len(content)%smallSector != 0 {
		content = append(content, 0xFF)
	}
	return content
}

// compoundWith builds a compound file with one stream. A stream of less than 4096
// bytes lies in small sectors.
func compoundWith(name string, stream []byte) []byte {
	const end = 0xFFFFFFFE
	small := len(stream) < 4096
	content, miniFAT := sectorsOf(stream, smallSector), []byte(nil)
	if small {
		content = sectorsOf(sectorsOf(stream, 64), smallSector)
		miniFAT = wordsOf(chainOf(nil, 0, (len(stream)+63)/64))
	}
	contentSectors, miniSectors := len(content)/smallSector, len(miniFAT)/smallSector
	fatSectors := 1
	for fatSectors*smallSector/4 < fatSectors+1+miniSectors+contentSectors {
		fatSectors++
	}
	var table []uint32
	for range fatSectors {
		table = append(table, 0xFFFFFFFD)
	}
	first := fatSectors + 1 + miniSectors
	table = chainOf(chainOf(chainOf(table, fatSectors, 1), fatSectors+1, miniSectors), first, contentSectors)

	firstMini, rootStart, rootSize := uint32(end), uint32(end), 0
	start := uint32(first)
	if small {
		firstMini, rootStart, rootSize, start = uint32(fatSectors+1), uint32(first), len(content), 0
	}
	difat := make([]uint32, 109)
	for i := range difat {
		if difat[i] = 0xFFFFFFFF; i < fatSectors {
			difat[i] = uint32(i)
		}
	}
	header := fieldsOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", make([]byte, 16), 0x3E, 3, 0xFFFE, 9, 6, 0, uint32(0), uint32(0), uint32(fatSectors),
		uint32(fatSectors), uint32(0), uint32(4096), firstMini, uint32(miniSectors), uint32(end), uint32(0), difat)
	directory := slices.Concat(entryOf("Root Entry", 5, 1, rootStart, rootSize), entryOf(name, 2, -1, start, len(stream)), make([]byte, 256))
	return slices.Concat(header, wordsOf(table), directory, miniFAT, content)
}

// entryOf is an entry of the directory of a compound file.
func entryOf(name string, kind uint8, child int, start uint32, size int) []byte {
	wide := utf16Name(name)
	return fieldsOf(append(slices.Clone(wide), make([]byte, 64-len(wide))...), len(wide), kind, uint8(1),
		uint32(0xFFFFFFFF), uint32(0xFFFFFFFF), uint32(int32(child)), make([]byte, 36), start, uint32(size), uint32(0))
}
