package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// hanging is far more than a slow machine takes for what is linear, and far less
// than what takes the square of its length.
const hanging = 3 * time.Minute

// quickly fails if work takes much longer than its input can need.
func quickly(t *testing.T, work func()) {
	t.Helper()
	begun := time.Now()
	work()
	if took := time.Since(begun); took > hanging {
		t.Errorf("took %s", took)
	}
}

// Filled rows are repeated up to the rows of a real sheet, empty ones at no cost.
func TestODSRepetitionIsBounded(t *testing.T) {
	endless := `table:number-rows-repeated="1000000000"`
	quickly(t, func() {
		b := open(t, odsFile(t, odsContent(`<table:table table:name="A">`+odsRow("", odsCell("A"))+odsRow(endless, odsCell("B"))+odsRow("", odsCell("C"))+`</table:table>`)))
		n, last := 0, Row{}
		for rows, err := range b.Sheets()[0].Batches(context.Background(), 1024) {
			must(t, err)
			n += len(rows)
			last = rows[len(rows)-1]
		}
		if n != maxRows+1 || last.Number != maxRows+1 || last.Cells[0] != "C" {
			t.Errorf("%d rows, the last is %d", n, last.Number)
		}
		if got := numbersOf(odsRows(t, odsRow(endless, `<table:table-cell table:number-columns-repeated="1000000000"/>`)+odsRow("", odsCell("A")))); got != fmt.Sprint(maxRepeat+1, "A") {
			t.Errorf("behind empty rows: %s", got)
		}
	})
	// As many cells as a sheet can have, from a few bytes.
	quickly(t, func() {
		wide := `<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>`
		b := open(t, odsFile(t, odsContent(`<table:table table:name="A">`+odsRow(endless, wide)+`</table:table>`)))
		n := 0
		var failure error
		for rows, err := range b.Sheets()[0].Batches(context.Background(), 1024) {
			n += len(rows)
			failure = err
		}
		if !errors.Is(failure, ErrTooLarge) || n < 1000 {
			t.Errorf("%d rows, %v", n, failure)
		}
	})
}

func TestBrokenODSRows(t *testing.T) {
	limits := DefaultLimits()
	limits.Columns, limits.Cell, limits.Record = 4, 10, 25
	tests := []struct {
		name, cells, broken string
		width               int
	}{
		{"a long cell", odsCell("01234567890"), BrokenLong, 1},
		{"a cell of many spaces", odsCell(`A<text:s text:c="99999999"/>`), BrokenLong, 1},
		{"a long row", strings.Repeat(odsCell("0123456789"), 4), BrokenLong, 3},
		{"too many cells", `<table:table-cell table:number-columns-repeated="3"/>` + strings.Replace(odsCell("A"), "office", `table:number-columns-repeated="3" office`, 1), BrokenWide, 4},
		{"a far cell", `<table:table-cell table:number-columns-repeated="999999999"/>` + odsCell("A"), BrokenWide, 0},
		{"far cells without content", odsCell("A") + `<table:table-cell table:number-columns-repeated="999999999"/>`, "", 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := OpenWithin(odsFile(t, odsContent(`<table:table table:name="A">`+odsRow("", tt.cells)+odsRow("", odsCell("2"))+`</table:table>`)), limits)
			must(t, err)
			defer func() { must(t, b.Close()) }()
			rows := rowsOf(t, b.Sheets()[0])
			if len(rows) != 2 || rows[0].Broken != tt.broken || len(rows[0].Cells) != tt.width || rows[1].Broken != "" || rows[1].Cells[0] != "2" {
				t.Errorf("%q", fmt.Sprint(rows))
			}
		})
	}
}

