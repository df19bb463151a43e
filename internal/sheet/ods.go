package sheet

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// openDocument reads the sheets of an OpenDocument spreadsheet (ODF 1.3 part 3),
// whose content is one XML stream.
type openDocument struct {
	limits *Limits
	stream *stream
}

// odsTable is one sheet: a <table:table> element of the stream.
type odsTable struct {
	document *openDocument
	start    int64 // place behind its first tag
	damage   error // found behind the table
}

// isOpenDocument reports whether the parts are those of an OpenDocument file.
func (w *workbook) isOpenDocument() bool {
	return w.parts["meta-inf/manifest.xml"] != nil && (w.parts["content.xml"] != nil || w.parts["encrypted-package"] != nil) ||
		w.parts["content.xml"] != nil && w.parts["mimetype"] != nil
}

// openODS reads a packed OpenDocument spreadsheet.
func (w *workbook) openODS() error {
	locked := false
	err := w.tags("meta-inf/manifest.xml", func(x *xmlScanner) { locked = locked || x.opens("encryption-data") })
	if locked {
		return ErrEncrypted
	}
	if err != nil {
		return err
	}
	content := w.parts["content.xml"]
	if content == nil {
		return fmt.Errorf("%w: part content.xml is missing", ErrDamaged)
	}
	return w.book.openTables(&stream{open: func() (io.Reader, func(), error) {
		part, err := openPart(content, &w.book.limits)
		if err != nil {
			return nil, nil, err
		}
		return part, part.close, nil
	}})
}

// openTables lists the sheets of an OpenDocument stream.
func (b *Book) openTables(s *stream) error {
	b.kind = KindODS
	b.extra = append(b.extra, s)
	r, release, err := s.from(0)
	if err != nil {
		return err
	}
	defer release()
	l := tableListing{xml: newXMLScanner(r), hidden: map[string]bool{}}
	err = l.read()
	if err != nil && (len(l.tables) == 0 || errors.Is(err, ErrTooLarge) || errors.Is(err, ErrUnsupported)) {
		return partError(err)
	}
	document := &openDocument{limits: &b.limits, stream: s}
	if s.many = len(l.tables) > 1; len(l.tables) == 0 {
		return fmt.Errorf("%w: %w", ErrDamaged, errNoSheet)
	}
	for i, t := range l.tables {
		s := &Sheet{book: b, name: t.name, hidden: l.hidden[t.style], table: blank{}}
		if !t.blank {
			s.table = &odsTable{document: document, start: t.start, damage: damageBehind(err, i == len(l.tables)-1)}
		}
		b.sheets = append(b.sheets, s)
	}
	return nil
}

// damageBehind tells how a sheet ends if the quick pass over all sheets ended in
// an error: one of the checksum concerns them all, another one the last sheet
// that was found, behind which others may be missing.
func damageBehind(err error, last bool) error {
	if err == nil || !last && !errors.Is(err, zip.ErrChecksum) {
		return nil
	}
	return partError(err)
}

// blank is a sheet without rows: its first tag is its last.
type blank struct{}

func (blank) rows() (rowReader, error)               { return blank{}, nil }
func (blank) layout(context.Context) (Layout, error) { return Layout{}, nil }
func (blank) next(*batch) error                      { return io.EOF }
func (blank) at() int                                { return 0 }
func (blank) close()                                 {}

// listedTable is a sheet as the quick pass over the stream finds it.
type listedTable struct {
	name, style string
	start       int64
	blank       bool
}

// tableListing is the quick pass that finds the sheets.
type tableListing struct {
	xml    *xmlScanner
	hidden map[string]bool // styles of sheets that are not shown
	style  string          // the style at which the pass is
	tables []listedTable
}

// read passes over the whole stream, so that its checksum is compared.
func (l *tableListing) read() error {
	x := l.xml
	for {
		err := x.next()
		switch {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return nil
		case err != nil:
			return err
		case x.opens("style"):
			l.style = attributeText(x.attribute("name"))
		case x.opens("table-properties") && string(x.attribute("display")) == "false" && len(l.hidden) < maxSheets:
			l.hidden[l.style] = true
		case x.opens("body"):
			if err := l.body(); err != nil {
				return err
			}
		}
	}
}

// body lists the tables that are sheets. Other elements beside them hold tables
// too, of what was deleted or of other files.
func (l *tableListing) body() error {
	x := l.xml
	for {
		if err := x.next(); err != nil {
			return unexpectedEnd(err)
		}
		switch {
		case x.ends("body"):
			return nil
		case x.closing, x.opens("spreadsheet"):
		case x.opens("table"):
			if len(l.tables) < maxSheets {
				l.tables = append(l.tables, listedTable{
					name: attributeText(x.attribute("name")), style: attributeText(x.attribute("style-name")), start: x.place(), blank: x.empty,
				})
			}
			if err := x.skipLarge(); err != nil {
				return err
			}
		case x.opens("text"), x.opens("drawing"), x.opens("presentation"):
			return fmt.Errorf("%w: an OpenDocument %s", ErrUnsupported, strings.ToValidUTF8(string(x.name), ""))
		default:
			if err := x.skip(); err != nil {
				return err
			}
		}
	}
}
