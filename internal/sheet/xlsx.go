package sheet

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
)

// workbook is what an .xlsx file says of itself outside its sheets.
type workbook struct {
	book    *Book
	files   map[string]*zip.File
	strings *stringTable
	dates   []bool // by cell style: the number format is a date
	base    int    // day number of 30 December 1899 (0) or of 1 January 1904
}

const hintDamaged = "open it in a spreadsheet program and save it again"

// openZip reads a workbook packed as zip; other zips are refused.
func (b *Book) openZip(size int64) error {
	archive, err := zip.NewReader(b.file, size)
	if err != nil {
		return b.fail(fmt.Errorf("%w: %w", ErrDamaged, err), hintDamaged)
	}
	w := &workbook{book: b, files: map[string]*zip.File{}}
	for _, f := range archive.File {
		w.files[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, "\\", "/"), "/"))] = f
	}
	switch {
	case w.files["xl/workbook.bin"] != nil:
		return b.fail(ErrUnsupported, "this is an .xlsb; save it as .xlsx or .csv")
	case w.files["content.xml"] != nil:
		return b.fail(ErrUnsupported, "this is an .ods; save it as .xlsx or .csv")
	case w.files["[content_types].xml"] == nil && w.files["xl/workbook.xml"] == nil:
		return b.fail(ErrUnsupported, "unpack the archive and load the files in it")
	}
	b.kind = KindXLSX
	if err := w.open(); err != nil {
		return b.fail(fmt.Errorf("%w: %w", ErrDamaged, err), hintDamaged)
	}
	return nil
}

// relationships is the part that leads from ids to files.
type relationships struct {
	Items []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

// workbookPart is xl/workbook.xml.
type workbookPart struct {
	Properties struct {
		Date1904 string `xml:"date1904,attr"`
	} `xml:"workbookPr"`
	Sheets []struct {
		Name  string `xml:"name,attr"`
		State string `xml:"state,attr"`
		ID    string `xml:"id,attr"`
	} `xml:"sheets>sheet"`
}

// open reads the workbook, its styles and the places of its sheets.
func (w *workbook) open() error {
	main := "xl/workbook.xml"
	var root relationships
	if w.files["_rels/.rels"] != nil {
		if err := w.decode("_rels/.rels", &root); err != nil {
			return err
		}
	}
	for _, item := range root.Items {
		if strings.HasSuffix(item.Type, "/officeDocument") {
			main = strings.TrimPrefix(item.Target, "/")
		}
	}
	var part workbookPart
	if err := w.decode(main, &part); err != nil {
		return err
	}
	targets, styles, shared, err := w.parts(main)
	if err != nil {
		return err
	}
	if v := part.Properties.Date1904; v == "1" || v == "true" {
		w.base = 1462
	}
	if w.dates, err = w.readStyles(styles); err != nil {
		return err
	}
	w.strings = &stringTable{file: w.files[strings.ToLower(shared)]}
	for _, s := range part.Sheets {
		target, ok := targets[s.ID]
		file := w.files[strings.ToLower(target)]
		if !ok || file == nil {
			if strings.Contains(target, "chartsheet") || strings.Contains(target, "dialogsheet") {
				continue
			}
			return fmt.Errorf("sheet %q is missing", s.Name)
		}
		if strings.Contains(target, "chartsheets/") {
			continue
		}
		w.book.sheets = append(w.book.sheets, w.sheet(s.Name, s.State != "" && s.State != "visible", file))
	}
	return nil
}

// parts resolves the relationships of the workbook.
func (w *workbook) parts(main string) (targets map[string]string, styles, shared string, err error) {
	folder, name := path.Split(main)
	var rels relationships
	if err := w.decode(folder+"_rels/"+name+".rels", &rels); err != nil {
		return nil, "", "", err
	}
	targets = map[string]string{}
	for _, item := range rels.Items {
		target := item.Target
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(folder, target)
		}
		targets[item.ID] = target
		switch {
		case strings.HasSuffix(item.Type, "/styles"):
			styles = target
		case strings.HasSuffix(item.Type, "/sharedStrings"):
			shared = target
		}
	}
	return targets, styles, shared, nil
}

// decode parses one of the small parts.
func (w *workbook) decode(name string, into any) error {
	file := w.files[strings.ToLower(name)]
	if file == nil {
		return fmt.Errorf("part %s is missing", name)
	}
	part, err := file.Open()
	if err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	err = xml.NewDecoder(io.LimitReader(part, 64<<20)).Decode(into)
	if err = errors.Join(err, part.Close()); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return nil
}

func (w *workbook) sheet(name string, hidden bool, file *zip.File) *Sheet {
	s := &Sheet{book: w.book, name: name, hidden: hidden}
	s.read = func(ctx context.Context, size int) iter.Seq2[[]Row, error] {
		return func(yield func([]Row, error) bool) {
			if err := w.strings.load(); err != nil {
				yield(nil, &Error{Path: w.book.path, Sheet: name, Err: fmt.Errorf("%w: %w", ErrDamaged, err), Hint: hintDamaged})
				return
			}
			w.readSheet(ctx, s, file, size, yield)
		}
	}
	return s
}

// readSheet streams the rows of one sheet.
func (w *workbook) readSheet(ctx context.Context, s *Sheet, file *zip.File, size int, yield func([]Row, error) bool) {
	part, err := file.Open()
	if err != nil {
		yield(nil, &Error{Path: w.book.path, Sheet: s.name, Err: fmt.Errorf("%w: %w", ErrDamaged, err), Hint: hintDamaged})
		return
	}
	defer part.Close() //nolint:errcheck // only read
	r := &rowReader{workbook: w, xml: newXMLScanner(&limited{source: part, left: maxUnzipped})}
	readRows(ctx, r, size, func(rows []Row, err error) bool {
		if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			if !errors.Is(err, ErrTooLarge) {
				err = fmt.Errorf("%w: %w", ErrDamaged, err)
			}
			err = &Error{Path: w.book.path, Sheet: s.name, Row: r.number, Err: err, Hint: hintDamaged}
		}
		return yield(rows, err)
	})
}

// limited fails with ErrTooLarge after a number of bytes.
type limited struct {
	source io.Reader
	left   int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, ErrTooLarge
	}
	n, err := l.source.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err //nolint:wrapcheck // a reader passes errors on as they are
}
