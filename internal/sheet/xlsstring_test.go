package sheet

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// richText is a text of the table of shared strings with what may stand behind it.
type richText struct {
	text     string
	runs     int
	readings int // bytes
}

// tableWriter writes the table of shared strings into records of a size. Each
// record that goes on within the characters of a text chooses 8 or 16 bits anew.
type tableWriter struct {
	out     biff
	content []byte
	size    int
	random  *rand.Rand
}

func (w *tableWriter) flush() {
	id := uint16(recordContinue)
	if len(w.out) == 0 {
		id = recordSST
	}
	w.out.record(id, w.content)
	w.content = nil
}

// room begins a record if the one being written has no room for n bytes.
func (w *tableWriter) room(n int) bool {
	if len(w.content)+n <= w.size {
		return false
	}
	w.flush()
	return true
}

// width chooses whether characters are written with 8 or 16 bits.
func (w *tableWriter) width(units []uint16) uint8 {
	if w.random.IntN(2) == 0 || slices.ContainsFunc(units, func(u uint16) bool { return u > 0xFF }) {
		return flagWide
	}
	return 0
}

func (w *tableWriter) write(t richText) {
	units := utf16.Encode([]rune(t.text))
	flags, behind := w.width(units), []byte(nil)
	if t.runs > 0 {
		flags, behind = flags|flagRich, fieldsOf(t.runs)
	}
	if t.readings > 0 {
		flags, behind = flags|flagPhonetic, append(behind, fieldsOf(uint32(t.readings))...)
	}
	w.room(3 + len(behind))
	w.content = append(append(w.content, fieldsOf(len(units), flags)...), behind...)
	for i, unit := range units {
		if w.room(1 + int(flags&flagWide)) {
			flags = w.width(units[i:])
			w.content = append(w.content, flags&flagWide)
		}
		if w.content = append(w.content, byte(unit)); flags&flagWide != 0 {
			w.content = append(w.content, byte(unit>>8))
		}
	}
	for range 4*t.runs + t.readings {
		w.room(1)
		w.content = append(w.content, 'R')
	}
}

// tableOf writes the table of shared strings.
func tableOf(size int, random *rand.Rand, texts ...richText) *biff {
	w := tableWriter{size: size, random: random, content: fieldsOf(uint32(len(texts)), uint32(len(texts)))}
	for _, t := range texts {
		w.write(t)
	}
	w.flush()
	return &w.out
}

// A text may be divided between records anywhere, and each part has its own width.
func TestXLSSharedStrings(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) richText {
			text := rapid.StringOfN(rapid.SampledFrom([]rune("ABC xyz\n_éÿ\u0080€李😀")), 0, 40, -1).Draw(rt, "text")
			return richText{text: text, runs: rapid.SampledFrom([]int{0, 0, 1, 5}).Draw(rt, "runs"), readings: rapid.SampledFrom([]int{0, 0, 30}).Draw(rt, "readings")}
		}), 1, 20).Draw(rt, "words")
		size := rapid.IntRange(10, 60).Draw(rt, "size")
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 0))
		var cells biff
		var want []string
		for i, word := range words {
			cells.cell(recordLabelSST, i, 0, 0, uint32(i))
			want = append(want, word.text)
		}
		book := &Book{limits: DefaultLimits()}
		must(t, book.openXLS(streamOf(sheetStream(tableOf(size, random, words...), &cells))))
		got := make([]string, len(words))
		for _, row := range rowsOf(t, book.sheets[0]) {
			got[row.Number-1] = row.Cells[0]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatalf("-want +got:\n%s", diff)
		}
	})
}

// The texts that a table does not hold break the rows that refer to them, and a
// table that is cut within a text is damaged.
func TestXLSSharedStringsAreMissing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	cells := new(biff).cell(recordLabelSST, 0, 0, 0, uint32(0)).cell(recordLabelSST, 1, 0, 0, uint32(1)).cell(recordLabelSST, 2, 0, 0, uint32(0xFFFFFFFF))
	one := *tableOf(100, random, richText{text: "SATU"})
	few := slices.Clone(one)
	few[recordHeader+4] = 200 // the number of texts
	rows := xlsRows(t, sheetStream(&few, cells))
	want := []Row{{Number: 1, Cells: []string{"SATU"}}, {Number: 2, Cells: []string{}, Broken: BrokenReference}, {Number: 3, Cells: []string{}, Broken: BrokenReference}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	long := slices.Clone(one)
	long[recordHeader+8] = 200 // the length of the first text
	if _, err := collect(xlsOf(t, sheetStream(&long, cells)).Sheets()[0]); !errors.Is(err, ErrDamaged) {
		t.Errorf("a text without its end: %v", err)
	}
	limits := DefaultLimits()
	limits.Strings = 1000
	book := &Book{limits: limits}
	must(t, book.openXLS(streamOf(sheetStream(tableOf(8000, random, richText{text: strings.Repeat("x", 2000)}), cells))))
	if _, err := collect(book.sheets[0]); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a table beyond the limit: %v", err)
	}
}