// allocated returns the bytes that work allocates in sum.
func allocated(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestODSBombs(t *testing.T) {
	limits := DefaultLimits()
	limits.Floor = 4 << 20
	huge := strings.Repeat(" ", 8<<20)
	for name, path := range map[string]string{
		"before the rows": odsFile(t, odsContent(huge+`<table:table table:name="A"/>`)),
		"in a cell":       odsFile(t, odsContent(`<table:table table:name="A">`+odsRow("", odsCell(huge))+`</table:table>`)),
		"in the manifest": odsFile(t, odsContent(`<table:table table:name="A"/>`), part{"META-INF/manifest.xml", huge}),
		"small on paper":  smallOnPaper(t, odsFile(t, odsContent(huge+`<table:table table:name="A"/>`)), uint32(len(huge))),
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			grown := allocated(func() {
				var b *Book
				if b, err = OpenWithin(path, limits); err == nil {
					_, err = collect(b.Sheets()[0])
					must(t, b.Close())
				}
			})
			if !errors.Is(err, ErrTooLarge) && (name != "small on paper" || !errors.Is(err, ErrDamaged)) {
				t.Errorf("got %v", err)
			}
			if grown > 24<<20 {
				t.Errorf("%d bytes allocated in sum", grown)
			}
		})
	}
}

// Content made to take time takes no more than its length.
func TestODSTakesLinearTime(t *testing.T) {
	const n = 1 << 18
	for name, rows := range map[string]string{
		"tables in one another": strings.Repeat(`<table:table table:name="x">`, n/8),
		"tables that end":       strings.Repeat(`<table:table a="">`, n/8) + strings.Repeat(`</table:table>`, n/8),
		"spans in one another":  `<table:table-row><table:table-cell><text:p>` + strings.Repeat(`<text:span>`, n),
		"rows that do not end":  strings.Repeat(`<table:table-row>`, n),
		"paragraphs":            odsRow("", `<table:table-cell>`+strings.Repeat(`<text:p>A</text:p>`, n)+`</table:table-cell>`),
		"a quote that is open":  `<table:table-row a="` + strings.Repeat(`>`, 4<<20),
		"merged cells":          odsRow("", strings.Repeat(`<table:table-cell table:number-columns-spanned="9"/>`, n)),
	} {
		t.Run(name, func(t *testing.T) {
			quickly(t, func() {
				b, err := Open(odsFile(t, odsContent(`<table:table table:name="A">`+rows+`</table:table>`)))
				if err != nil {
					return
				}
				defer func() { must(t, b.Close()) }()
				for _, s := range b.Sheets() {
					_, _ = collect(s)
					_, _ = s.Layout(t.Context())
				}
			})
		})
	}
}

func TestStreamIsUnpackedOnce(t *testing.T) {
	opened := 0
	s := &stream{many: true, open: func() (io.Reader, func(), error) {
		opened++
		return strings.NewReader("0123456789"), func() {}, nil
	}}
	for _, place := range []int64{3, 0, 10, 7} {
		r, release, err := s.from(place)
		must(t, err)
		rest, err := io.ReadAll(r)
		must(t, err)
		release()
		if string(rest) != "0123456789"[place:] {
			t.Errorf("from %d: %q", place, rest)
		}
	}
	if opened != 1 {
		t.Errorf("opened %d times", opened)
	}
	must(t, s.Close())
}

// Many sheets are unpacked once, not once for each; large ones into a file that
// is gone when the book is closed.
func TestODSManySheets(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var tables strings.Builder
	filler := strings.Repeat(odsRow("", odsCell(strings.Repeat("x", 1000))), 100)
	for i := range 200 {
		fmt.Fprintf(&tables, `<table:table table:name="S%d">%s%s</table:table>`, i, odsRow("", odsCell(fmt.Sprint(i))), filler)
	}
	if tables.Len() <= spoolPiece {
		t.Fatal("too small for the test")
	}
	path := odsFile(t, odsContent(tables.String()))
	quickly(t, func() {
		b, err := Open(path)
		must(t, err)
		for i, s := range b.Sheets() {
			rows := rowsOf(t, s)
			if len(rows) != 101 || rows[0].Cells[0] != fmt.Sprint(i) {
				t.Fatalf("sheet %d: %d rows, %q", i, len(rows), rows[0].Cells)
			}
		}
		must(t, b.Close())
	})
}
