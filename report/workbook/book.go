// Package workbook writes XLSX files: excelize makes all of a workbook but the rows
// of long lists, which are written here, as soon as they come.
package workbook

import (
	"fmt"
	"io"
	"sort"
	"time"

	"github.com/xuri/excelize/v2"
)

// Book is an XLSX file while it is made.
type Book struct {
	*excelize.File

	folder string
	parts  *archive // nil until something is written
}

// New returns an empty workbook. Its temporary files stay in folder: they hold
// people's data and may be larger than a memory disk.
func New(folder string) *Book {
	return &Book{File: excelize.NewFile(excelize.Options{TmpDir: folder}), folder: folder}
}

// archive opens the archive once it is needed.
func (b *Book) archive() (_ *archive, err error) {
	if b.parts == nil {
		b.parts, err = newArchive(b.folder)
	}
	return b.parts, err
}

// BeginRows begins the rows of a sheet; those of the one before must be complete.
func (b *Book) BeginRows(columns int) (*Rows, error) {
	parts, err := b.archive()
	if err == nil {
		err = parts.begin()
	}
	return newRows(parts, columns), err
}

// EndRows completes the rows of a sheet, in which no cell was set otherwise.
func (b *Book) EndRows(sheet string, rows *Rows) error {
	if err := rows.flush(); err != nil {
		return err
	}
	for id, name := range b.GetSheetMap() {
		if name == sheet {
			var err error
			b.parts.rows[fmt.Sprintf("xl/worksheets/sheet%d.xml", id)], err = b.parts.end(false)
			return err
		}
	}
	return fmt.Errorf("no sheet %q", sheet)
}

// CopyTo writes the finished workbook. The same content gives the same bytes.
func (b *Book) CopyTo(out io.Writer) error {
	parts, err := b.archive()
	if err != nil {
		return err
	}
	if err := b.SetDocProps(&fixedProperties); err != nil {
		return fmt.Errorf("properties: %w", err)
	}
	sortContentTypes(b.File)
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts })
	if err := b.Write(io.Discard); err != nil {
		return err
	}
	return parts.copyTo(out)
}

// fixedProperties keep the clock out of the file.
var fixedProperties = excelize.DocProperties{
	Creator: "padan", LastModifiedBy: "padan", Created: fixedTime, Modified: fixedTime,
}

var fixedTime = time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)

// sortContentTypes puts the kinds of parts in an order: with charts, excelize
// lists them in that of a map.
func sortContentTypes(book *excelize.File) {
	if types := book.ContentTypes; types != nil {
		sort.Slice(types.Defaults, func(i, j int) bool { return types.Defaults[i].Extension < types.Defaults[j].Extension })
	}
}

// Discard removes the temporary files.
func (b *Book) Discard() error {
	if b.parts != nil {
		b.parts.remove()
	}
	return b.Close()
}
