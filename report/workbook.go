package report

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sort"

	"github.com/xuri/excelize/v2"
)

// workbook is an XLSX file while it is made: excelize makes all of it but the rows
// of long lists, which come from sheetRows. Its temporary files stay in the folder
// of the report: they hold people's data and may be larger than a memory disk.
type workbook struct {
	*excelize.File

	folder string
	parts  *archive // nil until something is written
}

// newBook returns an empty workbook.
func newBook(f *File) *workbook {
	folder := filepath.Dir(f.path)
	return &workbook{File: excelize.NewFile(excelize.Options{TmpDir: folder}), folder: folder}
}

// archive opens the archive once it is needed.
func (b *workbook) archive() (_ *archive, err error) {
	if b.parts == nil {
		b.parts, err = newArchive(b.folder)
	}
	return b.parts, err
}

// beginRows begins the rows of a sheet; those of the one before must be complete.
func (b *workbook) beginRows(columns int) (*sheetRows, error) {
	parts, err := b.archive()
	if err == nil {
		err = parts.begin()
	}
	return newSheetRows(parts, columns), err
}

// endRows completes the rows of a sheet, the rest of which has no rows.
func (b *workbook) endRows(sheet string, rows *sheetRows) error {
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

// discard removes the temporary files.
func (b *workbook) discard() error {
	if b.parts != nil {
		b.parts.remove()
	}
	return b.Close()
}

// closeBook writes a workbook and publishes its file.
func closeBook(book *workbook, f *File) error {
	if err := errors.Join(book.copyTo(f), book.discard()); err != nil {
		f.discard()
		return failed(f.place, err)
	}
	return f.publish()
}

func (b *workbook) copyTo(f *File) error {
	parts, err := b.archive()
	if err != nil {
		return err
	}
	sortContentTypes(b.File)
	b.SetZipWriter(func(io.Writer) excelize.ZipWriter { return parts })
	if err := b.Write(io.Discard); err != nil {
		return err
	}
	return parts.copyTo(f)
}

// sortContentTypes puts the kinds of parts in an order: with charts, excelize
// lists them in that of a map.
func sortContentTypes(book *excelize.File) {
	if types := book.ContentTypes; types != nil {
		sort.Slice(types.Defaults, func(i, j int) bool { return types.Defaults[i].Extension < types.Defaults[j].Extension })
	}
}
