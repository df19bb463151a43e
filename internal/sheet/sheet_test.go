package sheet

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write puts content into a file of a fresh folder.
func write(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(path, content, 0o600))
	return path
}

// open opens a file that is closed when the test ends.
func open(t testing.TB, path string) *Book {
	t.Helper()
	b, err := Open(path)
	must(t, err)
	t.Cleanup(func() { must(t, b.Close()) })
	return b
}

// rowsOf reads a sheet to its end.
func rowsOf(t testing.TB, s *Sheet) []Row {
	t.Helper()
	rows, err := collect(s)
	must(t, err)
	return rows
}

// collect reads a sheet up to its first error.
func collect(s *Sheet) ([]Row, error) {
	var rows []Row
	for row, err := range s.Rows(context.Background()) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// readText reads content as a file.
func readText(t testing.TB, content string) []Row {
	t.Helper()
	return rowsOf(t, open(t, write(t, "a.csv", []byte(content))).Sheets()[0])
}

func cellsOf(rows []Row) [][]string {
	var cells [][]string
	for _, r := range rows {
		cells = append(cells, r.Cells)
	}
	return cells
}

// workbookOf saves what fill writes with excelize.
func workbookOf(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer func() { must(t, f.Close()) }()
	fill(f)
	path := filepath.Join(t.TempDir(), "a.xlsx")
	must(t, f.SaveAs(path))
	return path
}

// part is a file to be packed.
type part struct{ name, content string }

// zipOf packs parts into an archive.
func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var file bytes.Buffer
	w := zip.NewWriter(&file)
	for _, p := range parts {
		out, err := w.Create(p.name)
		must(t, err)
		_, err = out.Write([]byte(p.content))
		must(t, err)
	}
	must(t, w.Close())
	return file.Bytes()
}

const (
	rootRelations = `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRelations = `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r2" Type="x/styles" Target="styles.xml"/><Relationship Id="r3" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`
	oneSheet = `<workbook><sheets><sheet name="A" sheetId="7" r:id="r1"/></sheets></workbook>`
)

// sheetOf packs the XML of one sheet into a workbook, with other parts that
// replace the usual ones.
func sheetOf(t testing.TB, sheet string, others ...part) string {
	t.Helper()
	parts := []part{{"[Content_Types].xml", `<Types/>`}}
	for _, usual := range []part{
		{"_rels/.rels", rootRelations},
		{"xl/workbook.xml", oneSheet},
		{"xl/_rels/workbook.xml.rels", bookRelations},
		{"xl/worksheets/sheet1.xml", sheet},
	} {
		for _, other := range others {
			if other.name == usual.name {
				usual.content = ""
			}
		}
		if usual.content != "" {
			parts = append(parts, usual)
		}
	}
	return write(t, "a.xlsx", zipOf(t, append(parts, others...)...))
}

// rowsXML wraps rows of a sheet.
func rowsXML(rows string) string {
	return `<?xml version="1.0"?><worksheet><sheetData>` + rows + `</sheetData></worksheet>`
}
