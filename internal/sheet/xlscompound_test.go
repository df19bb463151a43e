package sheet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// streamOf is a stream without a container.
func streamOf(stream []byte) xlsStream {
	return bareStream{io.NewSectionReader(bytes.NewReader(stream), 0, int64(len(stream)))}
}

func TestXLSOpens(t *testing.T) {
	whole := sheetStream(nil, new(biff).label(0, 0, "A"))
	encrypted := sheetStream(new(biff).record(recordFilePass, 1, make([]byte, 52)), new(biff).label(0, 0, "A"))
	long := sheetStream(nil, new(biff).label(0, 0, "A").record(0x1234, make([]byte, 5000)))
	cells := slices.Concat(begin(streamSheet), *new(biff).record(recordFilePass, 0).label(0, 0, "A"), ending)
	tests := []struct {
		name    string
		content []byte
		want    error
		hint    string
	}{
		{"a small workbook", compoundWith("Workbook", whole), nil, ""},
		{"one that needs no small sectors", compoundWith("WORKBOOK", long), nil, ""},
		{"a last sector that is cut short", bytes.TrimRight(compoundWith("Workbook", whole), "\x00"), nil, ""},
		{"no container", whole, nil, ""},
		{"one under a password", compoundWith("Workbook", encrypted), ErrEncrypted, "password"},
		{"a sheet under a password", cells, ErrEncrypted, "password"},
		{"no records", compoundWith("Workbook", make([]byte, 5000)), ErrDamaged, "again"},
		{"an empty stream", compoundWith("Workbook", nil), ErrDamaged, "again"},
		{"cut off in the list of sheets", compoundWith("Workbook", whole[:30]), ErrDamaged, "again"},
		{"no sheet", compoundWith("Workbook", workbookStream(nil)), ErrDamaged, "again"},
		{"only a chart", compoundWith("Workbook", workbookStream(nil, streamSheetOf{name: "A", kind: 2, cells: new(biff)})), ErrDamaged, "again"},
		{"a container cut off", compoundWith("Workbook", whole)[:600], ErrDamaged, "again"},
		{"the start of a container", compoundWith("Workbook", whole)[:20], ErrDamaged, "again"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := Open(write(t, "a.xls", tt.content))
			if tt.want == nil {
				must(t, err)
				if rows := rowsOf(t, b.Sheets()[0]); b.Kind() != KindXLS || len(rows) != 1 || rows[0].Cells[0] != "A" {
					t.Errorf("%s, %+v", b.Kind(), rows)
				}
				must(t, b.Close())
				return
			}
			var located *Error
			if !errors.Is(err, tt.want) || errors.Is(err, ErrEncrypted) && errors.Is(err, ErrDamaged) || !errors.As(err, &located) || !strings.Contains(located.Hint, tt.hint) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
	limits := DefaultLimits()
	limits.Unzipped = 4000
	if _, err := OpenWithin(write(t, "a.xls", compoundWith("Workbook", long)), limits); !errors.Is(err, ErrTooLarge) {
		t.Errorf("beyond the limit: %v", err)
	}
}

// costOf reads all of a file and tells what that took, with peak the most bytes
// that were live at once: errors do not matter.
func costOf(t *testing.T, content []byte) (peak int64, took time.Duration) {
	t.Helper()
	path := write(t, "a.xls", content)
	before := held()
	begun := time.Now()
	look := func() { peak = max(peak, held()-before) }
	b, err := Open(path)
	look()
	if err != nil {
		return peak, time.Since(begun)
	}
	for _, s := range b.Sheets() {
		for range s.Batches(t.Context(), 1024) {
			look()
		}
		look()
	}
	must(t, b.Close())
	return peak, time.Since(begun)
}

// A file that is made to exhaust memory or time takes little of either.
func TestXLSHostile(t *testing.T) {
	const size = 1 << 20
	var wide, far, twice, empty biff
	for i := 0; len(wide) < size-100_000; i++ {
		wide.number(i&0xFFFF, 255, 0, 1)
		far.number(i&0xFFFF, 65535, 0, 1)
		twice.number((i*7919)&0xFFFF, i&0xFF, 0, 1)
	}
	empty.record(recordSST, uint32(1<<31), uint32(1<<31))
	for len(empty) < size-100_000 {
		empty.record(recordContinue, make([]byte, 8190))
	}
	long := new(biff).record(recordSST, uint32(9), uint32(9), 0xFFFF, uint8(flagRich|flagPhonetic|flagWide), 0xFFFF, uint32(0xFFFFFFFF))
	var sheets []streamSheetOf
	for range 3_000 {
		sheets = append(sheets, streamSheetOf{name: "A", cells: new(biff).record(recordRow, 0, 0, 1, 0, 0, 0, hiddenRow, 0).label(0, 0, "A")})
	}
	same := workbookStream(nil, sheets...)
	for i := range 3_000 {
		copy(same[len(begin(0))+13*i+recordHeader:], fieldsOf(uint32(len(same)-100+i%100)))
	}
	var nested biff
	for range 40_000 {
		nested = append(nested, begin(streamSheet)...)
	}
	endless := compoundWith("Workbook", sheetStream(nil, &wide))
	sectors := endless[smallSector:]
	for i := 20; i < 30; i++ {
		binary.LittleEndian.PutUint32(sectors[4*i:], 20) // the chain goes round
	}
	huge := slices.Clone(endless)
	fat := int(binary.LittleEndian.Uint32(huge[44:]))
	binary.LittleEndian.PutUint32(huge[smallSector*(1+fat)+128+120:], 0xFFFFFFF0) // the size of the stream
	for name, content := range map[string][]byte{
		"cells at the last column":   sheetStream(nil, &wide),
		"cells beyond all columns":   sheetStream(nil, &far),
		"cells in no order":          sheetStream(nil, &twice),
		"many empty texts":           sheetStream(&empty, new(biff)),
		"one endless text":           sheetStream(long, new(biff).cell(recordLabelSST, 0, 0, 0, uint32(0))),
		"many sheets":                workbookStream(nil, sheets...),
		"many sheets in each other":  same,
		"substreams in each other":   sheetStream(nil, &nested),
		"a chain that goes round":    endless,
		"a stream larger than all":   huge,
		"a directory of deep nests":  nestedCompound(size / smallSector),
		"a directory as long as can": nestedCompound(400),
		"a directory in noise":       noisyCompound(size),
		"records without any length": slices.Concat(begin(streamSheet), make([]byte, size)),
	} {
		t.Run(name, func(t *testing.T) {
			peak, took := costOf(t, content)
			t.Logf("%d bytes took %d bytes of memory and %v", len(content), peak, took)
			if len(content) > 2*size || peak > 32<<20 || took > hanging {
				t.Errorf("%d bytes took %d bytes of memory and %v", len(content), peak, took)
			}
		})
	}
}

// nestedCompound is a compound file of folders that each hold the next one.
func nestedCompound(sectors int) []byte {
	file := compoundWith("Workbook", make([]byte, sectors*smallSector))
	fat := int(binary.LittleEndian.Uint32(file[44:]))
	table := file[smallSector:]
	for i := fat; i < fat+sectors; i++ { // the directory goes on over the content
		binary.LittleEndian.PutUint32(table[4*i:], uint32(i+1))
	}
	directory := file[smallSector*(1+fat):]
	for i := 1; i < sectors*4; i++ {
		copy(directory[i*128:], entryOf(strings.Repeat("x", 30), 1, i+1, 0, 0))
	}
	return file
}

// noisyCompound is a compound file whose tables are filled at random.
func noisyCompound(size int) []byte {
	random := rand.New(rand.NewPCG(5, 6))
	file := compoundWith("Workbook", make([]byte, size))
	fat := int(binary.LittleEndian.Uint32(file[44:]))
	for i := range fat * smallSector / 4 {
		binary.LittleEndian.PutUint32(file[smallSector+4*i:], uint32(random.IntN(size/smallSector)))
	}
	return file
}

// A stream is no longer than its file, whatever its directory says.
func TestXLSLengthOfStream(t *testing.T) {
	file := compoundWith("Workbook", sheetStream(nil, new(biff).record(0x1234, make([]byte, 5000))))
	place := smallSector*(1+int(binary.LittleEndian.Uint32(file[44:]))) + 128 + 120
	binary.LittleEndian.PutUint32(file[place:], 0xFFFFFFF0)
	s := open(t, write(t, "a.xls", file)).Sheets()[0]
	if size := s.table.(*xlsSheet).workbook.size; size != int64(len(file)) {
		t.Errorf("%d bytes of %d", size, len(file))
	}
}

// What stands in a chain of sectors before it breaks is delivered.
func TestXLSBrokenChain(t *testing.T) {
	var w biff
	for i := range 2000 {
		w.number(i, 0, 0, 1)
	}
	const sectors = 50
	stream := sheetStream(nil, &w)
	file := compoundWith("Workbook", stream)
	first := int(binary.LittleEndian.Uint32(file[44:])) + 1
	binary.LittleEndian.PutUint32(file[smallSector+4*(first+sectors-1):], 0xFFFFFFFF)
	rows, err := collect(open(t, write(t, "a.xls", file)).Sheets()[0])
	whole := (sectors*smallSector - (len(stream) - len(w) - len(ending))) / (recordHeader + cellHeader + 8)
	if missing := whole - len(rows); !errors.Is(err, ErrDamaged) || missing < 0 || missing > 2+smallSector/(recordHeader+cellHeader+8) {
		t.Errorf("%d rows of %d, %v", len(rows), whole, err)
	}
}

// The content of a stream is read in order wherever its sectors lie.
func TestXLSScatteredSectors(t *testing.T) {
	content, err := os.ReadFile("testdata/warga.xls")
	must(t, err)
	want := rowsOf(t, open(t, "testdata/warga.xls").Sheets()[0])
	random := rand.New(rand.NewPCG(7, 8))
	book := &Book{source: &watched{source: memory{bytes.NewReader(content)}}, size: int64(len(content)), limits: DefaultLimits()}
	must(t, book.openCompound(content))
	r, err := book.sheets[0].table.(*xlsSheet).workbook.stream.from(0)
	must(t, err)
	stream, err := io.ReadAll(r)
	must(t, err)
	file := compoundWith("Workbook", stream)
	first := int(binary.LittleEndian.Uint32(file[44:])) + 1
	count := len(sectorsOf(stream, smallSector)) / smallSector
	places := random.Perm(count)
	scattered := slices.Clone(file)
	for i, place := range places {
		next := uint32(0xFFFFFFFE)
		if i+1 < count {
			next = uint32(first + places[i+1])
		}
		binary.LittleEndian.PutUint32(scattered[smallSector+4*(first+place):], next)
		copy(scattered[smallSector*(1+first+place):], file[smallSector*(1+first+i):smallSector*(2+first+i)])
	}
	binary.LittleEndian.PutUint32(scattered[smallSector*first+128+116:], uint32(first+places[0]))
	if got := rowsOf(t, open(t, write(t, "a.xls", scattered)).Sheets()[0]); len(got) != len(want) || !slices.EqualFunc(got, want, func(a, b Row) bool { return slices.Equal(a.Cells, b.Cells) }) {
		t.Errorf("%d rows, not those of the file", len(got))
	}
}