// Texts are valid: half a character and a zero are not delivered.
func TestXLSTextIsValid(t *testing.T) {
	var w biff
	w.cell(recordLabel, 0, 0, 0, 5, uint8(flagWide), []uint16{'A', 0xD83D, 'B', 0xDE00, 0}).cell(recordLabel, 0, 1, 0, 4, uint8(0), "A\x00\xA0\xFF")
	w.cell(recordLabel, 0, 2, 0, 2, uint8(flagWide), []uint16{'A', 0xD83D}).cell(recordRString, 0, 3, 0, 2, uint8(0), "AB", 1, uint32(0))
	w.cell(recordLabel, 0, 4, 0, 2, uint8(flagWide), []uint16{0xD83D}).record(recordContinue, uint8(flagWide), uint16(0xDE00))
	w.cell(recordLabel, 0, 5, 0, 2, uint8(flagWide), []uint16{0xD83D}).record(recordContinue, uint8(0), "C")
	want := []string{"A\uFFFDB\uFFFD", "A\u00A0ÿ", "A\uFFFD", "AB", "😀", "\uFFFDC"}
	if diff := cmp.Diff(want, xlsRows(t, sheetStream(nil, &w))[0].Cells); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// Texts of Excel 5 and 95 are bytes in the code page of the workbook.
func TestXLSOfExcel5(t *testing.T) {
	beginOld := func(kind int) []byte { return *new(biff).record(recordBOF, 0x0500, kind, 0, 0) }
	stream := func(codePage int) []byte {
		var globals, cells biff = beginOld(streamGlobals), beginOld(streamSheet)
		if codePage != 0 {
			globals.record(recordCodePage, codePage)
		}
		globals.record(recordFormat, 164, uint8(10), "dd-mm-yyyy").record(recordXF, 0, 0, make([]byte, 12)).record(recordXF, 0, 164, make([]byte, 12))
		globals.record(recordBoundSheet, uint32(len(globals)+recordHeader+11+len(ending)), uint8(0), uint8(0), uint8(4), "RW \xC9")
		globals = append(globals, ending...)
		cells.cell(recordLabel, 0, 0, 0, 3, "\xC9\x80A").cell(recordRString, 0, 1, 0, 2, "AB", uint8(1), 0).cell(recordNumber, 0, 2, 1, 29358.0)
		cells.formula(0, 3, resultOf(resultText, 0), 0).record(recordString, 4, "DE").record(recordContinue, "FG")
		return slices.Concat(globals, cells, ending)
	}
	for codePage, want := range map[int][2]string{0: {"RW É", "É€A"}, 1252: {"RW É", "É€A"}, 850: {"RW ╔", "╔ÇA"}, 1251: {"RW Й", "ЙЂA"}, 9999: {"RW É", "É€A"}} {
		book := open(t, write(t, "a.xls", compoundWith("Book", stream(codePage))))
		rows := rowsOf(t, book.Sheets()[0])
		if cells := []string{want[1], "AB", "1980-05-17", "DEFG"}; book.Sheets()[0].Name() != want[0] || len(rows) != 1 || !slices.Equal(rows[0].Cells, cells) {
			t.Errorf("code page %d: sheet %q, %+v", codePage, book.Sheets()[0].Name(), rows)
		}
	}
}

// Some programs write the records of one sheet without a container, and UTF-8.
func TestXLSWithoutContainer(t *testing.T) {
	var w biff
	w.record(recordBOF, 0, streamSheet, 0, 0)
	w.cell(recordLabel, 0, 0, 0, 3, "NIK").cell(recordLabel, 0, 1, 0, 5, "\xC3\x89TES").number(1, 0, 0, 3174015705809003).cell(recordLabel, 1, 1, 0, 3, "A\x81B")
	w = append(w, ending...)
	book := open(t, write(t, "a.xls", w))
	want := []Row{
		{Number: 1, Cells: []string{"NIK", "ÉTES"}},
		{Number: 2, Cells: []string{"3174015705809003", "A\uFFFDB"}, Numeric: []bool{true, false}, Broken: BrokenEncoding},
	}
	if diff := cmp.Diff(want, rowsOf(t, book.Sheets()[0])); diff != "" || book.Kind() != KindXLS || book.Sheets()[0].Name() != "" {
		t.Errorf("%s, -want +got:\n%s", book.Kind(), diff)
	}
}
