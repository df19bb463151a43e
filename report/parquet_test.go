package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// readParquet returns the names of the columns of a file and its cells.
func readParquet(t fataler, content []byte) (names []string, rows [][]Cell, groups int) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	if version, _ := f.Lookup("padan.version"); version != "0.1.0" {
		t.Fatal("written by version", version)
	}
	for _, field := range f.Schema().Fields() {
		names = append(names, field.Name())
	}
	buffer := make([]parquet.Row, 7)
	for _, group := range f.RowGroups() {
		reader := group.Rows()
		for {
			n, err := reader.ReadRows(buffer)
			for _, row := range buffer[:n] {
				rows = append(rows, cellsOf(row))
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return names, rows, len(f.RowGroups())
}

func cellsOf(row parquet.Row) []Cell {
	cells := make([]Cell, len(row))
	for i, values := range row.Range {
		switch v := values[0]; v.Kind() {
		case parquet.ByteArray:
			cells[i] = Text(string(v.ByteArray()))
		case parquet.Int64:
			cells[i] = Integer(v.Int64())
		case parquet.Double:
			cells[i] = Cell{Number: v.Double(), Type: DecimalCell}
		default:
			cells[i] = Cell{Type: EmptyCell}
		}
	}
	return cells
}

// asRead is a cell as it is read from a Parquet file.
func asRead(c Cell) Cell {
	switch {
	case c.Type == ProbabilityCell:
		c.Type = DecimalCell
	case (c.Type == TextCell || c.Type == CodeCell) && c.Text == "":
		c = Cell{Type: EmptyCell}
	case c.Type == CodeCell:
		c.Type = TextCell
	}
	c.Text = strings.ToValidUTF8(c.Text, "\uFFFD")
	return c
}

func TestParquetHoldsTheSameCells(t *testing.T) {
	for name, l := range tables() {
		o := Options{Language: English}
		path := filepath.Join(t.TempDir(), "out.parquet")
		l.finish(t, NewParquet(created(t, path), l.columns(o), "0.1.0"), o)
		var want memory
		if _, err := l.write(&want, o); err != nil {
			t.Fatal(err)
		}
		names, rows, _ := readParquet(t, readFile(t, path))
		for i, c := range l.columns(o) {
			if names[i] != c.Name {
				t.Errorf("%s: column %s, want %s", name, names[i], c.Name)
			}
		}
		if len(rows) != len(want.rows) {
			t.Fatalf("%s: %d rows, want %d", name, len(rows), len(want.rows))
		}
		for i, row := range want.rows {
			for j, cell := range row {
				if rows[i][j] != asRead(cell) {
					t.Errorf("%s: row %d, %s is %v, want %v", name, i, names[j], rows[i][j], cell)
				}
			}
		}
	}
}

// Whatever the rows, however many row groups, and whether values stand in a
// dictionary or not, the same cells are read again.
func TestParquetRoundTrip(t *testing.T) {
	folder := t.TempDir()
	columns := []Column{
		{Name: "few", Type: TextCell}, {Name: "many", Type: CodeCell}, {Name: "none", Type: TextCell},
		{Name: "n", Type: IntegerCell}, {Name: "p", Type: ProbabilityCell}, {Name: "odd", Type: TextCell},
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40_000).Draw(t, "rows")
		few := rapid.IntRange(1, 50).Draw(t, "few")
		gap := rapid.IntRange(1, 7).Draw(t, "gap")
		odd := rapid.String().Draw(t, "odd") + rapid.SampledFrom([]string{"", "\xff", "\x00"}).Draw(t, "end")
		path := filepath.Join(folder, "out.parquet")
		table := newParquet(created(t, path), columns, "0.1.0")
		table.limit = rapid.IntRange(1<<16, 1<<22).Draw(t, "limit")
		row := func(i int) []Cell {
			cells := []Cell{Text(fmt.Sprint("ada ", i%few)), Code(fmt.Sprintf("%016d", i*7)), {Type: EmptyCell}, Integer(int64(i - 5)), Probability(float64(i%99) / 99), Text(odd)}
			if i%gap == 0 {
				cells[i%len(cells)] = Cell{Type: EmptyCell}
			}
			return cells
		}
		for i := range n {
			if err := table.WriteRow(row(i)); err != nil {
				t.Fatal(err)
			}
		}
		if err := table.Close(); err != nil {
			t.Fatal(err)
		}
		_, rows, groups := readParquet(t, readFile(t, path))
		if len(rows) != n || n == 40_000 && table.limit < 1<<20 && groups < 2 {
			t.Fatalf("%d rows in %d row groups, want %d", len(rows), groups, n)
		}
		for i := range rows {
			for j, cell := range row(i) {
				if rows[i][j] != asRead(cell) {
					t.Fatalf("row %d, %s is %v, want %v", i, columns[j].Name, rows[i][j], cell)
				}
			}
		}
	})
}

// A cell that its column cannot have is an error: a report that changes a value
// without a word would be worse.
func TestParquetRefusesCellsOfAnotherType(t *testing.T) {
	for _, c := range []struct {
		column CellType
		cell   Cell
	}{{TextCell, Integer(1)}, {IntegerCell, Text("1")}, {IntegerCell, Decimal(1)}, {DecimalCell, Integer(1)}, {CodeCell, Probability(1)}} {
		table := NewParquet(created(t, filepath.Join(t.TempDir(), "out.parquet")), []Column{{Name: "a", Type: c.column}}, "0.1.0")
		if err := table.WriteRow([]Cell{c.cell}); err == nil || !strings.Contains(err.Error(), "column a") {
			t.Errorf("%v in a column of type %d: %v", c.cell, c.column, err)
		}
		table.Abort()
	}
}

func BenchmarkMatchedParquet(b *testing.B) {
	pair := ordinaryLink()
	table := NewParquet(created(b, filepath.Join(b.TempDir(), "out.parquet")), MatchedColumns(Options{}), "0.1.0")
	benchmarkMatched(b, table, &pair)
}
