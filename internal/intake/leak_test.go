package intake

import (
	"testing"

	"go.uber.org/goleak"

	"padan/internal/sheet"
	"padan/internal/table"
)

// Whoever leaves the batches early leaves no goroutine behind.
func TestBreakEndsThePipeline(t *testing.T) {
	path := writeFile(t, "a.csv", manyRows(40*batchRows))
	book, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var o Options
	plan, err := table.Survey(t.Context(), book, path, o.Options)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range newPipeline(plan, &o).batches(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	goleak.VerifyNone(t)
}
