package sheet

import (
	"archive/zip"
	"bytes"
	"runtime"
	"strings"
	"testing"
)

// A small file made to unpack to very wide rows is read in little memory: 64 MB
// for a file of up to 1 MB. The garbage collector lets the heap grow to twice
// what is live, so what is live while a batch is held stays below half of that.
func TestWideRowsTakeLittleMemory(t *testing.T) {
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	out, err := w.CreateHeader(&zip.FileHeader{Name: "mimetype", Method: zip.Store})
	must(t, err)
	_, err = out.Write([]byte("application/vnd.oasis.opendocument.spreadsheet"))
	must(t, err)
	out, err = w.Create("content.xml")
	must(t, err)
	row := `<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>`
	_, err = out.Write([]byte(`<office:document-content><office:body><office:spreadsheet><table:table table:name="A">` + strings.Repeat(row, 4) +
		`</table:table></office:spreadsheet></office:body></office:document-content>`))
	must(t, err)
	must(t, w.Close())
	book := open(t, write(t, "a.ods", packed.Bytes()))
	before := held()
	most, rows, batches := before, 0, 0
	for batch, err := range book.Sheets()[0].Batches(t.Context(), 1024) {
		must(t, err)
		rows += len(batch)
		if batches++; batches%16 == 0 {
			most = max(most, held())
		}
		runtime.KeepAlive(batch)
	}
	if used := most - before; rows != 4000 || batches < 16 || used > 32<<20 {
		t.Errorf("%d rows in %d batches and %d MB", rows, batches, used>>20)
	}
}
