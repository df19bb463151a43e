package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
)

// workbook is what an .xlsx file says of itself outside its sheets.
type workbook struct {
	book    *Book
	parts   map[string]*zip.File // by lower-case name with forward slashes
	strings *sharedStrings
	dates   []bool // by cell style: the number format is a date
	base    int    // days from the start of the 1900 calendar to that of the workbook
}

// openZip reads what is packed as zip: a workbook, or an archive of files.
func (b *Book) openZip() error {
	archive, err := zip.NewReader(b.source, b.size)
	if err != nil {
		return b.fail(fmt.Errorf("%w: %w", ErrDamaged, err), hintDamaged)
	}
	w := &workbook{book: b, parts: map[string]*zip.File{}}
	locked, packed := false, uint64(0)
	for _, f := range archive.File {
		locked = locked || f.Flags&1 != 0
		if packed += min(f.CompressedSize64, 1<<60); packed > uint64(b.size) {
			return b.fail(fmt.Errorf("%w: %w", ErrDamaged, errOverlap), hintDamaged)
		}
		w.parts[partName(f.Name)] = f
	}
	document := w.isOpenDocument()
	if !document && w.parts["_rels/.rels"] == nil && w.parts["xl/workbook.xml"] == nil && w.parts["xl/workbook.bin"] == nil {
		return b.openArchive(membersOf(archive))
	}
	if locked {
		return b.fail(ErrEncrypted, hintLocked)
	}
	if what, hint := w.foreign(); what != "" {
		return b.refuse(what, hint)
	}
	if document {
		err = w.openODS()
	} else {
		b.kind = KindXLSX
		err = w.open()
	}
	if err != nil {
		err = partError(err)
		return b.fail(err, hintFor(err))
	}
	return nil
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// foreign tells what a packed document is that is no workbook that can be read,
// and what to do with it; "" if it is one.
func (w *workbook) foreign() (what Foreign, hint string) {
	switch {
	case w.parts["xl/workbook.bin"] != nil:
		return ForeignWorkbook, "this is an .xlsb workbook; " + hintSave
	case w.parts["word/document.xml"] != nil:
		return ForeignDocument, "this is a text document; copy the table into a spreadsheet and save it as .xlsx"
	}
	return "", ""
}

// relation is a part that another part refers to.
type relation struct {
	kind   string // the last word of its type: "worksheet", "styles"
	target string // lower-case name
}

// relations reads the relations of a part by their id; a part may have none.
func (w *workbook) relations(of string) (map[string]relation, error) {
	folder, name := path.Split(of)
	found := map[string]relation{}
	err := w.tags(folder+"_rels/"+name+".rels", func(x *xmlScanner) {
		if !x.opens("Relationship") {
			return
		}
		target := strings.ReplaceAll(unescaped(x.attribute("Target")), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		kind := unescaped(x.attribute("Type"))
		found[unescaped(x.attribute("Id"))] = relation{kind: kind[strings.LastIndexByte(kind, '/')+1:], target: partName(target)}
	})
	return found, err
}

// tags calls visit at each tag of a small part; a missing part has none.
func (w *workbook) tags(name string, visit func(x *xmlScanner)) error {
	file := w.parts[partName(name)]
	if file == nil {
		return nil
	}
	part, err := w.openPart(file)
	if err != nil {
		return err
	}
	defer part.close()
	x := newXMLScanner(part)
	for {
		switch err := x.next(); {
		case err == io.EOF: //nolint:errorlint // next returns it bare
			return nil
		case err != nil:
			return fmt.Errorf("part %s: %w", name, err)
		}
		visit(x)
	}
}

// sheetEntry is a sheet as the workbook lists it.
type sheetEntry struct {
	name, id string
	hidden   bool
}

// open reads the workbook, its styles and the places of its sheets.
func (w *workbook) open() error {
	main, err := w.mainPart()
	if err != nil {
		return err
	}
	var entries []sheetEntry
	err = w.tags(main, func(x *xmlScanner) {
		switch {
		case x.opens("workbookPr"):
			if isTrue(x.attribute("date1904")) {
				w.base = days1904
			}
		case x.opens("sheet") && len(entries) < maxSheets:
			state := string(x.attribute("state"))
			entries = append(entries, sheetEntry{
				name: unescaped(x.attribute("name")), id: unescaped(x.attribute("id")), hidden: state != "" && state != "visible",
			})
		}
	})
	if err != nil {
		return err
	}
	targets, err := w.relations(main)
	if err != nil {
		return err
	}
	if err := w.readStyles(partOf(targets, "styles", "xl/styles.xml")); err != nil {
		return err
	}
	w.strings = &sharedStrings{workbook: w, file: w.parts[partOf(targets, "sharedStrings", "xl/sharedstrings.xml")]}
	w.addSheets(entries, targets)
	if len(w.book.sheets) == 0 {
		return errNoSheet
	}
	return nil
}

// maxSheets is more than any program opens in one workbook.
const maxSheets = 10_000

var (
	errNoSheet      = errors.New("the workbook has no sheet")
	errMissingSheet = errors.New("the sheet is missing in the file")
	errOverlap      = errors.New("parts of the archive lie upon each other")
)

// mainPart returns the name of the part that lists the sheets.
func (w *workbook) mainPart() (string, error) {
	targets, err := w.relations("")
	if err != nil {
		return "", err
	}
	main := partOf(targets, "officeDocument", "xl/workbook.xml")
	if w.parts[main] == nil {
		return "", fmt.Errorf("part %s is missing", main)
	}
	return main, nil
}

// partOf returns the target of a kind of relation, or the name it usually has.
func partOf(targets map[string]relation, kind, usual string) string {
	for _, r := range targets {
		if r.kind == kind {
			return r.target
		}
	}
	return usual
}

// addSheets makes the sheets of the book. Charts and dialogs hold no cells. No part is
// read for two sheets.
func (w *workbook) addSheets(entries []sheetEntry, targets map[string]relation) {
	taken := map[*zip.File]bool{}
	for i, e := range entries {
		s := &Sheet{book: w.book, name: e.name, hidden: e.hidden}
		target, listed := targets[e.id]
		if !listed {
			target = relation{kind: "worksheet", target: "xl/worksheets/sheet" + strconv.Itoa(i+1) + ".xml"}
		}
		if target.kind != "worksheet" {
			continue
		}
		if file := w.parts[target.target]; file != nil && !taken[file] {
			taken[file] = true
			s.table = &sheetPart{workbook: w, file: file}
		} else {
			s.table = lost{err: fmt.Errorf("%w: %w", ErrDamaged, errMissingSheet)}
		}
		w.book.sheets = append(w.book.sheets, s)
	}
}

func isTrue(value []byte) bool { return string(value) == "1" || string(value) == "true" }
