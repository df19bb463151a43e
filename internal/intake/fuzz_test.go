package intake

import (
	"testing"

	"padan/internal/sheet"
	"padan/internal/store"
	"padan/internal/table"
)

// FuzzBatches holds that every row of any text gets exactly one entry.
func FuzzBatches(f *testing.F) {
	f.Add(plainCSV)
	f.Add("KELURAHAN: TEBET\n\nNIK;NAMA\n3174011205879001;BUDI;x\n\"a\n;\nJUMLAH;2\n")
	f.Add("NIK\tNAMA\n1\t2\n(1)\t(2)\nNIK\tNAMA\n")
	f.Fuzz(func(t *testing.T, content string) {
		path := writeFile(t, "a.csv", content)
		book, err := sheet.Open(path)
		if err != nil {
			t.Skip("not a table")
		}
		defer func() {
			if err := book.Close(); err != nil {
				t.Error(err)
			}
		}()
		o := Options{Workers: 2, Options: table.Options{WithoutNIK: true}}
		plan, err := table.Survey(t.Context(), book, path, o.Options)
		if err != nil {
			return
		}
		p := newPipeline(plan, &o)
		entries := 0
		for batch, err := range p.batches(t.Context()) {
			if err != nil {
				return
			}
			for _, e := range batch.Entries {
				if (e.Kind == store.EntryRecord) != (e.Reason == "") {
					t.Fatalf("entry of kind %s with reason %q", e.Kind, e.Reason)
				}
			}
			entries += len(batch.Entries)
		}
		rows := 0
		for _, err := range book.Sheets()[0].Rows(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			rows++
		}
		if entries != rows {
			t.Errorf("%d entries for %d rows", entries, rows)
		}
	})
}
