package report

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

const (
	// A row group is complete with so many bytes of values, before compression.
	parquetGroupBytes = 64 << 20
	// A page is complete with so many bytes.
	parquetPageBytes = 64 << 10
	// From so many rows it is seen which columns repeat their values.
	parquetSample = 4096
	// Later rows are handed on in batches, which a page ends with.
	parquetBatch = 64
)

// parquetTable writes Apache Parquet, which programs for analysis read by column.
// Columns have their stable names; texts and codes are UTF-8, counts INT64,
// weights and probabilities DOUBLE, empty cells null. The same rows give the same
// bytes.
//
// What would run as a formula stands as it is: no program runs a value of Parquet.
type parquetTable struct {
	file    *File
	columns []Column
	version string
	writer  *parquet.GenericWriter[any] // nil before the first rows are handed on
	values  [][]parquet.Value           // by column, those not yet handed on
	texts   []byte                      // what these values point to
	group   int                         // bytes of the current row group
	limit   int                         // of a row group
}

// NewParquet starts a Parquet file. The version of padan stands in it.
func NewParquet(f *File, columns []Column, version string) Table {
	return newParquet(f, columns, version)
}

func newParquet(f *File, columns []Column, version string) *parquetTable {
	return &parquetTable{file: f, columns: columns, version: version, values: make([][]parquet.Value, len(columns)), limit: parquetGroupBytes}
}

// start begins the file: a column that repeats its values, as far as the waiting
// rows show, stands in a dictionary. The library can also give a dictionary up
// when it grows large, but lost values in doing so more than once.
func (t *parquetTable) start() {
	group := parquetGroup{}
	for i, c := range t.columns {
		node := parquet.String()
		switch c.Type {
		case IntegerCell:
			node = parquet.Int(64)
		case DecimalCell, ProbabilityCell:
			node = parquet.Leaf(parquet.DoubleType)
		case TextCell, CodeCell, EmptyCell:
		}
		if repeats(t.values[i]) {
			node = parquet.Encoded(node, &parquet.RLEDictionary)
		}
		group.fields = append(group.fields, parquetField{parquet.Optional(node), c.Name})
	}
	t.writer = parquet.NewGenericWriter[any](t.file, parquet.NewSchema("padan", group),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), parquet.DataPageVersion(1), parquet.PageBufferSize(parquetPageBytes),
		parquet.CreatedBy("padan", t.version, ""), parquet.KeyValueMetadata("padan.version", t.version),
	)
}

// repeats reports whether values are the same more often than not.
func repeats(values []parquet.Value) bool {
	different := map[string]bool{}
	for _, v := range values {
		different[v.String()] = true
	}
	return 2*len(different) < len(values)
}

// parquetGroup is a group that keeps the order of its columns; the library's own
// sorts them by name.
type parquetGroup struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (g parquetGroup) Fields() []parquet.Field { return g.fields }

// parquetField is a column in a group.
type parquetField struct {
	parquet.Node
	name string
}

// Name implements parquet.Field.
func (f parquetField) Name() string { return f.name }

// Value implements parquet.Field. Rows are not written as Go values.
func (f parquetField) Value(reflect.Value) reflect.Value { return reflect.Value{} }

// WriteRow implements Table.
func (t *parquetTable) WriteRow(cells []Cell) error {
	for i := range cells {
		value, ok := t.value(&cells[i], t.columns[i].Type)
		if !ok {
			return failed(t.file.place, fmt.Errorf("column %s: a cell of another type", t.columns[i].Name))
		}
		level := 1
		if value.IsNull() {
			level = 0
		}
		t.values[i] = append(t.values[i], value.Level(0, level, i))
	}
	t.file.info.Rows++
	if waiting := len(t.values[0]); waiting == parquetSample || waiting == parquetBatch && t.writer != nil {
		return t.hand()
	}
	return nil
}

// value is what is written for a cell in a column of the given type; false if the
// column cannot have it.
func (t *parquetTable) value(c *Cell, column CellType) (parquet.Value, bool) {
	t.group += 8
	switch c.Type {
	case IntegerCell:
		return parquet.Int64Value(int64(c.Number)), column == IntegerCell
	case DecimalCell, ProbabilityCell:
		return parquet.DoubleValue(c.Number), column == DecimalCell || column == ProbabilityCell
	case EmptyCell:
		return parquet.NullValue(), true
	case TextCell, CodeCell:
	}
	if c.Text == "" {
		return parquet.NullValue(), true
	}
	text := c.Text
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	from := len(t.texts)
	t.texts = append(t.texts, text...)
	t.group += len(text)
	return parquet.ByteArrayValue(t.texts[from:]), column == TextCell || column == CodeCell
}

// hand passes the waiting rows on, and ends the row group if it is large enough.
func (t *parquetTable) hand() error {
	if t.writer == nil {
		t.start()
	}
	for i, column := range t.writer.ColumnWriters() {
		for batch := range slices.Chunk(t.values[i], parquetBatch) {
			if _, err := column.WriteRowValues(batch); err != nil {
				return failed(t.file.place, err)
			}
		}
		t.values[i] = t.values[i][:0]
	}
	t.texts = t.texts[:0]
	if t.group < t.limit {
		return nil
	}
	t.group = 0
	if err := t.writer.Flush(); err != nil {
		return failed(t.file.place, err)
	}
	return nil
}

// Close implements Table.
func (t *parquetTable) Close() error {
	err := t.hand()
	if err == nil {
		err = t.writer.Close()
	}
	if err != nil {
		t.Abort()
		return failed(t.file.place, err)
	}
	return t.file.publish()
}

// Abort implements Table.
func (t *parquetTable) Abort() { t.file.discard() }
